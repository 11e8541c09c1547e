#include "edid.h"

#include <string.h>

/* Places in the base block (section 3.1). */
enum {
	MAKER = 8,
	W_CM = 21,
	H_CM = 22,
	DESCRIPTORS = 54,
	DESCRIPTOR_BYTES = 18,
	DESCRIPTOR_COUNT = 4,
	TAG_NAME = 0xfc, /* section 3.10.3 */
};

static bool is_edid(const uint8_t *data, size_t bytes)
{
	static const uint8_t header[8] = { 0,    0xff, 0xff, 0xff,
					   0xff, 0xff, 0xff, 0 };
	uint8_t sum = 0;

	if (bytes < EDID_BLOCK || memcmp(data, header, sizeof(header)) != 0)
		return false;
	for (unsigned i = 0; i < EDID_BLOCK; i++)
		sum = (uint8_t)(sum + data[i]);
	return sum == 0;
}

/* Five bits each, 1 is 'A' (section 3.4.1). */
static void read_maker(const uint8_t *data, struct edid *edid)
{
	unsigned packed = (unsigned)data[MAKER] << 8 | data[MAKER + 1];

	for (unsigned i = 0; i < 3; i++) {
		unsigned letter = packed >> (10 - 5 * i) & 31;

		edid->maker[i] = letter >= 1 && letter <= 26
					 ? (char)('A' + letter - 1)
					 : '?';
	}
}

/* Ends with a line feed, is padded with blanks. */
static void read_name(const uint8_t *text, struct edid *edid)
{
	size_t length = 0;

	while (length < sizeof(edid->name) - 1 && text[length] != '\n' &&
	       text[length] >= 0x20 && text[length] < 0x7f)
		length++;
	while (length && text[length - 1] == ' ')
		length--;
	memcpy(edid->name, text, length);
	edid->name[length] = '\0';
}

/* Detailed timing, section 3.10.2. The first is the preferred one. */
static void read_timing(const uint8_t *d, struct edid *edid)
{
	uint32_t clock = (uint32_t)(d[0] | d[1] << 8) * 10; /* kHz */
	uint32_t w = d[2] | (uint32_t)(d[4] & 0xf0) << 4;
	uint32_t h = d[5] | (uint32_t)(d[7] & 0xf0) << 4;
	uint64_t total = (uint64_t)(w + (d[3] | (d[4] & 0x0fu) << 8)) *
			 (h + (d[6] | (d[7] & 0x0fu) << 8));

	if (!w || !h)
		return;
	edid->w = w;
	edid->h = h;
	edid->refresh = (uint32_t)(clock * UINT64_C(1000000) / total);
	if (d[12] | d[13] | (d[14] & 0xff)) {
		edid->w_mm = d[12] | (uint32_t)(d[14] & 0xf0) << 4;
		edid->h_mm = d[13] | (uint32_t)(d[14] & 0x0f) << 8;
	}
}

bool edid_parse(const uint8_t *data, size_t bytes, struct edid *edid)
{
	if (!is_edid(data, bytes))
		return false;
	*edid = (struct edid){
		.w_mm = data[W_CM] * 10u,
		.h_mm = data[H_CM] * 10u,
	};
	/* One of them alone is an aspect ratio. */
	if (!edid->w_mm || !edid->h_mm)
		edid->w_mm = edid->h_mm = 0;
	read_maker(data, edid);
	for (unsigned i = 0; i < DESCRIPTOR_COUNT; i++) {
		const uint8_t *d = data + DESCRIPTORS + i * DESCRIPTOR_BYTES;

		if ((d[0] || d[1]) && !edid->w)
			read_timing(d, edid);
		else if (!d[0] && !d[1] && !d[2] && d[3] == TAG_NAME)
			read_name(d + 5, edid);
	}
	return true;
}
