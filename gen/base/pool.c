/* A few threads that work off a queue. */
#include "base/pool.h"

#include <glib.h>
#include <pthread.h>
#include <stdbool.h>
#include <unistd.h>

enum { WAITING = 2 }; /* jobs a worker: enough that none runs dry, few enough to stay small */

struct pool {
    pool_work *work;
    void *const *workers;
    size_t count;
    pthread_t *threads;
    size_t started;

    pthread_mutex_t lock; /* of all below */
    pthread_cond_t added, taken;
    GQueue queue;
    size_t idle; /* threads that wait for a job */
    bool ended;  /* no job comes any more */
};

/* What a thread is started with; it takes the worker and leaves the struct to the thread. */
struct start {
    struct pool *pool;
    void *worker;
};

static void *run(void *data)
{
    const struct start start = *(struct start *)data;
    struct pool *pool = start.pool;

    g_free(data);
    pthread_mutex_lock(&pool->lock);
    for (;;) {
        while (g_queue_is_empty(&pool->queue) && !pool->ended) {
            pool->idle++;
            pthread_cond_wait(&pool->added, &pool->lock);
            pool->idle--;
        }
        if (g_queue_is_empty(&pool->queue))
            break;
        void *job = g_queue_pop_head(&pool->queue);

        pthread_cond_signal(&pool->taken);
        pthread_mutex_unlock(&pool->lock);
        pool->work(start.worker, job);
        pthread_mutex_lock(&pool->lock);
    }
    pthread_mutex_unlock(&pool->lock);
    return NULL;
}

struct pool *pool_new(void *const *workers, size_t count, pool_work *work)
{
    struct pool *pool = g_new0(struct pool, 1);

    pool->work = work;
    pool->workers = workers;
    pool->count = count;
    pool->threads = g_new0(pthread_t, count);
    pthread_mutex_init(&pool->lock, NULL);
    pthread_cond_init(&pool->added, NULL);
    pthread_cond_init(&pool->taken, NULL);
    g_queue_init(&pool->queue);
    return pool;
}

/* Where the system gives no further thread, those there are go on. */
static void start_thread(struct pool *pool)
{
    struct start *start = g_new(struct start, 1);

    *start = (struct start){pool, pool->workers[pool->started]};
    if (pthread_create(&pool->threads[pool->started], NULL, run, start) == 0)
        pool->started++;
    else
        g_free(start);
}

void pool_add(struct pool *pool, void *job)
{
    pthread_mutex_lock(&pool->lock);
    if (pool->count > 1 && pool->started < pool->count &&
        pool->idle <= g_queue_get_length(&pool->queue))
        start_thread(pool);
    if (pool->started > 0) {
        while (g_queue_get_length(&pool->queue) >= pool->started * WAITING)
            pthread_cond_wait(&pool->taken, &pool->lock);
        g_queue_push_tail(&pool->queue, job);
        pthread_cond_signal(&pool->added);
    }
    pthread_mutex_unlock(&pool->lock);
    if (pool->started == 0)
        pool->work(pool->workers[0], job);
}

void pool_free(struct pool *pool)
{
    pthread_mutex_lock(&pool->lock);
    pool->ended = true;
    pthread_cond_broadcast(&pool->added);
    pthread_mutex_unlock(&pool->lock);
    for (size_t i = 0; i < pool->started; i++)
        pthread_join(pool->threads[i], NULL);
    pthread_cond_destroy(&pool->taken);
    pthread_cond_destroy(&pool->added);
    pthread_mutex_destroy(&pool->lock);
    g_queue_clear(&pool->queue);
    g_free(pool->threads);
    g_free(pool);
}

size_t pool_processors(void)
{
    const long online = sysconf(_SC_NPROCESSORS_ONLN);

    return online > 1 ? (size_t)online : 1;
}
