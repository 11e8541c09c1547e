/* What the processor offers and the operating system saves for a process. */
#include "blit/implementation_private.h"

#if defined(__x86_64__) || defined(__i386__)

#include <cpuid.h>

/* Bits of CPUID 1 and 7, and of the register XCR0: which registers the
 * operating system saves. */
enum {
	EDX1_MMX = 1 << 23,
	EDX1_SSE2 = 1 << 26,
	ECX1_OSXSAVE = 1 << 27,
	ECX1_AVX = 1 << 28,
	EBX7_AVX2 = 1 << 5,
	EBX7_AVX512F = 1 << 16,
	EBX7_AVX512DQ = 1 << 17,
	EBX7_AVX512BW = 1 << 30,
	EBX7_AVX512VL = 1u << 31,
	XCR0_AVX = 0x06,
	XCR0_AVX512 = 0xe6,
};

struct leaf {
	unsigned eax, ebx, ecx, edx;
};

/* All 0 where the processor has no such leaf. */
static struct leaf leaf(unsigned number)
{
	struct leaf result = { 0, 0, 0, 0 };

	__get_cpuid_count(number, 0, &result.eax, &result.ebx, &result.ecx,
			  &result.edx);
	return result;
}

static unsigned xcr0(void)
{
	unsigned low, high;

	__asm__ volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
	return low;
}

/* Are these bits of XCR0 set? To ask without OSXSAVE would be a fault. */
static bool is_saved(unsigned bits)
{
	unsigned needed = ECX1_OSXSAVE | ECX1_AVX;

	return (leaf(1).ecx & needed) == needed && (xcr0() & bits) == bits;
}

bool blit_can_mmx(void)
{
	return leaf(1).edx & EDX1_MMX;
}

bool blit_can_sse2(void)
{
	return leaf(1).edx & EDX1_SSE2;
}

bool blit_can_avx2(void)
{
	return is_saved(XCR0_AVX) && (leaf(7).ebx & EBX7_AVX2);
}

bool blit_can_avx512(void)
{
	unsigned needed = EBX7_AVX512F | EBX7_AVX512DQ | EBX7_AVX512BW |
			  EBX7_AVX512VL;

	return blit_can_avx2() && is_saved(XCR0_AVX512) &&
	       (leaf(7).ebx & needed) == needed;
}

#endif
