#include "base/memory.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

enum {
	BUFFER_SEALS = F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL,
	BLOB_SEALS = BUFFER_SEALS | F_SEAL_WRITE,
};

/* Closes fd without losing errno. */
static int give_up(int fd)
{
	int saved_errno = errno;

	close(fd);
	errno = saved_errno;
	return -1;
}

int memory_create_buffer(const char *name, uint64_t bytes)
{
	if (bytes == 0 || bytes > INT64_MAX - PAGE_BYTES) {
		errno = EINVAL;
		return -1;
	}

	int fd = memfd_create(name, MFD_CLOEXEC | MFD_ALLOW_SEALING);

	if (fd < 0)
		return -1;
	if (ftruncate(fd, (off_t)page_round(bytes)) < 0 ||
	    fcntl(fd, F_ADD_SEALS, BUFFER_SEALS) < 0)
		return give_up(fd);
	return fd;
}

bool memory_allocate(int fd, uint64_t offset, uint64_t bytes)
{
	while (fallocate(fd, 0, (off_t)offset, (off_t)bytes) < 0)
		if (errno != EINTR)
			return false;
	return true;
}

/*
 * Size of a memfd that has these seals, or -1. Huge pages are refused: reading
 * one that the machine lacks is a SIGBUS.
 */
static off_t sealed_size(int fd, int seals)
{
	int present = fcntl(fd, F_GET_SEALS);
	struct statfs filesystem;
	struct stat stat;

	if (present < 0 || (present & seals) != seals ||
	    fstatfs(fd, &filesystem) < 0 || filesystem.f_type != TMPFS_MAGIC ||
	    fstat(fd, &stat) < 0)
		return -1;
	return stat.st_size;
}

bool memory_is_buffer(int fd, uint64_t bytes)
{
	off_t size = sealed_size(fd, F_SEAL_SHRINK | F_SEAL_GROW);

	return size > 0 && bytes <= INT64_MAX - PAGE_BYTES &&
	       (uint64_t)size == page_round(bytes);
}

void *memory_map(int fd, size_t bytes, bool writable)
{
	void *memory = mmap(NULL, bytes,
			    writable ? PROT_READ | PROT_WRITE : PROT_READ,
			    MAP_SHARED, fd, 0);

	return memory == MAP_FAILED ? NULL : memory;
}

void memory_unmap(void *memory, size_t bytes)
{
	if (memory)
		munmap(memory, bytes);
}

static bool write_all(int fd, const char *data, size_t bytes)
{
	size_t done = 0;

	while (done < bytes) {
		ssize_t n = write(fd, data + done, bytes - done);

		if (n < 0 && errno != EINTR)
			return false;
		if (n > 0)
			done += (size_t)n;
	}
	return true;
}

int memory_create_blob(const char *name, const void *data, size_t bytes)
{
	if (bytes > BLOB_MAX) {
		errno = EFBIG;
		return -1;
	}
	return memory_create_sealed(name, data, bytes);
}

bool memory_has_hole(int fd, uint64_t bytes, uint64_t offset, uint64_t length)
{
	struct stat now;
	off_t hole;

	/* One look in most cases: all pages are there. */
	if (!fstat(fd, &now) && now.st_blocks * 512 >= (off_t)bytes)
		return false;
	hole = lseek(fd, (off_t)offset, SEEK_HOLE);
	return hole >= 0 && (uint64_t)hole < offset + length;
}

bool memory_is_sealed(int fd, uint64_t bytes)
{
	off_t size = sealed_size(fd, BLOB_SEALS);

	return size >= 0 && (uint64_t)size == bytes;
}

int memory_create_sealed(const char *name, const void *data, size_t bytes)
{
	int fd = memfd_create(name, MFD_CLOEXEC | MFD_ALLOW_SEALING);

	if (fd < 0)
		return -1;
	if (!write_all(fd, data, bytes) ||
	    fcntl(fd, F_ADD_SEALS, BLOB_SEALS) < 0)
		return give_up(fd);
	return fd;
}

char *memory_read_blob(int fd, size_t max, size_t *bytes)
{
	off_t size = sealed_size(fd, BLOB_SEALS);

	if (size < 0 || size > BLOB_MAX || (size_t)size > max)
		return NULL;

	char *data = malloc((size_t)size + 1);
	size_t done = 0;

	if (!data)
		return NULL;
	while (done < (size_t)size) {
		ssize_t n = pread(fd, data + done, (size_t)size - done,
				  (off_t)done);

		if (n == 0 || (n < 0 && errno != EINTR)) {
			free(data);
			return NULL;
		}
		if (n > 0)
			done += (size_t)n;
	}
	data[done] = '\0';
	if (bytes)
		*bytes = done;
	return data;
}
