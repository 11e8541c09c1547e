#include "keyboard_codes.h"

#include <linux/input-event-codes.h>

/* Set 1 counts the keys of the first PCs, and Linux took the numbers over. */
enum { SET1_SAME_LAST = 0x53, SET1_SAME_FIRST_OF_102 = 0x56 };

static const uint8_t set1_plain[0x80] = {
	[0x54] = KEY_SYSRQ,
	[0x59] = KEY_KPEQUAL,
	[0x5c] = KEY_KPCOMMA,
	[0x64] = KEY_F13,
	[0x65] = KEY_F14,
	[0x66] = KEY_F15,
	[0x67] = KEY_F16,
	[0x68] = KEY_F17,
	[0x69] = KEY_F18,
	[0x6a] = KEY_F19,
	[0x6b] = KEY_F20,
	[0x6c] = KEY_F21,
	[0x6d] = KEY_F22,
	[0x6e] = KEY_F23,
	[0x70] = KEY_KATAKANAHIRAGANA,
	[0x71] = KEY_HANJA,
	[0x72] = KEY_HANGEUL,
	[0x73] = KEY_RO,
	[0x76] = KEY_F24,
	[0x77] = KEY_HIRAGANA,
	[0x78] = KEY_KATAKANA,
	[0x79] = KEY_HENKAN,
	[0x7b] = KEY_MUHENKAN,
	[0x7d] = KEY_YEN,
	[0x7e] = KEY_KPCOMMA,
};

static const uint8_t set1_extended[0x80] = {
	[0x10] = KEY_PREVIOUSSONG, [0x19] = KEY_NEXTSONG,
	[0x1c] = KEY_KPENTER,      [0x1d] = KEY_RIGHTCTRL,
	[0x20] = KEY_MUTE,         [0x21] = KEY_CALC,
	[0x22] = KEY_PLAYPAUSE,    [0x24] = KEY_STOPCD,
	[0x2e] = KEY_VOLUMEDOWN,   [0x30] = KEY_VOLUMEUP,
	[0x32] = KEY_HOMEPAGE,     [0x35] = KEY_KPSLASH,
	[0x37] = KEY_SYSRQ, /* Print is the same key */
	[0x38] = KEY_RIGHTALT,     [0x46] = KEY_PAUSE, /* with Ctrl held */
	[0x47] = KEY_HOME,         [0x48] = KEY_UP,
	[0x49] = KEY_PAGEUP,       [0x4b] = KEY_LEFT,
	[0x4d] = KEY_RIGHT,        [0x4f] = KEY_END,
	[0x50] = KEY_DOWN,         [0x51] = KEY_PAGEDOWN,
	[0x52] = KEY_INSERT,       [0x53] = KEY_DELETE,
	[0x5b] = KEY_LEFTMETA,     [0x5c] = KEY_RIGHTMETA,
	[0x5d] = KEY_COMPOSE,      [0x5e] = KEY_POWER,
	[0x5f] = KEY_SLEEP,        [0x63] = KEY_WAKEUP,
	[0x65] = KEY_SEARCH,       [0x66] = KEY_BOOKMARKS,
	[0x67] = KEY_REFRESH,      [0x68] = KEY_STOP,
	[0x69] = KEY_FORWARD,      [0x6a] = KEY_BACK,
	[0x6b] = KEY_COMPUTER,     [0x6c] = KEY_MAIL,
	[0x6d] = KEY_MEDIA,        [0x6f] = KEY_COFFEE, /* locks the screen */
};

static const uint8_t set2_plain[0x100] = {
	[0x01] = KEY_F9,         [0x03] = KEY_F5,
	[0x04] = KEY_F3,         [0x05] = KEY_F1,
	[0x06] = KEY_F2,         [0x07] = KEY_F12,
	[0x08] = KEY_F13,        [0x09] = KEY_F10,
	[0x0a] = KEY_F8,         [0x0b] = KEY_F6,
	[0x0c] = KEY_F4,         [0x0d] = KEY_TAB,
	[0x0e] = KEY_GRAVE,      [0x0f] = KEY_KPEQUAL,
	[0x10] = KEY_F14,        [0x11] = KEY_LEFTALT,
	[0x12] = KEY_LEFTSHIFT,  [0x13] = KEY_KATAKANAHIRAGANA,
	[0x14] = KEY_LEFTCTRL,   [0x15] = KEY_Q,
	[0x16] = KEY_1,          [0x18] = KEY_F15,
	[0x1a] = KEY_Z,          [0x1b] = KEY_S,
	[0x1c] = KEY_A,          [0x1d] = KEY_W,
	[0x1e] = KEY_2,          [0x20] = KEY_F16,
	[0x21] = KEY_C,          [0x22] = KEY_X,
	[0x23] = KEY_D,          [0x24] = KEY_E,
	[0x25] = KEY_4,          [0x26] = KEY_3,
	[0x28] = KEY_F17,        [0x29] = KEY_SPACE,
	[0x2a] = KEY_V,          [0x2b] = KEY_F,
	[0x2c] = KEY_T,          [0x2d] = KEY_R,
	[0x2e] = KEY_5,          [0x30] = KEY_F18,
	[0x31] = KEY_N,          [0x32] = KEY_B,
	[0x33] = KEY_H,          [0x34] = KEY_G,
	[0x35] = KEY_Y,          [0x36] = KEY_6,
	[0x38] = KEY_F19,        [0x3a] = KEY_M,
	[0x3b] = KEY_J,          [0x3c] = KEY_U,
	[0x3d] = KEY_7,          [0x3e] = KEY_8,
	[0x40] = KEY_F20,        [0x41] = KEY_COMMA,
	[0x42] = KEY_K,          [0x43] = KEY_I,
	[0x44] = KEY_O,          [0x45] = KEY_0,
	[0x46] = KEY_9,          [0x48] = KEY_F21,
	[0x49] = KEY_DOT,        [0x4a] = KEY_SLASH,
	[0x4b] = KEY_L,          [0x4c] = KEY_SEMICOLON,
	[0x4d] = KEY_P,          [0x4e] = KEY_MINUS,
	[0x50] = KEY_F22,        [0x51] = KEY_RO,
	[0x52] = KEY_APOSTROPHE, [0x54] = KEY_LEFTBRACE,
	[0x55] = KEY_EQUAL,      [0x57] = KEY_F23,
	[0x58] = KEY_CAPSLOCK,   [0x59] = KEY_RIGHTSHIFT,
	[0x5a] = KEY_ENTER,      [0x5b] = KEY_RIGHTBRACE,
	[0x5d] = KEY_BACKSLASH,  [0x5f] = KEY_F24,
	[0x61] = KEY_102ND,      [0x62] = KEY_HIRAGANA,
	[0x63] = KEY_KATAKANA,   [0x64] = KEY_HENKAN,
	[0x66] = KEY_BACKSPACE,  [0x67] = KEY_MUHENKAN,
	[0x69] = KEY_KP1,        [0x6a] = KEY_YEN,
	[0x6b] = KEY_KP4,        [0x6c] = KEY_KP7,
	[0x6d] = KEY_KPCOMMA,    [0x70] = KEY_KP0,
	[0x71] = KEY_KPDOT,      [0x72] = KEY_KP2,
	[0x73] = KEY_KP5,        [0x74] = KEY_KP6,
	[0x75] = KEY_KP8,        [0x76] = KEY_ESC,
	[0x77] = KEY_NUMLOCK,    [0x78] = KEY_F11,
	[0x79] = KEY_KPPLUS,     [0x7a] = KEY_KP3,
	[0x7b] = KEY_KPMINUS,    [0x7c] = KEY_KPASTERISK,
	[0x7d] = KEY_KP9,        [0x7e] = KEY_SCROLLLOCK,
	[0x7f] = KEY_SYSRQ,      [0x83] = KEY_F7,
	[0x84] = KEY_SYSRQ, /* with Alt held */
	[0xf1] = KEY_HANJA,      [0xf2] = KEY_HANGEUL,
};

static const uint8_t set2_extended[0x100] = {
	[0x10] = KEY_SEARCH,    [0x11] = KEY_RIGHTALT,
	[0x14] = KEY_RIGHTCTRL, [0x15] = KEY_PREVIOUSSONG,
	[0x18] = KEY_BOOKMARKS, [0x1f] = KEY_LEFTMETA,
	[0x20] = KEY_REFRESH,   [0x21] = KEY_VOLUMEDOWN,
	[0x23] = KEY_MUTE,      [0x27] = KEY_RIGHTMETA,
	[0x28] = KEY_STOP,      [0x2b] = KEY_CALC,
	[0x2f] = KEY_COMPOSE,   [0x30] = KEY_FORWARD,
	[0x32] = KEY_VOLUMEUP,  [0x34] = KEY_PLAYPAUSE,
	[0x37] = KEY_POWER,     [0x38] = KEY_BACK,
	[0x3a] = KEY_HOMEPAGE,  [0x3b] = KEY_STOPCD,
	[0x3f] = KEY_SLEEP,     [0x40] = KEY_COMPUTER,
	[0x48] = KEY_MAIL,      [0x4a] = KEY_KPSLASH,
	[0x4d] = KEY_NEXTSONG,  [0x50] = KEY_MEDIA,
	[0x5a] = KEY_KPENTER,   [0x5e] = KEY_WAKEUP,
	[0x69] = KEY_END,       [0x6b] = KEY_LEFT,
	[0x6c] = KEY_HOME,      [0x70] = KEY_INSERT,
	[0x71] = KEY_DELETE,    [0x72] = KEY_DOWN,
	[0x74] = KEY_RIGHT,     [0x75] = KEY_UP,
	[0x7a] = KEY_PAGEDOWN,  [0x7c] = KEY_SYSRQ,
	[0x7d] = KEY_PAGEUP,    [0x7e] = KEY_PAUSE, /* with Ctrl held */
};

unsigned ps2_set1_code(uint8_t scan, bool extended)
{
	scan &= 0x7f;
	if (extended)
		return set1_extended[scan];
	if (scan <= SET1_SAME_LAST ||
	    (scan >= SET1_SAME_FIRST_OF_102 && scan <= KEY_F12))
		return scan;
	return set1_plain[scan];
}

unsigned ps2_set2_code(uint8_t scan, bool extended)
{
	return extended ? set2_extended[scan] : set2_plain[scan];
}
