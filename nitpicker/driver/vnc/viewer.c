#include "viewer.h"

#include <errno.h>
#include <rfb/rfbregion.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/log.h"
#include "message.h"

struct viewer {
	struct screen *screen;
	struct viewer *next, **previous;
	int fd; /* of the viewer */
	struct loop_source *source;
	rfbClientPtr cl; /* NULL until the viewer has greeted */
	int inner; /* our end of what libvncserver believes to be the viewer */
	bool trusted;
	uint8_t in[MESSAGE_MAX];
	size_t fill;
	uint32_t skip; /* bytes still to be thrown away, or to be kept: */
	char *text; /* what came of a text; owned, NULL: none is kept */
	size_t text_size;
	int out; /* memfd: what waits for the viewer */
	off_t out_size, out_sent;
	struct timer patience; /* for the handshake */
	struct held held;
	bool broken; /* to be destroyed by whoever entered this file */
};

static const char greeting[] = "RFB 003.008\n";
enum { GREETING = sizeof(greeting) - 1 };

static void fail(struct viewer *viewer, const char *reason)
{
	if (!viewer->broken && reason) {
		log_warning("a viewer was sent away: %s", reason);
	}
	viewer->broken = true;
}

/* ---- out ---- */

/* Sends what the socket takes; the rest waits for LOOP_WRITE. */
static void flush(struct viewer *viewer)
{
	while (viewer->out_sent < viewer->out_size && !viewer->broken) {
		size_t rest = (size_t)(viewer->out_size - viewer->out_sent);
		ssize_t n = sendfile(viewer->fd, viewer->out, &viewer->out_sent,
				     rest);

		if (n < 0 && errno == EAGAIN) {
			break;
		}
		if (n == 0 || (n < 0 && errno != EINTR)) {
			fail(viewer, NULL);
		}
	}
	bool waits = viewer->out_sent < viewer->out_size;

	if (!waits && viewer->out_size) {
		if (ftruncate(viewer->out, 0) < 0) {
			fail(viewer, strerror(errno));
		}
		viewer->out_size = viewer->out_sent = 0;
	}
	if (viewer->source) {
		loop_set_events(viewer->source,
				waits ? LOOP_READ | LOOP_WRITE : LOOP_READ);
	}
}

static void add_out(struct viewer *viewer, const void *bytes, size_t size)
{
	if (pwrite(viewer->out, bytes, size, viewer->out_size) !=
	    (ssize_t)size) {
		fail(viewer, "out of memory");
		return;
	}
	viewer->out_size += (off_t)size;
}

/* What libvncserver answered; small, as frames take another way. */
static void take_answers(struct viewer *viewer)
{
	uint8_t bytes[4096];
	ssize_t n;

	while ((n = recv(viewer->inner, bytes, sizeof(bytes), MSG_DONTWAIT)) >
	       0) {
		add_out(viewer, bytes, (size_t)n);
	}
}

/* Encodes one frame into the file: writing there never blocks, whatever its
 * size. */
static void encode(struct viewer *viewer)
{
	rfbClientPtr cl = viewer->cl;
	rfbSocket sock = cl->sock;
	int out = dup(viewer->out);

	if (out < 0 || lseek(out, viewer->out_size, SEEK_SET) < 0) {
		fail(viewer, strerror(errno));
		if (out >= 0) {
			close(out);
		}
		return;
	}
	sraRegionPtr region = sraRgnCreateRgn(cl->modifiedRegion);

	cl->sock = out;
	rfbBool sent = rfbSendFramebufferUpdate(cl, region);

	sraRgnDestroy(region);
	if (cl->sock == out) {
		close(out);
	}
	cl->sock = sock;
	viewer->out_size = lseek(viewer->out, 0, SEEK_END);
	if (!sent || viewer->out_size < 0) {
		fail(viewer, "a frame could not be encoded");
	}
}

/* Sends what changed, if the viewer waits for it. */
static void update(struct viewer *viewer)
{
	rfbClientPtr cl = viewer->cl;

	if (viewer->broken || !cl || cl->state != RFB_NORMAL ||
	    viewer->out_size || sraRgnEmpty(cl->requestedRegion) ||
	    !FB_UPDATE_PENDING(cl)) {
		return;
	}
	encode(viewer);
	flush(viewer);
}

/* ---- in ---- */

static enum message_stage stage(const struct viewer *viewer)
{
	if (!viewer->cl) {
		return STAGE_VERSION;
	}
	switch (viewer->cl->state) {
	case RFB_SECURITY_TYPE:
		return STAGE_SECURITY;
	case RFB_AUTHENTICATION:
		return STAGE_AUTHENTICATION;
	case RFB_INITIALISATION:
		return STAGE_INIT;
	default:
		return STAGE_NORMAL;
	}
}

/*
 * Makes libvncserver's client once the viewer has greeted: it finds the
 * greeting there and need not wait whether that is one. Its own greeting is
 * the one that was sent already.
 */
static bool start_client(struct viewer *viewer)
{
	int ends[2];
	char own[GREETING];

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0,
		       ends) < 0) {
		return false;
	}
	viewer->inner = ends[0];
	if (write(viewer->inner, viewer->in, GREETING) != GREETING) {
		close(ends[1]);
		return false;
	}
	viewer->cl = rfbNewClient(viewer->screen->rfb, ends[1]);
	if (!viewer->cl) {
		return false;
	}
	viewer->cl->clientData = viewer;
	/* means: needs no password */
	viewer->cl->reverseConnection = viewer->trusted;
	return recv(viewer->inner, own, GREETING, MSG_DONTWAIT) == GREETING;
}

static void hand_on(struct viewer *viewer, size_t length)
{
	if (!viewer->cl) {
		if (!start_client(viewer)) {
			fail(viewer, "libvncserver refused it");
			return;
		}
	} else if (write(viewer->inner, viewer->in, length) !=
		   (ssize_t)length) {
		fail(viewer, "libvncserver does not read");
		return;
	}
	rfbProcessClientMessage(viewer->cl);
	take_answers(viewer);
	if (viewer->cl->sock < 0) {
		flush(viewer);
		fail(viewer, NULL);
	} else if (viewer->cl->state == RFB_NORMAL) {
		timer_cancel(&viewer->patience);
	}
}

/* What libvncserver would do with SetDesktopSize. */
static void resize(struct viewer *viewer, const struct message *message)
{
	rfbClientPtr cl = viewer->cl;
	int result = screen_wish(viewer->screen, message->w, message->h,
				 message->screens);

	cl->requestedDesktopSizeChange =
		rfbExtDesktopSize_ClientRequestedChange;
	cl->lastDesktopSizeChangeError = result;
	if (result) {
		cl->newFBSizePending = TRUE;
	}
}

static void drop(struct viewer *viewer, size_t count)
{
	viewer->fill -= count;
	memmove(viewer->in, viewer->in + count, viewer->fill);
}

static void begin_text(struct viewer *viewer, uint32_t bytes)
{
	if (bytes > LIMIT_CLIPBOARD) {
		log_info("a viewer's clipboard is left out: more than %d bytes",
			 LIMIT_CLIPBOARD);
		return;
	}
	viewer->text = xcalloc(1, bytes + 1);
	viewer->text_size = 0;
}

/* The bytes behind a message. */
static void take_rest(struct viewer *viewer)
{
	size_t count = viewer->fill < viewer->skip ? viewer->fill
						   : viewer->skip;

	if (viewer->text) {
		memcpy(viewer->text + viewer->text_size, viewer->in, count);
		viewer->text_size += count;
	}
	viewer->skip -= (uint32_t)count;
	drop(viewer, count);
	if (viewer->text && !viewer->skip) {
		vnc_input_set_text(viewer->screen->input, viewer->text,
				   viewer->text_size);
		free(viewer->text);
		viewer->text = NULL;
	}
}

/* False: the message isn't whole yet. */
static bool take_message(struct viewer *viewer)
{
	struct message message;

	if (viewer->skip || viewer->text) {
		take_rest(viewer);
	}
	const char *problem = message_look(stage(viewer), viewer->in,
					   viewer->fill, &message);

	if (problem) {
		fail(viewer, problem);
		return false;
	}
	if (!viewer->fill || !message.length || viewer->fill < message.length) {
		return false;
	}
	if (message.resize) {
		resize(viewer, &message);
	} else if (!message.drop) {
		hand_on(viewer, message.length);
	}
	viewer->skip = message.skip;
	if (message.text) {
		begin_text(viewer, message.skip);
	}
	drop(viewer, message.length);
	return !viewer->broken;
}

static void handle_socket(void *user, int fd, uint32_t events)
{
	struct viewer *viewer = user;

	if (events & LOOP_WRITE) {
		flush(viewer);
	}
	if (events & ~(uint32_t)LOOP_WRITE) {
		ssize_t n = recv(fd, viewer->in + viewer->fill,
				 sizeof(viewer->in) - viewer->fill,
				 MSG_DONTWAIT);

		if (n > 0) {
			viewer->fill += (size_t)n;
			while (take_message(viewer)) {
			}
		} else if (n == 0 || (errno != EAGAIN && errno != EINTR)) {
			fail(viewer, NULL);
		}
	}
	if (!viewer->broken) {
		flush(viewer);
		update(viewer);
	}
	if (viewer->broken) {
		viewer_destroy(viewer);
	}
}

static void lose_patience(void *user)
{
	struct viewer *viewer = user;

	fail(viewer, "it did not log in in time");
	viewer_destroy(viewer);
}

/* ---- life ---- */

void viewer_create(struct screen *screen, int fd, bool trusted)
{
	int out = memfd_create("vnc_drv", MFD_CLOEXEC);

	if (out < 0 || screen->viewer_count == VIEWERS_MAX) {
		log_warning("a viewer was sent away: %s",
			    out < 0 ? strerror(errno) : "there are too many");
		close(fd);
		if (out >= 0) {
			close(out);
		}
		return;
	}
	struct viewer *viewer = xcalloc(1, sizeof(*viewer));

	viewer->screen = screen;
	viewer->fd = fd;
	viewer->out = out;
	viewer->inner = -1;
	viewer->trusted = trusted;
	viewer->next = screen->viewers;
	viewer->previous = &screen->viewers;
	if (viewer->next) {
		viewer->next->previous = &viewer->next;
	}
	screen->viewers = viewer;
	screen_count_viewers(screen, 1);
	timer_init(&viewer->patience, screen->loop, lose_patience, viewer);
	timer_set_in(&viewer->patience,
		     (uint64_t)VIEWER_HANDSHAKE_S * 1000 * 1000 * 1000);
	viewer->source = loop_add_fd(screen->loop, fd, LOOP_READ, handle_socket,
				     viewer);
	add_out(viewer, greeting, GREETING);
	flush(viewer);
}

void viewer_destroy(struct viewer *viewer)
{
	struct screen *screen = viewer->screen;

	*viewer->previous = viewer->next;
	if (viewer->next) {
		viewer->next->previous = viewer->previous;
	}
	screen_count_viewers(screen, -1);
	vnc_input_release(screen->input, &viewer->held);
	loop_remove(viewer->source);
	timer_finish(&viewer->patience);
	if (viewer->cl) {
		rfbCloseClient(viewer->cl);
		rfbClientConnectionGone(viewer->cl);
	}
	if (viewer->inner >= 0) {
		close(viewer->inner);
	}
	close(viewer->out);
	close(viewer->fd);
	free(viewer->text);
	free(viewer);
}

void viewer_send_text(struct viewer *viewer, const char *text, size_t bytes)
{
	const uint32_t size = (uint32_t)bytes;
	const uint8_t head[8] = {
		3, /* ServerCutText */
		[4] = (uint8_t)(size >> 24), [5] = (uint8_t)(size >> 16),
		[6] = (uint8_t)(size >> 8), [7] = (uint8_t)size
	};

	if (!viewer->cl || viewer->cl->state != RFB_NORMAL ||
	    viewer->out_size > LIMIT_CLIPBOARD) {
		return; /* not there yet, or it doesn't read */
	}
	add_out(viewer, head, sizeof(head));
	add_out(viewer, text, bytes);
	flush(viewer);
	if (viewer->broken) {
		viewer_destroy(viewer);
	}
}

void viewer_update(struct viewer *viewer)
{
	update(viewer);
	if (viewer->broken) {
		viewer_destroy(viewer);
	}
}

struct viewer *viewer_next(const struct viewer *viewer)
{
	return viewer->next;
}

void viewer_forget_held(struct viewer *viewer)
{
	viewer->held = (struct held){ 0 };
}

/* ---- hooks ---- */

void viewer_handle_key(rfbBool down, rfbKeySym keysym, rfbClientPtr cl)
{
	struct viewer *viewer = cl->clientData;

	vnc_input_key(viewer->screen->input, &viewer->held, keysym, down);
}

void viewer_handle_pointer(int buttons, int x, int y, rfbClientPtr cl)
{
	struct viewer *viewer = cl->clientData;

	vnc_input_pointer(viewer->screen->input, &viewer->held,
			  (uint8_t)buttons, x, y);
}
