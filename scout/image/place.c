/*
 * Where a picture lies on a screen.
 */
#include "scout/image/image.h"

/* a * b / c rounded to nearest, at least 1 */
static int64_t scaled(int64_t a, int64_t b, int64_t c)
{
	int64_t v = (a * b + c / 2) / c;

	return v > 0 ? v : 1;
}

struct rect image_placed(const struct image_place *place, uint32_t w,
			 uint32_t h, uint32_t target_w, uint32_t target_h)
{
	int64_t tw = target_w, th = target_h, pw = w, ph = h;
	bool wider = (int64_t)w * th > tw * h;

	if (place->scale != IMAGE_SCALE_NONE &&
	    wider == (place->scale == IMAGE_SCALE_FIT)) {
		pw = tw;
		ph = scaled(h, tw, w);
	} else if (place->scale != IMAGE_SCALE_NONE) {
		pw = scaled(w, th, h);
		ph = th;
	}
	return (struct rect){
		.x = (int)((tw - pw) * (place->anchor % 3) / 2) + place->x,
		.y = (int)((th - ph) * (place->anchor / 3) / 2) + place->y,
		.w = (int)pw,
		.h = (int)ph,
	};
}
