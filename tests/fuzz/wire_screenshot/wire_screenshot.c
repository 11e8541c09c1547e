#include "../wire/wire_fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	wire_fuzz(&screenshot_protocol, data, size);
	return 0;
}
