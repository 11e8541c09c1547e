/*
 * Painting the words of a document, and what lies behind them.
 */
#include "painter.h"

void painter_text(const struct painter *painter, struct text_style style, int x,
		  int y, const char *string, size_t bytes, uint32_t color)
{
	struct gfx *gfx = painter->gfx;

	text_draw(gfx->text, &gfx->surface, gfx->clip, style, x + gfx->x * 64,
		  y + gfx->y, string, bytes, 0xff000000 | color);
}

/* ---- behind the words ---- */

static void highlight(const struct painter *painter, uint32_t from, uint32_t to,
		      uint32_t color, int alpha)
{
	for (uint32_t i = 0; i < painter->layout->line_count; i++) {
		const struct flow_line *line = &painter->layout->lines[i];
		struct flow_extent extents[FLOW_EXTENTS_MAX];
		unsigned count = 0;

		if (from < line->text_end && to > line->text)
			count = flow_extents(painter->flow, painter->number,
					     line, from, to, extents);
		for (unsigned j = 0; j < count; j++)
			gfx_fill(painter->gfx,
				 (struct rect){ painter->x + extents[j].x,
						painter->y + line->y,
						extents[j].w, line->h },
				 color, alpha);
	}
}

/* Letters stay readable on it. */
static int mark_alpha(const struct theme *theme, bool now)
{
	if (theme->dark)
		return now ? FOUND_NOW_DARK_ALPHA : FOUND_DARK_ALPHA;
	return now ? FOUND_NOW_ALPHA : FOUND_ALPHA;
}

void paint_highlights(const struct painter *painter)
{
	const struct page *page = painter->page;
	const struct theme *theme = painter->gfx->theme;
	uint32_t from, to;
	size_t low = 0, high = page->mark_count;

	if (page_selection(page, &from, &to) && from < painter->box->to &&
	    to > painter->box->from)
		highlight(painter, from, to, theme->link, SELECTED_ALPHA);
	while (low < high) {
		size_t middle = (low + high) / 2;

		if (page->marks[middle].to <= painter->box->from)
			low = middle + 1;
		else
			high = middle;
	}
	for (;
	     low < page->mark_count && page->marks[low].from < painter->box->to;
	     low++)
		highlight(painter, page->marks[low].from, page->marks[low].to,
			  theme->warn,
			  mark_alpha(theme, low == page->mark_now));
}

/* ---- the words ---- */

static uint32_t color_of(const struct painter *painter,
			 const struct flow_piece *piece)
{
	const struct theme *theme = painter->gfx->theme;
	uint32_t target;

	if (piece->link)
		return theme->link;
	if (piece->style & RUN_ALT || piece->style & RUN_STRUCK ||
	    flow_is_figure(painter->flow->document, painter->block, &target))
		return theme->ink2;
	return theme->ink;
}

static void paint_code_word(const struct painter *painter,
			    const struct flow_line *line, struct rect r)
{
	const struct theme *theme = painter->gfx->theme;
	int air = painter_px(painter, 2);
	float one = (float)painter->gfx->scale / 100;

	gfx_round(painter->gfx,
		  (struct frect){ (float)(r.x - air), (float)(r.y + air),
				  (float)(r.w + 2 * air),
				  (float)(line->h - 2 * air) },
		  4 * one, theme->card, theme->card, CODE_WORD_ALPHA);
}

/* A line below a link; r: of the piece, up to the next one of that link. */
static void paint_underline(const struct painter *painter,
			    const struct flow_piece *piece, struct rect r,
			    int base)
{
	const struct theme *theme = painter->gfx->theme;
	struct spot *spot = spot_of_link(painter->page, piece->link);
	float light = spot_light(painter->page, piece->link);
	int one = ui_px(painter->page->widget.ui, 1);

	if (spot && spot->widget.pressed && spot->armed)
		light = 1;
	if (light > 0)
		gfx_fill(
			painter->gfx,
			(struct rect){ r.x, r.y + 2 * one, r.w, r.h - 3 * one },
			theme->card, (int)(LIGHT_ALPHA * light));
	gfx_fill(painter->gfx,
		 (struct rect){ r.x, base + painter_px(painter, 3), r.w, one },
		 theme->link, 110 + (int)(145 * light));
}

/* What is below or through several pieces has no gaps: from one piece to the
 * next that `same` says belongs to it; `more` beyond both ends. */
static struct rect stretch(const struct flow_line *line,
			   const struct flow_piece *pieces, uint32_t i,
			   bool (*same)(const struct flow_piece *,
					const struct flow_piece *),
			   struct rect r, int more)
{
	bool first = i == line->first || !same(&pieces[i - 1], &pieces[i]);
	bool last = i + 1 == line->end || !same(&pieces[i], &pieces[i + 1]);
	int end = last ? r.x + r.w + more
		       : r.x + pieces[i + 1].x / 64 - pieces[i].x / 64;

	r.x -= first ? more : 0;
	r.w = end - r.x;
	return r;
}

static bool same_link(const struct flow_piece *a, const struct flow_piece *b)
{
	return a->link == b->link;
}

static bool both_struck(const struct flow_piece *a, const struct flow_piece *b)
{
	return a->style & b->style & RUN_STRUCK;
}

static void paint_line(const struct painter *painter,
		       const struct flow_line *line, const struct block *block)
{
	const struct flow_piece *pieces = painter->layout->pieces;
	const char *string = painter->flow->document->text;
	int y = painter->y + line->y, base = y + line->baseline;
	int one = ui_px(painter->page->widget.ui, 1);

	for (uint32_t i = line->first; i < line->end; i++) {
		const struct flow_piece *piece = &pieces[i];
		struct text_style style = flow_style(painter->flow, block,
						     piece->style);
		struct rect r = { painter->x + piece->x / 64, y,
				  (piece->width + 63) / 64, line->h };
		struct rect stroke = stretch(line, pieces, i, both_struck, r,
					     0);

		if (piece->style & RUN_CODE)
			paint_code_word(painter, line, r);
		if (piece->link)
			paint_underline(
				painter, piece,
				stretch(line, pieces, i, same_link, r, one),
				base);
		if (piece->picture) {
			paint_picture_in_line(painter, line, block, piece);
			continue;
		}
		painter_text(painter, style, painter->x * 64 + piece->x, base,
			     string + piece->at, piece->bytes,
			     color_of(painter, piece));
		stroke.y = base - painter_px(painter, 5);
		stroke.h = one;
		if (piece->style & RUN_STRUCK)
			gfx_fill(painter->gfx, stroke,
				 painter->gfx->theme->ink2, 230);
	}
}

void paint_lines(const struct painter *painter)
{
	const struct flow_layout *layout = painter->layout;
	int top = painter->gfx->clip.y - painter->gfx->y;
	int bottom = top + painter->gfx->clip.h;

	for (uint32_t i = 0; i < layout->line_count; i++) {
		const struct flow_line *line = &layout->lines[i];
		int y = painter->y + line->y;

		if (y < bottom && y + line->h > top)
			paint_line(painter, line,
				   flow_leaf(painter->flow, painter->number,
					     line));
	}
}
