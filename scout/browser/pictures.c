#include "pictures.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/log.h"

/* Pixels; larger ones are made smaller when they are decoded. */
enum { PICTURE_SIDE_MAX = 1600 };

struct picture {
	struct page_picture shown;
	struct pictures *pictures;
	struct image_job *job; /* it is being decoded */
	struct image scaled; /* in the size that was asked for last */
	char *path;
	struct picture *next;
};

void pictures_init(struct pictures *pictures, struct source *source,
		   void (*changed)(void *user), void *user)
{
	*pictures = (struct pictures){ .source = source,
				       .changed = changed,
				       .user = user };
}

void pictures_forget(struct pictures *pictures)
{
	while (pictures->list) {
		struct picture *next = pictures->list->next;

		image_job_cancel(pictures->list->job);
		image_finish(&pictures->list->shown.image);
		free(pictures->list->scaled.pixels);
		free(pictures->list->path);
		free(pictures->list);
		pictures->list = next;
	}
}

void pictures_finish(struct pictures *pictures)
{
	pictures_forget(pictures);
}

static void failed(struct picture *picture, const char *error)
{
	picture->shown.failed = true;
	log_warning("%s: %s", picture->path, error);
}

static void decoded(void *user, struct image *image, const char *error)
{
	struct picture *picture = user;

	picture->job = NULL;
	if (image)
		picture->shown.image = *image;
	else
		failed(picture, error);
	picture->pictures->changed(picture->pictures->user);
}

static void load(struct pictures *pictures, struct picture *picture)
{
	char error[IMAGE_ERROR_MAX] = "can't be read";
	int fd = source_open(pictures->source, picture->path);

	if (fd >= 0) {
		picture->job = image_decode_later(
			pictures->source->loop, fd, PICTURE_SIDE_MAX,
			PICTURE_SIDE_MAX, decoded, picture, error);
		close(fd);
	}
	if (!picture->job)
		failed(picture, error);
}

const struct page_picture *pictures_get(struct pictures *pictures,
					const char *path)
{
	struct picture *picture = pictures->list;

	while (picture && strcmp(picture->path, path))
		picture = picture->next;
	if (!picture) {
		picture = xcalloc(1, sizeof(*picture));
		picture->pictures = pictures;
		picture->path = xstrdup(path);
		picture->next = pictures->list;
		pictures->list = picture;
		load(pictures, picture);
	}
	return picture->job ? NULL : &picture->shown;
}

static struct blit_surface surface_of(const struct image *image)
{
	return (struct blit_surface){
		.pixels = image->pixels,
		.stride = (ptrdiff_t)image->w * 4,
		.width = (int)image->w,
		.height = (int)image->h,
		.format = BLIT_ARGB8888,
	};
}

const struct image *pictures_scaled(struct pictures *pictures,
				    const struct page_picture *shown,
				    uint32_t w, uint32_t h)
{
	struct picture *picture = (struct picture *)shown;
	struct image *scaled = &picture->scaled;
	const struct image *image = &shown->image;
	struct blit_scale scale = { 0, 0, (int)w,        (int)h,
				    0, 0, (int)image->w, (int)image->h,
				    0, 0, (int)w,        (int)h };

	(void)pictures;
	if (image->w == w && image->h == h)
		return image;
	if (scaled->pixels && scaled->w == w && scaled->h == h)
		return scaled;
	free(scaled->pixels);
	*scaled = (struct image){ .pixels = malloc((size_t)w * h * 4),
				  .w = w,
				  .h = h,
				  .alpha = image->alpha };
	if (!scaled->pixels)
		return NULL;

	struct blit_surface from = surface_of(image), to = surface_of(scaled);

	if (w < image->w)
		blit_shrink(&to, &from, scale);
	else
		blit_smooth(&to, &from, scale);
	return scaled;
}
