#include "base/loop_private.h"

#include <assert.h>
#include <sys/pidfd.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

void loop_on_signal(struct loop *loop, int signo, loop_signal_fn *fn,
		    void *user)
{
	sigset_t one;

	assert(signo > 0 && signo <= SIGNAL_MAX);
	loop->signal_handlers[signo] = (struct signal_handler){ fn, user };
	sigemptyset(&one);
	sigaddset(&one, signo);
	sigaddset(&loop->signals, signo);
	if (sigprocmask(SIG_BLOCK, &one, NULL) < 0)
		loop_fail("sigprocmask");

	int old = loop->signal_source ? loop->signal_source->fd : -1;
	int fd = signalfd(old, &loop->signals, SFD_CLOEXEC | SFD_NONBLOCK);

	if (fd < 0)
		loop_fail("signalfd");
	if (!loop->signal_source)
		loop->signal_source = loop_source_create(loop, SOURCE_SIGNAL,
							 fd, LOOP_READ);
}

void loop_reset_signals(void)
{
	sigset_t none;

	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
}

void loop_run_signals(struct loop *loop)
{
	struct signalfd_siginfo info;

	/* One a turn: the handler may end the loop. */
	if (read(loop->signal_source->fd, &info, sizeof(info)) != sizeof(info))
		return;

	struct signal_handler handler = loop->signal_handlers[info.ssi_signo];

	if (handler.fn)
		handler.fn(handler.user, (int)info.ssi_signo);
}

struct loop_source *loop_on_exit(struct loop *loop, pid_t pid,
				 loop_process_fn *fn, void *user)
{
	int fd = pidfd_open(pid, 0);

	if (fd < 0)
		return NULL;

	struct loop_source *source = loop_source_create(loop, SOURCE_PROCESS,
							fd, LOOP_READ);

	source->process_fn = fn;
	source->user = user;
	source->pid = pid;
	return source;
}

void loop_run_process(struct loop_source *source)
{
	int status = 0;

	/* 0: a debugger holds it; -1: somebody else reaped it, status unknown.
	 */
	if (waitpid(source->pid, &status, WNOHANG) == 0)
		return;
	loop_remove(source);
	source->process_fn(source->user, source->pid, status);
}
