#include "scout/widget/quota.h"

#include <stdio.h>
#include <string.h>

static const char *const units[] = { "KiB", "MiB", "GiB", "TiB" };
enum { UNITS = sizeof(units) / sizeof(units[0]) };

static unsigned unit_of(uint64_t bytes)
{
	unsigned unit = 0;

	while (unit + 1 < UNITS && bytes >> (20 + 10 * unit))
		unit++;
	return unit;
}

/* One decimal, but for whole numbers of two digits and more. */
static void format_in(uint64_t bytes, unsigned unit, char *text, size_t size)
{
	uint64_t one = (uint64_t)1 << (10 + 10 * unit);
	uint64_t tenths = bytes / one * 10 + (bytes % one * 10 + one / 2) / one;

	if (unit == 0 || (tenths >= 100 && tenths % 10 == 0))
		snprintf(text, size, "%llu",
			 (unsigned long long)(tenths + 5) / 10);
	else
		snprintf(text, size, "%llu.%llu",
			 (unsigned long long)tenths / 10,
			 (unsigned long long)tenths % 10);
}

void quota_format(uint64_t bytes, char text[QUOTA_TEXT_MAX])
{
	unsigned unit = unit_of(bytes);
	char number[QUOTA_TEXT_MAX / 2];

	format_in(bytes, unit, number, sizeof(number));
	snprintf(text, QUOTA_TEXT_MAX, "%s %s", number, units[unit]);
}

void quota_format_pair(uint64_t bytes, uint64_t of, char text[QUOTA_TEXT_MAX])
{
	char first[QUOTA_TEXT_MAX / 3], second[QUOTA_TEXT_MAX / 3];
	unsigned unit = unit_of(of), own = unit_of(bytes);

	format_in(of, unit, second, sizeof(second));
	format_in(bytes, own, first, sizeof(first));
	if (own == unit || bytes == 0)
		snprintf(text, QUOTA_TEXT_MAX, "%s / %s %s", first, second,
			 units[unit]);
	else
		snprintf(text, QUOTA_TEXT_MAX, "%s %s / %s %s", first,
			 units[own], second, units[unit]);
}

uint64_t quota_step(uint64_t bytes, int direction, uint64_t max)
{
	uint64_t step = QUOTA_STEP_MIN;

	if (direction > 0)
		while (step <= bytes && step < max)
			step *= 2;
	else
		while (step * 2 < bytes)
			step *= 2;
	return step < max ? step : max;
}

uint64_t quota_snap(uint64_t bytes, uint64_t max)
{
	uint64_t step = QUOTA_STEP_MIN, best = step;

	for (; step / 2 < bytes && step < max; step *= 2) {
		uint64_t near[] = { step, step + step / 2, 2 * step };

		for (int i = 0; i < 3; i++) {
			uint64_t now = best > bytes ? best - bytes
						    : bytes - best;
			uint64_t then = near[i] > bytes ? near[i] - bytes
							: bytes - near[i];

			if (then < now)
				best = near[i];
		}
	}
	return best < max ? best : max;
}

/* log2 of a number, without libm: exponent and a straight mantissa. Exact at
 * powers of two, monotonic between. */
static float log2_of(uint64_t n)
{
	int bits = n ? 63 - __builtin_clzll(n) : 0;

	return (float)bits + (float)((double)n / (double)(1ull << bits)) - 1;
}

enum { ORIGIN = 256 << 10 }; /* the left end of the bar */

float quota_to_place(uint64_t bytes, uint64_t max)
{
	float place;

	if (bytes <= ORIGIN || max <= ORIGIN)
		return bytes >= max && bytes ? 1 : 0;
	place = (log2_of(bytes) - log2_of(ORIGIN)) /
		(log2_of(max) - log2_of(ORIGIN));
	return place > 1 ? 1 : place;
}

uint64_t quota_from_place(float place, uint64_t max)
{
	if (place <= 0 || max <= ORIGIN)
		return max < ORIGIN ? max : ORIGIN;
	if (place >= 1)
		return max;

	float log = log2_of(ORIGIN) + place * (log2_of(max) - log2_of(ORIGIN));
	int whole = (int)log;

	return (uint64_t)((double)(1ull << whole) *
			  (1 + (double)(log - (float)whole)));
}
