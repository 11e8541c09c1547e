/*
 * The least an SDL2 program can do for a key: a press inverts a cell of 8x16
 * pixels of the window's surface. The peer of "key to pixel".
 */
#include <SDL.h>
#include <stdio.h>

int main(void)
{
	SDL_Window *window;
	SDL_Surface *surface;
	SDL_Rect cell = { 8, 8, 8, 16 };
	SDL_Event event;
	Uint32 color = 0x204060;

	SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "0");
	if (SDL_Init(SDL_INIT_VIDEO) < 0) {
		fprintf(stderr, "bench_echo: %s\n", SDL_GetError());
		return 3;
	}
	window = SDL_CreateWindow("bench_echo", 0, 0, 1280, 800, 0);
	surface = window ? SDL_GetWindowSurface(window) : NULL;
	if (!surface)
		return 3;
	SDL_UpdateWindowSurface(window);
	printf("ready\n");
	fflush(stdout);
	while (SDL_WaitEvent(&event)) {
		if (event.type == SDL_QUIT)
			break;
		if (event.type != SDL_KEYDOWN)
			continue;
		color ^= 0xffffff;
		SDL_FillRect(surface, &cell, color);
		SDL_UpdateWindowSurfaceRects(window, &cell, 1);
	}
	SDL_Quit();
	return 0;
}
