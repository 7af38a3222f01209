/*
 * threads.h - the threads of a stream and what they wait for: those of POSIX, or none where
 * POUPA_NO_THREADS is defined. A stream has a single worker then, which waits for nobody.
 */
#ifndef POUPA__NDJSON_THREADS_H
#define POUPA__NDJSON_THREADS_H

/* How many may be asked for. */
enum { POUPA__THREADS_MOST = 256 };

#if defined(POUPA_NO_THREADS)

enum { POUPA__WORKERS_MOST = 1 };

typedef char poupa__thread;
typedef char poupa__lock;
typedef char poupa__signal;

#define POUPA__THREAD_START(thread, work, context) ((void)(thread), (void)(work), false)
#define POUPA__THREAD_JOIN(thread) ((void)(thread))
#define POUPA__LOCK_INIT(lock) (*(lock) = 0, true)
#define POUPA__LOCK_FREE(lock) ((void)(lock))
#define POUPA__LOCK(lock) ((void)(lock))
#define POUPA__UNLOCK(lock) ((void)(lock))
#define POUPA__SIGNAL_INIT(signal) (*(signal) = 0, true)
#define POUPA__SIGNAL_FREE(signal) ((void)(signal))
#define POUPA__SIGNAL_ALL(signal) ((void)(signal))
#define POUPA__SIGNAL_AWAIT(signal, lock) ((void)(signal), (void)(lock))
#define POUPA__SIGNAL_AWAIT_UNTIL(signal, lock, time)                                            \
    ((void)(signal), (void)(lock), (void)(time), true)

#else

#include <pthread.h>

enum { POUPA__WORKERS_MOST = POUPA__THREADS_MOST };

typedef pthread_t poupa__thread;
typedef pthread_mutex_t poupa__lock;
typedef pthread_cond_t poupa__signal;

#define POUPA__THREAD_START(thread, work, context)                                               \
    (pthread_create(thread, NULL, work, context) == 0)
#define POUPA__THREAD_JOIN(thread) pthread_join(thread, NULL)
#define POUPA__LOCK_INIT(lock) (pthread_mutex_init(lock, NULL) == 0)
#define POUPA__LOCK_FREE(lock) pthread_mutex_destroy(lock)
#define POUPA__LOCK(lock) pthread_mutex_lock(lock)
#define POUPA__UNLOCK(lock) pthread_mutex_unlock(lock)
#define POUPA__SIGNAL_INIT(signal) (pthread_cond_init(signal, NULL) == 0)
#define POUPA__SIGNAL_FREE(signal) pthread_cond_destroy(signal)
/* Wakes all that wait; waits, and until a time: whether that has come. */
#define POUPA__SIGNAL_ALL(signal) pthread_cond_broadcast(signal)
#define POUPA__SIGNAL_AWAIT(signal, lock) pthread_cond_wait(signal, lock)
#define POUPA__SIGNAL_AWAIT_UNTIL(signal, lock, time)                                            \
    (pthread_cond_timedwait(signal, lock, time) != 0)

#endif

#endif
