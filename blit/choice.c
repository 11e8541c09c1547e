/* Which implementation runs in this process. */
#include "blit/blit.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "blit/implementation_private.h"

static bool always(void)
{
	return true;
}

/* Fastest first. */
static const struct candidate {
	const struct blit_implementation *implementation;
	bool (*is_available)(void);
} candidates[] = {
#if defined(__x86_64__)
	{ &blit_avx512, blit_can_avx512 },
#endif
#if defined(__x86_64__) || defined(__i386__)
	{ &blit_avx2, blit_can_avx2 },
	{ &blit_sse2, blit_can_sse2 },
#endif
#if defined(__aarch64__)
	{ &blit_neon, always }, /* a part of the architecture */
#endif
	{ &blit_generic, always },
#if defined(__x86_64__) || defined(__i386__)
	{ &blit_mmx, blit_can_mmx },
#endif
};

enum { COUNT = sizeof(candidates) / sizeof(*candidates) };

const struct blit_implementation *blit_available(size_t index)
{
	for (size_t i = 0; i < COUNT; i++)
		if (candidates[i].is_available() && !index--)
			return candidates[i].implementation;
	return NULL;
}

/* A wrong name would silently measure or test something else. */
static void refuse(const char *name)
{
	const char *reason = "no such implementation";
	const struct blit_implementation *available;

	for (size_t i = 0; i < COUNT; i++)
		if (strcmp(name, candidates[i].implementation->name) == 0)
			reason = "this machine lacks it";
	fprintf(stderr, "BLIT=%s: %s, there is:", name, reason);
	for (size_t i = 0; (available = blit_available(i)); i++)
		fprintf(stderr, " %s", available->name);
	fputc('\n', stderr);
	exit(1);
}

static const struct blit_implementation *choose(void)
{
	const char *name = getenv("BLIT");
	const struct blit_implementation *available;

	if (!name || !*name)
		return blit_available(0);
	for (size_t i = 0; (available = blit_available(i)); i++)
		if (strcmp(name, available->name) == 0)
			return available;
	refuse(name);
	return NULL;
}

/* The one state of blit. Threads that race to set it find the same. */
static const struct blit_implementation *_Atomic choice;

const struct blit_implementation *blit_chosen(void)
{
	const struct blit_implementation *chosen = atomic_load_explicit(
		&choice, memory_order_relaxed);

	if (__builtin_expect(!chosen, 0)) {
		chosen = choose();
		blit_force(chosen);
	}
	return chosen;
}

void blit_force(const struct blit_implementation *implementation)
{
	atomic_store_explicit(&choice, implementation, memory_order_relaxed);
}

const char *blit_implementation(void)
{
	return blit_chosen()->name;
}
