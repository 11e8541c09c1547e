#include "suite.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/falloc.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"

/* A memfd of that size with just these seals. */
static int make_memfd(off_t size, int seals)
{
	int fd = memfd_create("test", MFD_CLOEXEC | MFD_ALLOW_SEALING);

	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(ftruncate(fd, size), 0);
	ck_assert_int_eq(fcntl(fd, F_ADD_SEALS, seals), 0);
	return fd;
}

static off_t allocated(int fd)
{
	struct stat stat;

	ck_assert_int_eq(fstat(fd, &stat), 0);
	return stat.st_blocks * 512;
}

START_TEST(buffer_is_sealed_and_empty)
{
	int fd = memory_create_buffer("test", 10000);

	ck_assert_int_ge(fd, 0);
	ck_assert(memory_is_buffer(fd, 10000));
	ck_assert(memory_is_buffer(fd, 3 * PAGE_BYTES));
	ck_assert(!memory_is_buffer(fd, 2 * PAGE_BYTES));
	ck_assert(!memory_is_buffer(fd, 3 * PAGE_BYTES + 1));
	ck_assert(!memory_is_buffer(fd, 0));
	ck_assert(!memory_is_buffer(fd, UINT64_MAX));
	ck_assert_int_eq(ftruncate(fd, PAGE_BYTES), -1);
	ck_assert_int_eq(ftruncate(fd, 9 * PAGE_BYTES), -1);
	ck_assert_int_eq(fcntl(fd, F_ADD_SEALS, F_SEAL_WRITE), -1);
	ck_assert_int_eq(fcntl(fd, F_GETFD) & FD_CLOEXEC, FD_CLOEXEC);
	ck_assert_int_eq(allocated(fd), 0);
	close(fd);
	ck_assert_int_eq(memory_create_buffer("test", 0), -1);
	ck_assert_int_eq(memory_create_buffer("test", UINT64_MAX), -1);
	ck_assert_int_eq(errno, EINVAL);
}
END_TEST

START_TEST(buffer_is_shared)
{
	int fd = memory_create_buffer("test", 2 * PAGE_BYTES);
	char *writer = memory_map(fd, 2 * PAGE_BYTES, true);
	const char *reader = memory_map(fd, 2 * PAGE_BYTES, false);

	ck_assert(memory_allocate(fd, 0, PAGE_BYTES));
	ck_assert_int_eq(allocated(fd), PAGE_BYTES);
	strcpy(writer + PAGE_BYTES, "text");
	ck_assert_str_eq(reader + PAGE_BYTES, "text");
	memory_unmap(writer, 2 * PAGE_BYTES);
	memory_unmap((void *)(uintptr_t)reader, 2 * PAGE_BYTES);
	memory_unmap(NULL, 0);
	close(fd);
	ck_assert_ptr_null(memory_map(-1, PAGE_BYTES, false));
}
END_TEST

START_TEST(other_descriptors_are_no_buffers)
{
	const int half[] = { 0, F_SEAL_SHRINK, F_SEAL_GROW };
	char path[] = "/tmp/unit_base.XXXXXX";
	int ends[2];

	for (size_t i = 0; i < 3; i++) {
		int fd = make_memfd(PAGE_BYTES, half[i]);

		ck_assert(!memory_is_buffer(fd, PAGE_BYTES));
		close(fd);
	}

	int fd = make_memfd(PAGE_BYTES + 1, F_SEAL_SHRINK | F_SEAL_GROW);

	ck_assert(!memory_is_buffer(fd, PAGE_BYTES));
	ck_assert(!memory_is_buffer(fd, PAGE_BYTES + 1));
	close(fd);
	ck_assert_int_eq(pipe(ends), 0);
	ck_assert(!memory_is_buffer(ends[0], PAGE_BYTES));
	close(ends[0]);
	close(ends[1]);
	fd = mkstemp(path);
	ck_assert_int_eq(ftruncate(fd, PAGE_BYTES), 0);
	ck_assert(!memory_is_buffer(fd, PAGE_BYTES));
	close(fd);
	unlink(path);
	ck_assert(!memory_is_buffer(-1, PAGE_BYTES));
}
END_TEST

START_TEST(huge_pages_are_no_buffers)
{
	int fd = memfd_create("test",
			      MFD_CLOEXEC | MFD_ALLOW_SEALING | MFD_HUGETLB);

	/* Kernels without huge pages can't be asked. */
	if (fd < 0)
		return;
	if (ftruncate(fd, 2 << 20) == 0) {
		fcntl(fd, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW);
		ck_assert(!memory_is_buffer(fd, 2 << 20));
	}
	close(fd);
}
END_TEST

START_TEST(blob_round_trip)
{
	const size_t sizes[] = { 0, 1, PAGE_BYTES, 100000, BLOB_MAX };
	char *data = malloc(BLOB_MAX + 1);

	for (size_t i = 0; i <= BLOB_MAX; i++)
		data[i] = (char)(i * 7);
	for (size_t i = 0; i < 5; i++) {
		size_t bytes = 1;
		int fd = memory_create_blob("test", data, sizes[i]);
		char *copy = memory_read_blob(fd, BLOB_MAX, &bytes);

		ck_assert_ptr_nonnull(copy);
		ck_assert_uint_eq(bytes, sizes[i]);
		ck_assert_int_eq(memcmp(copy, data, bytes), 0);
		ck_assert_int_eq(copy[bytes], 0);
		ck_assert_int_eq(pwrite(fd, "x", 1, 0), -1);
		free(copy);
		if (sizes[i]) {
			ck_assert_ptr_null(
				memory_read_blob(fd, sizes[i] - 1, NULL));
			copy = memory_read_blob(fd, sizes[i], NULL);
			ck_assert_ptr_nonnull(copy);
			free(copy);
		}
		close(fd);
	}
	ck_assert_int_eq(memory_create_blob("test", data, BLOB_MAX + 1), -1);
	ck_assert_int_eq(errno, EFBIG);
	free(data);
}
END_TEST

START_TEST(other_descriptors_are_no_blobs)
{
	int all = F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL | F_SEAL_WRITE;
	int fd;

	for (int seal = 1; seal <= F_SEAL_WRITE; seal <<= 1) {
		/* SEAL last in time: the others could not be added after. */
		fd = make_memfd(10, all & ~seal);
		ck_assert_ptr_null(memory_read_blob(fd, 100, NULL));
		close(fd);
	}
	fd = make_memfd(BLOB_MAX + 1, all);
	ck_assert_ptr_null(memory_read_blob(fd, SIZE_MAX, NULL));
	close(fd);
	fd = memory_create_buffer("test", 100);
	ck_assert_ptr_null(memory_read_blob(fd, BLOB_MAX, NULL));
	close(fd);
	fd = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
	ck_assert_ptr_null(memory_read_blob(fd, BLOB_MAX, NULL));
	close(fd);
	ck_assert_ptr_null(memory_read_blob(-1, BLOB_MAX, NULL));
}
END_TEST

START_TEST(holes_are_found_where_they_are)
{
	int fd = memory_create_buffer("test", 4 * PAGE_BYTES);
	void *pages = memory_map(fd, 4 * PAGE_BYTES, true);

	ck_assert_ptr_nonnull(pages);
	memset(pages, 1, 4 * PAGE_BYTES);
	memory_unmap(pages, 4 * PAGE_BYTES);
	ck_assert(!memory_has_hole(fd, 4 * PAGE_BYTES, 0, 4 * PAGE_BYTES));
	ck_assert(!fallocate(fd, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE,
			     2 * PAGE_BYTES, PAGE_BYTES));
	ck_assert(memory_has_hole(fd, 4 * PAGE_BYTES, 0, 4 * PAGE_BYTES));
	ck_assert(memory_has_hole(fd, 4 * PAGE_BYTES, 3 * PAGE_BYTES - 1, 1));
	ck_assert(!memory_has_hole(fd, 4 * PAGE_BYTES, 0, 2 * PAGE_BYTES));
	/* The end of the file is like a hole to the kernel, not to us. */
	ck_assert(!memory_has_hole(fd, 4 * PAGE_BYTES, 3 * PAGE_BYTES,
				   PAGE_BYTES));
	close(fd);
}
END_TEST

Suite *memory_suite(void)
{
	Suite *suite = suite_create("memory");
	TCase *tcase = tcase_create("memory");

	tcase_add_test(tcase, holes_are_found_where_they_are);
	tcase_add_test(tcase, buffer_is_sealed_and_empty);
	tcase_add_test(tcase, buffer_is_shared);
	tcase_add_test(tcase, other_descriptors_are_no_buffers);
	tcase_add_test(tcase, huge_pages_are_no_buffers);
	tcase_add_test(tcase, blob_round_trip);
	tcase_add_test(tcase, other_descriptors_are_no_blobs);
	suite_add_tcase(suite, tcase);
	return suite;
}
