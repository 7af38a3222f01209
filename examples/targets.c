/* targets.c - how far the targets of a catalogue are, and whether its claims hold. */
#include <poupa/poupa.h>
#include <stdio.h>

/* A number that is not negative, rounded to tenths. */
static const char *tenths(double number, char out[POUPA_NUMBER_SIZE])
{
    poupa_number_print((double)(long long)(10 * number + 0.5) / 10, out);
    return out;
}

static poupa_status print_target(const poupa_catalog *catalog, const poupa_target *target,
                                 poupa_error *err)
{
    poupa_progress progress;
    poupa_date today = {0}; /* no date: that of the latest figure */
    poupa_status status = poupa_target_progress(catalog, target, today, &progress, err);
    if (status != POUPA_OK)
        return status;
    char due[POUPA_DATE_SIZE], as_of[POUPA_DATE_SIZE];
    char value[POUPA_NUMBER_SIZE], text[4][POUPA_NUMBER_SIZE];
    poupa_date_print(target->due, due);
    poupa_date_print(progress.as_of, as_of);
    poupa_number_print(target->value, value);
    printf("%s by %s: %s\n", value, due, poupa_target_state_name(progress.state));
    if (progress.metric == NULL)
        return POUPA_OK;
    printf("  %s on %s, which is %s %%\n", tenths(progress.actual.value, text[0]), as_of,
           tenths(progress.share.value, text[1]));
    if (progress.months_left > 0)
        printf("  %s a month are needed in the %s months that are left\n",
               tenths(progress.pace_needed, text[2]), tenths(progress.months_left, text[3]));
    return POUPA_OK;
}

static poupa_status print_claim(const poupa_catalog *catalog, const poupa_claim *claim,
                                poupa_error *err)
{
    poupa_judgement judgement;
    poupa_status status = poupa_claim_judge(catalog, claim, &judgement, err);
    if (status != POUPA_OK)
        return status;
    printf("%s: %s\n", poupa_verdict_name(judgement.verdict), claim->quote);
    for (size_t i = 0; i < judgement.warning_count; i++)
        printf("  but mind: %s\n", judgement.warnings[i]->title);
    return POUPA_OK;
}

static poupa_status print_all(const poupa_catalog *catalog, poupa_error *err)
{
    poupa_status status = POUPA_OK;
    for (size_t i = 0; status == POUPA_OK && i < poupa_target_count(catalog); i++)
        status = print_target(catalog, poupa_target_at(catalog, i), err);
    for (size_t i = 0; status == POUPA_OK && i < poupa_claim_count(catalog); i++)
        status = print_claim(catalog, poupa_claim_at(catalog, i), err);
    return status;
}

int main(int argc, char **argv)
{
    const char *path = argc > 1 ? argv[1] : "examples/data/poupatempo-2021.json";
    poupa_catalog *catalog = NULL;
    poupa_error err;
    poupa_status status = poupa_catalog_read_file(path, NULL, &catalog, &err);
    if (status == POUPA_OK)
        status = print_all(catalog, &err);
    if (status != POUPA_OK)
        fprintf(stderr, "%s: %s\n", path, err.message);
    poupa_catalog_release(catalog);
    return status == POUPA_OK ? 0 : 1;
}
