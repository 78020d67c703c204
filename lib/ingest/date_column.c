/* date_column.c: which of day and month comes first in a column, told from all its values */
#include "ingest/date_column.h"

#include "time/instant.h"

#define HINT "give --date-order dmy or mdy, or a format in the map"

static void
keep(struct date_witness *witness, int64_t pair, struct slice text, struct place place)
{
	if (witness->text.n > 0)
		return;
	buf_adds(&witness->text, text);
	witness->place = place;
	witness->pair = pair;
}

void
date_column_note(struct date_column *column, int64_t pair, struct slice text, struct place place)
{
	int64_t day = date_pair_instant(pair, ORDER_DAY_FIRST);
	int64_t month = date_pair_instant(pair, ORDER_MONTH_FIRST);

	if (month == INSTANT_NONE)
		keep(&column->day, pair, text, place);
	else if (day == INSTANT_NONE)
		keep(&column->month, pair, text, place);
	else if (day != month)
		keep(&column->either, pair, text, place);
}

static int
say_either(const struct date_witness *witness, const char *name)
{
	char day[INSTANT_TEXT], month[INSTANT_TEXT];

	instant_format(date_pair_instant(witness->pair, ORDER_DAY_FIRST), day);
	instant_format(date_pair_instant(witness->pair, ORDER_MONTH_FIRST), month);
	return diag(DIAG_DATE_ORDER, witness->place,
	    "%s: \"%.*s\" is %s with the day first, %s with the month first, and no value of the "
	    "column tells which: " HINT,
	    name, (int)witness->text.n, witness->text.p, day, month);
}

static int
say_both(const struct date_column *column, const char *name)
{
	const struct date_witness *day = &column->day, *month = &column->month;

	return diag(DIAG_DATE_ORDER, month->place,
	    "%s: \"%.*s\" has the month first, \"%.*s\" in line %lld the day: " HINT, name,
	    (int)month->text.n, month->text.p, (int)day->text.n, day->text.p,
	    (long long)day->place.line);
}

int
date_column_decide(const struct date_column *column, const char *name, enum date_order *order)
{
	bool day = column->day.text.n > 0, month = column->month.text.n > 0;

	if (day && month)
		return say_both(column, name);
	if (!day && !month && column->either.text.n > 0)
		return say_either(&column->either, name);
	*order = month ? ORDER_MONTH_FIRST : ORDER_DAY_FIRST;
	return 0;
}

void
date_column_free(struct date_column *column)
{
	buf_free(&column->day.text);
	buf_free(&column->month.text);
	buf_free(&column->either.text);
}
