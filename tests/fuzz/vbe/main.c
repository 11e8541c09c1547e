/* What displays and video BIOSes say of themselves: EDID, and the blocks of
 * VBE. The first byte says which. */
#include <stdlib.h>
#include <string.h>

#include "driver/edid/edid.h"
#include "driver/vesa/vbe/vbe.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool good)
{
	if (!good)
		abort();
}

static void try_edid(const uint8_t *data, size_t size)
{
	uint8_t block[EDID_BLOCK] = { 0 };
	struct edid edid;
	uint8_t sum = 0;

	memcpy(block, data, size < sizeof(block) ? size : sizeof(block));
	/* A right sum, so that the rest is looked at. */
	for (unsigned i = 0; i < EDID_BLOCK - 1; i++)
		sum = (uint8_t)(sum + block[i]);
	block[EDID_BLOCK - 1] = (uint8_t)-sum;
	if (edid_parse(block, sizeof(block), &edid)) {
		check(strlen(edid.maker) == 3 && strlen(edid.name) <= 13);
		check(edid.w < 8192 && edid.h < 8192);
	}
	edid_parse(data, size, &edid);
}

static void try_mode(const uint8_t *data, size_t size)
{
	uint8_t block[VBE_MODE_BYTES] = { 0 };
	struct vbe_mode mode;

	memcpy(block, data, size < sizeof(block) ? size : sizeof(block));
	if (vbe_parse_mode(block, 0x300, 0x144, &mode)) {
		check(mode.w && mode.h && mode.address);
		check(mode.pitch >= (uint32_t)mode.w * mode.depth / 8);
		check(vbe_choose(&mode, 1, 0, 0, 0, false) == &mode);
	}
}

static void try_info(const uint8_t *data, size_t size)
{
	uint8_t block[VBE_INFO_BYTES] = { 0 };
	struct vbe_info info;

	memcpy(block, data, size < sizeof(block) ? size : sizeof(block));
	if (vbe_parse_info(block, &info))
		check(info.version >= VBE_VERSION_LEAST);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (!size)
		return 0;
	switch (data[0] % 3) {
	case 0:
		try_edid(data + 1, size - 1);
		break;
	case 1:
		try_mode(data + 1, size - 1);
		break;
	default:
		try_info(data + 1, size - 1);
	}
	return 0;
}
