/*
 * pictures: those of the document that is shown.
 */
#ifndef SCOUT_BROWSER_PICTURES_H
#define SCOUT_BROWSER_PICTURES_H

#include "page.h"
#include "source.h"

struct picture;

struct pictures {
	struct source *source;
	struct picture *list;
	void (*changed)(void *user);
	void *user;
};

/* `changed` is called when one arrived. */
void pictures_init(struct pictures *pictures, struct source *source,
		   void (*changed)(void *user), void *user);
void pictures_finish(struct pictures *pictures);
/* Another document. */
void pictures_forget(struct pictures *pictures);

/* See struct page_handler. `path` as source_open takes it. */
const struct page_picture *pictures_get(struct pictures *pictures,
					const char *path);
const struct image *pictures_scaled(struct pictures *pictures,
				    const struct page_picture *picture,
				    uint32_t w, uint32_t h);

#endif
