#include "pictures.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/log.h"

enum { SIDE_MAX = 4096, SMALLEST = 64 };

struct picture {
	struct page_picture shown;
	struct pictures *pictures;
	struct image_job *job; /* it is being decoded */
	struct image pixels; /* what there is of it */
	uint32_t want_w, want_h; /* how large it is shown; 0: not known */
	uint32_t made_w, made_h; /* what it was decoded for */
	uint32_t pass; /* when it was visible last */
	bool known; /* its size is */
	char error[IMAGE_ERROR_MAX];
	char *path;
	struct stat file; /* as it was read */
	struct picture *next;
};

void pictures_init(struct pictures *pictures, struct source *source,
		   void (*changed)(void *user, bool size), void *user)
{
	*pictures = (struct pictures){ .source = source,
				       .most = PICTURES_BYTES,
				       .changed = changed,
				       .user = user };
}

/* ---- memory ---- */

static uint64_t bytes_of(uint64_t w, uint64_t h)
{
	return w * h * 4;
}

static void drop_pixels(struct picture *picture)
{
	picture->pictures->bytes -= bytes_of(picture->pixels.w,
					     picture->pixels.h);
	image_finish(&picture->pixels);
	picture->made_w = picture->made_h = 0;
}

static void destroy(struct picture *picture)
{
	if (picture->job)
		picture->pictures->working = NULL;
	image_job_cancel(picture->job);
	drop_pixels(picture);
	free(picture->path);
	free(picture);
}

void pictures_forget(struct pictures *pictures)
{
	while (pictures->list) {
		struct picture *next = pictures->list->next;

		destroy(pictures->list);
		pictures->list = next;
	}
}

void pictures_finish(struct pictures *pictures)
{
	pictures_forget(pictures);
}

static bool is_visible(const struct picture *picture)
{
	return picture->pass == picture->pictures->pass;
}

/* Drops what can't be seen until there is room for that many bytes. */
static void make_room(struct pictures *pictures, uint64_t bytes)
{
	while (pictures->bytes + bytes > pictures->most) {
		struct picture *oldest = NULL;

		for (struct picture *p = pictures->list; p; p = p->next)
			if (p->pixels.pixels && !is_visible(p) &&
			    (!oldest || p->pass < oldest->pass))
				oldest = p;
		if (!oldest)
			break;
		drop_pixels(oldest);
	}
}

/* Halves the size until it fits beside what is visible. */
static void fit(struct pictures *pictures, uint32_t *w, uint32_t *h)
{
	while (*w > SMALLEST && *h > SMALLEST &&
	       pictures->bytes + bytes_of(*w, *h) > pictures->most) {
		*w = (*w + 1) / 2;
		*h = (*h + 1) / 2;
	}
}

/* ---- decoding ---- */

static bool needs_work(const struct picture *picture)
{
	if (picture->shown.error)
		return false;
	if (!picture->known)
		return true;
	return is_visible(picture) && picture->want_w &&
	       (picture->made_w != picture->want_w ||
		picture->made_h != picture->want_h);
}

static void failed(struct picture *picture, const char *error)
{
	snprintf(picture->error, sizeof(picture->error), "%s", error);
	picture->shown.error = picture->error;
	log_warning("%s: %s", picture->path, error);
}

static void work(struct pictures *pictures);

static void decoded(void *user, struct image *image, const char *error)
{
	struct picture *picture = user;
	struct pictures *pictures = picture->pictures;
	bool size = !picture->known;

	picture->job = NULL;
	pictures->working = NULL;
	if (image) {
		pictures->bytes -= bytes_of(picture->pixels.w,
					    picture->pixels.h);
		image_finish(&picture->pixels);
		picture->pixels = *image;
		pictures->bytes += bytes_of(image->w, image->h);
		picture->shown.w = image->full_w;
		picture->shown.h = image->full_h;
		picture->known = true;
		make_room(pictures, 0);
	} else {
		failed(picture, error);
		size = true;
	}
	pictures->changed(pictures->user, size);
	work(pictures);
}

static void begin(struct picture *picture)
{
	struct pictures *pictures = picture->pictures;
	char error[IMAGE_ERROR_MAX] = "can't be read";
	int fd = source_open(pictures->source, picture->path);
	uint32_t w = picture->want_w, h = picture->want_h;

	if (fd < 0) {
		failed(picture, error);
		return;
	}
	/* The old pixels are shown until the new ones come, if both fit. */
	make_room(pictures, bytes_of(w, h));
	if (pictures->bytes + bytes_of(w, h) > pictures->most)
		drop_pixels(picture);
	fit(pictures, &w, &h);
	picture->made_w = picture->want_w;
	picture->made_h = picture->want_h;
	fstat(fd, &picture->file);
	picture->job = image_decode_later(pictures->source->loop, fd, w, h,
					  pictures->memory, decoded, picture,
					  error);
	close(fd);
	if (picture->job)
		pictures->working = picture;
	else
		failed(picture, error);
}

/* One after the other: in the order of the document, visible ones first. */
static void work(struct pictures *pictures)
{
	while (!pictures->working) {
		struct picture *next = NULL;

		for (struct picture *p = pictures->list; p; p = p->next)
			if (needs_work(p) &&
			    (!next || (is_visible(p) && !is_visible(next))))
				next = p;
		if (!next)
			return;
		begin(next);
	}
}

/* ---- asking ---- */

void pictures_set_quota(struct pictures *pictures, uint64_t bytes)
{
	uint64_t part = bytes / PICTURES_PART;

	pictures->most = bytes && part < PICTURES_BYTES ? part : PICTURES_BYTES;
	pictures->memory = bytes ? part : 0;
	work(pictures);
}

void pictures_look(struct pictures *pictures)
{
	pictures->pass++;
}

static struct picture *add(struct pictures *pictures, const char *path)
{
	struct picture *picture = xcalloc(1, sizeof(*picture));
	struct picture **last = &pictures->list;

	while (*last)
		last = &(*last)->next;
	*last = picture;
	picture->pictures = pictures;
	picture->path = xstrdup(path);
	return picture;
}

const struct page_picture *pictures_get(struct pictures *pictures,
					const char *path, uint32_t room)
{
	struct picture *picture = pictures->list;

	while (picture && strcmp(picture->path, path))
		picture = picture->next;
	if (!picture) {
		picture = add(pictures, path);
		/* It will hardly be shown larger. */
		picture->want_w = room < SIDE_MAX ? room : SIDE_MAX;
		picture->want_h = SIDE_MAX;
	}
	picture->pass = pictures->pass;
	work(pictures);
	return picture->known || picture->shown.error ? &picture->shown : NULL;
}

const struct image *pictures_pixels(struct pictures *pictures,
				    const struct page_picture *shown,
				    uint32_t w, uint32_t h)
{
	struct picture *picture = (struct picture *)shown;

	/* The decoder makes nothing larger. */
	picture->want_w = w < shown->w ? w : shown->w;
	picture->want_h = h < shown->h ? h : shown->h;
	if (picture->pixels.w == picture->want_w &&
	    picture->pixels.h == picture->want_h) {
		picture->made_w = picture->want_w;
		picture->made_h = picture->want_h;
	}
	work(pictures);
	return picture->pixels.pixels ? &picture->pixels : NULL;
}

static bool is_same(struct pictures *pictures, const struct picture *picture)
{
	int fd = source_open(pictures->source, picture->path);
	struct stat now;
	bool same = fd >= 0 && fstat(fd, &now) == 0 && picture->known &&
		    now.st_dev == picture->file.st_dev &&
		    now.st_ino == picture->file.st_ino &&
		    now.st_size == picture->file.st_size &&
		    now.st_mtim.tv_sec == picture->file.st_mtim.tv_sec &&
		    now.st_mtim.tv_nsec == picture->file.st_mtim.tv_nsec;

	if (fd >= 0)
		close(fd);
	return same;
}

void pictures_check(struct pictures *pictures)
{
	struct picture **at = &pictures->list;

	while (*at) {
		struct picture *picture = *at;

		if (is_same(pictures, picture)) {
			at = &picture->next;
			continue;
		}
		*at = picture->next;
		destroy(picture);
	}
}
