/*
 * Tables of Unicode properties, made by make_tables; sorted.
 */
#ifndef SCOUT_TEXT_UNICODE_TABLE_H
#define SCOUT_TEXT_UNICODE_TABLE_H

#include <stddef.h>
#include <stdint.h>

/* Classes of UAX #14 after its rule LB1, in the order of make_tables. Wide
 * brackets (OPW, CPW) and pictures yet to come (IDX) are own classes. */
enum break_class {
	LB_AL,
	LB_BA,
	LB_BB,
	LB_B2,
	LB_BK,
	LB_CB,
	LB_CL,
	LB_CM,
	LB_CP,
	LB_CR,
	LB_EB,
	LB_EM,
	LB_EX,
	LB_GL,
	LB_H2,
	LB_H3,
	LB_HL,
	LB_HY,
	LB_ID,
	LB_IN,
	LB_IS,
	LB_JL,
	LB_JT,
	LB_JV,
	LB_LF,
	LB_NL,
	LB_NS,
	LB_NU,
	LB_OP,
	LB_PO,
	LB_PR,
	LB_QU,
	LB_RI,
	LB_SP,
	LB_SY,
	LB_WJ,
	LB_ZW,
	LB_ZWJ,
	LB_OPW,
	LB_CPW,
	LB_IDX,
};

/* First code point << 8 | class. */
extern const uint32_t unicode_breaks[];
extern const size_t unicode_breaks_size;
/* Where ranges of marks begin (even) and end (odd). */
extern const uint32_t unicode_marks[];
extern const size_t unicode_marks_size;
/* Letter << 16 | mark, and what both are together. */
extern const uint32_t unicode_pairs[];
extern const size_t unicode_pairs_size;
extern const uint16_t unicode_composed[];
extern const size_t unicode_composed_size;

#endif
