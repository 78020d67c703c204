/* quantity.c: numbers and lengths of time from the ways in which exports write them */
#include "ingest/quantity.h"

#include "base/num.h"

/* A million seconds' worth of hours is no length of work: longer ones are misread. */
#define WHOLE_LIMIT INT64_C(1000000000)
/* Of a fraction so many digits count. */
#define FRACTION    INT64_C(1000000)

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Takes digits off the front; false where there are none, or too many. */
static bool
take_digits(struct slice *text, int64_t *number)
{
	size_t i = 0;

	*number = 0;
	for (; i < text->n && is_digit(text->p[i]); i++) {
		*number = *number * 10 + (text->p[i] - '0');
		if (*number > WHOLE_LIMIT)
			return false;
	}
	*text = (struct slice){text->p + i, text->n - i};
	return i > 0;
}

/* The digits behind the point, in millionths; later ones are dropped. */
static bool
take_fraction(struct slice *text, int64_t *millionths)
{
	int64_t unit = FRACTION;
	size_t i = 1;

	*millionths = 0;
	if (text->n == 0 || (*text->p != '.' && *text->p != ','))
		return true;
	for (; i < text->n && is_digit(text->p[i]); i++) {
		unit /= 10;
		*millionths += unit * (text->p[i] - '0');
	}
	*text = (struct slice){text->p + i, text->n - i};
	return i > 1;
}

static bool
read_decimal(struct slice text, int64_t seconds, int64_t *number)
{
	int64_t whole, millionths;

	if (!take_digits(&text, &whole) || !take_fraction(&text, &millionths) || text.n > 0)
		return false;
	*number = whole * seconds + (millionths * seconds + FRACTION / 2) / FRACTION;
	return true;
}

/* h:mm, h:mm:ss */
static bool
read_clock(struct slice text, int64_t *number)
{
	int64_t hours, minutes, seconds = 0;

	if (!take_digits(&text, &hours) || text.n < 2 || *text.p != ':')
		return false;
	text = (struct slice){text.p + 1, text.n - 1};
	if (!take_digits(&text, &minutes) || minutes > 59)
		return false;
	if (text.n > 1 && *text.p == ':') {
		text = (struct slice){text.p + 1, text.n - 1};
		if (!take_digits(&text, &seconds) || seconds > 59)
			return false;
	}
	if (text.n > 0)
		return false;
	*number = hours * 3600 + minutes * 60 + seconds;
	return true;
}

bool
quantity_read(struct slice text, enum map_unit unit, int64_t *number)
{
	switch (unit) {
	case UNIT_SECONDS:
		return read_decimal(text, 1, number);
	case UNIT_MINUTES:
		return read_decimal(text, 60, number);
	case UNIT_HOURS:
		return read_decimal(text, 3600, number);
	case UNIT_CLOCK:
		return read_clock(text, number);
	case UNIT_NONE:
		break;
	}
	return num_i64(text, number);
}
