/* The pool: every job once, one worker a thread, a queue that stays small. */
#include "base/pool.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>

#include <cmocka.h>

#include <glib.h>
#include <pthread.h>
#include <time.h>

enum { JOBS = 500, THREADS = 4 };

struct job {
    int done; /* times */
    pthread_t by;
};

struct worker {
    int jobs;
    bool began; /* by is set */
    pthread_t by;
    bool strange; /* another thread used it, too */
};

static void count(void *data, void *made)
{
    struct worker *worker = data;
    struct job *job = made;

    job->done++;
    job->by = pthread_self();
    worker->jobs++;
    worker->strange = worker->strange || (worker->began && !pthread_equal(worker->by, job->by));
    worker->began = true;
    worker->by = job->by;
}

static void pool_does_every_job_once_each_worker_in_one_thread(void **state)
{
    struct worker workers[THREADS] = {0};
    void *all[THREADS];
    struct job *jobs = g_new0(struct job, JOBS);
    int sum = 0;

    (void)state;
    for (int i = 0; i < THREADS; i++)
        all[i] = &workers[i];
    struct pool *pool = pool_new(all, THREADS, count);

    for (int i = 0; i < JOBS; i++)
        pool_add(pool, &jobs[i]);
    pool_free(pool);
    for (int i = 0; i < JOBS; i++) {
        assert_int_equal(jobs[i].done, 1);
        assert_false(pthread_equal(jobs[i].by, pthread_self()));
    }
    for (int i = 0; i < THREADS; i++) {
        assert_false(workers[i].strange);
        sum += workers[i].jobs;
    }
    assert_int_equal(sum, JOBS);
    g_free(jobs);
}

static void pool_of_one_works_in_the_callers_thread_at_once(void **state)
{
    struct worker worker = {0};
    void *all[] = {&worker};
    struct pool *pool = pool_new(all, 1, count);

    (void)state;
    for (int i = 0; i < 3; i++) {
        struct job job = {0};

        pool_add(pool, &job);
        assert_int_equal(job.done, 1);
        assert_true(pthread_equal(job.by, pthread_self()));
    }
    pool_free(pool);
}

/* A gate that jobs wait at. */
struct gate {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    bool open;
    int arrived, added;
};

static void wait_at_gate(void *worker, void *made)
{
    struct gate *gate = made;

    (void)worker;
    pthread_mutex_lock(&gate->lock);
    gate->arrived++;
    pthread_cond_broadcast(&gate->changed);
    while (!gate->open)
        pthread_cond_wait(&gate->changed, &gate->lock);
    pthread_mutex_unlock(&gate->lock);
}

struct adder {
    struct pool *pool;
    struct gate *gate;
};

static void *add_many(void *data)
{
    const struct adder *adder = data;

    for (int i = 0; i < JOBS; i++) {
        pool_add(adder->pool, adder->gate);
        pthread_mutex_lock(&adder->gate->lock);
        adder->gate->added++;
        pthread_mutex_unlock(&adder->gate->lock);
    }
    return NULL;
}

static void pool_works_side_by_side_and_bounds_its_queue(void **state)
{
    struct worker workers[2] = {0};
    void *all[] = {&workers[0], &workers[1]};
    struct gate gate = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, false, 0, 0};
    struct adder adder = {pool_new(all, 2, wait_at_gate), &gate};
    const struct timespec moment = {0, 50 * 1000 * 1000};
    pthread_t thread;

    (void)state;
    assert_int_equal(pthread_create(&thread, NULL, add_many, &adder), 0);
    pthread_mutex_lock(&gate.lock);
    while (gate.arrived < 2) /* both hold a job: they do not wait for each other */
        pthread_cond_wait(&gate.changed, &gate.lock);
    pthread_mutex_unlock(&gate.lock);
    nanosleep(&moment, NULL); /* time to add more than may wait */
    pthread_mutex_lock(&gate.lock);
    assert_int_equal(gate.arrived, 2);
    assert_in_range(gate.added, 2, 2 + 4);
    gate.open = true;
    pthread_cond_broadcast(&gate.changed);
    pthread_mutex_unlock(&gate.lock);
    pthread_join(thread, NULL);
    pool_free(adder.pool);
    assert_int_equal(gate.arrived, JOBS);
}

static void pool_without_jobs_ends(void **state)
{
    struct worker workers[2] = {0};
    void *all[] = {&workers[0], &workers[1]};

    (void)state;
    pool_free(pool_new(all, 2, count));
    assert_int_equal(workers[0].jobs + workers[1].jobs, 0);
    assert_true(pool_processors() >= 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pool_does_every_job_once_each_worker_in_one_thread),
        cmocka_unit_test(pool_of_one_works_in_the_callers_thread_at_once),
        cmocka_unit_test(pool_works_side_by_side_and_bounds_its_queue),
        cmocka_unit_test(pool_without_jobs_ends),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
