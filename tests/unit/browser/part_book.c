/* Of the browser, which is a program and no library. */
#include "scout/browser/book.c"
