/*
 * bench_console core KIND BYTES      the terminal's core eats a corpus
 * bench_console make KIND BYTES      makes it only, to be subtracted
 * bench_console drain FILE KIND...   in a terminal: writes 8 MB of each kind
 * and waits for the answer to a status request; FILE gets a line of nanoseconds
 * for each bench_console pictures FILE N      in a terminal: N times another
 * picture on the whole screen, each with its answer
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include "base/alloc.h"
#include "corpus.h"
#include "liquid_fb/terminal/terminal.h"

enum { PIECE = 16 << 10, DRAIN_BYTES = 8 << 20, ROUNDS = 4 };

static uint64_t now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000000000 + (uint64_t)t.tv_nsec;
}

static int core(const char *kind, size_t bytes, bool eat)
{
	size_t made;
	char *corpus = corpus_make(kind, bytes, &made);
	struct terminal *t;

	if (!corpus)
		return 2;
	t = terminal_create(100, 30, 10000, NULL, NULL);
	/* New lines as the pseudo terminal hands them on. */
	terminal_write(t, "\33[20h", 5);
	for (size_t at = 0; eat && at < made; at += PIECE)
		terminal_write(t, corpus + at,
			       made - at < PIECE ? made - at : PIECE);
	printf("%zu\n", made);
	terminal_destroy(t);
	free(corpus);
	return 0;
}

static bool write_all(const char *bytes, size_t count)
{
	while (count) {
		const ssize_t n = write(1, bytes, count);

		if (n <= 0)
			return false;
		bytes += n;
		count -= (size_t)n;
	}
	return true;
}

/* Asks where the cursor is; all that came before was read when it answers. */
static bool wait_answer(void)
{
	char c = 0;

	if (!write_all("\33[6n", 4))
		return false;
	while (c != 'R')
		if (read(0, &c, 1) != 1)
			return false;
	return true;
}

static void raw(void)
{
	struct termios mode;

	tcgetattr(0, &mode);
	mode.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
	tcsetattr(0, TCSANOW, &mode);
}

static int drain(const char *path, char **kinds)
{
	FILE *file = fopen(path, "w");

	if (!file)
		return 1;
	raw();
	for (int round = 0; round < ROUNDS; round++)
		for (char **kind = kinds; *kind; kind++) {
			size_t made;
			char *corpus = corpus_make(*kind, DRAIN_BYTES, &made);
			uint64_t start;

			if (!corpus || !wait_answer())
				return 1;
			start = now();
			if (!write_all(corpus, made) || !wait_answer())
				return 1;
			fprintf(file, "%s %llu %zu\n", *kind,
				(unsigned long long)(now() - start), made);
			free(corpus);
		}
	return fclose(file) ? 1 : 0;
}

static int pictures(const char *path, int count)
{
	struct winsize size = { .ws_row = 24, .ws_col = 80 };
	FILE *file;
	char *text;

	raw();
	ioctl(0, TIOCGWINSZ, &size);
	text = xcalloc((size_t)size.ws_row * size.ws_col + 64, 1);
	for (int n = 0; n < count; n++) {
		size_t used = (size_t)sprintf(text, "\33[?2026h\33[H\33[3%dm",
					      1 + n % 6);

		for (int i = 0; i < size.ws_row * size.ws_col; i++)
			text[used++] = (char)('!' + (i * 7 + n) % 90);
		used += (size_t)sprintf(text + used, "\33[?2026l");
		if (!write_all(text, used) || !wait_answer())
			return 1;
	}
	file = fopen(path, "w");
	if (!file)
		return 1;
	fprintf(file, "%d %d\n", size.ws_col, size.ws_row);
	return fclose(file) ? 1 : 0;
}

int main(int argc, char **argv)
{
	if (argc == 4 && !strcmp(argv[1], "core"))
		return core(argv[2], strtoul(argv[3], NULL, 10), true);
	if (argc == 4 && !strcmp(argv[1], "make"))
		return core(argv[2], strtoul(argv[3], NULL, 10), false);
	if (argc > 3 && !strcmp(argv[1], "drain"))
		return drain(argv[2], argv + 3);
	if (argc == 4 && !strcmp(argv[1], "pictures"))
		return pictures(argv[2], atoi(argv[3]));
	fprintf(stderr, "usage: bench_console core|make KIND BYTES, drain FILE "
			"KIND..., pictures FILE N\n");
	return 2;
}
