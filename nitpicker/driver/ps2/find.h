/*
 * Which of the kernel's raw serial ports is which. serio_raw numbers them in
 * the order in which they were bound, so they are told apart by what sysfs says
 * of them (Linux: drivers/input/serio/i8042.c names its ports "i8042 KBD port"
 * and "i8042 AUX port").
 */
#ifndef DRIVER_PS2_FIND_H
#define DRIVER_PS2_FIND_H

#include <stdbool.h>

struct ps2_ports {
	char *keyboard, *mouse; /* paths of devices; owned, NULL: none */
	bool translated; /* the keyboard's bytes are set 1 */
};

/* Looks in `sysfs` (normally "/sys/class/misc"). */
void ps2_ports_find(struct ps2_ports *ports, const char *sysfs);
void ps2_ports_finish(struct ps2_ports *ports);

#endif
