/* render.c: what the renderers for people share */
#include "report/format/render.h"

#include "time/instant.h"

static void
add_instant(struct buf *out, int64_t instant)
{
	char text[INSTANT_TEXT];

	/* 2016-03-20 12:00Z: people do not need the seconds. */
	instant_format(instant, text);
	if (text[0] != '\0')
		buf_addf(out, "%.10s %.5sZ", text, text + 11);
}

static void
add_duration(struct buf *out, int64_t seconds)
{
	char text[32];

	instant_format_duration(seconds, text, sizeof(text));
	buf_addz(out, text);
}

/* Working time has no days of 24 hours. */
static void
add_work(struct buf *out, int64_t seconds)
{
	int64_t hours = seconds / 3600, minutes = seconds / 60 % 60;

	if (hours == 0) {
		add_duration(out, seconds);
		return;
	}
	buf_addf(out, "%lldh", (long long)hours);
	if (hours < 100 && minutes > 0)
		buf_addf(out, " %lldm", (long long)minutes);
}

static void
add_due(struct buf *out, int64_t due, int64_t as_of)
{
	add_instant(out, due);
	buf_addz(out, due < as_of ? " (" : " (in ");
	add_duration(out, due < as_of ? as_of - due : due - as_of);
	buf_addz(out, due < as_of ? " overdue)" : ")");
}

void
cell_words(const struct cell *cell, int64_t as_of, struct buf *out)
{
	int64_t n = cell->number;

	switch (cell->type) {
	case CELL_NULL:
		buf_addc(out, '-');
		break;
	case CELL_NOT_JUDGED:
		buf_addc(out, '?');
		break;
	case CELL_SPECIAL:
		buf_addz(out, cell->text);
		break;
	case CELL_TEXT:
		/* A name that looks like "(nobody)" is quoted: it is a name all the same. */
		buf_addf(out, cell->text[0] == '(' ? "\"%s\"" : "%s", cell->text);
		break;
	case CELL_INT:
		buf_add_i64(out, n);
		break;
	case CELL_SECONDS:
		add_duration(out, n);
		break;
	case CELL_WORK:
		add_work(out, n);
		break;
	case CELL_PERMILLE:
		buf_addf(out, "%lld.%lld %%", (long long)(n / 10), (long long)(n % 10));
		break;
	case CELL_CHANGE:
		buf_addf(out, "%s%lld.%lld",
		    n < 0       ? "-"
			: n > 0 ? "+"
				: "",
		    (long long)(n < 0 ? -n : n) / 10, (long long)(n < 0 ? -n : n) % 10);
		break;
	case CELL_RATIO:
	case CELL_MONEY:
		buf_addf(out, "%lld.%02lld", (long long)(n / 1000), (long long)(n % 1000 / 10));
		break;
	case CELL_INSTANT:
		add_instant(out, n);
		break;
	case CELL_DUE:
		add_due(out, n, as_of);
		break;
	case CELL_BAR:
		break;
	}
}

void
input_words(const struct report_input *input, struct buf *out)
{
	buf_addf(out, "input %s, SHA-256 %s", input->name, input->digest);
}

bool
column_is_in(const struct section *section, size_t i, int group)
{
	const struct column *column = &section->columns[i];

	return column->reader != FOR_MACHINES &&
	    (group == 0 || column->group == 0 || column->group == group);
}

bool
row_is_idle(const struct section *section, size_t row, int group)
{
	const struct cell *cell;
	size_t i;

	for (i = section->nkeys; i < section->ncolumns; i++) {
		cell = &section->cells[row * section->ncolumns + i];
		if (section->columns[i].group == group && cell->type != CELL_NULL &&
		    (cell->type < CELL_INT || cell->number != 0))
			return false;
	}
	return group > 0;
}
