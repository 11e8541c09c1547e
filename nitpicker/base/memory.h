/*
 * Shared memory that can't be pulled from under its reader.
 *
 * A *buffer* holds pixels: a memfd that its maker sealed with SHRINK, GROW and
 * SEAL, so that its size is final and both sides may map it. A *blob* holds
 * data that is too large for a message: a memfd with all seals, WRITE
 * included, that is read with pread and never mapped.
 *
 * System calls, for who filters them: memfd_create ftruncate fcntl fallocate
 * fstat fstatfs mmap munmap pread64 write close.
 */
#ifndef BASE_MEMORY_H
#define BASE_MEMORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { PAGE_BYTES = 4096, BLOB_MAX = 1 << 20 };

/* Bytes rounded up to whole pages. */
static inline uint64_t page_round(uint64_t bytes)
{
	return (bytes + PAGE_BYTES - 1) & ~(uint64_t)(PAGE_BYTES - 1);
}

/*
 * A new memfd of that size (page-rounded) with the three seals; no page is
 * allocated yet. -1 with errno on failure.
 */
int memory_create_buffer(const char *name, uint64_t bytes);

/* Allocates the pages [offset, offset + bytes) so that this process is charged
 * for them. False with errno (ENOMEM, ENOSPC) on failure. */
bool memory_allocate(int fd, uint64_t offset, uint64_t bytes);

/* True when fd is a memfd of exactly that size (page-rounded) that can neither
 * shrink nor grow. */
bool memory_is_buffer(int fd, uint64_t bytes);

/*
 * True when pages of [offset, offset + length) are missing in a memfd of
 * `bytes` whose pages were all allocated, because somebody who shares it took
 * them away again: reading them through a mapping gives zeros, but each costs a
 * fault and memory. Where some are missing, those that nobody wrote yet count
 * as missing, too.
 */
bool memory_has_hole(int fd, uint64_t bytes, uint64_t offset, uint64_t length);

/* MAP_SHARED; NULL with errno on failure. */
void *memory_map(int fd, size_t bytes, bool writable);
void memory_unmap(void *memory, size_t bytes); /* NULL is fine */

/* A blob with that content. -1 with errno on failure. */
int memory_create_blob(const char *name, const void *data, size_t bytes);
/* The same of any size, for what a protocol says may be larger. */
int memory_create_sealed(const char *name, const void *data, size_t bytes);

/* True when fd is such a memfd of exactly that size: nobody can change it any
 * more, so that it may be mapped, too. */
bool memory_is_sealed(int fd, uint64_t bytes);

/*
 * Reads a blob that a peer sent: all seals there, at most `max` bytes (and
 * BLOB_MAX). The result has a NUL behind its last byte and is the caller's;
 * NULL when the descriptor is not such a blob. *bytes may be NULL.
 */
char *memory_read_blob(int fd, size_t max, size_t *bytes);

#endif
