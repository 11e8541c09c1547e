#include "ps2.h"

void ps2_device_init(struct ps2_device *device,
		     const struct ps2_device_handler *handler, void *user)
{
	*device = (struct ps2_device){ .handler = handler, .user = user };
}

static void send(struct ps2_device *device)
{
	device->acknowledged = false;
	device->reply_count = 0;
	device->handler->timer(device->user, device->command.timeout_ms);
	device->handler->send(device->user, device->command.byte);
}

void ps2_device_start(struct ps2_device *device,
		      const struct ps2_command *first)
{
	device->busy = true;
	device->command = *first;
	device->resends = 0;
	send(device);
}

static void end(struct ps2_device *device, const uint8_t *replies)
{
	struct ps2_command next = { 0 };

	device->busy = device->handler->next(device->user, replies, &next);
	if (device->busy)
		ps2_device_start(device, &next);
	else
		device->handler->timer(device->user, 0);
}

static void resend(struct ps2_device *device)
{
	if (device->resends++ < PS2_RESENDS_MAX)
		send(device);
	else
		end(device, NULL);
}

bool ps2_device_byte(struct ps2_device *device, uint8_t byte)
{
	if (!device->busy)
		return false;
	if (!device->acknowledged) {
		if (byte == PS2_RESEND) {
			resend(device);
			return true;
		}
		if (byte != PS2_ACKNOWLEDGE)
			return false;
		device->acknowledged = true;
	} else {
		device->replies[device->reply_count++] = byte;
	}
	if (device->reply_count == device->command.replies)
		end(device, device->replies);
	return true;
}

void ps2_device_timeout(struct ps2_device *device)
{
	if (device->busy)
		end(device, NULL);
}
