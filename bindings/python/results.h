/*
 * results.h - the structs that hold results, as tuples, and the options that callers give as
 * tuples. _swig.pyi says what is in each.
 */
#ifndef POUPA_PYTHON_RESULTS_H
#define POUPA_PYTHON_RESULTS_H

/* -- Model ------------------------------------------------------------------ */

static PyObject *members_to_python(const poupa_members *members)
{
    PyObject *tuple = PyTuple_New((Py_ssize_t)members->count);
    for (size_t i = 0; tuple && i < members->count; i++) {
        if (!tuple_put(tuple, (Py_ssize_t)i,
                       Py_BuildValue("(ss)", members->items[i].name, members->items[i].json)))
            Py_CLEAR(tuple);
    }
    return tuple;
}

static PyObject *words_to_python(const poupa_words *words)
{
    PyObject *tuple = PyTuple_New((Py_ssize_t)words->count);
    for (size_t i = 0; tuple && i < words->count; i++) {
        if (!tuple_put(tuple, (Py_ssize_t)i, text_to_python(words->items[i].text)))
            Py_CLEAR(tuple);
    }
    return tuple;
}

static PyObject *dimensions_to_python(const poupa_dimensions *dimensions)
{
    return Py_BuildValue(
        "(ssssNN)", dimensions->program_id, dimensions->organization_id, dimensions->service_id,
        dimensions->area_id,
        texts_to_python(dimensions->channel_ids.items, dimensions->channel_ids.count),
        texts_to_python(dimensions->unit_ids.items, dimensions->unit_ids.count));
}

static PyObject *vocabulary_to_python(const poupa_vocabulary *vocabulary)
{
    if (vocabulary == NULL)
        return Py_NewRef(Py_None);
    return Py_BuildValue("(sNNNi)", vocabulary->name,
                         texts_to_python(vocabulary->words, vocabulary->count),
                         texts_to_python(vocabulary->meanings, vocabulary->count),
                         PyBool_FromLong(vocabulary->open), (int)vocabulary->default_code);
}

static PyObject *fields_to_python(const poupa_field *fields, size_t count)
{
    PyObject *tuple = PyTuple_New((Py_ssize_t)count);
    for (size_t i = 0; tuple && i < count; i++) {
        const poupa_field *field = &fields[i];
        PyObject *item = Py_BuildValue("(siNiNs)", field->name, (int)field->type,
                                       PyBool_FromLong(field->required), (int)field->target,
                                       vocabulary_to_python(field->vocabulary), field->meaning);
        if (!tuple_put(tuple, (Py_ssize_t)i, item))
            Py_CLEAR(tuple);
    }
    return tuple;
}

/* -- Findings ---------------------------------------------------------------- */

static PyObject *rule_to_python(const poupa_rule *rule)
{
    if (rule == NULL)
        return Py_NewRef(Py_None);
    return Py_BuildValue("(siiss)", rule->code, (int)rule->severity, (int)rule->stage,
                         rule->title, rule->text);
}

static PyObject *finding_to_python(const poupa_finding *finding)
{
    if (finding == NULL)
        return Py_NewRef(Py_None);
    return Py_BuildValue("(sissNnnn)", finding->rule->code, (int)finding->rule->severity,
                         finding->message, finding->path, PyBool_FromLong(finding->at_key),
                         (Py_ssize_t)finding->line, (Py_ssize_t)finding->column,
                         (Py_ssize_t)finding->offset);
}

static PyObject *not_run_to_python(const poupa_not_run *not_run)
{
    if (not_run == NULL)
        return Py_NewRef(Py_None);
    return Py_BuildValue("(ss)", not_run->rule->code, not_run->why);
}

/* -- Documents --------------------------------------------------------------- */

static bool limits_from_python(PyObject *object, poupa_read_options *out)
{
    int64_t size, depth, entities;
    *out = (poupa_read_options){.max_size = 0};
    if (object == Py_None)
        return true;
    if (!is_tuple_of(object, 3, "limits") ||
        !integer_from_python(PyTuple_GetItem(object, 0), "max_size", 0, INT64_MAX, &size) ||
        !integer_from_python(PyTuple_GetItem(object, 1), "max_depth", 0, INT64_MAX, &depth) ||
        !integer_from_python(PyTuple_GetItem(object, 2), "max_entities", 0, INT64_MAX, &entities))
        return false;
    out->max_size = (size_t)size;
    out->max_depth = (size_t)depth;
    out->max_entities = (size_t)entities;
    return true;
}

static bool layout_from_python(PyObject *pretty, poupa_write_options *out)
{
    int truth = PyObject_IsTrue(pretty);
    *out = (poupa_write_options){.pretty = truth > 0};
    return truth >= 0;
}

/* -- Metrics ----------------------------------------------------------------- */

static bool query_from_python(PyObject *object, poupa_metric_query *out)
{
    *out = (poupa_metric_query){.indicator_id = NULL};
    return is_tuple_of(object, 9, "a query") &&
           text_or_none_from_python(PyTuple_GetItem(object, 0), "indicator",
                                    &out->indicator_id) &&
           period_from_python(PyTuple_GetItem(object, 1), &out->period) &&
           period_from_python(PyTuple_GetItem(object, 2), &out->within) &&
           text_or_none_from_python(PyTuple_GetItem(object, 3), "program", &out->program_id) &&
           text_or_none_from_python(PyTuple_GetItem(object, 4), "organization",
                                    &out->organization_id) &&
           text_or_none_from_python(PyTuple_GetItem(object, 5), "service", &out->service_id) &&
           text_or_none_from_python(PyTuple_GetItem(object, 6), "area", &out->area_id) &&
           text_or_none_from_python(PyTuple_GetItem(object, 7), "channel", &out->channel_id) &&
           text_or_none_from_python(PyTuple_GetItem(object, 8), "unit", &out->unit_id);
}

static PyObject *judgement_to_python(const poupa_judgement *judgement)
{
    PyObject *codes = PyTuple_New((Py_ssize_t)judgement->warning_count);
    for (size_t i = 0; codes && i < judgement->warning_count; i++) {
        if (!tuple_put(codes, (Py_ssize_t)i, text_to_python(judgement->warnings[i]->code)))
            Py_CLEAR(codes);
    }
    return Py_BuildValue("(iNNNNN)", (int)judgement->verdict, interval_to_python(judgement->left),
                         interval_to_python(judgement->right),
                         interval_to_python(judgement->computed),
                         interval_to_python(judgement->stated), codes);
}

static PyObject *progress_to_python(const poupa_progress *progress)
{
    return Py_BuildValue(
        "(iNNNNNNNdddN)", (int)progress->state, date_to_python(progress->as_of),
        entity_to_python(POUPA_KIND_METRIC, progress->metric),
        entity_to_python(POUPA_KIND_METRIC, progress->baseline),
        interval_to_python(progress->actual), interval_to_python(progress->target),
        interval_to_python(progress->share), interval_to_python(progress->remaining),
        progress->months_left, progress->pace_needed, progress->pace,
        date_to_python(progress->forecast));
}

/* Takes what a list holds, and frees it. */
static PyObject *derived_to_python(poupa_derived_list *list)
{
    PyObject *items = PyList_New((Py_ssize_t)list->count);
    for (size_t i = 0; items && i < list->count; i++) {
        const poupa_derived *derived = &list->items[i];
        PyObject *item = Py_BuildValue("(iNNN)", (int)derived->derivation,
                                       entity_to_python(POUPA_KIND_METRIC, derived->metric),
                                       entity_to_python(POUPA_KIND_METRIC, derived->base),
                                       interval_to_python(derived->percent));
        if (item == NULL || PyList_SetItem(items, (Py_ssize_t)i, item) != 0)
            Py_CLEAR(items);
    }
    poupa_derived_list_free(list);
    return items;
}

/* -- Records ----------------------------------------------------------------- */

static PyObject *record_to_python(const poupa_record *record)
{
    PyObject *unit =
        record->unit && record->unit[0] ? text_to_python(record->unit) : Py_NewRef(Py_None);
    return Py_BuildValue("(NNssLNN)", period_to_python(record->period), unit, record->service,
                         record->channel, (long long)record->count,
                         seconds_to_python(record->wait_s), seconds_to_python(record->service_s));
}

static bool record_from_python(PyObject *object, poupa_record *out)
{
    return is_tuple_of(object, 7, "a record") &&
           period_from_python(PyTuple_GetItem(object, 0), &out->period) &&
           text_or_none_from_python(PyTuple_GetItem(object, 1), "unit", &out->unit) &&
           text_from_python(PyTuple_GetItem(object, 2), "service", &out->service) &&
           text_from_python(PyTuple_GetItem(object, 3), "channel", &out->channel) &&
           integer_from_python(PyTuple_GetItem(object, 4), "count", 0, INT64_MAX, &out->count) &&
           seconds_from_python(PyTuple_GetItem(object, 5), "wait_s", &out->wait_s) &&
           seconds_from_python(PyTuple_GetItem(object, 6), "service_s", &out->service_s);
}

/* The tables of a tuple, in memory for the caller to PyMem_Free. */
static bool tables_from_python(PyObject *tuple, poupa_attendance ***out, size_t *count)
{
    if (!PyTuple_Check(tuple)) {
        PyErr_Format(PyExc_TypeError, "expected a tuple of tables, not %R", Py_TYPE(tuple));
        return false;
    }
    *count = (size_t)PyTuple_Size(tuple);
    *out = PyMem_Calloc(*count + 1, sizeof **out);
    if (*out == NULL) {
        PyErr_NoMemory();
        return false;
    }
    for (size_t i = 0; i < *count; i++) {
        void *table;
        if (!SWIG_IsOK(SWIG_ConvertPtr(PyTuple_GetItem(tuple, (Py_ssize_t)i), &table,
                                       SWIGTYPE_p_poupa_attendance, SWIG_POINTER_NO_NULL))) {
            PyErr_SetString(PyExc_TypeError, "expected a tuple of tables");
            PyMem_Free(*out);
            *out = NULL;
            return false;
        }
        (*out)[i] = table;
    }
    return true;
}

/* -- Rollups ------------------------------------------------------------------ */

static PyObject *group_to_python(poupa_group group)
{
    return Py_BuildValue("(ii)", (int)group.key, (int)group.level);
}

static bool group_from_python(PyObject *object, poupa_group *out)
{
    int64_t key, level;
    if (!is_tuple_of(object, 2, "a group") ||
        !integer_from_python(PyTuple_GetItem(object, 0), "a group's key", INT32_MIN, INT32_MAX,
                             &key) ||
        !integer_from_python(PyTuple_GetItem(object, 1), "a group's level", INT32_MIN, INT32_MAX,
                             &level))
        return false;
    *out = (poupa_group){(poupa_group_key)key, (int32_t)level};
    return true;
}

static PyObject *groups_to_python(const poupa_group *groups, size_t count)
{
    PyObject *tuple = PyTuple_New((Py_ssize_t)count);
    for (size_t i = 0; tuple && i < count; i++) {
        if (!tuple_put(tuple, (Py_ssize_t)i, group_to_python(groups[i])))
            Py_CLEAR(tuple);
    }
    return tuple;
}

/* The options of a rollup with the memory that they point to. */
typedef struct rollup_plan {
    poupa_rollup_options options;
    poupa_group by[POUPA_GROUPS_MAX];
    poupa_rollup_filter filters[POUPA_GROUPS_MAX];
} rollup_plan;

static void plan_drop(rollup_plan *plan)
{
    for (size_t i = 0; i < plan->options.filter_count; i++)
        PyMem_Free((void *)(uintptr_t)plan->filters[i].values.items);
    plan->options.filter_count = 0;
}

static bool has_room(PyObject *tuple, const char *what)
{
    if (PyTuple_Check(tuple) && PyTuple_Size(tuple) <= POUPA_GROUPS_MAX)
        return true;
    PyErr_Format(PyExc_TypeError, "%s must be a tuple of at most %d", what, POUPA_GROUPS_MAX);
    return false;
}

static bool plan_lists(PyObject *by, PyObject *filters, rollup_plan *out)
{
    if (!has_room(by, "by") || !has_room(filters, "filters"))
        return false;
    for (Py_ssize_t i = 0; i < PyTuple_Size(by); i++, out->options.by_count++) {
        if (!group_from_python(PyTuple_GetItem(by, i), &out->by[i]))
            return false;
    }
    for (Py_ssize_t i = 0; i < PyTuple_Size(filters); i++, out->options.filter_count++) {
        PyObject *filter = PyTuple_GetItem(filters, i);
        if (!is_tuple_of(filter, 2, "a filter") ||
            !group_from_python(PyTuple_GetItem(filter, 0), &out->filters[i].group) ||
            !texts_from_python(PyTuple_GetItem(filter, 1), "a filter's values",
                               &out->filters[i].values))
            return false;
    }
    return true;
}

/* Fills a plan, which the caller drops, also where this fails. */
static bool plan_from_python(PyObject *object, rollup_plan *out)
{
    void *catalog = NULL;
    int64_t top;
    *out = (rollup_plan){.options.by_count = 0};
    if (!is_tuple_of(object, 5, "the options of a rollup") ||
        !plan_lists(PyTuple_GetItem(object, 0), PyTuple_GetItem(object, 1), out))
        return false;
    if (!SWIG_IsOK(
            SWIG_ConvertPtr(PyTuple_GetItem(object, 2), &catalog, SWIGTYPE_p_poupa_catalog, 0))) {
        PyErr_SetString(PyExc_TypeError, "catalog must be a catalogue or None");
        return false;
    }
    int counts_only = PyObject_IsTrue(PyTuple_GetItem(object, 3));
    if (counts_only < 0 ||
        !integer_from_python(PyTuple_GetItem(object, 4), "top", 0, INT64_MAX, &top))
        return false;
    out->options.by = out->by;
    out->options.filters = out->filters;
    out->options.catalog = catalog;
    out->options.counts_only = counts_only;
    out->options.top = (size_t)top;
    return true;
}

static PyObject *row_to_python(const poupa_rollup_row *row)
{
    if (row == NULL)
        return Py_NewRef(Py_None);
    return Py_BuildValue("(NNNKLNNNN)", texts_to_python(row->keys, row->key_count),
                         period_to_python(row->period), PyBool_FromLong(row->wider),
                         (unsigned long long)row->rows, (long long)row->count,
                         optional_to_python(row->wait_s), optional_to_python(row->service_s),
                         period_to_python(row->first), period_to_python(row->last));
}

static PyObject *tally_to_python(poupa_rollup_tally tally)
{
    return Py_BuildValue("(KKKKKn)", (unsigned long long)tally.rows,
                         (unsigned long long)tally.kept, (unsigned long long)tally.filtered,
                         (unsigned long long)tally.cut, (unsigned long long)tally.wider,
                         (Py_ssize_t)tally.groups);
}

static bool metrics_from_python(PyObject *object, poupa_rollup_metrics *out)
{
    return is_tuple_of(object, 5, "metrics") &&
           text_or_none_from_python(PyTuple_GetItem(object, 0), "indicator",
                                    &out->indicator_id) &&
           text_or_none_from_python(PyTuple_GetItem(object, 1), "wait indicator",
                                    &out->wait_indicator_id) &&
           text_or_none_from_python(PyTuple_GetItem(object, 2), "service indicator",
                                    &out->service_indicator_id) &&
           text_or_none_from_python(PyTuple_GetItem(object, 3), "prefix", &out->prefix) &&
           text_or_none_from_python(PyTuple_GetItem(object, 4), "source", &out->source_id);
}

#endif
