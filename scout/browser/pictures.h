/*
 * pictures: those of the document that is shown.
 *
 * They are decoded one after the other, in the size they are shown in, and all
 * that they take together stays within a limit: pixels of those that can't be
 * seen are dropped first and decoded anew when they come into sight; where
 * those in sight are too many, the later ones get fewer pixels. Sizes are kept,
 * so that nothing moves.
 */
#ifndef SCOUT_BROWSER_PICTURES_H
#define SCOUT_BROWSER_PICTURES_H

#include "page.h"
#include "source.h"

enum {
	PICTURES_BYTES = 64 << 20, /* of pixels, without a quota */
	PICTURES_PART = 4, /* of a quota, as 1/n: pixels, and once more for the
			      decoder beside its own pixels */
};

struct picture;

struct pictures {
	struct source *source;
	struct picture *list;
	struct picture *working; /* its file is being decoded */
	uint64_t most; /* bytes of pixels */
	uint64_t memory; /* bytes for the decoder; 0: what it may have */
	uint64_t bytes; /* of all that are there */
	uint32_t pass; /* of looking at what is visible */
	/* `size`: that of a picture became known; else only its pixels are
	 * new. */
	void (*changed)(void *user, bool size);
	void *user;
};

void pictures_init(struct pictures *pictures, struct source *source,
		   void (*changed)(void *user, bool size), void *user);
void pictures_finish(struct pictures *pictures);
/* Bytes that the program may have in all; 0: nobody counts them. */
void pictures_set_quota(struct pictures *pictures, uint64_t bytes);

/* Another document. */
void pictures_forget(struct pictures *pictures);
/* The same document was read again: files that changed are, too. */
void pictures_check(struct pictures *pictures);
/* What is asked for from here on is visible, other pictures aren't. */
void pictures_look(struct pictures *pictures);

/* See struct page_handler. `path` as source_open takes it; `room`: how wide it
 * can be shown at most. */
const struct page_picture *pictures_get(struct pictures *pictures,
					const char *path, uint32_t room);
const struct image *pictures_pixels(struct pictures *pictures,
				    const struct page_picture *picture,
				    uint32_t w, uint32_t h);

#endif
