/* interval.c: Wilson's interval of a share */
#include "stat/interval.h"

#include <math.h>

#define Z 1.959963984540054 /* 97.5 % of the normal distribution lie below */

struct interval
interval_wilson(int64_t part, int64_t whole)
{
	double n = (double)whole, k, centre, half, low, high;

	if (whole <= 0)
		return (struct interval){0, 1000};
	k = part < 0 ? 0.0 : part > whole ? n : (double)part;
	centre = (k + Z * Z / 2) / (n + Z * Z);
	half = Z / (n + Z * Z) * sqrt(k * (n - k) / n + Z * Z / 4);
	/* With all or none the far end is 0 or 1 itself; what rounding leaves of it is cut off. */
	low = k == 0.0 ? 0.0 : floor((centre - half) * 1000);
	high = k == n ? 1000.0 : ceil((centre + half) * 1000);
	return (struct interval){(int)low, (int)high};
}
