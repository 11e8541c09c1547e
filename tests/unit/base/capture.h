/* Standard error of this process into memory: what the log writes. */
#ifndef UNIT_BASE_CAPTURE_H
#define UNIT_BASE_CAPTURE_H

struct capture {
	int saved, file;
};

void capture_begin(struct capture *capture);

/* The text since capture_begin, owned by the caller. */
char *capture_end(struct capture *capture);

#endif
