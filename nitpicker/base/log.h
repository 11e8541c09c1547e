/*
 * Log lines on standard error: "COMPONENT: text", one write per line, control
 * characters and invalid UTF-8 in the text escaped as \xNN. The component is
 * the program's name; a parent puts the child's label in front of it.
 *
 * NITPICKER_LOG=debug shows log_debug lines.
 */
#ifndef BASE_LOG_H
#define BASE_LOG_H

#define LOG_PRINTF __attribute__((format(printf, 1, 2)))

enum { LOG_LINE_MAX = 1024 }; /* bytes; longer lines end in "..." */

void log_error(const char *format, ...) LOG_PRINTF; /* "error: " in front */
void log_warning(const char *format, ...) LOG_PRINTF;
void log_info(const char *format, ...) LOG_PRINTF;
void log_debug(const char *format, ...) LOG_PRINTF;

#endif
