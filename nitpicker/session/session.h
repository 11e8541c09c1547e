/*
 * session: the protocols and their two halves.
 *
 * This is the contract of the room; its parts:
 *
 *   wire.h         packets, checks, queues
 *   protocol.h     the tables of all protocols
 *   records.h      the records of nitpicker_execute, for its server
 *   frames.h       frames whose `shown` is owed, for servers
 *   input_held.h   what a client of input believes to be held
 *   document.h     a protocol as a page of text
 *   component.h    what every program does first
 *   parent.h       the session with the parent: open, announce, config, report
 *   trust/trust.h  what a component gives up that needs nothing else
 *   framebuffer.h  Framebuffer, client and server half
 *   screenshot.h   Screenshot, server half
 *   input.h        Input, client and server half
 *   nitpicker.h    Nitpicker, client half (libnitpicker); the server half is
 *                  nitpicker/server
 *   log_session.h  Log, client and server half
 *
 * session knows only base.
 */
#ifndef SESSION_SESSION_H
#define SESSION_SESSION_H

#include "session/component.h"
#include "session/framebuffer.h"
#include "session/input.h"
#include "session/log_session.h"
#include "session/nitpicker.h"
#include "session/parent.h"
#include "session/protocol.h"
#include "session/wire.h"

#endif
