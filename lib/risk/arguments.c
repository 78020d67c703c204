/* arguments.c: what the options of the model and its proof take */
#include "risk/arguments.h"

#include "base/diag.h"
#include "base/num.h"
#include "time/instant.h"

#include <stdlib.h>
#include <string.h>

#define HOUR INT64_C(3600)

const int64_t landmarks_usual[LANDMARKS_USUAL] = {HOUR / 2, HOUR, 2 * HOUR, 4 * HOUR, 8 * HOUR,
    16 * HOUR, 24 * HOUR, 48 * HOUR, 72 * HOUR, 96 * HOUR, 120 * HOUR, 168 * HOUR};

bool
landmarks_read(int64_t *landmarks, size_t most, size_t *nlandmarks, const char *value)
{
	int64_t number, unit;
	size_t n, count = 0;

	for (;; value += n + 2) {
		n = strspn(value, "0123456789");
		unit = value[n] == 'm' ? 60 : value[n] == 'h' ? 3600 : value[n] == 's' ? 1 : 0;
		if (count == most || unit == 0 || n > 9 ||
		    !num_i64((struct slice){value, n}, &number) ||
		    (value[n + 1] != ',' && value[n + 1] != '\0') ||
		    (count > 0 && number * unit <= landmarks[count - 1])) {
			diag(DIAG_USAGE, NOWHERE,
			    "--landmarks takes rising ages with a unit s, m or h: 30m,1h,2h");
			return false;
		}
		landmarks[count++] = number * unit;
		if (value[n + 1] == '\0')
			break;
	}
	*nlandmarks = count;
	return true;
}

bool
split_read(struct backtest *backtest, const char *value)
{
	char *end;

	if (instant_parse(slice_z(value), &backtest->split))
		return true;
	backtest->split = INSTANT_NONE;
	backtest->share = strtod(value, &end);
	if (end != value && *end == '\0' && backtest->share > 0 && backtest->share < 1)
		return true;
	diag(DIAG_USAGE, NOWHERE, "--split takes a share between 0 and 1, or an instant");
	return false;
}
