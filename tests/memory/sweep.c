/* sweep.c - counting what is asked of memory, failing it, and who asked. */
#include "sweep.h"

#include <errno.h>
#include <jansson.h>
#include <pthread.h>
#include <stdatomic.h>

/* -- Who asks ------------------------------------------------------------- */

typedef struct function {
    char name[64];
    atomic_size_t asked;
    atomic_size_t failed;
    bool without_any; /* ran without any memory */
} function;

static struct {
    function functions[512];
    size_t function_count;
    function *_Atomic current;
    bool armed;          /* calls are counted, and fail */
    bool quiet;          /* there must be none */
    bool once;           /* only one of them */
    size_t fail_at;      /* the first that fails, counted from 1 */
    atomic_size_t calls; /* since it was armed */
    atomic_size_t failed;
    atomic_size_t by_default; /* of the calls, those to which no allocator was given */
    atomic_size_t blocks;     /* in use, always */
    atomic_size_t bytes;
    size_t all_failed;
    size_t task_count;
} memory;

static function *function_named(const char *name)
{
    for (size_t i = 0; i < memory.function_count; i++) {
        if (strcmp(memory.functions[i].name, name) == 0)
            return &memory.functions[i];
    }
    return NULL;
}

void sweep_enter(const char *name)
{
    function *found = function_named(name);
    ck_assert_msg(found != NULL, "%s is not exported", name);
    memory.current = found;
    found->without_any = found->without_any || memory.quiet;
}

/* -- Counting ------------------------------------------------------------- */

static bool fails(void)
{
    if (!memory.armed)
        return false;
    size_t call = ++memory.calls;
    bool failing = memory.once ? call == memory.fail_at : call >= memory.fail_at;
    function *current = memory.current;
    if (current)
        current->asked++;
    if (current && failing)
        current->failed++;
    memory.failed += failing;
    return failing;
}

static void *allocate(void *context, size_t size)
{
    (void)context;
    void *block = fails() ? NULL : malloc(size);
    memory.blocks += block != NULL;
    memory.bytes += block ? size : 0;
    return block;
}

static void *reallocate(void *context, void *block, size_t old_size, size_t size)
{
    (void)context;
    void *moved = fails() ? NULL : realloc(block, size);
    if (moved)
        memory.bytes += size - old_size;
    return moved;
}

static void release(void *context, void *block, size_t size)
{
    (void)context;
    memory.blocks--;
    memory.bytes -= size;
    free(block);
}

const poupa_allocator counted = {allocate, reallocate, release, NULL};

static void *allocate_by_default(void *context, size_t size)
{
    memory.by_default += memory.armed;
    return allocate(context, size);
}

static void *reallocate_by_default(void *context, void *block, size_t old_size, size_t size)
{
    memory.by_default += memory.armed;
    return reallocate(context, block, old_size, size);
}

/* The linker puts this in the place of poupa__allocator, the only way to malloc in the library,
 * and the next in that of pthread_create. */
poupa_allocator __wrap_poupa__allocator(const poupa_allocator *given);
poupa_allocator __wrap_poupa__allocator(const poupa_allocator *given)
{
    static const poupa_allocator by_default = {allocate_by_default, reallocate_by_default,
                                               release, NULL};
    return given ? *given : by_default;
}

int __real_pthread_create(pthread_t *thread, const pthread_attr_t *attributes,
                          void *(*start)(void *), void *argument);
int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *attributes,
                          void *(*start)(void *), void *argument);
int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *attributes,
                          void *(*start)(void *), void *argument)
{
    return fails() ? EAGAIN : __real_pthread_create(thread, attributes, start, argument);
}

/* jansson does not tell the size when it frees; so it is kept before the block. */
static void *allocate_for_jansson(size_t size)
{
    size_t *block = allocate(NULL, sizeof(size_t) * 2 + size);
    if (block == NULL)
        return NULL;
    *block = sizeof(size_t) * 2 + size;
    return block + 2;
}

static void release_for_jansson(void *data)
{
    if (data)
        release(NULL, (size_t *)data - 2, ((size_t *)data)[-2]);
}

/* -- Running -------------------------------------------------------------- */

static void arm(size_t fail_at, bool once)
{
    memory.fail_at = fail_at;
    memory.once = once;
    memory.calls = memory.failed = memory.by_default = 0;
    memory.current = NULL;
    memory.armed = true;
}

static void disarm(void)
{
    memory.armed = false;
    memory.all_failed += memory.failed;
}

/* Where a run failed, for messages. */
static const char *where(const task *of, size_t variant)
{
    static char text[128];
    snprintf(text, sizeof text, "%s (%zu), %s call %zu%s", of->name, variant,
             memory.current ? memory.current->name : "", memory.fail_at,
             memory.once ? "" : " and all behind it");
    return text;
}

static void check_run(const task *of, size_t variant, void *subject, poupa_status status,
                      const poupa_error *err)
{
    bool good = status == POUPA_ERR_MEMORY
                    ? memory.failed && err->status == status && *err->message
                    : status == POUPA_OK && (!memory.failed || of->traits & DOES_WITHOUT);
    ck_assert_msg(good, "%s: %s: %s", where(of, variant), poupa_status_name(status),
                  err->message);
    ck_assert_msg(memory.by_default == 0 || of->traits & BY_DEFAULT,
                  "%s: not all memory is of the allocator that was given", where(of, variant));
    if (of->check)
        of->check(subject, status);
}

/* One run with a call that fails; false where there was no such call any more. */
static bool run_failing(const task *of, size_t variant, size_t fail_at, bool once)
{
    size_t blocks_before = memory.blocks;
    size_t bytes_before = memory.bytes;
    void *subject = of->make ? of->make(variant) : NULL;
    poupa_error err = {0};
    size_t blocks = memory.blocks;
    arm(fail_at, once);
    poupa_status status = of->run(subject, &err);
    disarm();
    bool failed = memory.failed > 0;
    check_run(of, variant, subject, status, &err);
    if (status != POUPA_OK) {
        ck_assert_msg(of->traits & KEEPS || memory.blocks == blocks, "%s leaks",
                      where(of, variant));
    }
    if (status != POUPA_OK && !(of->traits & SPOILS)) {
        arm(SIZE_MAX, true);
        status = of->run(subject, &err);
        disarm();
        check_run(of, variant, subject, status, &err);
    }
    if (of->discard)
        of->discard(subject);
    ck_assert_msg(memory.blocks == blocks_before && memory.bytes == bytes_before,
                  "%s: %zu blocks leak", where(of, variant), memory.blocks - blocks_before);
    return failed;
}

void sweep(const task *tasks, size_t count)
{
    memory.armed = false;
    for (size_t i = 0; i < count; i++) {
        size_t variants = tasks[i].variants ? tasks[i].variants : 1;
        for (size_t variant = 0; variant < variants; variant++) {
            size_t calls[2] = {0, 0};

            for (int once = 0; once < 2; once++) {
                while (run_failing(&tasks[i], variant, calls[once] + 1, once))
                    calls[once]++;
            }
            ck_assert_msg(calls[0] && calls[1], "%s (%zu) asks for no memory", tasks[i].name,
                          variant);
            memory.task_count++;
        }
    }
}

void sweep_without_any(void (*calls)(void *subject), void *subject)
{
    arm(1, false);
    memory.quiet = true;
    calls(subject);
    memory.quiet = false;
    disarm();
}

/* -- Completeness --------------------------------------------------------- */

void sweep_start(void)
{
    FILE *symbols = fopen(POUPA_SYMBOLS, "r");
    function *next = memory.functions;
    while (symbols && fscanf(symbols, "%63s", next->name) == 1)
        next++;
    memory.function_count = (size_t)(next - memory.functions);
    if (symbols)
        fclose(symbols);
    json_set_alloc_funcs(allocate_for_jansson, release_for_jansson);
}

void sweep_assert_complete(void)
{
    size_t wrong = 0;
    for (size_t i = 0; i < memory.function_count; i++) {
        const function *at = &memory.functions[i];
        const char *why = at->without_any && at->asked    ? "asks for memory"
                          : at->without_any || at->failed ? NULL
                                                          : "was not run short of memory";
        if (why)
            fprintf(stderr, "%s %s\n", at->name, why);
        wrong += why != NULL;
    }
    ck_assert_msg(wrong == 0, "%zu functions of %zu", wrong, memory.function_count);
    ck_assert_uint_gt(memory.function_count, 200);
}

void sweep_print(void)
{
    size_t asking = 0;
    for (size_t i = 0; i < memory.function_count; i++)
        asking += memory.functions[i].failed > 0;
    printf("Memory: %zu failures injected in %zu tasks; %zu exported functions failed, "
           "%zu ask for none\n",
           memory.all_failed, memory.task_count, asking, memory.function_count - asking);
}
