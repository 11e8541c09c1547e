/*
 * What the library and the program scout_decode agree on.
 */
#ifndef SCOUT_IMAGE_SPAWN_H
#define SCOUT_IMAGE_SPAWN_H

#include <sys/types.h>

#include "scout/image/image.h"

/*
 * scout_decode W H STRIDE SCALE ANCHOR X Y ALPHA TILED MEMORY COVER
 *
 * Standard input is the file, standard output the memory, standard error takes
 * the message. With a stride of 0 the memory is empty; it gets a page with a
 * head and then the pixels, of a picture of at most W x H. With COVER 1 a
 * picture that would leave something uncovered ends it with the code
 * DECODE_UNCOVERED.
 */
enum { DECODE_ARGUMENTS = 12, DECODE_MAGIC = 0x53444543, DECODE_UNCOVERED = 3 };

struct decode_head {
	uint32_t magic, w, h, full_w, full_h, alpha;
};

struct decode_process {
	pid_t pid;
	int errors; /* the pipe, non-blocking; it ends with the process */
	bool late; /* killed for that */
};

/* False with `error`. */
bool decode_spawn(int fd, const struct image_place *place,
		  const struct image_target *target, bool cover,
		  struct decode_process *process, char error[IMAGE_ERROR_MAX]);
/* Its last words, and the status as of waitpid, in words; true: it worked.
 * Closes the pipe. */
bool decode_result(struct decode_process *process, int status,
		   char error[IMAGE_ERROR_MAX]);

#endif
