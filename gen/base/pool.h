/* A few threads that work off a queue: the only module that starts threads. (POSIX threads: GLib's
 * make ThreadSanitizer report races in correct programs.) */
#ifndef MINGBAI_BASE_POOL_H
#define MINGBAI_BASE_POOL_H

#include <stddef.h>

/* Does one job. worker: what the thread that calls it has for itself. */
typedef void pool_work(void *worker, void *job);

struct pool;

/* As many threads as workers, one each; each is started when there is work that no other is free
 * for. A single worker needs no thread: its jobs are done in the caller's. All is lent. */
struct pool *pool_new(void *const *workers, size_t count, pool_work *work);
/* Hands a job over; waits while two jobs a worker are waiting. Jobs are begun in this order and end
 * in any. If the system gives no thread at all, the job is done at once, here, by the first worker.
 */
void pool_add(struct pool *pool, void *job);
/* Waits until every job is done and every thread has ended. */
void pool_free(struct pool *pool);

/* Processors this system has running, at least 1. */
size_t pool_processors(void);

#endif
