#include <assert.h>

#include "quota.h"

uint64_t quota_left(const struct quota_pool *pool)
{
	const uint64_t taken = pool->reserve + pool->assigned;

	return taken < pool->total ? pool->total - taken : 0;
}

uint64_t quota_limit(const struct quota_account *account)
{
	return account->assigned - account->donated + account->received;
}

uint64_t quota_assign(struct quota_pool *pool, struct quota_account *account,
		      uint64_t wanted)
{
	const uint64_t left = quota_left(pool);
	const uint64_t granted = wanted < left ? wanted : left;

	assert(!account->assigned);
	account->assigned = granted;
	pool->assigned += granted;
	return granted;
}

bool quota_reassign(struct quota_pool *pool, struct quota_account *account,
		    uint64_t bytes, uint64_t used)
{
	/* What it received is its servers' business, not its own use. */
	const uint64_t own = used > account->received ? used - account->received
						      : 0;

	if (bytes > account->assigned &&
	    bytes - account->assigned > quota_left(pool))
		return false;
	if (bytes < account->donated || bytes - account->donated < own)
		return false;
	pool->assigned = pool->assigned - account->assigned + bytes;
	account->assigned = bytes;
	return true;
}

void quota_release(struct quota_pool *pool, struct quota_account *account)
{
	assert(!account->received);
	pool->assigned -= account->assigned - account->donated;
	*account = (struct quota_account){ 0 };
}

bool quota_donate(struct quota_pool *pool, struct quota_account *from,
		  struct quota_account *to, uint64_t bytes, uint64_t used)
{
	const uint64_t limit = quota_limit(from);

	/* Received bytes belong to others: they can't be passed on. */
	if (bytes > from->assigned - from->donated || bytes > limit ||
	    limit - bytes < used)
		return false;
	from->donated += bytes;
	if (to)
		to->received += bytes;
	else
		pool->outside += bytes;
	return true;
}

void quota_return(struct quota_pool *pool, struct quota_account *from,
		  struct quota_account *to, uint64_t bytes)
{
	if (to) {
		assert(to->received >= bytes);
		to->received -= bytes;
	} else {
		assert(pool->outside >= bytes);
		pool->outside -= bytes;
	}
	if (from) {
		assert(from->donated >= bytes);
		from->donated -= bytes;
	} else {
		assert(pool->assigned >= bytes);
		pool->assigned -= bytes;
	}
}
