/*
 * fuzz_rollup.c - any records added up in any way: whole, in two rollups that are merged, and in
 * the other order it comes to the same bytes; nothing is lost or counted twice; what is written
 * is JSON, and can become metrics.
 *
 * The first three bytes: how many groups and filters, where the rows are cut, what is left out.
 * Then two bytes a group, three a filter, and the records as lines.
 */
#include "base/jsontext.h"
#include "base/memory.h"
#include "base/text.h"
#include "fuzz.h"
#include "poupa/arrow.h"
#include "poupa/json.h"
#include "poupa/ndjson.h"
#include "poupa/rollup.h"

/* What groups that need a catalogue find there. */
static const char catalog_text[] =
    "{\"poupa\":\"1.0\","
    "\"areas\":[{\"id\":\"sp\",\"type\":\"state\",\"name\":\"SP\"},"
    "{\"id\":\"c\",\"type\":\"municipality\",\"name\":\"C\",\"parent_id\":\"sp\"}],"
    "\"organizations\":[{\"id\":\"o\",\"name\":\"O\"}],"
    "\"channels\":[{\"id\":\"app\",\"type\":\"app\",\"name\":\"App\"},"
    "{\"id\":\"p\",\"type\":\"in_person\",\"name\":\"P\"}],"
    "\"units\":[{\"id\":\"se\",\"name\":\"S\",\"area_id\":\"c\"},{\"id\":\"x\",\"name\":\"X\"}],"
    "\"services\":[{\"id\":\"rg\",\"name\":\"RG\",\"organization_id\":\"o\"},"
    "{\"id\":\"cnh\",\"name\":\"CNH\",\"organization_id\":\"o\"}],"
    "\"indicators\":[{\"id\":\"n\",\"name\":\"N\",\"measure\":\"flow\"},"
    "{\"id\":\"w\",\"name\":\"W\",\"measure\":\"mean\"}]}";

enum { MOST_GROUPS = 4, MOST_FILTERS = 3, VALUES = 2 };

static const char *const words[] = {"se",
                                    "x",
                                    "rg",
                                    "cnh",
                                    "app",
                                    "p",
                                    "o",
                                    "sp",
                                    "c",
                                    "digital",
                                    "",
                                    "in_person",
                                    "2021-S1",
                                    "2021",
                                    "2021-06",
                                    "../2021",
                                    "2021-06-14/2022"};
enum { WORDS = sizeof words / sizeof words[0] };

static const char *word(uint8_t byte)
{
    return words[byte % WORDS];
}

/* The options, and what they point to. */
typedef struct question {
    poupa_rollup_options options;
    poupa_group by[MOST_GROUPS];
    poupa_rollup_filter filters[MOST_FILTERS];
    const char *values[MOST_FILTERS][VALUES];
} question;

static poupa_group take_group(input *from)
{
    poupa_group group = {(poupa_group_key)(take_byte(from) % (POUPA_GROUP_DIGITAL + 2)),
                         take_byte(from) % 8};
    /* Most groups have no level. */
    if (group.key != POUPA_GROUP_PERIOD && group.key != POUPA_GROUP_AREA && group.level < 7)
        group.level = 0;
    return group;
}

static void ask(question *self, input *from)
{
    uint8_t amounts = take_byte(from), choice = take_byte(from);
    *self = (question){.options = {.by = self->by,
                                   .by_count = amounts % (MOST_GROUPS + 1),
                                   .filters = self->filters,
                                   .filter_count = amounts / 8 % (MOST_FILTERS + 1),
                                   .counts_only = choice & 1,
                                   .top = choice / 2 % 4}};
    for (size_t i = 0; i < self->options.by_count; i++)
        self->by[i] = take_group(from);
    for (size_t i = 0; i < self->options.filter_count; i++) {
        self->filters[i].group = take_group(from);
        for (size_t k = 0; k < VALUES; k++)
            self->values[i][k] = word(take_byte(from));
        self->filters[i].values = (poupa_texts){self->values[i], VALUES};
    }
}

/* -- Adding up ----------------------------------------------------------- */

static poupa_attendance *slice(poupa_attendance *table, size_t first, size_t count)
{
    poupa_attendance *part;
    CHECK(poupa_attendance_slice(table, first, count, &part, NULL) == POUPA_OK);
    return part;
}

/* The results of two parts, in one rollup or in two, in either order. NULL where a group's count
 * is beyond what can be said. */
static poupa_rollup_table *add_up(const question *of, poupa_attendance *const parts[2],
                                  bool merged)
{
    poupa_rollup *rollups[2];
    poupa_rollup_table *table;
    for (size_t i = 0; i < 2; i++)
        CHECK(poupa_rollup_new(&of->options, &rollups[i], NULL) == POUPA_OK);
    CHECK(poupa_rollup_add(rollups[0], parts[0], NULL) == POUPA_OK);
    CHECK(poupa_rollup_add(rollups[merged], parts[1], NULL) == POUPA_OK);
    if (merged)
        CHECK(poupa_rollup_merge(rollups[0], rollups[1], NULL) == POUPA_OK);
    poupa_status status = poupa_rollup_finish(rollups[0], &table, NULL);
    CHECK(status == POUPA_OK || status == POUPA_ERR_LIMIT);
    for (size_t i = 0; i < 2; i++)
        poupa_rollup_free(rollups[i]);
    return table;
}

static poupa_buffer written(const poupa_rollup_table *table)
{
    poupa_buffer text;
    poupa_writer *writer;
    poupa__json_fault fault;
    poupa__buffer_init(&text, poupa__allocator(NULL));
    CHECK(poupa_writer_new(NULL, poupa__buffer_write, &text, &writer, NULL) == POUPA_OK);
    poupa_rollup_write_json(table, writer);
    CHECK(poupa_writer_finish(writer, NULL) == POUPA_OK);
    poupa_writer_free(writer);
    CHECK(poupa__json_check(text.data, text.size, POUPA__JSON_MAX_DEPTH, &fault));
    CHECK(poupa__json_keys_unique(text.data, text.size));
    return text;
}

static void check_same(const poupa_rollup_table *a, poupa_rollup_table *b)
{
    CHECK((a == NULL) == (b == NULL));
    if (a) {
        poupa_buffer one = written(a), other = written(b);
        check_same_bytes(&one, &other);
    }
    poupa_rollup_table_free(b);
}

/* -- Results ------------------------------------------------------------- */

static void check_tally(const question *of, const poupa_rollup_table *table, size_t rows)
{
    poupa_rollup_tally tally = poupa_rollup_table_tally(table);
    uint64_t told = 0;
    for (size_t i = 0; i < poupa_rollup_table_count(table); i++) {
        const poupa_rollup_row *row = poupa_rollup_table_at(table, i);
        CHECK(row->rows > 0 && row->count >= 0 && row->key_count == of->options.by_count);
        CHECK(poupa_period_valid(row->first) && poupa_period_valid(row->last));
        CHECK(row->first.first <= row->last.last);
        told += row->rows;
    }
    CHECK(tally.rows == rows && tally.kept + tally.filtered + tally.cut == rows);
    CHECK(of->options.top ? told <= tally.kept : told == tally.kept);
    CHECK(of->options.top || tally.groups == poupa_rollup_table_count(table));
}

static void check_arrow(const poupa_rollup_table *table)
{
    struct ArrowArrayStream stream;
    struct ArrowArray batch = {.length = 0};
    size_t rows = 0;
    CHECK(poupa_rollup_table_to_arrow(table, NULL, NULL, &stream, NULL) == POUPA_OK);
    for (;;) {
        CHECK(stream.get_next(&stream, &batch) == 0);
        if (batch.release == NULL)
            break;
        rows += (size_t)batch.length;
        batch.release(&batch);
    }
    stream.release(&stream);
    CHECK(rows == poupa_rollup_table_count(table));
}

/* Metrics of the groups; a catalogue with them is one that can be read. */
static void check_metrics(const poupa_rollup_table *table, const poupa_catalog *catalog)
{
    static const poupa_rollup_metrics metrics = {.indicator_id = "n", .wait_indicator_id = "w"};
    poupa_catalog *copy, *again;
    poupa_buffer text;
    poupa_error err;
    CHECK(poupa_catalog_copy(catalog, NULL, &copy, NULL) == POUPA_OK);
    poupa_status status = poupa_rollup_to_metrics(table, &metrics, copy, NULL, &err);
    CHECK(status == POUPA_OK || err.message[0]);
    CHECK(status == POUPA_OK || poupa_catalog_equal(copy, catalog));
    CHECK(poupa_catalog_write(copy, NULL, &text, NULL) == POUPA_OK);
    CHECK(poupa_catalog_read(text.data, text.size, NULL, &again, NULL) == POUPA_OK);
    CHECK(poupa_catalog_equal(copy, again));
    poupa_buffer_free(&text);
    poupa_catalog_release(again);
    poupa_catalog_release(copy);
}

static void check_question(const question *of, poupa_attendance *table, size_t cut)
{
    size_t rows = poupa_attendance_rows(table);
    cut = cut < rows ? cut : rows;
    poupa_attendance *parts[] = {slice(table, 0, cut), slice(table, cut, rows - cut)};
    poupa_attendance *swapped[] = {parts[1], parts[0]};
    poupa_rollup_table *results = add_up(of, parts, false);
    check_same(results, add_up(of, parts, true));
    check_same(results, add_up(of, swapped, false));
    check_same(results, add_up(of, swapped, true));
    if (results) {
        size_t size = 0;
        check_tally(of, results, rows);
        CHECK(poupa_rollup_write_csv(results, count_bytes, &size, NULL) == POUPA_OK && size > 0);
        CHECK(poupa_rollup_write_ndjson(results, count_bytes, &size, NULL) == POUPA_OK);
        check_arrow(results);
        check_metrics(results, of->options.catalog);
    }
    poupa_rollup_table_free(results);
    poupa_attendance_release(parts[0]);
    poupa_attendance_release(parts[1]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    input in = {data, size};
    question of;
    poupa_rollup *rollup;
    poupa_attendance *table;
    poupa_error err;
    const poupa_ndjson_options skip = {.on_error = POUPA_ON_ERROR_SKIP};
    size_t cut = take_byte(&in);
    ask(&of, &in);
    CHECK(poupa_catalog_read(catalog_text, sizeof catalog_text - 1, NULL, &of.options.catalog,
                             NULL) == POUPA_OK);
    poupa_status status = poupa_rollup_new(&of.options, &rollup, &err);
    CHECK(status == POUPA_OK || status == POUPA_ERR_ARGUMENT || status == POUPA_ERR_INVALID);
    CHECK(status == POUPA_OK || err.message[0]);
    poupa_rollup_free(rollup);
    const char *text = in.size ? (const char *)in.data : "";
    if (status == POUPA_OK &&
        poupa_ndjson_read(text, in.size, &skip, &table, NULL, NULL) == POUPA_OK) {
        check_question(&of, table, cut);
        poupa_attendance_release(table);
    }
    poupa_catalog_release(of.options.catalog);
    return 0;
}
