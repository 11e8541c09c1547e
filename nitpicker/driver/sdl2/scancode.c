#include "scancode.h"

#include <SDL_mouse.h>
#include <SDL_scancode.h>
#include <linux/input-event-codes.h>
#include <stdint.h>

#define KEY(sdl, linux_key) [SDL_SCANCODE_##sdl] = KEY_##linux_key,

/* Where a usage has no key of its own on Linux, the key with the same meaning;
 * MENU, CANCEL and the like as SDL names the keys of a Linux host. */
static const uint16_t keys[SDL_NUM_SCANCODES] = {
	KEY(A, A) KEY(B, B) KEY(C, C) KEY(D, D) KEY(E, E) KEY(F, F) KEY(
		G, G) KEY(H, H) KEY(I, I) KEY(J, J) KEY(K, K) KEY(L, L)
		KEY(M, M) KEY(N, N) KEY(O, O) KEY(P, P) KEY(Q, Q) KEY(R, R) KEY(
			S, S) KEY(T, T) KEY(U, U) KEY(V, V) KEY(W, W) KEY(X, X)
			KEY(Y, Y) KEY(Z, Z) KEY(1, 1) KEY(2, 2) KEY(3, 3) KEY(
				4, 4) KEY(5, 5) KEY(6, 6) KEY(7, 7) KEY(8, 8)
				KEY(9, 9) KEY(0, 0) KEY(RETURN, ENTER)
					KEY(ESCAPE, ESC) KEY(BACKSPACE,
							     BACKSPACE)
						KEY(TAB, TAB)
							KEY(SPACE, SPACE) KEY(MINUS, MINUS) KEY(EQUALS, EQUAL) KEY(LEFTBRACKET, LEFTBRACE) KEY(RIGHTBRACKET, RIGHTBRACE) KEY(BACKSLASH, BACKSLASH) KEY(NONUSHASH, BACKSLASH) KEY(SEMICOLON, SEMICOLON) KEY(APOSTROPHE, APOSTROPHE) KEY(GRAVE,
																																		       GRAVE) KEY(COMMA,
																																				  COMMA) KEY(PERIOD,
																																					     DOT) KEY(SLASH,
																																						      SLASH) KEY(CAPSLOCK, CAPSLOCK) KEY(F1,
																																											 F1) KEY(F2, F2) KEY(F3, F3) KEY(F4,
																																															 F4) KEY(F5,
																																																 F5) KEY(F6, F6) KEY(F7, F7) KEY(F8, F8) KEY(F9, F9) KEY(F10,
																																																							 F10) KEY(F11,
																																																								  F11) KEY(F12,
																																																									   F12) KEY(PRINTSCREEN,
																																																										    SYSRQ) KEY(SCROLLLOCK,
																																																											       SCROLLLOCK) KEY(PAUSE,
																																																													       PAUSE) KEY(INSERT,
																																																															  INSERT) KEY(HOME, HOME) KEY(PAGEUP, PAGEUP) KEY(DELETE, DELETE) KEY(END, END) KEY(PAGEDOWN,
																																																																									    PAGEDOWN) KEY(RIGHT,
																																																																											  RIGHT) KEY(LEFT,
																																																																												     LEFT) KEY(DOWN,
																																																																													       DOWN) KEY(UP, UP) KEY(NUMLOCKCLEAR, NUMLOCK) KEY(KP_DIVIDE,
																																																																																				KPSLASH) KEY(KP_MULTIPLY,
																																																																																					     KPASTERISK) KEY(KP_MINUS,
																																																																																							     KPMINUS) KEY(KP_PLUS,
																																																																																									  KPPLUS) KEY(KP_ENTER, KPENTER) KEY(KP_1,
																																																																																													     KP1) KEY(KP_2,
																																																																																														      KP2) KEY(KP_3,
																																																																																															       KP3) KEY(KP_4,
																																																																																																	KP4) KEY(KP_5, KP5) KEY(KP_6, KP6) KEY(KP_7, KP7) KEY(KP_8, KP8) KEY(KP_9, KP9) KEY(KP_0, KP0) KEY(KP_PERIOD, KPDOT) KEY(NONUSBACKSLASH, 102ND) KEY(APPLICATION, COMPOSE) KEY(POWER, POWER) KEY(KP_EQUALS,
																																																																																																																									KPEQUAL) KEY(F13, F13) KEY(F14,
																																																																																																																												   F14) KEY(F15,
																																																																																																																													    F15) KEY(F16,
																																																																																																																														     F16) KEY(F17,
																																																																																																																															      F17) KEY(F18,
																																																																																																																																       F18) KEY(F19, F19) KEY(F20, F20) KEY(F21, F21) KEY(F22, F22) KEY(F23, F23) KEY(F24, F24) KEY(EXECUTE, OPEN) KEY(HELP,
																																																																																																																																														       HELP) KEY(MENU,
																																																																																																																																																 MENU) KEY(SELECT, SELECT) KEY(STOP, STOP) KEY(AGAIN, AGAIN) KEY(UNDO, UNDO) KEY(CUT, CUT) KEY(COPY, COPY) KEY(PASTE,
																																																																																																																																																													       PASTE) KEY(FIND,
																																																																																																																																																															  FIND) KEY(MUTE, MUTE) KEY(VOLUMEUP,
																																																																																																																																																																		    VOLUMEUP) KEY(VOLUMEDOWN, VOLUMEDOWN) KEY(KP_COMMA,
																																																																																																																																																																							      KPCOMMA) KEY(KP_EQUALSAS400,
																																																																																																																																																																									   KPEQUAL) KEY(INTERNATIONAL1, RO) KEY(INTERNATIONAL2,
																																																																																																																																																																														KATAKANAHIRAGANA) KEY(INTERNATIONAL3,
																																																																																																																																																																																      YEN) KEY(INTERNATIONAL4, HENKAN) KEY(INTERNATIONAL5, MUHENKAN) KEY(INTERNATIONAL6, KPJPCOMMA) KEY(LANG1,
																																																																																																																																																																																													HANGEUL) KEY(LANG2, HANJA) KEY(LANG3, KATAKANA) KEY(LANG4, HIRAGANA) KEY(LANG5,
																																																																																																																																																																																																						 ZENKAKUHANKAKU) KEY(ALTERASE,
																																																																																																																																																																																																								     ALTERASE) KEY(SYSREQ,
																																																																																																																																																																																																										   SYSRQ) KEY(CANCEL,
																																																																																																																																																																																																											      CANCEL) KEY(CLEAR, CLEAR) KEY(PRIOR, PAGEUP) KEY(RETURN2,
																																																																																																																																																																																																																	       ENTER) KEY(CLEARAGAIN, CLEAR) KEY(THOUSANDSSEPARATOR, KPCOMMA) KEY(DECIMALSEPARATOR, KPDOT) KEY(CURRENCYUNIT,
																																																																																																																																																																																																																													       DOLLAR) KEY(CURRENCYSUBUNIT,
																																																																																																																																																																																																																															   EURO) KEY(KP_LEFTPAREN,
																																																																																																																																																																																																																																     KPLEFTPAREN) KEY(KP_RIGHTPAREN, KPRIGHTPAREN) KEY(KP_LEFTBRACE, LEFTBRACE) KEY(KP_RIGHTBRACE, RIGHTBRACE) KEY(KP_TAB,
																																																																																																																																																																																																																																														   TAB) KEY(KP_BACKSPACE,
																																																																																																																																																																																																																																															    BACKSPACE) KEY(KP_A, A) KEY(KP_B, B) KEY(KP_C, C) KEY(KP_D,
																																																																																																																																																																																																																																																						  D) KEY(KP_E, E) KEY(KP_F, F) KEY(KP_COLON,
																																																																																																																																																																																																																																																										   SEMICOLON) KEY(KP_HASH, NUMERIC_POUND) KEY(KP_SPACE, SPACE) KEY(KP_PLUSMINUS,
																																																																																																																																																																																																																																																																		   KPPLUSMINUS) KEY(KP_CLEAR, CLEAR) KEY(KP_CLEARENTRY, CLEAR) KEY(KP_DECIMAL, KPDOT) KEY(LCTRL, LEFTCTRL) KEY(LSHIFT,
																																																																																																																																																																																																																																																																															       LEFTSHIFT) KEY(LALT, LEFTALT) KEY(LGUI, LEFTMETA) KEY(RCTRL,
																																																																																																																																																																																																																																																																																						     RIGHTCTRL) KEY(RSHIFT, RIGHTSHIFT) KEY(RALT,
																																																																																																																																																																																																																																																																																											    RIGHTALT) KEY(RGUI, RIGHTMETA) KEY(MODE, MODE) KEY(AUDIONEXT, NEXTSONG) KEY(AUDIOPREV,
																																																																																																																																																																																																																																																																																																					PREVIOUSSONG) KEY(AUDIOSTOP, STOPCD) KEY(AUDIOPLAY, PLAYPAUSE) KEY(AUDIOMUTE, MUTE) KEY(MEDIASELECT, MEDIA) KEY(WWW, WWW) KEY(MAIL, MAIL) KEY(CALCULATOR, CALC) KEY(COMPUTER, COMPUTER) KEY(AC_SEARCH,
																																																																																																																																																																																																																																																																																																																												    SEARCH)
								KEY(AC_HOME, HOMEPAGE) KEY(AC_BACK, BACK) KEY(AC_FORWARD, FORWARD) KEY(AC_STOP, STOP) KEY(
									AC_REFRESH,
									REFRESH) KEY(AC_BOOKMARKS,
										     BOOKMARKS) KEY(BRIGHTNESSDOWN, BRIGHTNESSDOWN)
									KEY(BRIGHTNESSUP,
									    BRIGHTNESSUP) KEY(DISPLAYSWITCH,
											      SWITCHVIDEOMODE) KEY(KBDILLUMTOGGLE,
														   KBDILLUMTOGGLE) KEY(KBDILLUMDOWN,
																       KBDILLUMDOWN)
										KEY(KBDILLUMUP, KBDILLUMUP) KEY(
											EJECT,
											EJECTCD) KEY(SLEEP,
												     SLEEP) KEY(APP1,
														PROG1)
											KEY(APP2, PROG2) KEY(
												AUDIOREWIND,
												REWIND) KEY(AUDIOFASTFORWARD, FASTFORWARD)
												KEY(SOFTLEFT,
												    MENU) KEY(SOFTRIGHT,
													      BACK)
													KEY(CALL,
													    PHONE)
														KEY(ENDCALL,
														    CANCEL)
};

int scancode_to_key(int scancode)
{
	if (scancode < 0 || scancode >= SDL_NUM_SCANCODES)
		return 0;
	return keys[scancode];
}

int button_to_key(int button)
{
	static const uint16_t buttons[] = {
		0,        BTN_LEFT,  BTN_MIDDLE,  BTN_RIGHT,
		BTN_SIDE, BTN_EXTRA, BTN_FORWARD, BTN_BACK,
	};

	if (button < 0 || button >= (int)(sizeof(buttons) / sizeof(*buttons)))
		return 0;
	return buttons[button];
}
