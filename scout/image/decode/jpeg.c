#include "jpeg.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>
#include <jerror.h>

enum { EXIF = JPEG_APP0 + 1, EXIF_MAX = 65533, TAG_ORIENTATION = 0x112 };

/* libjpeg reports errors by longjmp: what must survive lies here. */
struct reader {
	struct jpeg_decompress_struct jpeg;
	struct jpeg_error_mgr manager;
	jmp_buf mark;
	char *error;
	jpeg_want_fn *want;
	const struct image_sink *sink;
	unsigned orientation; /* 1 to 8, as EXIF counts */
	uint8_t *cmyk; /* one row of it */
	uint32_t *pixels; /* one row, or the picture that has to be turned */
	uint32_t *turned; /* one row */
};

static void on_error(j_common_ptr jpeg)
{
	struct reader *reader = jpeg->client_data;
	char text[JMSG_LENGTH_MAX];

	jpeg->err->format_message(jpeg, text);
	snprintf(reader->error, IMAGE_ERROR_MAX, "%.*s", IMAGE_ERROR_MAX - 1,
		 jpeg->err->msg_code == JERR_OUT_OF_MEMORY ? IMAGE_NO_MEMORY
							   : text);
	longjmp(reader->mark, 1);
}

/* Warnings are no concern, but a file that ends too early is an error. */
static void on_message(j_common_ptr jpeg, int level)
{
	if (level < 0 && jpeg->err->msg_code == JWRN_JPEG_EOF)
		on_error(jpeg);
}

static void fail(struct reader *reader, const char *text)
{
	snprintf(reader->error, IMAGE_ERROR_MAX, "%s", text);
	longjmp(reader->mark, 1);
}

/* ---- orientation ---- */

static unsigned number(const uint8_t *data, unsigned bytes, bool big)
{
	unsigned value = 0;

	for (unsigned i = 0; i < bytes; i++)
		value |= (unsigned)data[i] << 8 * (big ? bytes - 1 - i : i);
	return value;
}

/* From the first directory of an EXIF block; 1 when it isn't there. */
static unsigned read_orientation(const uint8_t *data, unsigned bytes)
{
	const uint8_t *tiff = data + 6;
	unsigned size, at, count, value;
	bool big;

	if (bytes < 6 + 8 || memcmp(data, "Exif\0", 6) != 0)
		return 1;
	size = bytes - 6;
	big = tiff[0] == 'M';
	at = number(tiff + 4, 4, big);
	if (at > size - 2)
		return 1;
	count = number(tiff + at, 2, big);
	at += 2;
	for (; count && size - at >= 12; count--, at += 12)
		if (number(tiff + at, 2, big) == TAG_ORIENTATION) {
			value = number(tiff + at + 8, 2, big);
			return value >= 1 && value <= 8 ? value : 1;
		}
	return 1;
}

static unsigned find_orientation(const struct jpeg_decompress_struct *jpeg)
{
	for (jpeg_saved_marker_ptr m = jpeg->marker_list; m; m = m->next)
		if (m->marker == EXIF)
			return read_orientation(m->data, m->data_length);
	return 1;
}

/* ---- rows ---- */

static void from_cmyk(const struct reader *reader, uint32_t *to)
{
	/* Adobe stores the complement. */
	uint8_t flip = reader->jpeg.saw_Adobe_marker ? 0 : 255;

	for (JDIMENSION x = 0; x < reader->jpeg.output_width; x++) {
		const uint8_t *c = reader->cmyk + 4 * (size_t)x;
		uint32_t k = c[3] ^ flip, p = 0xff;

		for (int i = 0; i < 3; i++)
			p = p << 8 | ((c[i] ^ flip) * k + 127) / 255;
		to[x] = p;
	}
}

static void read_row(struct reader *reader, uint32_t *to)
{
	JSAMPROW row = reader->cmyk ? reader->cmyk : (JSAMPROW)to;

	jpeg_read_scanlines(&reader->jpeg, &row, 1);
	if (reader->cmyk)
		from_cmyk(reader, to);
}

/* Row y of the picture as it is to be seen. */
static const uint32_t *turned_row(const struct reader *reader, uint32_t y,
				  uint32_t w, uint32_t h)
{
	unsigned o = reader->orientation;
	bool across = o >= 5; /* rows are columns of the file */
	/* From the other end: along a row, and from row to row. */
	bool x_back = o == 2 || o == 3 || o == 6 || o == 7;
	bool y_back = o == 3 || o == 4 || o == 7 || o == 8;
	uint32_t from_w = across ? h : w;

	for (uint32_t x = 0; x < w; x++) {
		uint32_t sx = x_back ? w - 1 - x : x;
		uint32_t sy = y_back ? h - 1 - y : y;

		reader->turned[x] =
			reader->pixels[across ? (size_t)sx * from_w + sy
					      : (size_t)sy * from_w + sx];
	}
	return reader->turned;
}

static void hand_over(struct reader *reader)
{
	struct jpeg_decompress_struct *jpeg = &reader->jpeg;
	const struct image_sink *sink = reader->sink;
	uint32_t w = jpeg->output_width, h = jpeg->output_height;
	bool across = reader->orientation >= 5;
	uint32_t seen_w = across ? h : w, seen_h = across ? w : h;

	if (!sink->begin(sink->user, seen_w, seen_h, false))
		fail(reader, "not wanted");
	if (reader->orientation == 1) {
		for (uint32_t y = 0; y < h; y++) {
			uint32_t *to = sink->place ? sink->place(sink->user, y)
						   : NULL;

			to = to ? to : reader->pixels;
			read_row(reader, to);
			if (!sink->row(sink->user, y, to))
				return;
		}
		return;
	}
	for (uint32_t y = 0; y < h; y++)
		read_row(reader, reader->pixels + (size_t)y * w);
	for (uint32_t y = 0; y < seen_h; y++)
		if (!sink->row(sink->user, y,
			       turned_row(reader, y, seen_w, seen_h)))
			return;
}

/* The largest of 1/1, 1/2, 1/4, 1/8 that is no smaller than what is wanted. */
static void choose_scale(struct reader *reader, void *user)
{
	struct jpeg_decompress_struct *jpeg = &reader->jpeg;
	bool across = reader->orientation >= 5;
	uint32_t w = across ? jpeg->image_height : jpeg->image_width;
	uint32_t h = across ? jpeg->image_width : jpeg->image_height;
	uint32_t want_w = w, want_h = h;

	if (reader->want)
		reader->want(user, &want_w, &want_h);
	while (jpeg->scale_denom < 8 && w / (2 * jpeg->scale_denom) >= want_w &&
	       h / (2 * jpeg->scale_denom) >= want_h)
		jpeg->scale_denom *= 2;
}

static void check_size(struct reader *reader)
{
	uint32_t w = reader->jpeg.image_width, h = reader->jpeg.image_height;

	if (w > IMAGE_SIDE_MAX || h > IMAGE_SIDE_MAX ||
	    (uint64_t)w * h > IMAGE_PIXELS_MAX) {
		snprintf(reader->error, IMAGE_ERROR_MAX,
			 "%ux%u pixels are too many, at most %dx%d and %d in "
			 "all",
			 w, h, IMAGE_SIDE_MAX, IMAGE_SIDE_MAX,
			 IMAGE_PIXELS_MAX);
		longjmp(reader->mark, 1);
	}
}

static void read_picture(struct reader *reader, const void *file, size_t bytes)
{
	struct jpeg_decompress_struct *jpeg = &reader->jpeg;

	jpeg_mem_src(jpeg, file, bytes);
	jpeg_save_markers(jpeg, EXIF, EXIF_MAX);
	jpeg_read_header(jpeg, TRUE);
	check_size(reader);
	reader->orientation = find_orientation(jpeg);
	jpeg->scale_num = jpeg->scale_denom = 1;
	choose_scale(reader, reader->sink->user);
	bool cmyk = jpeg->jpeg_color_space == JCS_CMYK ||
		    jpeg->jpeg_color_space == JCS_YCCK;

	jpeg->out_color_space = cmyk ? JCS_CMYK : JCS_EXT_BGRA;
	jpeg_start_decompress(jpeg);

	size_t w = jpeg->output_width, h = jpeg->output_height;

	if (cmyk)
		reader->cmyk = malloc(w * 4);
	reader->pixels = malloc(w * (reader->orientation == 1 ? 1 : h) * 4);
	reader->turned = malloc((w > h ? w : h) * 4);
	if (!reader->pixels || !reader->turned || (cmyk && !reader->cmyk))
		fail(reader, IMAGE_NO_MEMORY);
	hand_over(reader);
}

/* The mark is set in a frame that has no locals of its own. */
static bool try_read(struct reader *reader, const void *file, size_t bytes)
{
	if (setjmp(reader->mark))
		return false;
	jpeg_create_decompress(&reader->jpeg);
	read_picture(reader, file, bytes);
	return true;
}

bool jpeg_read(const void *file, size_t bytes, jpeg_want_fn *want,
	       const struct image_sink *sink, char error[IMAGE_ERROR_MAX])
{
	struct reader *reader = calloc(1, sizeof(*reader));
	bool done;

	error[0] = '\0';
	if (!reader) {
		snprintf(error, IMAGE_ERROR_MAX, IMAGE_NO_MEMORY);
		return false;
	}
	reader->error = error;
	reader->want = want;
	reader->sink = sink;
	reader->jpeg.err = jpeg_std_error(&reader->manager);
	reader->jpeg.client_data = reader;
	reader->manager.error_exit = on_error;
	reader->manager.emit_message = on_message;
	done = try_read(reader, file, bytes);
	jpeg_destroy_decompress(&reader->jpeg);
	free(reader->cmyk);
	free(reader->pixels);
	free(reader->turned);
	free(reader);
	return done;
}
