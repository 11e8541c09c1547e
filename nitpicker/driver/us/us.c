#include "driver/us/us.h"

#include <linux/input-event-codes.h>
#include <stddef.h>

#include "base/alloc.h"

#define LETTER(name, plain, shifted) \
	{ \
		KEY_##name, plain, shifted, true, false \
	}
#define SYMBOL(name, plain, shifted) \
	{ \
		KEY_##name, plain, shifted, false, false \
	}
#define KEYPAD(name, plain) \
	{ \
		KEY_##name, plain, plain, false, true \
	}

/* The main block stands first: us_key_typing prefers it to the keypad. */
static const struct us_key keys[] = {
	LETTER(A, 'a', 'A'),
	LETTER(B, 'b', 'B'),
	LETTER(C, 'c', 'C'),
	LETTER(D, 'd', 'D'),
	LETTER(E, 'e', 'E'),
	LETTER(F, 'f', 'F'),
	LETTER(G, 'g', 'G'),
	LETTER(H, 'h', 'H'),
	LETTER(I, 'i', 'I'),
	LETTER(J, 'j', 'J'),
	LETTER(K, 'k', 'K'),
	LETTER(L, 'l', 'L'),
	LETTER(M, 'm', 'M'),
	LETTER(N, 'n', 'N'),
	LETTER(O, 'o', 'O'),
	LETTER(P, 'p', 'P'),
	LETTER(Q, 'q', 'Q'),
	LETTER(R, 'r', 'R'),
	LETTER(S, 's', 'S'),
	LETTER(T, 't', 'T'),
	LETTER(U, 'u', 'U'),
	LETTER(V, 'v', 'V'),
	LETTER(W, 'w', 'W'),
	LETTER(X, 'x', 'X'),
	LETTER(Y, 'y', 'Y'),
	LETTER(Z, 'z', 'Z'),
	SYMBOL(1, '1', '!'),
	SYMBOL(2, '2', '@'),
	SYMBOL(3, '3', '#'),
	SYMBOL(4, '4', '$'),
	SYMBOL(5, '5', '%'),
	SYMBOL(6, '6', '^'),
	SYMBOL(7, '7', '&'),
	SYMBOL(8, '8', '*'),
	SYMBOL(9, '9', '('),
	SYMBOL(0, '0', ')'),
	SYMBOL(GRAVE, '`', '~'),
	SYMBOL(MINUS, '-', '_'),
	SYMBOL(EQUAL, '=', '+'),
	SYMBOL(LEFTBRACE, '[', '{'),
	SYMBOL(RIGHTBRACE, ']', '}'),
	SYMBOL(BACKSLASH, '\\', '|'),
	SYMBOL(SEMICOLON, ';', ':'),
	SYMBOL(APOSTROPHE, '\'', '"'),
	SYMBOL(COMMA, ',', '<'),
	SYMBOL(DOT, '.', '>'),
	SYMBOL(SLASH, '/', '?'),
	SYMBOL(SPACE, ' ', ' '),
	SYMBOL(102ND, '<', '>'),
	SYMBOL(KPASTERISK, '*', '*'),
	SYMBOL(KPMINUS, '-', '-'),
	SYMBOL(KPPLUS, '+', '+'),
	SYMBOL(KPSLASH, '/', '/'),
	KEYPAD(KP0, '0'),
	KEYPAD(KP1, '1'),
	KEYPAD(KP2, '2'),
	KEYPAD(KP3, '3'),
	KEYPAD(KP4, '4'),
	KEYPAD(KP5, '5'),
	KEYPAD(KP6, '6'),
	KEYPAD(KP7, '7'),
	KEYPAD(KP8, '8'),
	KEYPAD(KP9, '9'),
	KEYPAD(KPDOT, '.'),
};

const struct us_key *us_key(unsigned code)
{
	for (size_t i = 0; i < array_size(keys); i++) {
		if (keys[i].code == code) {
			return &keys[i];
		}
	}
	return NULL;
}

const struct us_key *us_key_typing(uint32_t character, bool *shifted)
{
	for (size_t i = 0; i < array_size(keys); i++) {
		const struct us_key *key = &keys[i];

		if ((unsigned char)key->plain == character) {
			*shifted = false;
			return key;
		}
		if ((unsigned char)key->shifted == character) {
			*shifted = true;
			return key;
		}
	}
	return NULL;
}

uint32_t us_character(unsigned code, bool shift, bool caps, bool num)
{
	const struct us_key *key = us_key(code);

	if (!key || (key->keypad && (!num || shift))) {
		return 0;
	}
	bool shifted = key->letter ? shift != caps : shift;

	return (unsigned char)(shifted ? key->shifted : key->plain);
}
