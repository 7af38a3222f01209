/*
 * model.h - the typed model: who offers what, where, through which channel, and what was
 * published about it.
 *
 * Entities are plain structs. To put one in a catalogue, fill the members that matter
 * and leave the rest zero; the catalogue copies it:
 *
 *     poupa_channel portal = {.id = "portal", .name = "Portal",
 *                             .type = {POUPA_CHANNEL_PORTAL, NULL}};
 *     status = poupa_channel_add(catalog, &portal, &err);
 *
 * What comes out of a catalogue (see catalog.h) is a const pointer to its own copy, in
 * which absent texts are "", absent words have their default, and absent lists are empty.
 */
#ifndef POUPA_MODEL_H
#define POUPA_MODEL_H

#include "base.h"

#ifdef __cplusplus
extern "C" {
#endif

/* -- Words --------------------------------------------------------------- */

/**
 * A word of a vocabulary: its code, and the word as it is written. A code of 0 with a
 * text is a word that the vocabulary does not list, which only open vocabularies
 * allow; 0 without a text is no word. To build one, give the code alone, or a text
 * alone: the catalogue completes it.
 */
typedef struct poupa_word {
    int32_t code;
    const char *text;
} poupa_word;

/** A list of words. */
typedef struct poupa_words {
    const poupa_word *items;
    size_t count;
} poupa_words;

/* area.type, open */
enum {
    POUPA_AREA_COUNTRY = 1,
    POUPA_AREA_STATE,
    POUPA_AREA_REGION,
    POUPA_AREA_MUNICIPALITY,
    POUPA_AREA_DISTRICT
};

/* channel.type, open */
enum {
    POUPA_CHANNEL_PORTAL = 1,
    POUPA_CHANNEL_APP,
    POUPA_CHANNEL_KIOSK,
    POUPA_CHANNEL_IN_PERSON,
    POUPA_CHANNEL_MOBILE_UNIT,
    POUPA_CHANNEL_PHONE,
    POUPA_CHANNEL_CHAT,
    POUPA_CHANNEL_EMAIL,
    POUPA_CHANNEL_POSTAL,
    POUPA_CHANNEL_SMS
};

/* unit.type */
enum { POUPA_UNIT_FIXED = 1, POUPA_UNIT_MOBILE };

/* unit.status */
enum {
    POUPA_UNIT_PLANNED = 1,
    POUPA_UNIT_OPEN,
    POUPA_UNIT_LIMITED,
    POUPA_UNIT_TEMPORARILY_CLOSED,
    POUPA_UNIT_CLOSED
};

/* service.status, after Open Referral HSDS 3 */
enum {
    POUPA_SERVICE_ACTIVE = 1,
    POUPA_SERVICE_INACTIVE,
    POUPA_SERVICE_DEFUNCT,
    POUPA_SERVICE_TEMPORARILY_CLOSED
};

/* offering.booking */
enum { POUPA_BOOKING_NONE = 1, POUPA_BOOKING_OPTIONAL, POUPA_BOOKING_REQUIRED };

/* offering.access_rules, open */
enum {
    POUPA_ACCESS_FACE_MASK = 1,
    POUPA_ACCESS_TEMPERATURE_CHECK,
    POUPA_ACCESS_HAND_SANITIZER,
    POUPA_ACCESS_SHOE_SANITIZING_MAT
};

enum {                           /* indicator.measure */
       POUPA_MEASURE_FLOW = 1,   /**< counted over a period: attendances in a month */
       POUPA_MEASURE_STOCK,      /**< counted at the end of a period: services on offer */
       POUPA_MEASURE_CUMULATIVE, /**< a running total: attendances since the beginning */
       POUPA_MEASURE_MEAN,
       POUPA_MEASURE_MINIMUM,
       POUPA_MEASURE_MAXIMUM,
       POUPA_MEASURE_SHARE
};

/* indicator.unit, open */
enum {
    POUPA_UNIT_OF_COUNT = 1,
    POUPA_UNIT_OF_SECONDS,
    POUPA_UNIT_OF_MINUTES,
    POUPA_UNIT_OF_PERCENT,
    POUPA_UNIT_OF_YEARS,
    POUPA_UNIT_OF_BRL
};

/* qualifier: how a value was said; see poupa_published_interval */
enum {
    POUPA_QUALIFIER_EXACT = 1,
    POUPA_QUALIFIER_ABOUT,    /**< cerca de */
    POUPA_QUALIFIER_OVER,     /**< mais de */
    POUPA_QUALIFIER_ALMOST,   /**< quase */
    POUPA_QUALIFIER_AT_LEAST, /**< no mínimo */
    POUPA_QUALIFIER_AT_MOST   /**< até */
};

enum {                       /* metric.status: SDMX code list CL_OBS_STATUS, version 2.3 */
       POUPA_OBS_NORMAL = 1, /**< A */
       POUPA_OBS_BREAK,      /**< B, time series break */
       POUPA_OBS_DEFINITION_DIFFERS, /**< D */
       POUPA_OBS_ESTIMATED,          /**< E */
       POUPA_OBS_FORECAST,           /**< F */
       POUPA_OBS_EXPERIMENTAL,       /**< G */
       POUPA_OBS_HOLIDAY,            /**< H, missing: holiday or weekend */
       POUPA_OBS_IMPUTED,            /**< I */
       POUPA_OBS_DEROGATION,         /**< J */
       POUPA_OBS_INCLUDED_ELSEWHERE, /**< K, data included in another category */
       POUPA_OBS_NOT_COLLECTED,      /**< L, missing: data exist but were not collected */
       POUPA_OBS_CANNOT_EXIST,       /**< M, missing: data cannot exist */
       POUPA_OBS_NOT_SIGNIFICANT,    /**< N */
       POUPA_OBS_MISSING,            /**< O */
       POUPA_OBS_PROVISIONAL,        /**< P */
       POUPA_OBS_SUPPRESSED,         /**< Q, missing: suppressed */
       POUPA_OBS_SPECIAL_EVENT,      /**< S, strike and other special events */
       POUPA_OBS_LOW_RELIABILITY,    /**< U */
       POUPA_OBS_UNVALIDATED,        /**< V */
       POUPA_OBS_INCLUDES_OTHER      /**< W, includes data from another category */
};

enum {                         /* claim.kind */
       POUPA_CLAIM_SUM = 1,    /**< left adds up to right */
       POUPA_CLAIM_SHARE,      /**< left as a part of right, in percent */
       POUPA_CLAIM_RATIO,      /**< left / right */
       POUPA_CLAIM_GROWTH,     /**< left / right - 1, in percent */
       POUPA_CLAIM_DIFFERENCE, /**< left - right */
       POUPA_CLAIM_MEAN,       /**< left / right: a total over the number that shares it */
       POUPA_CLAIM_GREATER     /**< left > right */
};

/* -- Entities ------------------------------------------------------------ */

/** The kinds of entity, in the order of their arrays in a document. */
typedef enum poupa_kind {
    POUPA_KIND_SOURCE,
    POUPA_KIND_AREA,
    POUPA_KIND_ORGANIZATION,
    POUPA_KIND_PROGRAM,
    POUPA_KIND_CHANNEL,
    POUPA_KIND_UNIT,
    POUPA_KIND_SERVICE,
    POUPA_KIND_OFFERING,
    POUPA_KIND_INDICATOR,
    POUPA_KIND_METRIC,
    POUPA_KIND_TARGET,
    POUPA_KIND_CLAIM
} poupa_kind;

#define POUPA_KIND_COUNT 12

/** A member that the format does not name, kept as it was read. */
typedef struct poupa_member {
    const char *name;
    const char *json; /**< its value as compact JSON text */
} poupa_member;

/** The members that the format does not name, in their order. */
typedef struct poupa_members {
    const poupa_member *items;
    size_t count;
} poupa_members;

/** Where something was published. */
typedef struct poupa_source {
    const char *id;
    const char *title;
    const char *publisher;
    poupa_date published;
    const char *url;
    const char *note;
    poupa_members extra;
} poupa_source;

/** A part of the territory. */
typedef struct poupa_area {
    const char *id;
    poupa_word type; /**< POUPA_AREA_…, open */
    const char *name;
    const char *code; /**< IBGE's, 7 digits for a municipality */
    const char *parent_id;
    const char *note;
    poupa_members extra;
} poupa_area;

/** A body that is responsible for services or programmes (órgão, fundação). */
typedef struct poupa_organization {
    const char *id;
    const char *name;
    const char *short_name;
    const char *description;
    const char *url;
    const char *parent_id;
    const char *note;
    poupa_members extra;
} poupa_organization;

/** A programme under which services are offered: Poupatempo. */
typedef struct poupa_program {
    const char *id;
    const char *name;
    const char *operator_id; /**< an organization */
    const char *area_id;
    const char *url;
    poupa_date started;
    const char *note;
    poupa_members extra;
} poupa_program;

/** A way to reach services (canal). */
typedef struct poupa_channel {
    const char *id;
    poupa_word type; /**< POUPA_CHANNEL_…, open */
    const char *name;
    const char *url;
    const char *note;
    poupa_members extra;
} poupa_channel;

/** A place where people are served (posto, unidade). */
typedef struct poupa_unit {
    const char *id;
    const char *name;
    poupa_word type; /**< POUPA_UNIT_FIXED by default */
    const char *area_id;
    const char *address;
    const char *postal_code;
    poupa_optional latitude;  /**< degrees north, WGS 84, -90 to 90 */
    poupa_optional longitude; /**< degrees east, WGS 84, -180 to 180 */
    poupa_word status;        /**< POUPA_UNIT_OPEN by default */
    poupa_date opened;
    const char *note;
    poupa_members extra;
} poupa_unit;

/** What an organization does for people (serviço). */
typedef struct poupa_service {
    const char *id;
    const char *name;
    const char *organization_id;
    const char *program_id;
    poupa_word status; /**< POUPA_SERVICE_ACTIVE by default */
    const char *description;
    poupa_texts alternate_names;
    poupa_texts keywords;
    poupa_texts required_documents;
    const char *url;
    poupa_date digital_since;
    const char *note;
    poupa_members extra;
} poupa_service;

/** A service offered through a channel, at units where the channel has places. */
typedef struct poupa_offering {
    const char *id;
    const char *service_id;
    const char *channel_id;
    poupa_texts unit_ids; /**< only for in_person, kiosk and mobile_unit */
    poupa_word booking;   /**< POUPA_BOOKING_NONE by default */
    poupa_words access_rules;
    poupa_date valid_from;
    poupa_date valid_to;
    const char *note;
    poupa_members extra;
} poupa_offering;

/** What a metric measures. */
typedef struct poupa_indicator {
    const char *id;
    const char *name;
    poupa_word measure; /**< POUPA_MEASURE_… */
    poupa_word unit;    /**< POUPA_UNIT_OF_…, open; count by default */
    const char *description;
    const char *note;
    poupa_members extra;
} poupa_indicator;

/** What a figure is about; absent members do not restrict it. */
typedef struct poupa_dimensions {
    const char *program_id;
    const char *organization_id;
    const char *service_id;
    const char *area_id;
    poupa_texts channel_ids;
    poupa_texts unit_ids;
} poupa_dimensions;

/** A figure as it was published. */
typedef struct poupa_metric {
    const char *id;
    const char *indicator_id;
    double value;
    poupa_period period;
    poupa_word qualifier; /**< POUPA_QUALIFIER_EXACT by default */
    double resolution;    /**< unit of the last stated digit, 1000 for "12 mil"; 0: none */
    poupa_word status;    /**< POUPA_OBS_NORMAL by default */
    poupa_dimensions dimensions;
    const char *source_id;
    const char *quote; /**< the words of the source */
    const char *note;
    poupa_members extra;
} poupa_metric;

/** A figure that is promised for a date (meta). */
typedef struct poupa_target {
    const char *id;
    const char *indicator_id;
    double value;
    poupa_date due;
    poupa_word qualifier;
    double resolution;
    const char *baseline_id; /**< a metric */
    poupa_dimensions dimensions;
    const char *source_id;
    const char *quote;
    const char *note;
    poupa_members extra;
} poupa_target;

/** What a source says of figures, to be recomputed and judged. */
typedef struct poupa_claim {
    const char *id;
    poupa_word kind;   /**< POUPA_CLAIM_… */
    poupa_texts left;  /**< metrics, added up */
    poupa_texts right; /**< metrics, added up */
    poupa_optional stated;
    poupa_word qualifier;
    double resolution;
    const char *source_id;
    const char *quote;
    const char *note;
    poupa_members extra;
} poupa_claim;

/* -- The field table ----------------------------------------------------- */

/** How a member is stored in its struct and written in a document. */
typedef enum poupa_field_type {
    POUPA_FIELD_ID,      /**< const char *: the entity's own id */
    POUPA_FIELD_TEXT,    /**< const char * */
    POUPA_FIELD_TEXTS,   /**< poupa_texts */
    POUPA_FIELD_REF,     /**< const char *: an id of `target` */
    POUPA_FIELD_REFS,    /**< poupa_texts: ids of `target`, at least one, no repeats */
    POUPA_FIELD_WORD,    /**< poupa_word of `vocabulary` */
    POUPA_FIELD_WORDS,   /**< poupa_words of `vocabulary` */
    POUPA_FIELD_DATE,    /**< poupa_date */
    POUPA_FIELD_PERIOD,  /**< poupa_period */
    POUPA_FIELD_NUMBER,  /**< double */
    POUPA_FIELD_OPTIONAL /**< poupa_optional */
} poupa_field_type;

/** The words that a member may have. */
typedef struct poupa_vocabulary {
    const char *name;
    const char *const *words;    /**< words[i] has the code i + 1 */
    const char *const *meanings; /**< what words[i] means, in English */
    size_t count;
    bool open;            /**< whether other words are allowed and kept */
    int32_t default_code; /**< the code an absent word has; 0 for none */
} poupa_vocabulary;

/** One member of a kind of entity: the one place where it is declared. */
typedef struct poupa_field {
    const char *name;
    poupa_field_type type;
    bool required;
    size_t offset;                      /**< in the entity's struct */
    poupa_kind target;                  /**< of a REF or REFS */
    const poupa_vocabulary *vocabulary; /**< of a WORD or WORDS, else NULL */
    const char *meaning;                /**< in English, one sentence */
} poupa_field;

/** A kind's fields in the order in which they are written; NULL and 0 for no kind. */
POUPA_API const poupa_field *poupa_kind_fields(poupa_kind kind, size_t *count);

/** The word for one entity of a kind, "service"; "" for no kind. */
POUPA_API const char *poupa_kind_name(poupa_kind kind);

/** The name of a kind's array in a document, "services"; "" for no kind. */
POUPA_API const char *poupa_kind_plural(poupa_kind kind);

/** What an entity of the kind is, in English, one sentence; "" for no kind. */
POUPA_API const char *poupa_kind_meaning(poupa_kind kind);

/** Finds a kind by its name or plural; false where there is none. */
POUPA_API bool poupa_kind_find(const char *name, poupa_kind *out);

/** The code of a word in a vocabulary, 0 where it is not listed. */
POUPA_API int32_t poupa_vocabulary_find(const poupa_vocabulary *vocabulary, const char *word);

/* -- What follows from a channel's type ------------------------------------ */

/** Whether a channel is digital: portal, app, kiosk, chat, email or sms. */
POUPA_API bool poupa_channel_is_digital(const poupa_channel *channel);

/** Whether a channel has places (in_person, kiosk, mobile_unit), so that offerings name units. */
POUPA_API bool poupa_channel_has_units(const poupa_channel *channel);

/* -- Published values ---------------------------------------------------- */

/** A value with its bounds; low and high may be infinite. value may be NaN: unknown. */
typedef struct poupa_interval {
    double value;
    double low;
    double high;
} poupa_interval;

/**
 * The interval that a published value stands for. With r the resolution: exact
 * [v - r/2, v + r/2]; about [v - r, v + r]; over [v, v + r], open above when r is 0;
 * almost [v - r, v], open below when r is 0; at_least [v, inf); at_most (-inf, v].
 * A code of 0 is exact; another that is no qualifier, a number that is not finite, or a
 * resolution below 0 gives NaN and no bounds.
 */
POUPA_API poupa_interval poupa_published_interval(double value, int32_t qualifier,
                                                  double resolution);

POUPA_API poupa_interval poupa_metric_interval(const poupa_metric *metric);
POUPA_API poupa_interval poupa_target_interval(const poupa_target *target);
/** What a claim states; NaN with infinite bounds where it states nothing. */
POUPA_API poupa_interval poupa_claim_interval(const poupa_claim *claim);

#ifdef __cplusplus
}
#endif

#endif
