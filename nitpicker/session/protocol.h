/*
 * The protocols, each one readable table. Structs, sizes, numbers of
 * descriptors, ranges, the tracer's names, the fuzz dictionary and the
 * documentation (`nitpicker-inspect --protocol`) come from it.
 *
 *   NAME_FIELDS(F)    F(type, field, min, max)     the body of a message
 *   PROTOCOL(M)       M(NAME, opcode, sender, kind, fds, element, max)
 *
 * NAME becomes `struct NAME` and the constant OP_NAME. A request's answer has
 * the request's opcode + OP_ANSWER. Bounds of strings are bytes.
 */
#ifndef SESSION_PROTOCOL_H
#define SESSION_PROTOCOL_H

#include "base/geometry.h"
#include "session/wire.h"

/* ---- limits (DESIGN: "Limits") ---- */

enum {
	LIMIT_CHILD_SESSIONS = 64, /* sessions of one child */
	LIMIT_SERVER_SESSIONS = 512, /* sessions of one server */
	LIMIT_VIEWS = 1024, /* views of one session */
	LIMIT_VIEW_DEPTH = 8, /* parents above a view */
	LIMIT_SIDE = 16384, /* width and height of a buffer, pixels */
	LIMIT_PENDING_OPENS = 16, /* of one child */
	LIMIT_CLIPBOARD = 1 << 20, /* bytes */
	LIMIT_REPORT = 256 << 10, /* bytes of one report */
	LIMIT_KEPT = 64 << 10, /* bytes of what a parent keeps for a child */
	LIMIT_REPORTS = 16, /* names of reports per child */
	LIMIT_LOG_LINES = 1000, /* a second, per child */
	LIMIT_LOG_LINE = 2048, /* bytes of one, control characters escaped */
	LIMIT_PIDS = 256, /* processes of one child */
	LIMIT_RECTS = 256, /* of one refresh message */
	LIMIT_RECORDS = 64, /* of one execute message */
	LIMIT_POINTER_SIDE = 64, /* pointer image, pixels */
	LIMIT_INPUT_BATCH = 64, /* events of one message */
	LIMIT_OUTPUTS = 16, /* of one Framebuffer provider */
	SESSION_OVERHEAD = 16 << 10, /* bytes, quota of an empty session */
};

/* Services. */
#define SERVICE_FRAMEBUFFER "Framebuffer"
#define SERVICE_INPUT "Input"
#define SERVICE_NITPICKER "Nitpicker"
#define SERVICE_LOG "Log"
#define SERVICE_SCREENSHOT "Screenshot"

enum { OP_ANSWER = 0x4000 };

#define COORD(F, name) F(I32, name, -COORD_MAX, COORD_MAX)
#define ANY_U32 0, UINT32_MAX
#define ANY_I32 INT32_MIN, INT32_MAX
#define ANY_U64 0, INT64_MAX
#define ANY_NAME 1, 63 /* [A-Za-z0-9._+-], checked where it is used */

/* ---- common to all ---- */

#define wire_none_FIELDS(F)
#define wire_hello_FIELDS(F) \
	F(U32, magic, WIRE_MAGIC, WIRE_MAGIC) \
	F(U32, version, ANY_U32) \
	F(STR64, protocol, 1, 64)
#define wire_answer_FIELDS(F) F(U32, status, 0, WIRE_STATUS_LAST)
#define wire_error_FIELDS(F) \
	F(U32, serial, ANY_U32) \
	F(U32, status, 1, WIRE_STATUS_LAST)

#define COMMON_MESSAGES(M) \
	M(wire_hello, 0x7f00, EITHER, EVENT, 0, NONE, 0) \
	M(wire_answer, 0x7f01, SERVER, ANSWER, 0, NONE, 0) \
	M(wire_error, 0x7f02, SERVER, EVENT, 0, NONE, 0)

/* ---- parent: between a component and the one that started it ---- */

/* Sessions are named by ids that the parent gives out; one number space for
 * both ends. A child can name only sessions that it is an end of. */
#define parent_session_open_FIELDS(F) \
	F(U64, ram_quota, ANY_U64) /* bytes donated to the server */ \
	F(STR64, service, ANY_NAME) \
	F(STR256, label, 0, \
	  256) /* empty or one name; of a parent: its child's */ \
	F(STR512, args, 0, 512) \
	F(U32, reserved, 0, 0)
#define parent_session_opened_FIELDS(F) F(U32, id, ANY_U32)
#define parent_session_upgrade_FIELDS(F) \
	F(U64, bytes, ANY_U64) \
	F(U32, id, ANY_U32) \
	F(U32, reserved, 0, 0)
#define parent_session_close_FIELDS(F) F(U32, id, ANY_U32)
#define parent_announce_FIELDS(F) F(STR64, service, ANY_NAME)
/* Answers session_request, and each session_upgraded. */
#define parent_accept_FIELDS(F) F(U32, id, ANY_U32)
#define parent_deny_FIELDS(F) \
	F(U32, id, ANY_U32) \
	F(U32, reason, 1, WIRE_STATUS_LAST)
#define parent_closed_FIELDS(F) F(U32, id, ANY_U32)
#define parent_session_revoke_FIELDS(F) \
	F(U32, id, ANY_U32) \
	F(U32, reason, 0, REVOKE_LAST)
#define parent_resource_request_FIELDS(F) F(U64, bytes, ANY_U64)
#define parent_file_FIELDS(F) F(STR256, name, 1, 256)
#define parent_report_FIELDS(F) \
	F(STR64, name, ANY_NAME) \
	F(STR256, label, 0, 256) /* below the child's own */
/* A blob that the parent keeps, the last one only: it comes back as `kept`
 * when the same component is started again after it died. */
#define parent_keep_FIELDS(F)
#define parent_kept_FIELDS(F)
#define parent_store_FIELDS(F) F(STR64, name, ANY_NAME)
#define parent_start_FIELDS(F) F(STR64, entry, ANY_NAME)
/* What the user wants of the whole desktop; asked by who has <power/>. */
#define parent_power_FIELDS(F) F(U32, action, 0, POWER_LAST)
/* What of it can be asked for here, 1 << each enum power_action. */
#define parent_powers_FIELDS(F) F(U32, powers, 0, (2 << POWER_LAST) - 1)
#define parent_exit_FIELDS(F) \
	F(I32, code, ANY_I32) \
	F(STR256, message, 0, 256)
#define parent_config_FIELDS(F) \
	F(U32, line, ANY_U32) \
	F(U32, column, ANY_U32) \
	F(STR256, file, 0, 256)
#define parent_resource_FIELDS(F) \
	F(U64, quota, ANY_U64) \
	F(U64, used, ANY_U64)
#define parent_session_request_FIELDS(F) \
	F(U64, ram_quota, ANY_U64) \
	F(U32, id, ANY_U32) \
	F(STR64, service, ANY_NAME) \
	F(STR256, label, 1, 256) \
	F(STR512, args, 0, 512)
#define parent_session_upgraded_FIELDS(F) \
	F(U64, bytes, ANY_U64) \
	F(U32, id, ANY_U32) \
	F(U32, reserved, 0, 0)
#define parent_session_closing_FIELDS(F) F(U32, id, ANY_U32)
#define parent_session_revoked_FIELDS(F) \
	F(U32, id, ANY_U32) \
	F(U32, reason, 0, REVOKE_LAST)

enum revoke_reason {
	REVOKE_SERVER_GONE,
	REVOKE_MALFORMED, /* the client broke the protocol */
	REVOKE_LOCKED_OUT, /* the user did, in kill mode */
	REVOKE_LAST = REVOKE_LOCKED_OUT,
};

enum power_action {
	POWER_LOG_OUT, /* ends all programs, and the desktop */
	POWER_RESTART, /* the machine */
	POWER_OFF,
	POWER_LAST = POWER_OFF,
};

#define PARENT_MESSAGES(M) \
	M(parent_session_open, 0x01, CLIENT, REQUEST, 0, NONE, 0) \
	M(parent_session_opened, 0x4001, SERVER, ANSWER, 1, NONE, 0) \
	M(parent_session_upgrade, 0x02, CLIENT, REQUEST, 0, NONE, 0) \
	M(parent_session_close, 0x03, CLIENT, REQUEST, 0, NONE, 0) \
	M(parent_announce, 0x04, CLIENT, REQUEST, 0, NONE, 0) \
	M(parent_accept, 0x05, CLIENT, ONE_WAY, 0, NONE, 0) \
	M(parent_deny, 0x06, CLIENT, ONE_WAY, 0, NONE, 0) \
	M(parent_closed, 0x07, CLIENT, ONE_WAY, 0, NONE, 0) \
	M(parent_session_revoke, 0x08, CLIENT, REQUEST, 0, NONE, 0) \
	M(parent_resource_request, 0x09, CLIENT, REQUEST, 0, NONE, 0) \
	M(parent_file, 0x0a, CLIENT, REQUEST, 0, NONE, 0) \
	M(parent_file_opened, 0x400a, SERVER, ANSWER, 1, NONE, 0) \
	M(parent_report, 0x0b, CLIENT, ONE_WAY, 1, NONE, 0) \
	M(parent_store, 0x0c, CLIENT, REQUEST, 1, NONE, 0) \
	M(parent_start, 0x0d, CLIENT, REQUEST, 0, NONE, 0) \
	M(parent_exit, 0x0e, CLIENT, ONE_WAY, 0, NONE, 0) \
	M(parent_keep, 0x0f, CLIENT, ONE_WAY, 1, NONE, 0) \
	M(parent_power, 0x10, CLIENT, REQUEST, 0, NONE, 0) \
	M(parent_powers, 0x27, SERVER, EVENT, 0, NONE, 0) \
	M(parent_kept, 0x26, SERVER, EVENT, 1, NONE, 0) \
	M(parent_config, 0x20, SERVER, EVENT, 1, NONE, 0) \
	M(parent_resource, 0x21, SERVER, EVENT, 0, NONE, 0) \
	M(parent_session_request, 0x22, SERVER, EVENT, 1, NONE, 0) \
	M(parent_session_upgraded, 0x23, SERVER, EVENT, 0, NONE, 0) \
	M(parent_session_closing, 0x24, SERVER, EVENT, 0, NONE, 0) \
	M(parent_session_revoked, 0x25, SERVER, EVENT, 0, NONE, 0)
#define parent_file_opened_FIELDS(F)

/* ---- frames: part of Framebuffer and of Nitpicker ---- */

/* One rectangle of a refresh, in pixels of the buffer. */
#define rect16_FIELDS(F) \
	F(U16, x, 0, LIMIT_SIDE) \
	F(U16, y, 0, LIMIT_SIDE) \
	F(U16, w, 0, LIMIT_SIDE) \
	F(U16, h, 0, LIMIT_SIDE)

/* `frame` is the client's number, given back by `shown`; several messages make
 * one frame, the last one says `end`. */
#define frame_refresh_FIELDS(F) \
	F(U32, frame, ANY_U32) \
	F(U32, end, 0, 1)
/* Exactly one per frame. `hidden`: nothing of it is visible; stop animating
 * until `exposed`. Time: ns of CLOCK_MONOTONIC. */
#define frame_shown_FIELDS(F) \
	F(U64, time_ns, ANY_U64) \
	F(U32, frame, ANY_U32) \
	F(U32, hidden, 0, 1)
#define frame_exposed_FIELDS(F)

/* An image (argb8888 premultiplied, rows of w * 4 bytes) in a blob. */
#define frame_pointer_image_FIELDS(F) \
	F(U32, w, 1, LIMIT_POINTER_SIDE) \
	F(U32, h, 1, LIMIT_POINTER_SIDE) \
	F(U32, hot_x, 0, LIMIT_POINTER_SIDE - 1) \
	F(U32, hot_y, 0, LIMIT_POINTER_SIDE - 1)

#define FRAME_MESSAGES(M) \
	M(frame_refresh, 0x10, CLIENT, ONE_WAY, 0, rect16, LIMIT_RECTS) \
	M(frame_shown, 0x11, SERVER, EVENT, 0, NONE, 0) \
	M(frame_exposed, 0x12, SERVER, EVENT, 0, NONE, 0) \
	M(frame_pointer_image, 0x13, CLIENT, REQUEST, 1, NONE, 0)

/* ---- Framebuffer: one pixel buffer that somebody shows ---- */

enum pixel_format {
	FORMAT_XRGB8888,
	FORMAT_ARGB8888, /* premultiplied */
	FORMAT_RGB565,
	FORMAT_LAST = FORMAT_RGB565,
};

enum framebuffer_flag {
	FRAMEBUFFER_SLOW_READ = 1, /* reading the buffer back is slow */
	FRAMEBUFFER_CURSOR = 2, /* pointer_image and pointer_move work */
};

#define framebuffer_mode_FIELDS(F)
#define framebuffer_mode_info_FIELDS(F) \
	F(U32, w, 1, LIMIT_SIDE) \
	F(U32, h, 1, LIMIT_SIDE) \
	F(U32, stride, 2, LIMIT_SIDE * 8) /* bytes */ \
	F(U32, format, 0, FORMAT_LAST) \
	F(U32, mm_w, ANY_U32) /* physical size, 0: unknown */ \
	F(U32, mm_h, ANY_U32) \
	F(U32, scale, 25, 800) /* percent */ \
	F(U32, refresh, 0, 1000000) /* mHz; 0: as fast as asked */ \
	F(U32, flags, 0, 3)
#define framebuffer_buffer_FIELDS(F)
#define framebuffer_buffer_made_FIELDS(F) F(U64, bytes, ANY_U64)
#define framebuffer_mode_wish_FIELDS(F) \
	F(U32, w, 1, LIMIT_SIDE) \
	F(U32, h, 1, LIMIT_SIDE)
#define framebuffer_title_FIELDS(F) F(STR64, title, 0, 64)
#define framebuffer_pointer_move_FIELDS(F) \
	COORD(F, x) \
	COORD(F, y) \
	F(U32, visible, 0, 1)
#define framebuffer_outputs_FIELDS(F)
#define framebuffer_mode_changed_FIELDS(F)
#define output_name_FIELDS(F) F(STR64, name, ANY_NAME)

#define FRAMEBUFFER_OWN_MESSAGES(M) \
	M(framebuffer_mode, 0x01, CLIENT, REQUEST, 0, NONE, 0) \
	M(framebuffer_mode_info, 0x4001, SERVER, ANSWER, 0, NONE, 0) \
	M(framebuffer_buffer, 0x02, CLIENT, REQUEST, 0, NONE, 0) \
	M(framebuffer_buffer_made, 0x4002, SERVER, ANSWER, 1, NONE, 0) \
	M(framebuffer_mode_wish, 0x03, CLIENT, REQUEST, 0, NONE, 0) \
	M(framebuffer_title, 0x04, CLIENT, ONE_WAY, 0, NONE, 0) \
	M(framebuffer_pointer_move, 0x05, CLIENT, ONE_WAY, 0, NONE, 0) \
	M(framebuffer_outputs, 0x06, SERVER, EVENT, 0, output_name, \
	  LIMIT_OUTPUTS) \
	M(framebuffer_mode_changed, 0x07, SERVER, EVENT, 0, NONE, 0)
#define FRAMEBUFFER_MESSAGES(M) \
	FRAMEBUFFER_OWN_MESSAGES(M) \
	FRAME_MESSAGES(M)

/* ---- Input: a stream of events; also part of Nitpicker ---- */

enum input_type {
	INPUT_PRESS, /* code, character: the unshifted code point or 0 */
	INPUT_RELEASE, /* code */
	INPUT_CHARACTER, /* character; code: the key, 0 = not from a key;
			    x = 1: a repetition */
	INPUT_MOTION, /* x, y: absolute, pixels */
	INPUT_RELATIVE, /* x, y */
	INPUT_WHEEL, /* x, y in 1/120 notches; y > 0 away from the user,
			x > 0 to the right */
	INPUT_TOUCH, /* code: slot; x, y */
	INPUT_UNTOUCH, /* code: slot */
	INPUT_FOCUS_ENTER,
	INPUT_FOCUS_LEAVE,
	INPUT_HOVER_LEAVE,
	INPUT_LAST = INPUT_HOVER_LEAVE,
};

enum { INPUT_CODE_MAX = 0x2ff }; /* KEY_MAX of linux/input-event-codes.h */

/* Time: microseconds of CLOCK_MONOTONIC. Codes: Linux KEY_* and BTN_*. */
#define input_event_FIELDS(F) \
	F(U64, time_us, ANY_U64) \
	F(U32, type, 0, INPUT_LAST) \
	F(U32, code, 0, INPUT_CODE_MAX) \
	COORD(F, x) \
	COORD(F, y) \
	F(U32, character, 0, 0x10ffff) \
	F(U32, reserved, 0, 0)
#define input_events_FIELDS(F)
enum { LOCK_CAPS = 1, LOCK_NUM = 2, LOCK_SCROLL = 4 };
#define input_keyboard_FIELDS(F) \
	F(U32, locks, 0, 7) \
	F(STR64, layout, 0, 64) \
	F(STR64, variant, 0, 64) \
	F(STR64, options, 0, 64)
#define input_grab_FIELDS(F) F(U32, on, 0, 1)
#define input_clipboard_offer_FIELDS(F)
#define input_clipboard_read_FIELDS(F)
#define input_clipboard_content_FIELDS(F)
#define input_clipboard_changed_FIELDS(F)
/* What absolute coordinates are to be scaled to, pixels: for providers whose
 * devices know no output. */
#define input_area_FIELDS(F) \
	F(U32, w, 1, LIMIT_SIDE) \
	F(U32, h, 1, LIMIT_SIDE)

#define INPUT_MESSAGES(M) \
	M(input_events, 0x40, SERVER, EVENT, 0, input_event, \
	  LIMIT_INPUT_BATCH) \
	M(input_keyboard, 0x41, SERVER, EVENT, 0, NONE, 0) \
	M(input_grab, 0x42, CLIENT, REQUEST, 0, NONE, 0) \
	M(input_clipboard_offer, 0x43, CLIENT, REQUEST, 1, NONE, 0) \
	M(input_clipboard_read, 0x44, CLIENT, REQUEST, 0, NONE, 0) \
	M(input_clipboard_content, 0x4044, SERVER, ANSWER, 1, NONE, 0) \
	M(input_clipboard_changed, 0x45, SERVER, EVENT, 0, NONE, 0) \
	M(input_area, 0x46, CLIENT, ONE_WAY, 0, NONE, 0)

/* ---- Nitpicker: one buffer, many views, and the input of both ---- */

/* Session coordinates: output pixels minus the origin of the session's
 * domain; (0,0) is below the menubar. `usable` is what a window may cover. */
#define nitpicker_info_FIELDS(F) \
	F(U32, w, 1, LIMIT_SIDE) \
	F(U32, h, 1, LIMIT_SIDE) \
	COORD(F, usable_x) \
	COORD(F, usable_y) \
	F(U32, usable_w, 0, LIMIT_SIDE) \
	F(U32, usable_h, 0, LIMIT_SIDE) \
	F(U32, scale, 25, 800) /* percent */ \
	F(U32, refresh, 0, 1000000) /* mHz */ \
	COORD(F, output_x) /* session (0,0) in output pixels, for reports */ \
	COORD(F, output_y)
#define nitpicker_buffer_FIELDS(F) \
	F(U32, w, 1, LIMIT_SIDE) \
	F(U32, h, 1, LIMIT_SIDE) \
	F(U32, format, 0, FORMAT_LAST)
#define nitpicker_buffer_made_FIELDS(F) \
	F(U64, bytes, ANY_U64) \
	F(U32, stride, 2, LIMIT_SIDE * 4) /* bytes */ \
	F(U32, reserved, 0, 0)
#define nitpicker_adopt_FIELDS(F) nitpicker_buffer_FIELDS(F)
#define nitpicker_execute_FIELDS(F)
#define record_half_FIELDS(F) F(U16, half, 0, UINT16_MAX)
#define nitpicker_pointer_FIELDS(F) F(STR64, shape, ANY_NAME)
/* Raises and focuses the session of a label below the asker's own: a parent's
 * right, while the user is using it. Denied otherwise. */
#define nitpicker_raise_FIELDS(F) F(STR256, label, 1, 256)
/* Locks the screen, or unlocks it: see <domain lock="yes"> in nitpicker.1. */
#define nitpicker_lock_FIELDS(F) F(U32, on, 0, 1)

#define NITPICKER_OWN_MESSAGES(M) \
	M(nitpicker_info, 0x01, SERVER, EVENT, 0, NONE, 0) \
	M(nitpicker_buffer, 0x02, CLIENT, REQUEST, 0, NONE, 0) \
	M(nitpicker_buffer_made, 0x4002, SERVER, ANSWER, 1, NONE, 0) \
	M(nitpicker_adopt, 0x03, CLIENT, REQUEST, 1, NONE, 0) \
	M(nitpicker_execute, 0x04, CLIENT, ONE_WAY, 0, record_half, 2040) \
	M(nitpicker_pointer, 0x05, CLIENT, ONE_WAY, 0, NONE, 0) \
	M(nitpicker_raise, 0x06, CLIENT, ONE_WAY, 0, NONE, 0) \
	M(nitpicker_lock, 0x07, CLIENT, REQUEST, 0, NONE, 0)
#define NITPICKER_MESSAGES(M) \
	NITPICKER_OWN_MESSAGES(M) \
	FRAME_MESSAGES(M) \
	INPUT_MESSAGES(M)

/*
 * Records of `execute`, at most LIMIT_RECORDS, in order, all or none:
 * { u16 op; u16 size; u32 view; fields }, size a multiple of 4 and exactly
 * that of the record. View ids are the client's own choice.
 *
 *   R(NAME, op)
 */
#define view_create_FIELDS(F) F(U32, parent, ANY_U32) /* 0: none */
#define view_destroy_FIELDS(F)
/* Place of the view: session coordinates, or the parent's when it has one. */
#define view_geometry_FIELDS(F) \
	COORD(F, x) \
	COORD(F, y) \
	F(U32, w, 0, COORD_MAX) \
	F(U32, h, 0, COORD_MAX)
/* Buffer pixel (bx,by) is shown at view position (bx + x, by + y). */
#define view_offset_FIELDS(F) \
	COORD(F, x) \
	COORD(F, y)
/* The part of the view (view coordinates) that is opaque, takes input and is
 * framed in X-ray; the rest is blended decoration. Without this record it is
 * all of the view; with an alpha channel only where it is tinted. */
#define view_content_FIELDS(F) \
	COORD(F, x) \
	COORD(F, y) \
	F(U32, w, 0, COORD_MAX) \
	F(U32, h, 0, COORD_MAX)
#define view_front_FIELDS(F)
#define view_back_FIELDS(F)
#define view_front_of_FIELDS(F) F(U32, neighbour, ANY_U32)
#define view_behind_of_FIELDS(F) F(U32, neighbour, ANY_U32)
#define view_title_FIELDS(F) F(STR64, title, 0, 64)
#define view_background_FIELDS(F)

#define NITPICKER_RECORDS(R) \
	R(view_create, 1) \
	R(view_destroy, 2) \
	R(view_geometry, 3) \
	R(view_offset, 4) \
	R(view_content, 5) \
	R(view_front, 6) \
	R(view_back, 7) \
	R(view_front_of, 8) \
	R(view_behind_of, 9) \
	R(view_title, 10) \
	R(view_background, 11)

struct record_header {
	uint16_t op;
	uint16_t size; /* bytes, header included */
	uint32_t view;
};

/* The layout behind the header; NULL for an unknown op. */
const struct wire_layout *record_layout(uint16_t op);

/* ---- Log: lines of output ---- */

/* A piece of a line, escaped. `more`: the line goes on in the next message.
 * `label`: who said it, below the session's own label; empty: itself. */
#define log_write_FIELDS(F) \
	F(U32, more, 0, 1) \
	F(STR256, label, 0, 256) \
	F(STR512, text, 0, 512)

#define LOG_MESSAGES(M) M(log_write, 0x01, CLIENT, ONE_WAY, 0, NONE, 0)

/* ---- Screenshot: what the output shows, when the user asks for it ---- */

/* The pixels in a memfd with all seals, of h * stride bytes, which may be
 * larger than a blob. Paid by the session's quota until `done`. */
#define screenshot_picture_FIELDS(F) \
	F(U32, w, 1, LIMIT_SIDE) \
	F(U32, h, 1, LIMIT_SIDE) \
	F(U32, stride, 2, LIMIT_SIDE * 8) /* bytes */ \
	F(U32, format, 0, FORMAT_LAST)
/* The descriptor is closed; the next picture may come. */
#define screenshot_done_FIELDS(F)

#define SCREENSHOT_MESSAGES(M) \
	M(screenshot_picture, 0x01, SERVER, EVENT, 1, NONE, 0) \
	M(screenshot_done, 0x02, CLIENT, ONE_WAY, 0, NONE, 0)

/* ---- structs and constants from the tables ---- */

#define WIRE_C_U16 uint16_t
#define WIRE_C_U32 uint32_t
#define WIRE_C_I32 int32_t
#define WIRE_C_U64 uint64_t
#define WIRE_C_STR64 struct wire_str64
#define WIRE_C_STR256 struct wire_str256
#define WIRE_C_STR512 struct wire_str512

#define WIRE_MEMBER(type, name, ...) WIRE_C_##type name;
#define WIRE_STRUCT(NAME_) \
	struct NAME_ { \
		NAME_##_FIELDS(WIRE_MEMBER) \
	};
#define WIRE_MESSAGE_STRUCT(NAME_, ...) WIRE_STRUCT(NAME_)
#define WIRE_MESSAGE_OPCODE(NAME_, opcode, ...) OP_##NAME_ = opcode,

WIRE_STRUCT(rect16)
WIRE_STRUCT(output_name)
WIRE_STRUCT(input_event)
WIRE_STRUCT(record_half)

/* FRAME_MESSAGES and INPUT_MESSAGES stand in several tables: listed once. */
#define ALL_MESSAGES(M) \
	COMMON_MESSAGES(M) \
	PARENT_MESSAGES(M) \
	FRAME_MESSAGES(M) \
	FRAMEBUFFER_OWN_MESSAGES(M) \
	INPUT_MESSAGES(M) \
	NITPICKER_OWN_MESSAGES(M) \
	LOG_MESSAGES(M) \
	SCREENSHOT_MESSAGES(M)

ALL_MESSAGES(WIRE_MESSAGE_STRUCT)

#define RECORD_STRUCT(NAME_, op) WIRE_STRUCT(NAME_)
#define RECORD_OP(NAME_, op) OP_##NAME_ = op,
NITPICKER_RECORDS(RECORD_STRUCT)

enum wire_opcode { ALL_MESSAGES(WIRE_MESSAGE_OPCODE) };
enum record_op { NITPICKER_RECORDS(RECORD_OP) };

extern const struct wire_protocol parent_protocol;
extern const struct wire_protocol framebuffer_protocol;
extern const struct wire_protocol input_protocol;
extern const struct wire_protocol nitpicker_protocol;
extern const struct wire_protocol log_protocol;
extern const struct wire_protocol screenshot_protocol;

#endif
