/* build.c - builds a catalogue from nothing, saves it, and reads it back. */
#define _POSIX_C_SOURCE 200809L
#include <poupa/poupa.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static const poupa_organization procon = {.id = "procon-sp", .name = "Fundação Procon-SP"};

static const poupa_channel portal = {
    .id = "portal", .type = {POUPA_CHANNEL_PORTAL, NULL}, .name = "Portal"};

static const poupa_channel in_person = {
    .id = "presencial", .type = {POUPA_CHANNEL_IN_PERSON, NULL}, .name = "Presencial"};

static const poupa_unit santos = {.id = "santos", .name = "Santos"};

static const poupa_service complaint = {.id = "reclamacao",
                                        .name = "Registro de reclamação",
                                        .organization_id = "procon-sp",
                                        .required_documents = POUPA_TEXTS("RG", "CPF")};

static const poupa_offering at_home = {
    .id = "reclamacao.portal", .service_id = "reclamacao", .channel_id = "portal"};

static const poupa_offering at_santos = {.id = "reclamacao.santos",
                                         .service_id = "reclamacao",
                                         .channel_id = "presencial",
                                         .unit_ids = POUPA_TEXTS("santos"),
                                         .booking = {POUPA_BOOKING_REQUIRED, NULL}};

static bool build(poupa_catalog *catalog, poupa_error *err)
{
    return poupa_organization_add(catalog, &procon, err) == POUPA_OK &&
           poupa_channel_add(catalog, &portal, err) == POUPA_OK &&
           poupa_channel_add(catalog, &in_person, err) == POUPA_OK &&
           poupa_unit_add(catalog, &santos, err) == POUPA_OK &&
           poupa_service_add(catalog, &complaint, err) == POUPA_OK &&
           poupa_offering_add(catalog, &at_home, err) == POUPA_OK &&
           poupa_offering_add(catalog, &at_santos, err) == POUPA_OK;
}

static bool save_and_compare(const poupa_catalog *catalog, const char *path, poupa_error *err)
{
    poupa_write_options pretty = {.pretty = true};
    poupa_catalog *again;
    if (poupa_catalog_write_file(catalog, &pretty, path, err) != POUPA_OK ||
        poupa_catalog_read_file(path, NULL, &again, err) != POUPA_OK)
        return false;
    printf("%zu offerings of %s saved, %s when read back\n", poupa_offering_count(catalog),
           complaint.name, poupa_catalog_equal(catalog, again) ? "the same" : "different");
    poupa_catalog_release(again);
    return true;
}

int main(int argc, char **argv)
{
    char temporary[] = "/tmp/poupa-build-XXXXXX";
    int descriptor = argc > 1 ? -1 : mkstemp(temporary);
    if (argc < 2 && descriptor < 0) {
        perror(temporary);
        return 1;
    }
    poupa_catalog *catalog = NULL;
    poupa_error err;
    bool done = poupa_catalog_new(NULL, &catalog, &err) == POUPA_OK && build(catalog, &err) &&
                save_and_compare(catalog, argc > 1 ? argv[1] : temporary, &err);
    if (!done)
        fprintf(stderr, "%s\n", err.message);
    poupa_catalog_release(catalog);
    if (descriptor >= 0) {
        close(descriptor);
        unlink(temporary);
    }
    return done ? 0 : 1;
}
