/* test_validate.h - catalogues built in C, and what plausibility checks say of them. */
#ifndef TEST_VALIDATE_H
#define TEST_VALIDATE_H

#include "diag/report.h"
#include "fixture.h"
#include "poupa/poupa.h"

/* Adds an entity: ADD(catalog, unit, .id = "se", .name = "Sé"). */
#define ADD(catalog, noun, ...)                                                                  \
    do {                                                                                         \
        poupa_##noun entity_ = {__VA_ARGS__};                                                    \
        ASSERT_OK(poupa_##noun##_add(catalog, &entity_, &err));                                  \
    } while (0)

#define WORD(text)                                                                               \
    {                                                                                            \
        0, text                                                                                  \
    }

static inline poupa_catalog *new_catalog(void)
{
    poupa_catalog *catalog = NULL;
    ASSERT_OK(poupa_catalog_new(NULL, &catalog, &err));
    return catalog;
}

static inline poupa_report *new_report(void)
{
    poupa_report *report = NULL;
    ASSERT_OK(poupa_report_new(NULL, &report, &err));
    return report;
}

static inline poupa_period period(const char *text)
{
    poupa_period out;
    ASSERT_OK(poupa_period_parse(text, strlen(text), &out, &err));
    return out;
}

/* What is found in a catalogue, as "W3004 /units/0/latitude" each, joined by ", ". */
static inline poupa_buffer found_in(const poupa_catalog *catalog)
{
    poupa_report *report = new_report();
    ASSERT_OK(poupa_catalog_validate(catalog, report, &err));
    poupa_buffer out = new_buffer();
    for (size_t i = 0; i < poupa_report_count(report); i++) {
        const poupa_finding *finding = poupa_report_at(report, i);
        ck_assert(poupa__buffer_print(&out, "%s%s %s", i ? ", " : "", finding->rule->code,
                                      finding->path));
    }
    poupa_report_free(report);
    return out;
}

#define CHECK_FOUND(catalog, expected)                                                           \
    do {                                                                                         \
        poupa_buffer found_ = found_in(catalog);                                                 \
        ck_assert_str_eq(found_.data, expected);                                                 \
        poupa_buffer_free(&found_);                                                              \
    } while (0)

#endif
