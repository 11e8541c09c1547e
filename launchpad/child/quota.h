/*
 * The arithmetic of quotas, and nothing else: no process, no kernel.
 *
 * A pool has `total` bytes. Of these `reserve` stay with the owner, the rest
 * is assigned to accounts or left. An account donates bytes to another account
 * of the pool, or to the outside (a server of the owner's parent).
 *
 *   total = reserve + assigned + left
 *   assigned = sum of the limits of all accounts + outside
 *
 * where the limit of an account is assigned - donated + received. What a
 * released account still has at servers stays assigned until it returns.
 */
#ifndef CHILD_QUOTA_H
#define CHILD_QUOTA_H

#include <stdbool.h>
#include <stdint.h>

struct quota_pool {
	uint64_t total, reserve;
	uint64_t assigned; /* to accounts, and what lingers at servers */
	uint64_t outside; /* donated to the parent's servers */
};

struct quota_account {
	uint64_t assigned, donated, received;
};

/* 0 also when the total was lowered below what is assigned. */
uint64_t quota_left(const struct quota_pool *pool);
uint64_t quota_limit(const struct quota_account *account);

/* Assigns what is wanted to an empty account, or what is left; returns it. */
uint64_t quota_assign(struct quota_pool *pool, struct quota_account *account,
		      uint64_t wanted);

/* Changes an assignment; false when more than is left is wanted, or less than
 * the account donated and, `used`, uses itself. */
bool quota_reassign(struct quota_pool *pool, struct quota_account *account,
		    uint64_t bytes, uint64_t used);

/* The account's owner is gone. What it received must have been returned. */
void quota_release(struct quota_pool *pool, struct quota_account *account);

/* Moves bytes to another account, or outside (NULL). False when `from` would
 * then be below what it uses. */
bool quota_donate(struct quota_pool *pool, struct quota_account *from,
		  struct quota_account *to, uint64_t bytes, uint64_t used);

/* Moves them back. `from` NULL: it was released; `to` NULL: from outside. */
void quota_return(struct quota_pool *pool, struct quota_account *from,
		  struct quota_account *to, uint64_t bytes);

#endif
