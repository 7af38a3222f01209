/* kiosk.c - what can be done at a unit, and what it takes to be let in. */
#include <poupa/poupa.h>
#include <stdio.h>
#include <string.h>

/* What a word of an offering means, in English; a word of one's own is its own meaning. */
static const char *meaning(const char *member, poupa_word word)
{
    size_t count;
    const poupa_field *fields = poupa_kind_fields(POUPA_KIND_OFFERING, &count);
    for (size_t i = 0; i < count; i++)
        if (word.code && strcmp(fields[i].name, member) == 0)
            return fields[i].vocabulary->meanings[word.code - 1];
    return word.text;
}

static void print_offering(const poupa_catalog *catalog, const poupa_offering *offering)
{
    const poupa_channel *channel = poupa_channel_find(catalog, offering->channel_id);
    printf("  %s: %s\n", channel->name, meaning("booking", offering->booking));
    for (size_t i = 0; i < offering->access_rules.count; i++)
        printf("    %s\n", meaning("access_rules", offering->access_rules.items[i]));
}

/* Prints a service: what to bring, its offerings at the unit, and how to stay at home. */
static poupa_status print_service(const poupa_catalog *catalog, const poupa_service *service,
                                  const poupa_list *offerings, poupa_error *err)
{
    poupa_list channels;
    poupa_status status = poupa_service_channels(catalog, service->id, &channels, err);
    if (status != POUPA_OK)
        return status;
    printf("%s\n", service->name);
    for (size_t i = 0; i < offerings->count; i++) {
        const poupa_offering *offering = offerings->items[i];
        if (strcmp(offering->service_id, service->id) == 0)
            print_offering(catalog, offering);
    }
    for (size_t i = 0; i < service->required_documents.count; i++)
        printf("  to bring: %s\n", service->required_documents.items[i]);
    if (service->required_documents.count == 0)
        printf("  to bring: no documents are listed\n");
    for (size_t i = 0; i < channels.count; i++) {
        const poupa_channel *channel = channels.items[i];
        if (poupa_channel_is_digital(channel))
            printf("  or instead: %s%s%s\n", channel->name, channel->url[0] ? ", " : "",
                   channel->url);
    }
    poupa_list_free(&channels);
    return POUPA_OK;
}

static poupa_status print_unit(const poupa_catalog *catalog, const char *id, poupa_error *err)
{
    poupa_list services = {0}, offerings = {0};
    poupa_status status = poupa_unit_services(catalog, id, &services, err);
    if (status == POUPA_OK)
        status = poupa_unit_offerings(catalog, id, &offerings, err);
    for (size_t i = 0; status == POUPA_OK && i < services.count; i++)
        status = print_service(catalog, services.items[i], &offerings, err);
    poupa_list_free(&offerings);
    poupa_list_free(&services);
    return status;
}

int main(int argc, char **argv)
{
    const char *id = argc > 1 ? argv[1] : "itaquera";
    const char *path = argc > 2 ? argv[2] : "examples/data/poupatempo-2021.json";
    poupa_catalog *catalog = NULL;
    poupa_error err;
    poupa_status status = poupa_catalog_read_file(path, NULL, &catalog, &err);
    if (status == POUPA_OK)
        status = print_unit(catalog, id, &err);
    if (status != POUPA_OK)
        fprintf(stderr, "%s\n", err.message);
    poupa_catalog_release(catalog);
    return status == POUPA_OK ? 0 : 1;
}
