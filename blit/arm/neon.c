/* NEON on 64 bit ARM: four words a vector. */
#include "blit/implementation_private.h"

#include <arm_neon.h>

#define NAME(operation) neon_##operation

enum { BYTES = 16 };

typedef uint8x16_t bytes;
typedef uint16x8_t halves;
typedef uint32x4_t words;
typedef words words_anywhere __attribute__((aligned(1), may_alias));

static inline words load(const void *from)
{
	return *(const words_anywhere *)from;
}

static inline void store(void *to, words value)
{
	*(words_anywhere *)to = value;
}

/* Constants; here most are part of an instruction. */
struct fixed {
	halves byte;
};

static inline struct fixed fixed_init(void)
{
	return (struct fixed){ vdupq_n_u16(0xff) };
}

static inline halves div255(halves x, const struct fixed *fixed)
{
	(void)fixed;
	x += 128;
	return vsraq_n_u16(x, x, 8) >> 8;
}

static inline bytes add_saturated(bytes a, bytes b)
{
	return vqaddq_u8(a, b);
}

static inline bytes average(bytes a, bytes b)
{
	return vrhaddq_u8(a, b);
}

static inline bool is_zero(words value)
{
	return vmaxvq_u32(value) == 0;
}

static inline bool is_opaque(words value)
{
	return vminvq_u32(value) >= BLIT_OPAQUE;
}

static inline bool is_mixed(words value)
{
	return !is_opaque(value) && vmaxvq_u32(value >> 24) > 0;
}

static inline halves alphas(words value)
{
	words alpha = value >> 24;

	return (halves)(alpha | alpha << 16);
}

static inline words coverage(const uint8_t *mask)
{
	uint8x8_t m = vcreate_u8(*(const blit_word *)mask);

	return vmovl_u16(vget_low_u16(vmovl_u8(m)));
}

/* Shifts that insert take the place of masks: from the top 5 of red, 6 of
 * green, 5 of blue. */
static inline words squeeze_565(words p)
{
	words red = p << 8, green = p << 16, blue = p << 24;

	return vsriq_n_u32(vsriq_n_u32(red, green, 5), blue, 11) >> 16;
}

static inline halves narrow_565(words low, words high,
				const struct fixed *fixed)
{
	(void)fixed;
	return vcombine_u16(vmovn_u32(squeeze_565(low)),
			    vmovn_u32(squeeze_565(high)));
}

static inline void widen_565(halves p, words *low, words *high,
			     const struct fixed *fixed)
{
	(void)fixed;

	halves r = p >> 8 & 0xf8, g = p >> 3 & 0xfc, b = p << 3 & 0xf8;

	r |= r >> 5;
	g |= g >> 6;
	b |= b >> 5;

	halves gb = g << 8 | b, ar = r | 0xff00;

	*low = (words)vzip1q_u16(gb, ar);
	*high = (words)vzip2q_u16(gb, ar);
}

static inline words swap_red_blue(words p)
{
	return (p & 0xff00ff00u) | (p & 0xff) << 16 | (p >> 16 & 0xff);
}

static inline words reverse_words(words p)
{
	p = vrev64q_u32(p);
	return vextq_u32(p, p, 2);
}

static inline halves reverse_halves(halves p)
{
	p = vrev64q_u16(p);
	return vextq_u16(p, p, 4);
}

/* Two pairs of words to two halves of vectors each. */
static inline void store_pairs(uint8_t *to, ptrdiff_t stride, words ab,
			       words cd)
{
	store(to, (words)vzip1q_u64((uint64x2_t)ab, (uint64x2_t)cd));
	store(to + stride, (words)vzip2q_u64((uint64x2_t)ab, (uint64x2_t)cd));
}

static inline void square_words(uint8_t *to, ptrdiff_t to_stride,
				const uint8_t *from, ptrdiff_t from_stride)
{
	words a = load(from), b = load(from + from_stride);
	words c = load(from + 2 * from_stride);
	words d = load(from + 3 * from_stride);

	store_pairs(to, to_stride, vzip1q_u32(a, b), vzip1q_u32(c, d));
	store_pairs(to + 2 * to_stride, to_stride, vzip2q_u32(a, b),
		    vzip2q_u32(c, d));
}

/* Pairs of rows, then fours, then eights. */
#define HALF_SQUARE 8

static inline void square_halves(uint8_t *to, ptrdiff_t to_stride,
				 const uint8_t *from, ptrdiff_t from_stride)
{
	halves a[8];
	words b[8];

	for (int i = 0; i < 8; i++)
		a[i] = (halves)load(from + i * from_stride);
	for (int i = 0; i < 8; i += 2) {
		b[i] = (words)vzip1q_u16(a[i], a[i + 1]);
		b[i + 1] = (words)vzip2q_u16(a[i], a[i + 1]);
	}
	for (int i = 0; i < 2; i++) {
		uint8_t *rows = to + 4 * i * to_stride;

		store_pairs(rows, to_stride, vzip1q_u32(b[i], b[i + 2]),
			    vzip1q_u32(b[i + 4], b[i + 6]));
		store_pairs(rows + 2 * to_stride, to_stride,
			    vzip2q_u32(b[i], b[i + 2]),
			    vzip2q_u32(b[i + 4], b[i + 6]));
	}
}

#include "blit/vector/blend.h"
#include "blit/vector/copy.h"
#include "blit/vector/shape.h"

/* There is no portable way past the cache here: what asks for it gets the
 * plain operation. */
#define NEON(operation) .operation = neon_##operation,
#define neon_stream_8888 generic_stream_8888
#define neon_stream_fill neon_fill_8888

const struct blit_implementation blit_neon = { .name = "neon",
					       BLIT_OPERATIONS(NEON) };
