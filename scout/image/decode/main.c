/*
 * scout_decode: one picture, from a file nobody trusts to memory somebody
 * gave. Started by libscout, see spawn.h; of no use to people.
 */
#include <errno.h>
#include <seccomp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "jpeg.h"
#include "painter.h"
#include "scout/image/spawn.h"

/* Bytes that the program has before it looks at the picture: measured, with
 * libraries, 0.6 MiB. */
enum { OWN_DATA = 2 << 20 };

#ifdef __SANITIZE_ADDRESS__
/* The search for leaks at the end traces the process, which the filter
 * forbids. What reads files is searched for leaks by the fuzz target. */
int __lsan_is_turned_off(void);
int __lsan_is_turned_off(void)
{
	return 1;
}
#endif

static int fail(const char *error)
{
	ssize_t n = write(STDERR_FILENO, error, strlen(error));

	(void)n;
	return 1;
}

static void limit(int resource, rlim_t most)
{
	/* A second of processor time more is fatal without a word. */
	struct rlimit value = { most, most + (resource == RLIMIT_CPU) };

	setrlimit(resource, &value);
}

/*
 * Memory, files as they are, and the end. Memory is limited only where no
 * sanitizer needs it for its shadow.
 */
static bool confine(rlim_t memory)
{
	static const int calls[] = {
		SCMP_SYS(read),           SCMP_SYS(pread64),
		SCMP_SYS(write),          SCMP_SYS(lseek),
		SCMP_SYS(fstat),          SCMP_SYS(newfstatat),
		SCMP_SYS(mmap),           SCMP_SYS(munmap),
		SCMP_SYS(mremap),         SCMP_SYS(brk),
		SCMP_SYS(madvise),        SCMP_SYS(ftruncate),
		SCMP_SYS(exit),           SCMP_SYS(exit_group),
		SCMP_SYS(futex),          SCMP_SYS(gettid),
		SCMP_SYS(getpid),         SCMP_SYS(getrandom),
		SCMP_SYS(tgkill),         SCMP_SYS(rt_sigreturn),
		SCMP_SYS(mprotect),       SCMP_SYS(rt_sigaction),
		SCMP_SYS(rt_sigprocmask),
#ifdef __SANITIZE_ADDRESS__
		SCMP_SYS(sigaltstack), /* at its end */
#endif
	};
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
	bool done = filter != NULL;

#ifndef __SANITIZE_ADDRESS__
	limit(RLIMIT_AS, DECODE_SPACE);
	limit(RLIMIT_DATA, OWN_DATA + memory);
#else
	(void)memory;
#endif
	limit(RLIMIT_CPU, DECODE_SECONDS);
	limit(RLIMIT_FSIZE, (rlim_t)IMAGE_PIXELS_MAX * 4 + (1 << 20));
	limit(RLIMIT_CORE, 0);
	limit(RLIMIT_NOFILE, 3);
	prctl(PR_SET_DUMPABLE, 0);
	for (size_t i = 0; done && i < sizeof(calls) / sizeof(calls[0]); i++)
		done = seccomp_rule_add(filter, SCMP_ACT_ALLOW, calls[i], 0) ==
		       0;
	/* A kernel without filters leaves the limits. */
	if (done)
		seccomp_load(filter);
	seccomp_release(filter);
	return done;
}

static bool read_number(const char *text, long low, long high, long *value)
{
	char *end;

	errno = 0;
	*value = strtol(text, &end, 10);
	return !errno && end != text && !*end && *value >= low &&
	       *value <= high;
}

static bool read_arguments(char **argv, struct painter *painter, rlim_t *memory)
{
	static const struct {
		long low, high;
	} ranges[DECODE_ARGUMENTS - 1] = {
		{ 1, IMAGE_SIDE_MAX },
		{ 1, IMAGE_SIDE_MAX },
		{ 0, IMAGE_SIDE_MAX * 16 },
		{ 0, IMAGE_SCALE_ZOOM },
		{ 0, IMAGE_BOTTOM_RIGHT },
		{ -(1 << 17), 1 << 17 },
		{ -(1 << 17), 1 << 17 },
		{ 0, 255 },
		{ 0, 1 },
		{ 1, DECODE_MEMORY },
		{ 0, 1 },
	};
	long v[DECODE_ARGUMENTS - 1];

	for (int i = 0; i < DECODE_ARGUMENTS - 1; i++)
		if (!read_number(argv[i + 1], ranges[i].low, ranges[i].high,
				 &v[i]))
			return false;
	painter->target = (struct image_target){
		.fd = STDOUT_FILENO,
		.w = (uint32_t)v[0],
		.h = (uint32_t)v[1],
		.stride = (size_t)v[2],
	};
	painter->place = (struct image_place){
		.scale = (enum image_scale)v[3],
		.anchor = (enum image_anchor)v[4],
		.x = (int)v[5],
		.y = (int)v[6],
		.alpha = (uint8_t)v[7],
		.tiled = v[8],
	};
	painter->cover = v[10];
	*memory = (rlim_t)v[9];
	return painter->target.stride == 0 || v[2] >= v[0] * 4;
}

static bool decode(const uint8_t *file, size_t bytes, struct painter *painter,
		   char error[IMAGE_ERROR_MAX])
{
	const struct image_sink sink = { painter_begin, painter_row, painter,
					 painter_place };

	if (bytes > 2 && file[0] == 0xff && file[1] == 0xd8)
		return jpeg_read(file, bytes, painter_want, &sink, error);
	if (bytes > 2 && file[0] == 0x89 && file[1] == 'P')
		return lseek(STDIN_FILENO, 0, SEEK_SET) == 0 &&
		       image_read_png(STDIN_FILENO, &sink, error);
	snprintf(error, IMAGE_ERROR_MAX, "neither PNG nor JPEG");
	return false;
}

int main(int argc, char **argv)
{
	struct painter painter = { 0 };
	char error[IMAGE_ERROR_MAX] = "";
	struct stat stat;
	rlim_t memory;

	if (argc == 2 && strcmp(argv[1], "--version") == 0)
		return puts("scout_decode, part of libscout") < 0;
	if (argc != DECODE_ARGUMENTS ||
	    !read_arguments(argv, &painter, &memory)) {
		fail("scout_decode is started by libscout\n");
		return 2;
	}
	if (fstat(STDIN_FILENO, &stat) < 0 || !S_ISREG(stat.st_mode))
		return fail("not a file");
	if (stat.st_size == 0)
		return fail("the file is empty");

	void *file = mmap(NULL, (size_t)stat.st_size, PROT_READ, MAP_PRIVATE,
			  STDIN_FILENO, 0);

	if (file == MAP_FAILED)
		return fail("the file can't be mapped");
	if (!confine(memory))
		return fail("the decoder can't be confined");

	bool done = decode(file, (size_t)stat.st_size, &painter, error);

	painter_finish(&painter);
	if (painter.uncovered)
		return DECODE_UNCOVERED;
	return done ? 0 : fail(error);
}
