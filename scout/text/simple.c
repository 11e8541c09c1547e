/*
 * What takes the place of complex.c in a build without HarfBuzz or FriBidi:
 * text stays in logical order, letters as they stand alone.
 */
#include "scout/text/text_private.h"

bool shape_fill(struct text *text, struct shaped *shaped)
{
	(void)text;
	(void)shaped;
	return false;
}

void shape_close(struct text *text)
{
	(void)text;
}

bool text_can_shape(struct text *text)
{
	(void)text;
	return false;
}

uint8_t *text_levels(struct text *text, const char *string, size_t bytes)
{
	(void)text;
	(void)string;
	(void)bytes;
	return NULL;
}
