/*
 * Starting scout_decode, and what became of it.
 */
#include "scout/image/spawn.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/alloc.h"

enum { PATH_BYTES = 4096, NUMBER = 16 };

/* Beside the own program. */
static char *program(void)
{
	char path[PATH_BYTES];
	ssize_t n = readlink("/proc/self/exe", path, sizeof(path) - 1);

	if (n <= 0)
		return NULL;
	path[n] = '\0';

	char *slash = strrchr(path, '/');

	return xasprintf("%.*s/scout_decode", (int)(slash - path), path);
}

static void fail(char error[IMAGE_ERROR_MAX], const char *what, int code)
{
	snprintf(error, IMAGE_ERROR_MAX, "%s: %s", what, strerror(code));
}

static int start(const char *path, char **argv, int fd, int memory, int errors,
		 pid_t *pid)
{
	char *const environment[] = { NULL };
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	sigset_t none;

	sigemptyset(&none);
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, fd, STDIN_FILENO);
	posix_spawn_file_actions_adddup2(&actions, memory, STDOUT_FILENO);
	posix_spawn_file_actions_adddup2(&actions, errors, STDERR_FILENO);
	posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1);
	posix_spawnattr_init(&attributes);
	posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
	posix_spawnattr_setsigmask(&attributes, &none);

	int code = posix_spawn(pid, path, &actions, &attributes, argv,
			       environment);

	posix_spawn_file_actions_destroy(&actions);
	posix_spawnattr_destroy(&attributes);
	return code;
}

static long long memory_of(const struct image_target *target)
{
	if (!target->memory || target->memory > DECODE_MEMORY)
		return DECODE_MEMORY;
	return (long long)target->memory;
}

bool decode_spawn(int fd, const struct image_place *place,
		  const struct image_target *target, bool cover,
		  struct decode_process *process, char error[IMAGE_ERROR_MAX])
{
	const long long values[DECODE_ARGUMENTS - 1] = {
		target->w,         target->h,     (long long)target->stride,
		place->scale,      place->anchor, place->x,
		place->y,          place->alpha,  place->tiled,
		memory_of(target), cover,
	};
	char numbers[DECODE_ARGUMENTS - 1][NUMBER];
	char *argv[DECODE_ARGUMENTS + 1] = { program() };
	int ends[2], code, high[3] = { fd, target->fd, -1 };

	if (!argv[0] || pipe2(ends, O_CLOEXEC | O_NONBLOCK) < 0) {
		fail(error, "no process for it", errno);
		free(argv[0]);
		return false;
	}
	for (int i = 0; i < DECODE_ARGUMENTS - 1; i++) {
		snprintf(numbers[i], NUMBER, "%lld", values[i]);
		argv[i + 1] = numbers[i];
	}
	/* Above what they become, so that none is overwritten. */
	high[2] = ends[1];
	for (int i = 0; i < 3; i++)
		high[i] = fcntl(high[i], F_DUPFD_CLOEXEC, 3);
	code = start(argv[0], argv, high[0], high[1], high[2], &process->pid);
	for (int i = 0; i < 3; i++)
		close(high[i]);
	close(ends[1]);
	process->errors = ends[0];
	process->late = false;
	if (code) {
		fail(error, "scout_decode does not start", code);
		close(ends[0]);
	}
	free(argv[0]);
	return code == 0;
}

bool decode_result(struct decode_process *process, int status,
		   char error[IMAGE_ERROR_MAX])
{
	ssize_t n = read(process->errors, error, IMAGE_ERROR_MAX - 1);

	close(process->errors);
	error[n > 0 ? n : 0] = '\0';
	/* It may say anything, but in one line. */
	for (char *c = error; *c; c++)
		if ((unsigned char)*c < ' ' || (unsigned char)*c > '~')
			*c = '?';
	if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return true;
	if (error[0])
		return false;
	if (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU)
		snprintf(error, IMAGE_ERROR_MAX, "it takes too long to decode");
	else if (process->late)
		snprintf(error, IMAGE_ERROR_MAX, "it takes too long to read");
	else if (WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL)
		snprintf(error, IMAGE_ERROR_MAX, IMAGE_NO_MEMORY);
	else
		snprintf(error, IMAGE_ERROR_MAX, "the decoder failed (%s %d)",
			 WIFSIGNALED(status) ? "signal" : "code",
			 WIFSIGNALED(status) ? WTERMSIG(status)
					     : WEXITSTATUS(status));
	return false;
}
