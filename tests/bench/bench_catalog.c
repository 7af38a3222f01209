/*
 * bench_catalog.c - reading and writing a large catalogue, beside what jansson alone takes
 * for the same bytes, and what ten times the catalogue costs.
 *
 * All tasks take turns in every round, so that a machine that is busy for a while slows all
 * of them; what is compared are medians. jansson's trees are freed outside of what is
 * timed. The argument is the number of rounds.
 */
#define _POSIX_C_SOURCE 200809L

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "diag/report.h"
#include "generate.h"
#include "poupa/document.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum { ROUNDS = 9, MOST_ROUNDS = 99 };

/* A catalogue in the shapes that tasks begin with; only PRETTY has a tree. */
typedef struct subject {
    poupa_catalog *catalog;
    poupa_buffer text;
    json_t *tree;
} subject;

static void fail(const char *what)
{
    fprintf(stderr, "bench_catalog: %s\n", what);
    exit(EXIT_FAILURE);
}

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

/* -- Tasks: each returns the seconds it took ------------------------------ */

static double jansson_load(const subject *of)
{
    double start = now();
    json_t *tree = json_loadb(of->text.data, of->text.size, JSON_REJECT_DUPLICATES, NULL);
    double end = now();
    json_decref(tree);
    return end - start;
}

static double document_read(const subject *of)
{
    poupa_document *document;
    double start = now();
    if (poupa_document_read(of->text.data, of->text.size, NULL, &document, NULL) != POUPA_OK)
        fail("the document cannot be read");
    double end = now();
    if (poupa_report_count(poupa_document_report(document)))
        fail(poupa_report_at(poupa_document_report(document), 0)->message);
    poupa_document_free(document);
    return end - start;
}

static double read_and_validate(const subject *of)
{
    poupa_catalog *catalog = NULL;
    poupa_report *report = NULL;
    double start = now();
    if (poupa_report_new(NULL, &report, NULL) != POUPA_OK ||
        poupa_catalog_read(of->text.data, of->text.size, NULL, &catalog, NULL) != POUPA_OK ||
        poupa_catalog_validate(catalog, report, NULL) != POUPA_OK)
        fail("the catalogue cannot be read");
    double end = now();
    poupa_catalog_release(catalog);
    poupa_report_free(report);
    return end - start;
}

static double jansson_dump(const subject *of, size_t flags)
{
    double start = now();
    char *text = json_dumps(of->tree, flags);
    double end = now();
    free(text);
    return end - start;
}

static double jansson_dump_compact(const subject *of)
{
    return jansson_dump(of, JSON_COMPACT);
}

static double jansson_dump_indented(const subject *of)
{
    return jansson_dump(of, JSON_INDENT(2));
}

static double catalog_write(const subject *of, bool pretty)
{
    poupa_buffer text;
    poupa_write_options options = {.pretty = pretty};
    double start = now();
    if (poupa_catalog_write(of->catalog, &options, &text, NULL) != POUPA_OK)
        fail("the catalogue cannot be written");
    double end = now();
    poupa_buffer_free(&text);
    return end - start;
}

static double catalog_write_compact(const subject *of)
{
    return catalog_write(of, false);
}

static double catalog_write_pretty(const subject *of)
{
    return catalog_write(of, true);
}

/* Locates a finding in every metric, the last one first. */
static double report_locate(const subject *of)
{
    poupa_report *report;
    if (poupa_report_new(NULL, &report, NULL) != POUPA_OK)
        fail("there is no memory");
    for (size_t i = poupa_catalog_count(of->catalog, POUPA_KIND_METRIC); i-- > 0;) {
        poupa__place place = {POUPA_KIND_METRIC, i, "indicator", POUPA__NONE, false};
        poupa__report_add(report, POUPA__W3003_EMPTY_TEXT, place, "empty");
    }
    double start = now();
    if (poupa_report_locate(report, of->text.data, of->text.size, NULL) != POUPA_OK)
        fail("the findings cannot be located");
    double end = now();
    poupa_report_free(report);
    return end - start;
}

/* -- Comparisons --------------------------------------------------------- */

typedef struct task {
    const char *name;
    double (*run)(const subject *of);
    size_t subject;
} task;

enum { PRETTY, COMPACT, FOURFOLD, TENFOLD, SUBJECTS };

static const task tasks[] = {
    {"jansson loads", jansson_load, PRETTY},
    {"poupa_document_read", document_read, PRETTY},
    {"poupa_catalog_read and _validate", read_and_validate, PRETTY},
    {"jansson loads, compact", jansson_load, COMPACT},
    {"poupa_document_read, compact", document_read, COMPACT},
    {"jansson dumps, compact", jansson_dump_compact, PRETTY},
    {"poupa_catalog_write, compact", catalog_write_compact, PRETTY},
    {"jansson dumps, indented", jansson_dump_indented, PRETTY},
    {"poupa_catalog_write, pretty", catalog_write_pretty, PRETTY},
    {"jansson loads, tenfold", jansson_load, TENFOLD},
    {"poupa_document_read, tenfold", document_read, TENFOLD},
    {"poupa_catalog_write, tenfold", catalog_write_pretty, TENFOLD},
    {"poupa_report_locate", report_locate, PRETTY},
    {"poupa_report_locate, fourfold", report_locate, FOURFOLD},
};

/* tasks[what] may take at most `limit` times as long as tasks[than]. */
static const struct comparison {
    size_t what;
    size_t than;
    double limit;
} comparisons[] = {{1, 0, 1.5}, {2, 0, 1.5}, {4, 3, 1.5}, {6, 5, 1},
                   {8, 7, 1},   {10, 1, 12}, {11, 8, 12}, {13, 12, 8}};

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void measure(const subject *subjects, size_t rounds, double *medians)
{
    static double times[COUNT(tasks)][MOST_ROUNDS];
    for (size_t round = 0; round < rounds; round++)
        for (size_t i = 0; i < COUNT(tasks); i++)
            times[i][round] = tasks[i].run(&subjects[tasks[i].subject]);
    for (size_t i = 0; i < COUNT(tasks); i++) {
        qsort(times[i], rounds, sizeof times[i][0], by_value);
        medians[i] = times[i][rounds / 2];
    }
}

/* Prints the table; false where a limit does not hold. */
static bool print_comparisons(const double *medians)
{
    bool all = true;
    for (size_t i = 0; i < COUNT(tasks); i++)
        printf("%-34s %9.2f ms\n", tasks[i].name, medians[i] * 1000);
    printf("\n%-34s %-34s  ratio  limit\n", "", "against");
    for (size_t i = 0; i < COUNT(comparisons); i++) {
        const struct comparison *each = &comparisons[i];
        double ratio = medians[each->what] / medians[each->than];
        bool holds = ratio <= each->limit;
        printf("%-34s %-34s %6.2f %6.1f  %s\n", tasks[each->what].name, tasks[each->than].name,
               ratio, each->limit, holds ? "holds" : "DOES NOT HOLD");
        all = all && holds;
    }
    return all;
}

static subject make_subject(size_t scale, bool pretty)
{
    subject made = {.catalog = generate_catalog(generated_sizes_of(scale))};
    poupa_write_options options = {.pretty = pretty};
    if (made.catalog == NULL ||
        poupa_catalog_write(made.catalog, &options, &made.text, NULL) != POUPA_OK)
        fail("the catalogue cannot be made");
    return made;
}

int main(int argc, char **argv)
{
    long wanted = argc > 1 ? strtol(argv[1], NULL, 10) : ROUNDS;
    size_t rounds = wanted < 1 ? 1 : wanted > MOST_ROUNDS ? MOST_ROUNDS : (size_t)wanted;
    subject subjects[SUBJECTS] = {
        [PRETTY] = make_subject(1, true),
        [COMPACT] = make_subject(1, false),
        [FOURFOLD] =
            make_subject(4, true), /* a report does not keep as many findings as TENFOLD has */
        [TENFOLD] = make_subject(10, true),
    };
    poupa_buffer *text = &subjects[PRETTY].text;
    subjects[PRETTY].tree = json_loadb(text->data, text->size, JSON_REJECT_DUPLICATES, NULL);
    if (subjects[PRETTY].tree == NULL)
        fail("jansson cannot read the catalogue");
    printf("%zu bytes pretty, %zu compact, %zu tenfold; medians of %zu rounds\n\n",
           subjects[PRETTY].text.size, subjects[COMPACT].text.size, subjects[TENFOLD].text.size,
           rounds);
    double medians[COUNT(tasks)];
    measure(subjects, rounds, medians);
    bool all = print_comparisons(medians);
    json_decref(subjects[PRETTY].tree);
    for (size_t i = 0; i < SUBJECTS; i++) {
        poupa_buffer_free(&subjects[i].text);
        poupa_catalog_release(subjects[i].catalog);
    }
    return all ? EXIT_SUCCESS : EXIT_FAILURE;
}
