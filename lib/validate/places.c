/* places.c - checks of positions and of codes of municipalities. */
#include <string.h>

#include "check.h"

/* -- Positions ----------------------------------------------------------- */

void poupa__check_globe(poupa__validation *run, const poupa__subject *subject)
{
    const poupa_unit *unit = (const poupa_unit *)subject->entity;
    const struct {
        const char *name;
        poupa_optional degrees;
        double limit;
    } coordinates[] = {{"latitude", unit->latitude, 90}, {"longitude", unit->longitude, 180}};

    for (size_t i = 0; i < 2; i++) {
        double degrees = coordinates[i].degrees.value;
        double limit = coordinates[i].limit;
        if (coordinates[i].degrees.present && (degrees < -limit || degrees > limit))
            poupa__report_add(run->report, POUPA__W3004_OFF_THE_GLOBE,
                              poupa__at(subject, coordinates[i].name),
                              "%s %s is off the globe: it lies between -%s and %s",
                              coordinates[i].name, poupa__shown_number(degrees).text,
                              poupa__shown_number(limit).text, poupa__shown_number(limit).text);
    }
}

void poupa__check_half_position(poupa__validation *run, const poupa__subject *subject)
{
    const poupa_unit *unit = (const poupa_unit *)subject->entity;
    if (unit->latitude.present == unit->longitude.present)
        return;
    const char *there = unit->latitude.present ? "latitude" : "longitude";
    const char *missing = unit->latitude.present ? "longitude" : "latitude";
    poupa__report_add(run->report, POUPA__W3005_HALF_A_POSITION, poupa__at(subject, there),
                      "%s without %s is no position: give both, or neither", there, missing);
}

/* -- Codes of municipalities --------------------------------------------- */

/* How far up parents are followed. Territories nest a few levels deep; the bound keeps
 * the check linear whatever the document says. */
#define LEVELS 64

static bool is_brazil(const poupa_area *country)
{
    static const char *const names[] = {"br",     "brasil", "brazil", "Brasil",
                                        "Brazil", "BR",     "BRA",    "076"};
    const char *const texts[] = {country->id, country->code, country->name};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        for (size_t j = 0; j < sizeof names / sizeof *names; j++)
            if (strcmp(texts[i], names[j]) == 0)
                return true;
    return false;
}

/* Whether the parents of an area lead to a country other than Brazil. */
static bool is_abroad(const poupa_area *area)
{
    for (int level = 0; area && level < LEVELS; level++) {
        if (area->type.code == POUPA_AREA_COUNTRY)
            return !is_brazil(area);
        area = (const poupa_area *)poupa__follow(area->parent_id);
    }
    return false;
}

/* Whether IBGE's rules apply to the area's code. */
static bool has_ibge_code(const poupa_area *area)
{
    return area->type.code == POUPA_AREA_MUNICIPALITY && area->code[0] && !is_abroad(area);
}

/* Whether a code is of that many digits and nothing else. */
static bool has_digits(const char *code, size_t count)
{
    return strspn(code, "0123456789") == count && code[count] == '\0';
}

static bool is_state(const char *code)
{
    /* IBGE, Tabela de Códigos de Municípios: the codes of the 27 states, as ranges. */
    static const unsigned char ranges[][2] = {{11, 17}, {21, 29}, {31, 33},
                                              {35, 35}, {41, 43}, {50, 53}};
    int state = (code[0] - '0') * 10 + (code[1] - '0');
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
        if (state >= ranges[i][0] && state <= ranges[i][1])
            return true;
    return false;
}

/* IBGE's check digit: weights 1 and 2 in turn, the digits of the products added up, and
 * the difference to the next ten. */
static char check_digit(const char *code)
{
    int sum = 0;
    for (int i = 0; i < 6; i++) {
        int product = (code[i] - '0') * (i % 2 + 1);
        sum += product / 10 + product % 10;
    }
    return (char)('0' + (10 - sum % 10) % 10);
}

void poupa__check_area_code(poupa__validation *run, const poupa__subject *subject)
{
    const poupa_area *area = (const poupa_area *)subject->entity;
    char shown[POUPA__SHOWN_SIZE];
    if (!has_ibge_code(area) || has_digits(area->code, 7))
        return;
    if (has_digits(area->code, 6))
        poupa__report_add(run->report, POUPA__W3006_AREA_CODE, poupa__at(subject, "code"),
                          "\"%s\" lacks the check digit of an IBGE code; did you mean \"%s%c\"?",
                          area->code, area->code, check_digit(area->code));
    else
        poupa__report_add(run->report, POUPA__W3006_AREA_CODE, poupa__at(subject, "code"),
                          "\"%s\" is not the IBGE code of a municipality: that has 7 digits",
                          poupa__shown(area->code, strlen(area->code), shown));
}

/* The municipalities whose official code has another check digit. */
static bool is_exception(const char *code)
{
    static const char *const codes[] = {"2201919", "2201988", "2202251", "2611533", "3117836",
                                        "3152131", "4305871", "5203939", "5203962"};
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        if (strcmp(code, codes[i]) == 0)
            return true;
    return false;
}

void poupa__check_check_digit(poupa__validation *run, const poupa__subject *subject)
{
    const poupa_area *area = (const poupa_area *)subject->entity;
    const char *code = area->code;
    if (!has_ibge_code(area) || !has_digits(code, 7))
        return;
    if (!is_state(code))
        poupa__report_add(run->report, POUPA__W3007_CHECK_DIGIT, poupa__at(subject, "code"),
                          "\"%s\" begins with %.2s, which is the IBGE code of no state", code,
                          code);
    else if (code[6] != check_digit(code) && !is_exception(code))
        poupa__report_add(run->report, POUPA__W3007_CHECK_DIGIT, poupa__at(subject, "code"),
                          "\"%s\" has the wrong check digit: %.6s is followed by %c", code, code,
                          check_digit(code));
}
