/*
 * bench_weston W H COUNT: the peer of bench_start and bench_frames. Starts
 * weston headless with its software renderer and without a panel, connects as
 * soon as its socket is there, and shows COUNT windows of W x H pixels, one
 * after the other. Prints
 *
 *   first NS     nanoseconds until all of them were shown
 *   server PID
 *
 * Then a line "N DW DH" asks for N frames, each of DW x DH pixels of every
 * window, the next one when all windows were shown; "ok" is the answer. Speaks
 * the Wayland protocol by itself: no library.
 */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* Object ids, in the order of their making: those of a window follow each
 * other. */
enum {
	DISPLAY = 1,
	REGISTRY,
	COMPOSITOR,
	SHM,
	SHELL,
	FIRST, /* of the first window */
};

enum part {
	SURFACE,
	SHELL_SURFACE,
	TOPLEVEL,
	POOL,
	BUFFER,
	FRAME,
	PARTS,
};

enum { WINDOWS_MAX = 100 };

static uint32_t width, height, windows, waiting;
static uint32_t damage_w, damage_h;
static bool shown_once[WINDOWS_MAX];

static uint32_t part(uint32_t window, enum part which)
{
	return FIRST + window * PARTS + which;
}

static int sock;

static uint64_t now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000000000 + (uint64_t)t.tv_nsec;
}

static void fail(const char *what)
{
	fprintf(stderr, "bench_weston: %s: %s\n", what, strerror(errno));
	exit(1);
}

/* One request of `count` words behind the header; fd -1: none. */
static void request(uint32_t object, unsigned opcode, const uint32_t *words,
		    unsigned count, int fd)
{
	uint32_t message[32] = { object, (8 + count * 4) << 16 | opcode };
	union {
		struct cmsghdr header;
		char space[CMSG_SPACE(sizeof(int))];
	} control = { 0 };
	struct iovec part = { message, 8 + count * 4 };
	struct msghdr header = { .msg_iov = &part, .msg_iovlen = 1 };

	if (count)
		memcpy(message + 2, words, count * 4);
	if (fd >= 0) {
		header.msg_control = control.space;
		header.msg_controllen = sizeof(control.space);
		control.header = (struct cmsghdr){
			.cmsg_len = CMSG_LEN(sizeof(int)),
			.cmsg_level = SOL_SOCKET,
			.cmsg_type = SCM_RIGHTS,
		};
		memcpy(CMSG_DATA(&control.header), &fd, sizeof(fd));
	}
	if (sendmsg(sock, &header, 0) < 0)
		fail("send");
}

#define REQUEST(object, opcode, ...) \
	request(object, opcode, (uint32_t[]){ __VA_ARGS__ }, \
		sizeof((uint32_t[]){ __VA_ARGS__ }) / sizeof(uint32_t), -1)

static void read_all(void *data, size_t bytes)
{
	for (char *at = data; bytes;) {
		ssize_t got = read(sock, at, bytes);

		if (got <= 0)
			fail("receive");
		at += got;
		bytes -= (size_t)got;
	}
}

static void bind_global(const uint32_t *body, const char *interface,
			uint32_t version, uint32_t id)
{
	uint32_t words[16] = { body[0], (uint32_t)strlen(interface) + 1 };
	unsigned text_words = (words[1] + 3) / 4;

	memcpy(words + 2, interface, words[1]);
	words[2 + text_words] = version;
	words[3 + text_words] = id;
	request(REGISTRY, 0, words, 4 + text_words, -1);
}

static void make_window(uint32_t i)
{
	REQUEST(COMPOSITOR, 0, part(i, SURFACE));
	REQUEST(SHELL, 2, part(i, SHELL_SURFACE), part(i, SURFACE));
	REQUEST(part(i, SHELL_SURFACE), 1, part(i, TOPLEVEL));
	request(part(i, SURFACE), 6, NULL, 0, -1);
}

static void commit(uint32_t i, uint32_t w, uint32_t h)
{
	REQUEST(part(i, SURFACE), 1, part(i, BUFFER), 0, 0);
	REQUEST(part(i, SURFACE), 2, 0, 0, w, h);
	REQUEST(part(i, SURFACE), 3, part(i, FRAME));
	request(part(i, SURFACE), 6, NULL, 0, -1);
}

static void show(uint32_t i, uint32_t serial)
{
	uint32_t bytes = width * height * 4;
	int fd = memfd_create("bench", MFD_CLOEXEC);
	void *pixels;

	REQUEST(part(i, SHELL_SURFACE), 4, serial);
	if (shown_once[i])
		return;
	shown_once[i] = true;
	if (fd < 0 || ftruncate(fd, bytes) < 0)
		fail("memfd");
	pixels = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	memset(pixels, rand() & 255, bytes);
	request(SHM, 0, (uint32_t[]){ part(i, POOL), bytes }, 2, fd);
	REQUEST(part(i, POOL), 0, part(i, BUFFER), 0, width, height, width * 4,
		1);
	commit(i, width, height);
	close(fd);
}

static void next_frame(void)
{
	waiting = windows;
	for (uint32_t i = 0; i < windows; i++)
		commit(i, damage_w, damage_h);
}

static void got_global(const uint32_t *message)
{
	static uint32_t seen;
	const char *name = (const char *)(message + 2);

	if (!strcmp(name, "wl_compositor"))
		bind_global(message, name, 1, COMPOSITOR), seen |= 1;
	else if (!strcmp(name, "wl_shm"))
		bind_global(message, name, 1, SHM), seen |= 2;
	else if (!strcmp(name, "xdg_wm_base"))
		bind_global(message, name, 1, SHELL), seen |= 4;
	else
		return;
	if (seen == 7)
		make_window(0);
}

/* Reads and handles one message; true when a window was shown. */
static bool handle(void)
{
	uint32_t message[4096], header[2], bytes, which, opcode;

	read_all(header, sizeof(header));
	bytes = (header[1] >> 16) - 8;
	opcode = header[1] & 0xffff;
	if (bytes > sizeof(message))
		fail("message");
	read_all(message, bytes);
	if (header[0] == DISPLAY && opcode == 0)
		fail("protocol");
	if (header[0] == SHELL && opcode == 0)
		REQUEST(SHELL, 3, message[0]);
	if (header[0] == REGISTRY && opcode == 0)
		got_global(message);
	if (header[0] < FIRST)
		return false;
	which = (header[0] - FIRST) / PARTS;
	if ((header[0] - FIRST) % PARTS == SHELL_SURFACE)
		show(which, message[0]);
	return (header[0] - FIRST) % PARTS == FRAME;
}

/* One after the other, so that ids are made in order. */
static void show_windows(uint32_t count)
{
	REQUEST(DISPLAY, 1, REGISTRY);
	for (;;) {
		if (!handle())
			continue;
		if (++windows == count)
			return;
		make_window(windows);
	}
}

static void run_frames(unsigned count)
{
	while (count--) {
		next_frame();
		while (waiting)
			waiting -= handle();
	}
}

static void connect_when_there(const char *folder)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int watch = inotify_init1(IN_CLOEXEC);
	char events[4096];

	snprintf(address.sun_path, sizeof(address.sun_path), "%s/bench",
		 folder);
	inotify_add_watch(watch, folder, IN_CREATE);
	for (;;) {
		sock = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
		if (!connect(sock, (struct sockaddr *)&address,
			     sizeof(address)))
			break;
		close(sock);
		/* Bound, but not listening yet: the lock or the shell's own
		 * files come right after. */
		if (errno == ECONNREFUSED)
			sched_yield();
		else if (read(watch, events, sizeof(events)) <= 0)
			fail("watch");
	}
	close(watch);
}

/* No panel, no animations. */
static void write_config(const char *path)
{
	FILE *file = fopen(path, "w");

	if (!file)
		fail(path);
	fputs("[shell]\npanel-position=none\nanimation=none\n"
	      "startup-animation=none\nclose-animation=none\n"
	      "focus-animation=none\nlocking=false\n",
	      file);
	fclose(file);
}

static pid_t start_weston(const char *folder, const char *config)
{
	char option[80];
	pid_t pid;

	snprintf(option, sizeof(option), "--config=%s", config);
	setenv("XDG_RUNTIME_DIR", folder, 1);
	pid = fork();
	if (pid == 0) {
		int null = open("/dev/null", O_RDWR);

		dup2(null, 0);
		dup2(null, 1);
		dup2(null, 2);
		execlp("weston", "weston", "--backend=headless-backend.so",
		       "--use-pixman", "--width=1920", "--height=1080",
		       "--socket=bench", "--idle-time=0", option, NULL);
		_exit(127);
	}
	return pid;
}

int main(int argc, char **argv)
{
	char folder[] = "/tmp/bench_weston.XXXXXX", config[64], line[64];
	uint64_t start;
	pid_t pid;

	if (argc != 4 || !mkdtemp(folder))
		return 2;
	width = (uint32_t)atoi(argv[1]);
	height = (uint32_t)atoi(argv[2]);
	if (atoi(argv[3]) < 1 || atoi(argv[3]) > WINDOWS_MAX)
		return 2;
	snprintf(config, sizeof(config), "%s/weston.ini", folder);
	write_config(config);
	start = now();
	pid = start_weston(folder, config);
	connect_when_there(folder);
	show_windows((uint32_t)atoi(argv[3]));
	printf("first %" PRIu64 "\nserver %d\n", now() - start, (int)pid);
	fflush(stdout);
	while (fgets(line, sizeof(line), stdin)) {
		unsigned count = 0;

		sscanf(line, "%u %" SCNu32 " %" SCNu32, &count, &damage_w,
		       &damage_h);
		run_frames(count);
		puts("ok");
		fflush(stdout);
	}
	kill(pid, SIGTERM);
	waitpid(pid, NULL, 0);
	unlink(config);
	rmdir(folder);
	return 0;
}
