/*
 * The image that the guest starts from.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/log.h"
#include "linux.h"

/* Where the mark of a partition table, of ext2 to ext4 and of the others is. */
enum { MARK_MBR = 510, MARK_EXT = 1080, HEAD_BYTES = 2048 };

enum disk_kind disk_kind(int fd)
{
	static const unsigned char gzip[] = { 0x1f, 0x8b };
	static const unsigned char xz[] = { 0xfd, '7', 'z' };
	unsigned char head[HEAD_BYTES] = { 0 };

	if (pread(fd, head, sizeof(head), 0) < 6)
		return DISK_BARE;
	if (!memcmp(head, "070701", 6) || !memcmp(head, gzip, sizeof(gzip)) ||
	    !memcmp(head, xz, sizeof(xz)))
		return DISK_ARCHIVE;
	if (head[MARK_EXT] == 0x53 && head[MARK_EXT + 1] == 0xef)
		return DISK_BARE;
	/* FAT has the mark of a partition table, and a jump in front. */
	if (head[MARK_MBR] == 0x55 && head[MARK_MBR + 1] == 0xaa &&
	    head[0] != 0xeb && memcmp(head, "hsqs", 4) != 0)
		return DISK_PARTITIONS;
	return DISK_BARE;
}

/* The name of an open file, if it can be opened by it here. */
static char *path_of(int fd)
{
	char link[64], path[PATH_MAX];
	struct stat open_one, named;
	ssize_t length;

	snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	length = readlink(link, path, sizeof(path) - 1);
	if (length <= 0 || path[0] != '/')
		return NULL;
	path[length] = '\0';
	if (fstat(fd, &open_one) < 0 || stat(path, &named) < 0 ||
	    open_one.st_ino != named.st_ino ||
	    open_one.st_dev != named.st_dev || access(path, R_OK) < 0)
		return NULL;
	return xstrdup(path);
}

/* Its content under a name of our own: memory, as a RAM disk is. */
static char *copy_of(int fd, const char *name)
{
	char path[] = "/tmp/ramdisk.XXXXXX";
	struct stat info;
	off_t at = 0;
	ssize_t n = 0;
	int to;

	if (fstat(fd, &info) < 0 || info.st_size > (off_t)RAMDISK_MAX << 20) {
		log_error("%s: can't be seen from here, and is too large to be "
			  "copied: grant its folder with <filesystem>",
			  name);
		return NULL;
	}
	to = mkostemp(path, O_CLOEXEC);
	while (to >= 0 && at < info.st_size &&
	       (n = sendfile(to, fd, &at, (size_t)(info.st_size - at))) > 0)
		continue;
	if (to < 0 || n < 0 || at < info.st_size) {
		log_error("%s: can't be copied: %s", name, strerror(errno));
		if (to >= 0)
			unlink(path);
		close(to);
		return NULL;
	}
	fchmod(to, 0644);
	close(to);
	return xstrdup(path);
}

static void grant(struct entry *entry, const char *path)
{
	struct entry_grant **end = &entry->grants;

	while (*end)
		end = &(*end)->next;
	*end = xcalloc(1, sizeof(**end));
	(*end)->kind = GRANT_FILES;
	(*end)->path = xstrdup(path);
}

char *disk_find(struct parent *parent, const char *name, struct entry *entry)
{
	enum wire_status status = WIRE_OK;
	int fd = name[0] == '/' ? open(name, O_RDONLY | O_CLOEXEC) : -1;
	char *path;

	if (fd < 0)
		fd = parent_file(parent, name, &status);
	if (fd < 0) {
		log_error("%s: can't be read: %s", name,
			  wire_status_name(status));
		return NULL;
	}
	path = path_of(fd);
	if (!path)
		path = copy_of(fd, name);
	if (path)
		grant(entry, path);
	close(fd);
	return path;
}
