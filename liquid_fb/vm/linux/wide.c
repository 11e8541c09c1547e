/*
 * Loaded into User Mode Linux on processors whose floating-point state is
 * larger than the 2696 bytes that the kernel of Debian 12 gives ptrace: with
 * AMX it is about 11000, and the host refuses to set less than all of it, on
 * which the kernel panics. Here what it sets is widened; what the state has
 * beyond (the tiles of AMX) is marked unused, so programs in the guest have no
 * AMX, as the guest's kernel tells them.
 *
 * The layout is that of XSAVE, Intel SDM volume 1, 13.4: the word of the
 * components that are in use stands at byte 512.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum {
	PEEK_FIRST = 1, /* PTRACE_PEEKTEXT, -DATA, -USER return a word */
	PEEK_LAST = 3,
	GET_REGISTERS = 0x4204, /* PTRACE_GETREGSET */
	SET_REGISTERS = 0x4205,
	XSTATE = 0x202, /* NT_X86_XSTATE */
	IN_USE = 512,
	STATE_MAX = 65536,
};

#define TILES (UINT64_C(3) << 17)

static uint8_t state[STATE_MAX] __attribute__((aligned(64)));
static size_t full; /* bytes of the host's state; 0: not asked yet */

long ptrace(int request, ...);

static long call(long request, long pid, void *address, void *data)
{
	return syscall(SYS_ptrace, request, pid, address, data);
}

static long get_state(long pid, struct iovec *wanted)
{
	struct iovec all = { state, sizeof(state) };
	long result = call(GET_REGISTERS, pid, (void *)XSTATE, &all);

	if (result < 0)
		return result;
	full = all.iov_len;
	if (wanted->iov_len > full)
		wanted->iov_len = full;
	memcpy(wanted->iov_base, state, wanted->iov_len);
	return 0;
}

static long set_state(long pid, const struct iovec *given)
{
	struct iovec all = { state, sizeof(state) };
	size_t bytes = given->iov_len;
	uint64_t in_use;

	if (!full) {
		if (call(GET_REGISTERS, pid, (void *)XSTATE, &all) < 0)
			return -1;
		full = all.iov_len;
	}
	if (bytes > full)
		bytes = full;
	memset(state, 0, full);
	memcpy(state, given->iov_base, bytes);
	if (bytes < full && full >= IN_USE + sizeof(in_use)) {
		memcpy(&in_use, state + IN_USE, sizeof(in_use));
		in_use &= ~TILES;
		memcpy(state + IN_USE, &in_use, sizeof(in_use));
	}
	all.iov_len = full;
	return call(SET_REGISTERS, pid, (void *)XSTATE, &all);
}

long ptrace(int request, ...)
{
	va_list list;
	long word = 0, result, pid;
	void *address, *data;

	va_start(list, request);
	pid = va_arg(list, int);
	address = va_arg(list, void *);
	data = va_arg(list, void *);
	va_end(list);
	if (request == GET_REGISTERS && (long)address == XSTATE)
		return get_state(pid, data);
	if (request == SET_REGISTERS && (long)address == XSTATE)
		return set_state(pid, data);
	if (request < PEEK_FIRST || request > PEEK_LAST)
		return call(request, pid, address, data);
	result = call(request, pid, address, &word);
	if (result < 0)
		return -1;
	errno = 0;
	return word;
}
