/*
 * A picture without anything but libblit: a window with a shadow on a sky,
 * written as PPM to standard output. Compile it with
 *   cc example.c $(pkg-config --cflags --libs blit)
 */
#include <stdio.h>

#include <blit/blit.h>

enum { W = 320, H = 200 };

static uint32_t screen[W * H], window[100 * 60];

int main(void)
{
	struct blit_surface to = { screen, W * 4, W, H, BLIT_XRGB8888, false };
	struct blit_surface from = {
		window, 400, 100, 60, BLIT_ARGB8888, false
	};

	for (int y = 0; y < H; y++)
		blit_fill(&to, 0, y, W, 1, 0x203060 + (uint32_t)y / 2);
	blit_fill(&from, 0, 0, 100, 60, 0xff000000);
	blit_fade(&to, &from, (struct blit_area){ 116, 76, 100, 60, 0, 0 }, 90);
	blit_fill(&from, 0, 0, 100, 60, 0xffd0d0c8);
	blit_fill(&from, 0, 0, 100, 12, 0xff4060a0);
	blit_over(&to, &from, (struct blit_area){ 110, 70, 100, 60, 0, 0 });
	printf("P6 %d %d 255\n", W, H);
	for (int i = 0; i < W * H; i++)
		printf("%c%c%c", (int)(screen[i] >> 16), (int)(screen[i] >> 8),
		       (int)screen[i]);
	fprintf(stderr, "drawn with %s\n", blit_implementation());
}
