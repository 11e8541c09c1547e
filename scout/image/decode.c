/*
 * Pictures that the program scout_decode decodes.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/alloc.h"
#include "scout/image/spawn.h"

enum { HEAD_BYTES = 4096, NS_PER_MS = 1000000 };

/* Its status; it is killed when it takes too long. */
static int wait_for(struct decode_process *process)
{
	struct pollfd end = { .fd = process->errors };
	uint64_t until = loop_now() + (uint64_t)DECODE_WAIT_MS * NS_PER_MS;
	int status = 0, n;

	/* Without events only the end of the pipe is waited for. */
	do {
		uint64_t now = loop_now();
		int left = now < until ? (int)((until - now) / NS_PER_MS) : 0;

		n = poll(&end, 1, left);
	} while (n < 0 && errno == EINTR);
	process->late = n == 0;
	if (process->late)
		kill(process->pid, SIGKILL);
	while (waitpid(process->pid, &status, 0) < 0 && errno == EINTR)
		;
	return status;
}

/* The kernel clears each page when it is first written to. While the decoder
 * starts and reads, we have nothing else to do. A kernel that doesn't know this
 * leaves it to the decoder. */
static void make_pages(const struct image_target *target)
{
	if (target->pixels)
		madvise(target->pixels, target->stride * target->h,
			MADV_POPULATE_WRITE);
}

static bool spawn(int fd, const struct image_place *place,
		  const struct image_target *target, bool cover,
		  struct decode_process *process, char error[IMAGE_ERROR_MAX])
{
	if (!decode_spawn(fd, place, target, cover, process, error))
		return false;
	make_pages(target);
	return true;
}

bool image_draw(int fd, const struct image_place *place,
		const struct image_target *target, char error[IMAGE_ERROR_MAX])
{
	struct decode_process process;

	return spawn(fd, place, target, false, &process, error) &&
	       decode_result(&process, wait_for(&process), error);
}

bool image_draw_all(int fd, const struct image_place *place,
		    const struct image_target *target, bool *covers,
		    char error[IMAGE_ERROR_MAX])
{
	struct decode_process process;
	int status;

	*covers = true;
	if (!spawn(fd, place, target, true, &process, error))
		return false;
	status = wait_for(&process);
	if (decode_result(&process, status, error))
		return true;
	*covers = !WIFEXITED(status) || WEXITSTATUS(status) != DECODE_UNCOVERED;
	if (!*covers)
		error[0] = '\0';
	return false;
}

/* ---- into memory of its own ---- */

static int create_memory(uint32_t max_w, uint32_t max_h, uint64_t memory,
			 struct image_target *target,
			 char error[IMAGE_ERROR_MAX])
{
	*target = (struct image_target){
		.fd = memfd_create("image", MFD_CLOEXEC | MFD_ALLOW_SEALING),
		.w = max_w ? max_w : IMAGE_SIDE_MAX,
		.h = max_h ? max_h : IMAGE_SIDE_MAX,
		.memory = memory,
	};
	if (target->fd < 0)
		snprintf(error, IMAGE_ERROR_MAX, "no memory: %s",
			 strerror(errno));
	return target->fd;
}

/* The decoder is gone; nobody but us can change what it left, and that is
 * sealed before it is looked at. */
static bool take(int fd, struct image *image)
{
	struct stat stat;
	struct decode_head head;

	if (fcntl(fd, F_ADD_SEALS,
		  F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL) <
		    0 ||
	    fstat(fd, &stat) < 0 ||
	    pread(fd, &head, sizeof(head), 0) != (ssize_t)sizeof(head))
		return false;
	if (head.magic != DECODE_MAGIC || !head.w || !head.h ||
	    head.w > IMAGE_SIDE_MAX || head.h > IMAGE_SIDE_MAX ||
	    (uint64_t)head.w * head.h * 4 + HEAD_BYTES > (uint64_t)stat.st_size)
		return false;

	size_t bytes = HEAD_BYTES + (size_t)head.w * head.h * 4;
	void *memory = mmap(NULL, bytes, PROT_READ, MAP_PRIVATE, fd, 0);

	if (memory == MAP_FAILED)
		return false;
	*image = (struct image){
		.pixels = (uint32_t *)((char *)memory + HEAD_BYTES),
		.w = head.w,
		.h = head.h,
		.full_w = head.full_w,
		.full_h = head.full_h,
		.alpha = head.alpha,
		.mapping = memory,
		.mapped = bytes,
	};
	return true;
}

static const struct image_place inside = { .scale = IMAGE_SCALE_FIT,
					   .alpha = 255 };

bool image_decode(int fd, uint32_t max_w, uint32_t max_h, struct image *image,
		  char error[IMAGE_ERROR_MAX])
{
	struct decode_process process;
	struct image_target target;
	bool done = false;

	*image = (struct image){ 0 };
	error[0] = '\0';
	if (create_memory(max_w, max_h, 0, &target, error) < 0)
		return false;
	if (decode_spawn(fd, &inside, &target, false, &process, error) &&
	    decode_result(&process, wait_for(&process), error)) {
		done = take(target.fd, image);
		if (!done)
			snprintf(error, IMAGE_ERROR_MAX,
				 "the decoder gave no picture");
	}
	close(target.fd);
	return done;
}

/* ---- later ---- */

struct image_job {
	struct loop *loop;
	struct decode_process process;
	struct loop_source *source;
	struct timer timer;
	int memory;
	image_job_fn *fn; /* NULL: cancelled */
	void *user;
};

static void too_late(void *user)
{
	struct image_job *job = user;

	job->process.late = true;
	kill(job->process.pid, SIGKILL);
}

static void ended(void *user, pid_t pid, int status)
{
	struct image_job *job = user;
	char error[IMAGE_ERROR_MAX];
	struct image image = { 0 };
	bool done = decode_result(&job->process, status, error);

	(void)pid;
	if (done && job->fn && !take(job->memory, &image)) {
		snprintf(error, IMAGE_ERROR_MAX, "the decoder gave no picture");
		done = false;
	}
	timer_finish(&job->timer);
	close(job->memory);
	if (job->fn)
		job->fn(job->user, done ? &image : NULL, error);
	free(job);
}

struct image_job *image_decode_later(struct loop *loop, int fd, uint32_t max_w,
				     uint32_t max_h, uint64_t memory,
				     image_job_fn *fn, void *user,
				     char error[IMAGE_ERROR_MAX])
{
	struct image_job *job;
	struct image_target target;
	struct decode_process process;

	if (create_memory(max_w, max_h, memory, &target, error) < 0)
		return NULL;
	if (!decode_spawn(fd, &inside, &target, false, &process, error)) {
		close(target.fd);
		return NULL;
	}
	job = xcalloc(1, sizeof(*job));
	*job = (struct image_job){ .loop = loop,
				   .process = process,
				   .memory = target.fd,
				   .fn = fn,
				   .user = user };
	job->source = loop_on_exit(loop, process.pid, ended, job);
	if (!job->source) {
		snprintf(error, IMAGE_ERROR_MAX, "no watch: %s",
			 strerror(errno));
		kill(process.pid, SIGKILL);
		waitpid(process.pid, NULL, 0);
		close(process.errors);
		close(target.fd);
		free(job);
		return NULL;
	}
	timer_init(&job->timer, loop, too_late, job);
	timer_set_in(&job->timer, (uint64_t)DECODE_WAIT_MS * NS_PER_MS);
	return job;
}

void image_job_cancel(struct image_job *job)
{
	if (!job)
		return;
	/* Its end is still waited for, then the rest goes. */
	job->fn = NULL;
	kill(job->process.pid, SIGKILL);
}
