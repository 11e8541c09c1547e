#include "send.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/log.h"
#include "command.h"

struct sending {
	char line[COMMAND_LINE_MAX + 2]; /* with newline */
	size_t length;
	int fds[COMMAND_FDS];
	size_t fd_count;
	const char *picture; /* that is compared; NULL: none */
};

/* Words with blanks are quoted, but for the text of `type`. */
static bool make_line(struct sending *sending, char **words, int count)
{
	bool text = !strcmp(words[0], "type");

	for (int i = 0; i < count; i++) {
		bool quote = !text && (strchr(words[i], ' ') || !*words[i]);
		size_t room = sizeof(sending->line) - sending->length;
		int n = snprintf(sending->line + sending->length, room,
				 quote ? "%s\"%s\"" : "%s%s", i ? " " : "",
				 words[i]);

		if (n < 0 || (size_t)n >= room - 1) {
			log_error("the command is too long");
			return false;
		}
		sending->length += (size_t)n;
	}
	if (memchr(sending->line, '\n', sending->length)) {
		log_error("a command is one line");
		return false;
	}
	sending->line[sending->length++] = '\n';
	return true;
}

static bool add_file(struct sending *sending, const char *path, int flags)
{
	int fd = open(path, flags | O_CLOEXEC, 0666);

	if (fd < 0) {
		log_error("%s: %s", path, strerror(errno));
		return false;
	}
	sending->fds[sending->fd_count++] = fd;
	return true;
}

/* Opens what the command names. */
static bool add_files(struct sending *sending, char **words, int count)
{
	if (count < 2) {
		return true;
	}
	if (!strcmp(words[0], "screenshot") || !strcmp(words[0], "record")) {
		return add_file(sending, words[1], O_RDWR | O_CREAT);
	}
	if (!strcmp(words[0], "replay")) {
		return add_file(sending, words[1], O_RDONLY);
	}
	if (strcmp(words[0], "compare") != 0) {
		return true;
	}
	/* the difference becomes a file only if there is one */
	int difference = memfd_create("difference", MFD_CLOEXEC);

	if (difference < 0 || !add_file(sending, words[1], O_RDONLY)) {
		return false;
	}
	sending->fds[sending->fd_count++] = difference;
	sending->picture = words[1];
	return true;
}

static int connect_to(const char *path)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (strlen(path) >= sizeof(address.sun_path)) {
		errno = ENAMETOOLONG;
	} else if (fd >= 0) {
		strcpy(address.sun_path, path);
		if (connect(fd, (struct sockaddr *)&address, sizeof(address)) ==
		    0) {
			return fd;
		}
	}
	log_error("%s: %s", path, strerror(errno));
	if (fd >= 0) {
		close(fd);
	}
	return -1;
}

static bool send_line(int fd, const struct sending *sending)
{
	union {
		struct cmsghdr align;
		char bytes[CMSG_SPACE(COMMAND_FDS * sizeof(int))];
	} control = { 0 };
	size_t size = sending->fd_count * sizeof(int);
	struct iovec part = { (char *)sending->line, sending->length };
	struct msghdr message = { .msg_iov = &part, .msg_iovlen = 1 };

	if (size) {
		message.msg_control = &control;
		message.msg_controllen = CMSG_SPACE(size);
		struct cmsghdr *header = CMSG_FIRSTHDR(&message);

		header->cmsg_level = SOL_SOCKET;
		header->cmsg_type = SCM_RIGHTS;
		header->cmsg_len = CMSG_LEN(size);
		memcpy(CMSG_DATA(header), sending->fds, size);
	}
	return sendmsg(fd, &message, MSG_NOSIGNAL) == (ssize_t)sending->length;
}

static bool read_answer(int fd, char *answer, size_t size)
{
	size_t fill = 0;

	while (fill < size - 1) {
		ssize_t n = read(fd, answer + fill, size - 1 - fill);

		if (n < 0 && errno == EINTR) {
			continue;
		}
		if (n <= 0) {
			return false;
		}
		fill += (size_t)n;
		answer[fill] = '\0';
		if (answer[fill - 1] == '\n') {
			return true;
		}
	}
	return false;
}

/* Writes the difference picture beside the one that was compared. */
static void keep_difference(const struct sending *sending)
{
	size_t length = strlen(sending->picture);

	if (length > 4 && !strcmp(sending->picture + length - 4, ".png")) {
		length -= 4;
	}
	char *path = xasprintf("%.*s.diff.png", (int)length, sending->picture);
	int from = sending->fds[1];
	off_t size = lseek(from, 0, SEEK_END);
	void *data = size > 0 ? mmap(NULL, (size_t)size, PROT_READ, MAP_PRIVATE,
				     from, 0)
			      : MAP_FAILED;

	if (data != MAP_FAILED) {
		int to = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC,
			      0666);

		if (to < 0 || write(to, data, (size_t)size) != size) {
			log_error("%s: %s", path, strerror(errno));
		}
		if (to >= 0) {
			close(to);
		}
		munmap(data, (size_t)size);
	}
	free(path);
}

int send_command(const char *path, char **words, int count)
{
	struct sending sending = { 0 };
	char answer[COMMAND_ANSWER_MAX + 1];

	if (!make_line(&sending, words, count) ||
	    !add_files(&sending, words, count)) {
		return 1;
	}
	int fd = connect_to(path);

	if (fd < 0) {
		return 1;
	}
	if (!send_line(fd, &sending) ||
	    !read_answer(fd, answer, sizeof(answer))) {
		log_error("%s: no answer", path);
		return 1;
	}
	fputs(answer, stdout);
	if (sending.picture && strstr(answer, " pixels differ")) {
		keep_difference(&sending);
	}
	return strncmp(answer, "ok", 2) != 0;
}
