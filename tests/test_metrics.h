/* test_metrics.h - a catalogue to compute with, and how intervals are checked. */
#ifndef TEST_METRICS_H
#define TEST_METRICS_H

#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "poupa/metrics.h"

#define COUNT_OF(array) (sizeof(array) / sizeof(array)[0])

/* Calls that must succeed; a failure shows the library's own message. */
#define CHECK_OK(call)                                                                           \
    do {                                                                                         \
        poupa_error err = {0};                                                                   \
        poupa_status status_ = (call);                                                           \
        ck_assert_msg(status_ == POUPA_OK, "%s: %s", poupa_status_name(status_), err.message);   \
    } while (0)

/* Adds an entity from its members: ADD(area, .id = "sp", ...). */
#define ADD(noun, ...) CHECK_OK(poupa_##noun##_add(catalog, &(poupa_##noun){__VA_ARGS__}, &err))

#define CHECK_INTERVAL(interval, value_, low_, high_)                                            \
    do {                                                                                         \
        poupa_interval found_ = (interval);                                                      \
        CHECK_NUMBER(found_.value, value_);                                                      \
        CHECK_NUMBER(found_.low, low_);                                                          \
        CHECK_NUMBER(found_.high, high_);                                                        \
    } while (0)

/* Infinities and numbers, these to nine digits. */
#define CHECK_NUMBER(found, expected)                                                            \
    ck_assert_msg(is_near(found, expected), "%s is %.17g, not %.17g", #found, found,             \
                  (double)(expected))

#define CHECK_UNKNOWN(interval)                                                                  \
    do {                                                                                         \
        poupa_interval found_ = (interval);                                                      \
        ck_assert(poupa_interval_is_unknown(found_));                                            \
        ck_assert(found_.low == -INFINITY && found_.high == INFINITY);                           \
    } while (0)

static inline bool is_near(double found, double expected)
{
    return found == expected || fabs(found - expected) <= 1e-9 * fabs(expected);
}

static inline poupa_period period_of(const char *text)
{
    poupa_period period = {0};
    CHECK_OK(poupa_period_parse(text, strlen(text), &period, &err));
    return period;
}

static inline poupa_date date_of(const char *text)
{
    poupa_date date = {0};
    if (text[0])
        CHECK_OK(poupa_date_parse(text, strlen(text), &date, &err));
    return date;
}

/* The indicators, channels and units that the tests' metrics are about. */
static inline poupa_catalog *new_catalog_of_places(const poupa_allocator *allocator)
{
    poupa_catalog *catalog = NULL;
    CHECK_OK(poupa_catalog_new(allocator, &catalog, &err));
    ADD(organization, .id = "procon", .name = "Fundação Procon-SP");
    ADD(program, .id = "poupatempo", .name = "Poupatempo");
    ADD(area, .id = "sp", .name = "São Paulo", .type = {POUPA_AREA_STATE, NULL});
    ADD(service, .id = "claims", .name = "Reclamações", .organization_id = "procon");
    ADD(channel, .id = "portal", .name = "Portal", .type = {POUPA_CHANNEL_PORTAL, NULL});
    ADD(channel, .id = "app", .name = "Aplicativo", .type = {POUPA_CHANNEL_APP, NULL});
    ADD(channel, .id = "kiosk", .name = "Totem", .type = {POUPA_CHANNEL_KIOSK, NULL});
    ADD(channel, .id = "in-person", .name = "Posto", .type = {POUPA_CHANNEL_IN_PERSON, NULL});
    ADD(unit, .id = "itaquera", .name = "Itaquera");
    ADD(unit, .id = "se", .name = "Sé");
    ADD(indicator, .id = "attendances", .name = "Atendimentos",
        .measure = {POUPA_MEASURE_FLOW, NULL});
    ADD(indicator, .id = "visits", .name = "Visitas", .measure = {POUPA_MEASURE_FLOW, NULL});
    ADD(indicator, .id = "services", .name = "Serviços digitais",
        .measure = {POUPA_MEASURE_STOCK, NULL});
    ADD(indicator, .id = "total", .name = "Atendimentos desde o início",
        .measure = {POUPA_MEASURE_CUMULATIVE, NULL});
    ADD(indicator, .id = "wait", .name = "Espera", .measure = {POUPA_MEASURE_MEAN, NULL},
        .unit = {POUPA_UNIT_OF_MINUTES, NULL});
    return catalog;
}

/* -- Memory that runs out ------------------------------------------------ */

/* How many allocations still succeed, and how many blocks are in use. */
typedef struct scarcity {
    size_t left;
    size_t in_use;
} scarcity;

static inline void *allocate_scarce(void *context, size_t size)
{
    scarcity *memory = context;
    if (memory->left == 0)
        return NULL;
    memory->left--;
    memory->in_use++;
    return malloc(size);
}

static inline void *reallocate_scarce(void *context, void *block, size_t old_size, size_t size)
{
    scarcity *memory = context;
    (void)old_size;
    if (memory->left == 0)
        return NULL;
    memory->left--;
    return realloc(block, size);
}

static inline void release_scarce(void *context, void *block, size_t size)
{
    scarcity *memory = context;
    (void)size;
    memory->in_use--;
    free(block);
}

#define SCARCE(memory)                                                                           \
    {                                                                                            \
        allocate_scarce, reallocate_scarce, release_scarce, &(memory)                            \
    }

/* Runs one case of tests and returns the exit status. */
static inline int run_case(TCase *tests)
{
    Suite *suite = suite_create("metrics");
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}

#endif
