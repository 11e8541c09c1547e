/*
 * Lines in which text runs to the left: what is read first stands where.
 */
#include <stdlib.h>

#include "base/alloc.h"
#include "flow_private.h"

/* A piece, or the blank before it. */
struct part {
	const struct flow_piece *piece; /* NULL: a blank */
	int width;
	uint8_t level;
};

/* Both as they are written; `parts` has room for two of each piece. */
static uint32_t parts_of(const struct flow_piece *pieces, uint32_t count,
			 struct part *parts)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < count; i++) {
		const struct flow_piece *piece = &pieces[i];
		int blank = i ? piece->x - piece[-1].x - piece[-1].width : 0;

		if (blank > 0)
			parts[n++] = (struct part){
				.width = blank,
				.level = piece->blank_level,
			};
		parts[n++] = (struct part){ piece, piece->width, piece->level };
	}
	return n;
}

static void turn(struct part *parts, uint32_t from, uint32_t to)
{
	for (; from + 1 < to; from++) {
		struct part swap = parts[--to];

		parts[to] = parts[from];
		parts[from] = swap;
	}
}

/* Rule L2 of UAX #9: from the highest level down, what is at least of it turns
 * round. */
static void reorder(struct part *parts, uint32_t count)
{
	uint8_t most = 0;

	for (uint32_t i = 0; i < count; i++)
		most = parts[i].level > most ? parts[i].level : most;
	for (; most > 0; most--)
		for (uint32_t from = 0, to; from < count; from = to + 1) {
			for (to = from; to < count && parts[to].level >= most;)
				to++;
			turn(parts, from, to);
		}
}

void order_line(struct flow_layout *layout, const struct flow_line *line)
{
	uint32_t count = line->end - line->first, n = 0;
	struct flow_piece *to, *pieces;
	struct part *parts;
	bool any = false;
	int x;

	for (uint32_t i = line->first; i < line->end; i++)
		any = any || layout->pieces[i].level;
	if (!any)
		return;
	to = layout->pieces + line->first;
	x = to->x;
	pieces = xcalloc(count, sizeof(*pieces));
	parts = xcalloc(count, 2 * sizeof(*parts));
	for (uint32_t i = 0; i < count; i++)
		pieces[i] = to[i];
	n = parts_of(pieces, count, parts);
	reorder(parts, n);
	for (uint32_t i = 0; i < n; i++) {
		if (parts[i].piece) {
			*to = *parts[i].piece;
			to++->x = x;
		}
		x += parts[i].width;
	}
	free(pieces);
	free(parts);
}
