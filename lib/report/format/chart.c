/* chart.c: what feeds the picture of a section */
#include "report/format/chart.h"

size_t
chart_column(const struct section *section, enum part part, size_t from)
{
	size_t i;

	for (i = from; i < section->ncolumns; i++)
		if (section->columns[i].part == part)
			return i;
	return part == PART_LABEL && from == 0 ? 0 : section->ncolumns;
}

int64_t
chart_number(const struct cell *cell)
{
	return cell->type < CELL_INT || cell->number < 0 ? -1 : cell->number;
}

bool
chart_is_drawn(const struct section *section)
{
	size_t row, i;

	if (section->chart == CHART_NONE)
		return false;
	if (section->chart == CHART_TIMELINE)
		return section->nrows > 0;
	for (i = chart_column(section, PART_VALUE, 0); i < section->ncolumns;
	     i = chart_column(section, PART_VALUE, i + 1))
		for (row = 0; row < section->nrows; row++)
			if (chart_number(&section->cells[row * section->ncolumns + i]) > 0)
				return true;
	return false;
}

void
chart_series(const struct section *section, size_t column, int64_t *numbers, size_t n)
{
	size_t i, first = section->nrows - n;

	for (i = 0; i < n; i++)
		numbers[i] =
		    chart_number(&section->cells[(first + i) * section->ncolumns + column]);
}
