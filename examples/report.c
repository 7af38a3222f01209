/* report.c - loads a catalogue and prints its figures, each as the interval it stands for. */
#include <poupa/poupa.h>
#include <stdio.h>

int main(int argc, char **argv)
{
    const char *path = argc > 1 ? argv[1] : "examples/data/poupatempo-2021.json";
    poupa_catalog *catalog;
    poupa_error err;
    if (poupa_catalog_read_file(path, NULL, &catalog, &err) != POUPA_OK) {
        if (err.line)
            fprintf(stderr, "%s:%zu:%zu: ", path, err.line, err.column);
        fprintf(stderr, "%s\n", err.message);
        return 1;
    }
    for (size_t i = 0; i < poupa_metric_count(catalog); i++) {
        const poupa_metric *metric = poupa_metric_at(catalog, i);
        poupa_interval interval = poupa_metric_interval(metric);
        char low[POUPA_NUMBER_SIZE], high[POUPA_NUMBER_SIZE], period[POUPA_PERIOD_SIZE];
        poupa_number_print(interval.low, low);
        poupa_number_print(interval.high, high);
        poupa_period_print(metric->period, period);
        printf("%-10s  %9s to %-9s  %s\n", period, low, high, metric->id);
    }
    poupa_catalog_release(catalog);
    return 0;
}
