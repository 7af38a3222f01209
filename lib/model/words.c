/* words.c - the vocabularies: every word that a member may have, and what it means. */
#include "words.h"

#include <assert.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* Declares the vocabulary `name` from parallel lists of words and meanings. */
#define VOCABULARY(symbol, label, is_open, code)                                                 \
    static_assert(COUNT(symbol##_words) == COUNT(symbol##_meanings), "a meaning for each word"); \
    const poupa_vocabulary poupa__##symbol = {                                                   \
        .name = (label),                                                                         \
        .words = symbol##_words,                                                                 \
        .meanings = symbol##_meanings,                                                           \
        .count = COUNT(symbol##_words),                                                          \
        .open = (is_open),                                                                       \
        .default_code = (code),                                                                  \
    }

static const char *const area_types_words[] = {"country", "state", "region", "municipality",
                                               "district"};
static const char *const area_types_meanings[] = {
    "a country", "a state of a federation", "a part of a state with several municipalities",
    "a municipality (município)", "a part of a municipality"};
VOCABULARY(area_types, "type of area", true, 0);

static const char *const channel_types_words[] = {"portal",      "app",   "kiosk", "in_person",
                                                  "mobile_unit", "phone", "chat",  "email",
                                                  "postal",      "sms"};
static const char *const channel_types_meanings[] = {"a web site; digital",
                                                     "an application on a phone; digital",
                                                     "a self-service totem; digital",
                                                     "staff at a unit",
                                                     "staff at a unit that travels",
                                                     "a telephone line",
                                                     "a conversation in writing; digital",
                                                     "electronic mail; digital",
                                                     "letters",
                                                     "text messages; digital"};
VOCABULARY(channel_types, "type of channel", true, 0);

static const char *const unit_types_words[] = {"fixed", "mobile"};
static const char *const unit_types_meanings[] = {"stands in one place", "travels"};
VOCABULARY(unit_types, "type of unit", false, POUPA_UNIT_FIXED);

static const char *const unit_statuses_words[] = {"planned", "open", "limited",
                                                  "temporarily_closed", "closed"};
static const char *const unit_statuses_meanings[] = {"announced, not open yet", "open",
                                                     "open with a part of its services or hours",
                                                     "closed for some time", "closed for good"};
VOCABULARY(unit_statuses, "status of a unit", false, POUPA_UNIT_OPEN);

static const char *const service_statuses_words[] = {"active", "inactive", "defunct",
                                                     "temporarily_closed"};
static const char *const service_statuses_meanings[] = {
    "can be used", "exists, cannot be used now", "ended for good", "closed for some time"};
VOCABULARY(service_statuses, "status of a service", false, POUPA_SERVICE_ACTIVE);

static const char *const bookings_words[] = {"none", "optional", "required"};
static const char *const bookings_meanings[] = {
    "no appointment is made", "an appointment can be made", "an appointment must be made"};
VOCABULARY(bookings, "booking", false, POUPA_BOOKING_NONE);

static const char *const access_rules_words[] = {"face_mask", "temperature_check",
                                                 "hand_sanitizer", "shoe_sanitizing_mat"};
static const char *const access_rules_meanings[] = {
    "a face mask is worn", "body temperature is taken at the door",
    "hands are cleaned with alcohol gel", "shoes are cleaned on a sanitizing mat"};
VOCABULARY(access_rules, "access rule", true, 0);

static const char *const measures_words[] = {"flow",    "stock",   "cumulative", "mean",
                                             "minimum", "maximum", "share"};
static const char *const measures_meanings[] = {"counted over a period",
                                                "counted at the end of a period",
                                                "a running total since the beginning",
                                                "an average over a period",
                                                "the least over a period",
                                                "the most over a period",
                                                "a part of a whole"};
VOCABULARY(measures, "measure", false, 0);

static const char *const measure_units_words[] = {"count",   "seconds", "minutes",
                                                  "percent", "years",   "BRL"};
static const char *const measure_units_meanings[] = {
    "a number of things", "seconds", "minutes", "percent", "years", "Brazilian reais"};
VOCABULARY(measure_units, "unit of measure", true, POUPA_UNIT_OF_COUNT);

static const char *const qualifiers_words[] = {"exact",  "about",    "over",
                                               "almost", "at_least", "at_most"};
static const char *const qualifiers_meanings[] = {"the value, to the last stated digit",
                                                  "cerca de: one digit more or less",
                                                  "mais de: above it",
                                                  "quase: below it",
                                                  "no mínimo: it or more",
                                                  "até: it or less"};
VOCABULARY(qualifiers, "qualifier", false, POUPA_QUALIFIER_EXACT);

static const char *const observations_words[] = {"A", "B", "D", "E", "F", "G", "H",
                                                 "I", "J", "K", "L", "M", "N", "O",
                                                 "P", "Q", "S", "U", "V", "W"};
static const char *const observations_meanings[] = {"normal",
                                                    "time series break",
                                                    "definition differs",
                                                    "estimated",
                                                    "forecast",
                                                    "experimental",
                                                    "missing: holiday or weekend",
                                                    "imputed",
                                                    "derogation",
                                                    "included in another category",
                                                    "missing: data exist but were not collected",
                                                    "missing: data cannot exist",
                                                    "not significant",
                                                    "missing",
                                                    "provisional",
                                                    "missing: suppressed",
                                                    "strike or other special event",
                                                    "low reliability",
                                                    "not validated",
                                                    "includes another category"};
VOCABULARY(observations, "observation status", false, POUPA_OBS_NORMAL);

static const char *const claim_kinds_words[] = {"sum",        "share", "ratio",  "growth",
                                                "difference", "mean",  "greater"};
static const char *const claim_kinds_meanings[] = {"left adds up to right",
                                                   "left as a part of right, in percent",
                                                   "left / right",
                                                   "left / right - 1, in percent",
                                                   "left - right",
                                                   "left shared among right: left / right",
                                                   "left is greater than right"};
VOCABULARY(claim_kinds, "kind of claim", false, 0);

int32_t poupa_vocabulary_find(const poupa_vocabulary *vocabulary, const char *word)
{
    return word ? poupa__vocabulary_find(vocabulary, word, strlen(word)) : 0;
}

int32_t poupa__vocabulary_find(const poupa_vocabulary *vocabulary, const char *word, size_t size)
{
    for (size_t i = 0; vocabulary && i < vocabulary->count; i++) {
        const char *known = vocabulary->words[i];
        if (strncmp(known, word, size) == 0 && known[size] == '\0')
            return (int32_t)i + 1;
    }
    return 0;
}
