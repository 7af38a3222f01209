/* generate.c - a large catalogue, the same in every run, as a state might publish it. */
#include "generate.h"

#include <stdio.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* Texts of one entity: the catalogue copies them before the next is made. */
enum { NAME = 64, TEXT = 256 };

static const char *const towns[] = {"Bauru",       "Campinas", "Fernandópolis", "Itaquera",
                                    "Mauá",        "Mogi",     "Penápolis",     "Santo Amaro",
                                    "Santos",      "Sé",       "Registro",      "Ubatuba",
                                    "São Vicente", "Jundiaí",  "Avaré"};
static const char *const streets[] = {"Rua do Carmo", "Avenida Brigadeiro Faria Lima",
                                      "Rua Sete de Setembro", "Praça da República",
                                      "Avenida São João"};
static const char *const things[] = {"Carteira de Identidade",   "Carteira de Habilitação",
                                     "Certidão de Nascimento",   "Seguro-Desemprego",
                                     "Licenciamento de Veículo", "Reclamação de Consumo",
                                     "Atestado de Antecedentes"};
static const char *const acts[] = {"1ª via",   "2ª via",       "renovação",
                                   "consulta", "cancelamento", "transferência"};
static const char *const months[] = {"janeiro",  "fevereiro", "março",    "abril",
                                     "maio",     "junho",     "julho",    "agosto",
                                     "setembro", "outubro",   "novembro", "dezembro"};

/* -- The frame ----------------------------------------------------------- */

static bool good(poupa_status status)
{
    return status == POUPA_OK;
}

static bool add_frame(poupa_catalog *catalog)
{
    poupa_source source = {.id = "balanco-2021",
                           .title = "Balanço de atendimentos",
                           .publisher = "Governo do Estado",
                           .published = {2022, 2, 1}};
    poupa_area state = {
        .id = "sp", .type = {POUPA_AREA_STATE, NULL}, .name = "São Paulo", .code = "35"};
    poupa_program program = {
        .id = "poupatempo", .name = "Poupatempo", .area_id = "sp", .started = {1997, 10, 0}};
    poupa_channel portal = {
        .id = "portal", .type = {POUPA_CHANNEL_PORTAL, NULL}, .name = "Portal"};
    poupa_channel in_person = {
        .id = "presencial", .type = {POUPA_CHANNEL_IN_PERSON, NULL}, .name = "Presencial"};
    poupa_indicator attendances = {
        .id = "atendimentos", .name = "Atendimentos", .measure = {POUPA_MEASURE_FLOW, NULL}};
    poupa_indicator waiting = {.id = "espera",
                               .name = "Tempo de espera",
                               .measure = {POUPA_MEASURE_MEAN, NULL},
                               .unit = {POUPA_UNIT_OF_MINUTES, NULL}};
    return good(poupa_source_add(catalog, &source, NULL)) &&
           good(poupa_area_add(catalog, &state, NULL)) &&
           good(poupa_program_add(catalog, &program, NULL)) &&
           good(poupa_channel_add(catalog, &portal, NULL)) &&
           good(poupa_channel_add(catalog, &in_person, NULL)) &&
           good(poupa_indicator_add(catalog, &attendances, NULL)) &&
           good(poupa_indicator_add(catalog, &waiting, NULL));
}

/* IBGE's check digit: weights 1 and 2 by turns, the digits of the products added up. */
static unsigned check_digit(unsigned code)
{
    unsigned sum = 0;
    for (unsigned place = 0; place < 6; place++, code /= 10) {
        unsigned product = code % 10 * (place % 2 ? 1 : 2);
        sum += product / 10 + product % 10;
    }
    return (10 - sum % 10) % 10;
}

/* One area for every four units. */
static size_t area_count(generated_sizes sizes)
{
    return sizes.units / 4 + 1;
}

static bool add_area(poupa_catalog *catalog, size_t i)
{
    char id[TEXT], name[TEXT], code[TEXT];
    unsigned number = 350000 + (unsigned)(i % 10000);
    snprintf(id, sizeof id, "municipio-%zu", i);
    snprintf(name, sizeof name, "%s %zu", towns[i % COUNT(towns)], i);
    snprintf(code, sizeof code, "%u%u", number, check_digit(number));
    poupa_area area = {.id = id,
                       .type = {POUPA_AREA_MUNICIPALITY, NULL},
                       .name = name,
                       .code = i < 10000 ? code : NULL,
                       .parent_id = "sp"};
    return good(poupa_area_add(catalog, &area, NULL));
}

static bool add_organization(poupa_catalog *catalog, size_t i)
{
    char id[TEXT], name[TEXT], url[TEXT];
    snprintf(id, sizeof id, "orgao-%zu", i);
    snprintf(name, sizeof name, "Fundação %s %zu", towns[i % COUNT(towns)], i);
    snprintf(url, sizeof url, "https://orgao-%zu.sp.gov.br", i);
    poupa_organization organization = {
        .id = id, .name = name, .url = url, .description = "Responsável por serviços do Estado."};
    return good(poupa_organization_add(catalog, &organization, NULL));
}

/* -- Units, services and offerings --------------------------------------- */

static bool add_unit(poupa_catalog *catalog, generated_sizes sizes, size_t i)
{
    char id[TEXT], name[TEXT], area[TEXT], address[TEXT], code[TEXT];
    snprintf(id, sizeof id, "unidade-%zu", i);
    snprintf(name, sizeof name, "Poupatempo %s %zu", towns[i % COUNT(towns)], i);
    snprintf(area, sizeof area, "municipio-%zu", i % area_count(sizes));
    snprintf(address, sizeof address, "%s, %zu", streets[i % COUNT(streets)], i % 2000 + 1);
    snprintf(code, sizeof code, "%05zu-%03zu", 1000 + i % 18999, i % 1000);
    poupa_unit unit = {.id = id,
                       .name = name,
                       .area_id = area,
                       .address = address,
                       .postal_code = code,
                       .latitude = POUPA_SOME(-(double)(200000 + i * 37 % 50000) / 10000),
                       .longitude = POUPA_SOME(-(double)(450000 + i * 53 % 80000) / 10000),
                       .status = {i % 9 ? POUPA_UNIT_OPEN : POUPA_UNIT_LIMITED, NULL},
                       .opened = {(int16_t)(1997 + i % 24), (uint8_t)(i % 12 + 1), 0}};
    return good(poupa_unit_add(catalog, &unit, NULL));
}

static bool add_service(poupa_catalog *catalog, size_t i)
{
    char id[TEXT], name[TEXT], organization[TEXT], description[TEXT], other[TEXT], url[TEXT];
    const char *thing = things[i % COUNT(things)], *act = acts[i % COUNT(acts)];
    snprintf(id, sizeof id, "servico-%zu", i);
    snprintf(name, sizeof name, "%s: %s (%zu)", thing, act, i);
    snprintf(organization, sizeof organization, "orgao-%zu", i % 50);
    snprintf(description, sizeof description,
             "Pedido de %s de %s, com entrega na unidade ou pelo correio.", act, thing);
    snprintf(other, sizeof other, "%s %zu", thing, i);
    snprintf(url, sizeof url, "https://www.poupatempo.sp.gov.br/servicos/%zu", i);
    poupa_service service = {.id = id,
                             .name = name,
                             .organization_id = organization,
                             .program_id = "poupatempo",
                             .description = description,
                             .alternate_names = POUPA_TEXTS(other),
                             .keywords = POUPA_TEXTS(thing, act),
                             .required_documents = POUPA_TEXTS("RG", "CPF", "Foto 3x4"),
                             .url = url,
                             .digital_since = {2020, 3, 0}};
    return good(poupa_service_add(catalog, &service, NULL));
}

/* Each service online, and at three units; together the services use all units. */
static bool add_offerings(poupa_catalog *catalog, generated_sizes sizes, size_t i)
{
    char id[TEXT], service[TEXT], units[3][TEXT];
    snprintf(service, sizeof service, "servico-%zu", i);
    snprintf(id, sizeof id, "servico-%zu.portal", i);
    poupa_offering online = {.id = id, .service_id = service, .channel_id = "portal"};
    if (!good(poupa_offering_add(catalog, &online, NULL)))
        return false;
    for (size_t k = 0; k < 3; k++)
        snprintf(units[k], TEXT, "unidade-%zu", (i * 3 + k) % sizes.units);
    snprintf(id, sizeof id, "servico-%zu.presencial", i);
    const poupa_word rules[] = {{POUPA_ACCESS_FACE_MASK, NULL},
                                {POUPA_ACCESS_HAND_SANITIZER, NULL}};
    poupa_offering at_units = {.id = id,
                               .service_id = service,
                               .channel_id = "presencial",
                               .unit_ids = POUPA_TEXTS(units[0], units[1], units[2]),
                               .booking = {POUPA_BOOKING_REQUIRED, NULL},
                               .access_rules = {rules, COUNT(rules)},
                               .valid_from = {2021, 1, 4}};
    return good(poupa_offering_add(catalog, &at_units, NULL));
}

/* -- Metrics ------------------------------------------------------------- */

/* Attendances and waiting times of units by month, by turns. */
static bool add_metric(poupa_catalog *catalog, generated_sizes sizes, size_t i)
{
    char id[TEXT], unit[NAME], quote[TEXT], period[NAME];
    size_t of_unit = i / 2 % sizes.units, month = i / 2 / sizes.units % 12;
    size_t year = 2021 - i / 2 / sizes.units / 12;
    bool waiting = i % 2;
    snprintf(unit, sizeof unit, "unidade-%zu", of_unit);
    snprintf(period, sizeof period, "%04zu-%02zu", year, month + 1);
    snprintf(id, sizeof id, "%s.%s.%s", waiting ? "espera" : "atendimentos", period, unit);
    double value = waiting ? (double)(i % 450 + 25) / 10 : (double)(i * 7919 % 90 + 10) * 100;
    snprintf(quote, sizeof quote, "cerca de %.*f %s em %s de %zu", waiting, value,
             waiting ? "minutos" : "atendimentos", months[month], year);
    poupa_metric metric = {.id = id,
                           .indicator_id = waiting ? "espera" : "atendimentos",
                           .value = value,
                           .qualifier = {POUPA_QUALIFIER_ABOUT, NULL},
                           .resolution = waiting ? 0.1 : 100,
                           .dimensions = {.program_id = "poupatempo",
                                          .channel_ids = POUPA_TEXTS("presencial"),
                                          .unit_ids = POUPA_TEXTS(unit)},
                           .source_id = "balanco-2021",
                           .quote = quote};
    return good(poupa_period_parse(period, 7, &metric.period, NULL)) &&
           good(poupa_metric_add(catalog, &metric, NULL));
}

poupa_catalog *generate_catalog(generated_sizes sizes)
{
    poupa_catalog *catalog;
    if (!good(poupa_catalog_new(NULL, &catalog, NULL)))
        return NULL;
    bool done = add_frame(catalog);
    for (size_t i = 0; i < area_count(sizes) && done; i++)
        done = add_area(catalog, i);
    for (size_t i = 0; i < 50 && done; i++)
        done = add_organization(catalog, i);
    for (size_t i = 0; i < sizes.units && done; i++)
        done = add_unit(catalog, sizes, i);
    for (size_t i = 0; i < sizes.services && done; i++)
        done = add_service(catalog, i) && add_offerings(catalog, sizes, i);
    for (size_t i = 0; i < sizes.metrics && done; i++)
        done = add_metric(catalog, sizes, i);
    if (done)
        return catalog;
    poupa_catalog_release(catalog);
    return NULL;
}
