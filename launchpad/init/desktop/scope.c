#include "scope.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/base.h"
#include "child/groups.h"

/* Says to ourselves that it was tried. */
#define TRIED "NITPICKER_SCOPE"

enum { ARGUMENTS_MAX = 64, RUN_ARGUMENTS = 8 };

static const char *const run[RUN_ARGUMENTS] = {
	"systemd-run", "--user", "--scope",      "--quiet",
	"--collect",   "-p",     "Delegate=yes", "--",
};

/* Its private socket is there and taken care of. */
static bool manager_answers(void)
{
	const char *runtime = getenv("XDG_RUNTIME_DIR");
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd;
	bool answers;

	if (!runtime || snprintf(address.sun_path, sizeof(address.sun_path),
				 "%s/systemd/private",
				 runtime) >= (int)sizeof(address.sun_path))
		return false;
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return false;
	answers = connect(fd, (struct sockaddr *)&address, sizeof(address)) ==
		  0;
	close(fd);
	return answers;
}

/* The command for a program with its arguments; false: too many. */
static bool command(const char *program, char *const *arguments,
		    const char *out[ARGUMENTS_MAX])
{
	size_t count = RUN_ARGUMENTS;

	memcpy(out, run, sizeof(run));
	out[count++] = program;
	for (; *arguments && count < ARGUMENTS_MAX - 1; arguments++)
		out[count++] = *arguments;
	out[count] = NULL;
	return !*arguments;
}

/* A scope can be made: tried with a program that does nothing, because who
 * executes systemd-run doesn't come back. */
static bool scope_works(void)
{
	char *const nothing[] = { NULL };
	const char *argv[ARGUMENTS_MAX];
	const pid_t pid = fork();
	int status = 1;

	if (pid == 0) {
		const int null = open("/dev/null", O_RDWR | O_CLOEXEC);

		command("/bin/true", nothing, argv);
		dup2(null, 0);
		dup2(null, 1);
		dup2(null, 2);
		execvp(argv[0], (char **)argv);
		_exit(127);
	}
	while (pid > 0 && waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	return pid > 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

void scope_enter(char **argv)
{
	const char *all[ARGUMENTS_MAX];
	char program[4096];
	const ssize_t length = readlink("/proc/self/exe", program,
					sizeof(program) - 1);

	if (getenv(TRIED)) {
		unsetenv(TRIED);
		return;
	}
	if (getuid() == 0 || length < 0 || groups_are_writable() ||
	    !manager_answers())
		return;
	program[length] = '\0';
	if (!command(program, argv + 1, all) || !scope_works())
		return;
	setenv(TRIED, "1", 1);
	execvp(all[0], (char **)all);
	unsetenv(TRIED);
	log_warning("%s: %s", all[0], strerror(errno));
}
