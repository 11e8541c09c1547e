/*
 * Bakes the sky that windows have as their ground: a tileable picture of
 * warped value noise, SIDE x SIDE signed bytes, 0 being the plain ground.
 *
 *   sky FILE
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>

enum { SIDE = 512, CELLS = 4, OCTAVES = 5 };

/* A random number in 0..1 of a grid point. */
static double random_at(uint32_t x, uint32_t y)
{
	uint32_t n = x * 0x8da6b343u + y * 0xd8163841u;

	n = (n ^ n >> 15) * 0x2c1b3c6du;
	n = (n ^ n >> 12) * 0x297a2d39u;
	n ^= n >> 15;
	return (n & 0xffffff) / (double)0xffffff;
}

static double smooth(double t)
{
	return t * t * (3 - 2 * t);
}

static double blend(double a, double b, double t)
{
	return a + (b - a) * t;
}

/* Value noise that repeats after `period` cells. */
static double noise(double x, double y, int period)
{
	double fx = floor(x), fy = floor(y);
	int x0 = ((int)fx % period + period) % period;
	int y0 = ((int)fy % period + period) % period;
	int x1 = (x0 + 1) % period, y1 = (y0 + 1) % period;
	double u = smooth(x - fx), v = smooth(y - fy);
	uint32_t seed = (uint32_t)period * 977;

	return blend(
		blend(random_at(x0 + seed, y0), random_at(x1 + seed, y0), u),
		blend(random_at(x0 + seed, y1), random_at(x1 + seed, y1), u),
		v);
}

static double cloud(double x, double y)
{
	double sum = 0, amplitude = 0.5;
	int period = CELLS;

	for (int i = 0; i < OCTAVES; i++) {
		sum += amplitude * noise(x + 3 * i, y + 7 * i, period);
		x *= 2;
		y *= 2;
		period *= 2;
		amplitude *= 0.5;
	}
	return sum;
}

int main(int argc, char **argv)
{
	FILE *file = argc == 2 ? fopen(argv[1], "wb") : NULL;

	if (!file) {
		perror(argc == 2 ? argv[1] : "sky FILE");
		return 1;
	}
	for (int y = 0; y < SIDE; y++) {
		for (int x = 0; x < SIDE; x++) {
			double u = x * CELLS / (double)SIDE;
			double v = y * CELLS / (double)SIDE;
			double du = cloud(u, v) - 0.5;
			double dv = cloud(u + 1.7, v + 2.3) - 0.5;
			double n = cloud(u + 1.6 * du, v + 1.6 * dv) - 0.48;

			n = fmax(-1, fmin(1, n * 2.6));
			putc((int)lround(n * 127) & 255, file);
		}
	}
	if (fclose(file)) {
		perror(argv[1]);
		return 1;
	}
	return 0;
}
