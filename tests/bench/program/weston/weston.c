/*
 * bench_weston: the peer of bench_start. Starts weston headless with its
 * software renderer, connects as soon as its socket is there, shows a window
 * of 256x256 pixels and waits until that frame is done. Prints
 *
 *   first NS
 *   server PID
 *
 * and keeps both until standard input ends. Speaks the Wayland protocol by
 * itself: no library, so that only the server is measured.
 */
#include <errno.h>
#include <fcntl.h>
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

enum { SIDE = 256, BYTES = SIDE * SIDE * 4 };

/* Object ids, in the order of their making. */
enum {
	DISPLAY = 1,
	REGISTRY,
	COMPOSITOR,
	SHM,
	SHELL,
	SURFACE,
	SHELL_SURFACE,
	TOPLEVEL,
	POOL,
	BUFFER,
	FRAME,
};

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

static void make_window(void)
{
	REQUEST(COMPOSITOR, 0, SURFACE);
	REQUEST(SHELL, 2, SHELL_SURFACE, SURFACE);
	REQUEST(SHELL_SURFACE, 1, TOPLEVEL);
	request(SURFACE, 6, NULL, 0, -1);
}

static void show(uint32_t serial)
{
	int fd = memfd_create("bench", MFD_CLOEXEC);
	void *pixels;

	if (fd < 0 || ftruncate(fd, BYTES) < 0)
		fail("memfd");
	pixels = mmap(NULL, BYTES, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	memset(pixels, 0x80, BYTES);
	REQUEST(SHELL_SURFACE, 4, serial);
	request(SHM, 0, (uint32_t[]){ POOL, BYTES }, 2, fd);
	REQUEST(POOL, 0, BUFFER, 0, SIDE, SIDE, SIDE * 4, 1);
	REQUEST(SURFACE, 1, BUFFER, 0, 0);
	REQUEST(SURFACE, 2, 0, 0, SIDE, SIDE);
	REQUEST(SURFACE, 3, FRAME);
	request(SURFACE, 6, NULL, 0, -1);
	close(fd);
}

/* Until the first frame is done. */
static void run_client(void)
{
	uint32_t message[1024], seen = 0;
	bool shown = false;

	REQUEST(DISPLAY, 1, REGISTRY);
	for (;;) {
		uint32_t header[2], bytes;
		const char *name = (const char *)(message + 2);

		read_all(header, sizeof(header));
		bytes = (header[1] >> 16) - 8;
		if (bytes > sizeof(message))
			fail("message");
		read_all(message, bytes);
		if (header[0] == FRAME)
			return;
		if (header[0] == DISPLAY && (header[1] & 0xffff) == 0)
			fail("protocol");
		if (header[0] == SHELL && (header[1] & 0xffff) == 0)
			REQUEST(SHELL, 3, message[0]);
		if (header[0] == SHELL_SURFACE && !shown) {
			shown = true;
			show(message[0]);
		}
		if (header[0] != REGISTRY || (header[1] & 0xffff))
			continue;
		if (!strcmp(name, "wl_compositor"))
			bind_global(message, name, 1, COMPOSITOR), seen |= 1;
		else if (!strcmp(name, "wl_shm"))
			bind_global(message, name, 1, SHM), seen |= 2;
		else if (!strcmp(name, "xdg_wm_base"))
			bind_global(message, name, 1, SHELL), seen |= 4;
		else
			continue;
		if (seen == 7)
			make_window();
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

int main(int argc, char **argv)
{
	char folder[] = "/tmp/bench_weston.XXXXXX";
	char end;
	uint64_t start;
	pid_t pid;

	(void)argv;
	if (argc != 1 || !mkdtemp(folder))
		return 2;
	setenv("XDG_RUNTIME_DIR", folder, 1);
	start = now();
	pid = fork();
	if (pid == 0) {
		int null = open("/dev/null", O_RDWR);

		dup2(null, 0);
		dup2(null, 1);
		dup2(null, 2);
		execlp("weston", "weston", "--backend=headless-backend.so",
		       "--use-pixman", "--width=1920", "--height=1080",
		       "--socket=bench", "--idle-time=0", "--no-config", NULL);
		_exit(127);
	}
	connect_when_there(folder);
	run_client();
	printf("first %llu\nserver %d\n", (unsigned long long)(now() - start),
	       (int)pid);
	fflush(stdout);
	while (read(0, &end, 1) > 0)
		;
	kill(pid, SIGTERM);
	waitpid(pid, NULL, 0);
	unlink("bench");
	rmdir(folder);
	return 0;
}
