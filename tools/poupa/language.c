/* language.c - the words of the report: one table of texts, and lists of words. */
#include "language.h"

#include <string.h>

typedef const char *const translation[LANGUAGE_COUNT];

cli_language language_of(const char *word)
{
    return word && strcmp(word, "pt") == 0 ? LANGUAGE_PT : LANGUAGE_EN;
}

/* -- Texts --------------------------------------------------------------- */

static translation texts[TEXT_COUNT] = {
    [TEXT_TITLE] = {"Report on {0}", "Relatório de {0}"},
    [TEXT_PROGRAMS] = {"Programmes", "Programas"},
    [TEXT_ORGANIZATIONS] = {"Organizations", "Órgãos"},
    [TEXT_SERVICES] = {"Services", "Serviços"},
    [TEXT_FIGURES] = {"Published figures", "Números publicados"},
    [TEXT_DERIVED] = {"What follows from them", "O que decorre deles"},
    [TEXT_TARGETS] = {"Targets", "Metas"},
    [TEXT_CLAIMS] = {"Claims", "Afirmações"},
    [TEXT_SOURCES] = {"Sources", "Fontes"},

    [TEXT_OPERATOR] = {"operated by", "administrado por"},
    [TEXT_AREA] = {"area", "área"},
    [TEXT_SINCE] = {"since", "desde"},
    [TEXT_SITE] = {"site", "site"},
    [TEXT_PART_OF] = {"part of", "parte de"},
    [TEXT_PROVIDER] = {"provided by", "prestado por"},
    [TEXT_PROGRAM] = {"programme", "programa"},
    [TEXT_ALSO] = {"also called", "também chamado"},
    [TEXT_STATUS] = {"status", "situação"},
    [TEXT_DOCUMENTS] = {"bring", "leve"},
    [TEXT_DIGITAL_SINCE] = {"digital since", "digital desde"},
    [TEXT_PUBLISHED] = {"published {0}", "publicado em {0}"},
    [TEXT_NOTE] = {"note", "nota"},
    [TEXT_ACCESS] = {"to enter:", "para entrar:"},

    [TEXT_FROM] = {"from {0}", "a partir de {0}"},
    [TEXT_UNTIL] = {"until {0}", "até {0}"},
    [TEXT_GROUP] = {"{0} ({1})", "{0} ({1})"},
    [TEXT_UNIT_COUNT] = {"{0} units", "{0} postos"},

    [TEXT_BETWEEN] = {"{0} to {1}", "{0} a {1}"},
    [TEXT_OR_MORE] = {"{0} or more", "{0} ou mais"},
    [TEXT_UP_TO] = {"up to {0}", "até {0}"},
    [TEXT_ANY] = {"not bounded", "sem limites"},

    [TEXT_HALF] = {"{0} half of {1}", "{0} semestre de {1}"},
    [TEXT_QUARTER] = {"{0} quarter of {1}", "{0} trimestre de {1}"},
    [TEXT_MONTH] = {"{0} {1}", "{0} de {1}"},
    [TEXT_DAY] = {"{0} {1} {2}", "{0} de {1} de {2}"},
    [TEXT_RANGE] = {"{0} to {1}", "{0} a {1}"},
    [TEXT_PERIOD_UNTIL] = {"up to {0}", "até {0}"},
    [TEXT_DUE_END] = {"by the end of {0}", "até o fim de {0}"},
    [TEXT_DUE_DAY] = {"by {0}", "até {0}"},

    [TEXT_DIGITAL_SHARE] = {"{0} through digital channels, {1}",
                            "{0} pelos canais digitais, {1}"},
    [TEXT_GROWTH] = {"{0}, {1} compared with {2}", "{0}, {1} em relação a {2}"},
    [TEXT_PART_OF_YEAR] = {"{0}, {1}: in {3}, {4} of the whole of {2}",
                           "{0}, {1}: em {3}, {4} de todo o ano de {2}"},
    [TEXT_OF] = {"{0} of {1}", "{0} de {1}"},
    [TEXT_AGAINST] = {"{0} against {1}", "{0} contra {1}"},

    [TEXT_TARGET] = {"{0}: {1} {2}", "{0}: {1} {2}"},
    [TEXT_ACTUAL] = {"{0} in {1}", "{0} em {1}"},
    [TEXT_AS_OF] = {"as of {0}", "na data de {0}"},
    [TEXT_NO_FIGURE] = {"no figure has been published", "nenhum número publicado"},
    [TEXT_REMAINING] = {"{0} to go", "faltam {0}"},
    [TEXT_PACE_NEEDED] = {"in {0}: {1} a month are needed",
                          "em {0}: são necessários {1} por mês"},
    [TEXT_OVERDUE] = {"overdue by {0}", "vencida há {0}"},
    [TEXT_PACE] = {"{0} a month so far", "{0} por mês até agora"},
    [TEXT_FORECAST] = {"at this pace reached on {0}", "nesse ritmo alcançada em {0}"},
    [TEXT_MONTH_COUNT] = {"{0} months", "{0} meses"},

    [TEXT_CLAIM_SUM] = {"{0} make {1}", "{0} somam {1}"},
    [TEXT_CLAIM_SHARE] = {"{0} is {2} of {1}", "{0} são {2} de {1}"},
    [TEXT_CLAIM_RATIO] = {"{0} is {2} times {1}", "{0} são {2} vezes {1}"},
    [TEXT_CLAIM_GROWTH] = {"growth of {2}, from {1} to {0}",
                           "crescimento de {2}, de {1} para {0}"},
    [TEXT_CLAIM_DIFFERENCE] = {"{0} less {1} leaves {2}", "{0} menos {1} são {2}"},
    [TEXT_CLAIM_MEAN] = {"{0} over {1} makes a mean of {2}", "{0} por {1} dá em média {2}"},
    [TEXT_CLAIM_GREATER] = {"{0} is more than {1}", "{0} superam {1}"},
    [TEXT_ALL_IN] = {"{0}: ", "{0}: "},
    [TEXT_TOTALS] = {"{0} against {1}", "{0} contra {1}"},
    [TEXT_WITHIN] = {"{0} ({1})", "{0} ({1})"},
    [TEXT_COMPUTED] = {"computed {0}, stated {1}", "calculado {0}, afirmado {1}"},
    [TEXT_NOTHING_STATED] = {"nothing", "nada"},
    [TEXT_UNKNOWN] = {"an unknown number", "um número desconhecido"},
};

const char *text(cli_language language, text_id id)
{
    return texts[id][language];
}

/* The next piece of a template, a value or what stands between values; NULL at its end. */
static const char *next_piece(const char **template, const char *const *values, size_t *length)
{
    const char *at = *template;
    if (at[0] == '{' && at[1] >= '0' && at[1] <= '9' && at[2] == '}') {
        const char *value = values[at[1] - '0'];
        *template = at + 3;
        *length = strlen(value);
        return value;
    }
    *length = at[0] ? 1 + strcspn(at + 1, "{") : 0;
    *template = at + *length;
    return *length ? at : NULL;
}

void say(FILE *out, const char *template, const char *const *values)
{
    const char *piece;
    size_t length;
    while ((piece = next_piece(&template, values, &length)) != NULL)
        fwrite(piece, 1, length, out);
}

cli_words fill(const char *template, const char *const *values)
{
    cli_words out = {""};
    const char *piece;
    size_t length;
    size_t size = 0;
    while ((piece = next_piece(&template, values, &length)) != NULL) {
        size_t room = sizeof out.text - 1 - size;
        if (length > room) {
            for (length = room; length && (piece[length] & 0xC0) == 0x80; length--)
                continue;
        }
        memcpy(out.text + size, piece, length);
        size += length;
    }
    out.text[size] = '\0';
    return out;
}

/* -- Words --------------------------------------------------------------- */

static translation area_types[] = {
    [POUPA_AREA_COUNTRY] = {"country", "país"},
    [POUPA_AREA_STATE] = {"state", "estado"},
    [POUPA_AREA_REGION] = {"region", "região"},
    [POUPA_AREA_MUNICIPALITY] = {"municipality", "município"},
    [POUPA_AREA_DISTRICT] = {"district", "distrito"},
};

static translation unit_statuses[] = {
    [POUPA_UNIT_PLANNED] = {"planned", "planejado"},
    [POUPA_UNIT_OPEN] = {"open", "aberto"},
    [POUPA_UNIT_LIMITED] = {"limited", "atendimento reduzido"},
    [POUPA_UNIT_TEMPORARILY_CLOSED] = {"temporarily closed", "temporariamente fechado"},
    [POUPA_UNIT_CLOSED] = {"closed", "fechado"},
};

static translation service_statuses[] = {
    [POUPA_SERVICE_ACTIVE] = {"active", "ativo"},
    [POUPA_SERVICE_INACTIVE] = {"inactive", "inativo"},
    [POUPA_SERVICE_DEFUNCT] = {"defunct", "extinto"},
    [POUPA_SERVICE_TEMPORARILY_CLOSED] = {"temporarily closed", "temporariamente fechado"},
};

static translation bookings[] = {
    [POUPA_BOOKING_NONE] = {"no booking", "sem agendamento"},
    [POUPA_BOOKING_OPTIONAL] = {"booking possible", "agendamento opcional"},
    [POUPA_BOOKING_REQUIRED] = {"booking required", "agendamento obrigatório"},
};

static translation access_rules[] = {
    [POUPA_ACCESS_FACE_MASK] = {"face mask", "máscara"},
    [POUPA_ACCESS_TEMPERATURE_CHECK] = {"temperature check", "medição de temperatura"},
    [POUPA_ACCESS_HAND_SANITIZER] = {"hand sanitizer", "álcool em gel nas mãos"},
    [POUPA_ACCESS_SHOE_SANITIZING_MAT] = {"shoe-sanitizing mat", "tapete sanitizante"},
};

static translation qualifiers[] = {
    [POUPA_QUALIFIER_EXACT] = {"{0}", "{0}"},
    [POUPA_QUALIFIER_ABOUT] = {"about {0}", "cerca de {0}"},
    [POUPA_QUALIFIER_OVER] = {"over {0}", "mais de {0}"},
    [POUPA_QUALIFIER_ALMOST] = {"almost {0}", "quase {0}"},
    [POUPA_QUALIFIER_AT_LEAST] = {"at least {0}", "no mínimo {0}"},
    [POUPA_QUALIFIER_AT_MOST] = {"at most {0}", "até {0}"},
};

static translation obs_statuses[] = {
    [POUPA_OBS_BREAK] = {"break in the series", "quebra da série"},
    [POUPA_OBS_DEFINITION_DIFFERS] = {"definition differs", "definição diferente"},
    [POUPA_OBS_ESTIMATED] = {"estimated", "estimado"},
    [POUPA_OBS_FORECAST] = {"forecast", "previsto"},
    [POUPA_OBS_EXPERIMENTAL] = {"experimental", "experimental"},
    [POUPA_OBS_HOLIDAY] = {"missing: holiday", "ausente: feriado"},
    [POUPA_OBS_IMPUTED] = {"imputed", "imputado"},
    [POUPA_OBS_DEROGATION] = {"under derogation", "sob derrogação"},
    [POUPA_OBS_INCLUDED_ELSEWHERE] = {"included elsewhere", "incluído em outro"},
    [POUPA_OBS_NOT_COLLECTED] = {"not collected", "não coletado"},
    [POUPA_OBS_CANNOT_EXIST] = {"cannot exist", "não pode existir"},
    [POUPA_OBS_NOT_SIGNIFICANT] = {"not significant", "não significativo"},
    [POUPA_OBS_MISSING] = {"missing", "ausente"},
    [POUPA_OBS_PROVISIONAL] = {"provisional", "provisório"},
    [POUPA_OBS_SUPPRESSED] = {"suppressed", "suprimido"},
    [POUPA_OBS_SPECIAL_EVENT] = {"special event", "evento especial"},
    [POUPA_OBS_LOW_RELIABILITY] = {"low reliability", "baixa confiabilidade"},
    [POUPA_OBS_UNVALIDATED] = {"not validated", "não validado"},
    [POUPA_OBS_INCLUDES_OTHER] = {"includes other data", "inclui outros dados"},
};

static translation verdicts[] = {
    [POUPA_VERDICT_UNKNOWN] = {"undecided", "indefinida"},
    [POUPA_VERDICT_CONFIRMED] = {"confirmed", "confirmada"},
    [POUPA_VERDICT_CONSISTENT] = {"consistent", "compatível"},
    [POUPA_VERDICT_CONTRADICTED] = {"contradicted", "desmentida"},
};

static translation target_states[] = {
    [POUPA_TARGET_UNKNOWN] = {"open: no earlier figure to judge the pace by",
                              "em aberto: sem número anterior para medir o ritmo"},
    [POUPA_TARGET_REACHED] = {"reached", "alcançada"},
    [POUPA_TARGET_ON_TRACK] = {"on track", "no ritmo"},
    [POUPA_TARGET_BEHIND] = {"behind", "atrasada"},
    [POUPA_TARGET_MISSED] = {"missed", "não cumprida"},
};

static translation months[] = {
    [1] = {"January", "janeiro"},    [2] = {"February", "fevereiro"},
    [3] = {"March", "março"},        [4] = {"April", "abril"},
    [5] = {"May", "maio"},           [6] = {"June", "junho"},
    [7] = {"July", "julho"},         [8] = {"August", "agosto"},
    [9] = {"September", "setembro"}, [10] = {"October", "outubro"},
    [11] = {"November", "novembro"}, [12] = {"December", "dezembro"},
};

static translation month_counts[] = {
    [1] = {"one month", "um mês"},          [2] = {"two months", "dois meses"},
    [3] = {"three months", "três meses"},   [4] = {"four months", "quatro meses"},
    [5] = {"five months", "cinco meses"},   [6] = {"six months", "seis meses"},
    [7] = {"seven months", "sete meses"},   [8] = {"eight months", "oito meses"},
    [9] = {"nine months", "nove meses"},    [10] = {"ten months", "dez meses"},
    [11] = {"eleven months", "onze meses"},
};

static translation ordinals[] = {
    [1] = {"first", "1º"},
    [2] = {"second", "2º"},
    [3] = {"third", "3º"},
    [4] = {"fourth", "4º"},
};

#define LIST(words)                                                                              \
    {                                                                                            \
        (words), sizeof(words) / sizeof((words)[0])                                              \
    }

static const struct {
    translation *words;
    size_t count;
} lists[WORDS_LIST_COUNT] = {
    [WORDS_AREA_TYPE] = LIST(area_types),
    [WORDS_UNIT_STATUS] = LIST(unit_statuses),
    [WORDS_SERVICE_STATUS] = LIST(service_statuses),
    [WORDS_BOOKING] = LIST(bookings),
    [WORDS_ACCESS_RULE] = LIST(access_rules),
    [WORDS_QUALIFIER] = LIST(qualifiers),
    [WORDS_OBS_STATUS] = LIST(obs_statuses),
    [WORDS_VERDICT] = LIST(verdicts),
    [WORDS_TARGET_STATE] = LIST(target_states),
    [WORDS_MONTH] = LIST(months),
    [WORDS_MONTH_COUNT] = LIST(month_counts),
    [WORDS_ORDINAL] = LIST(ordinals),
};

const char *word(cli_language language, word_list list, int code, const char *other)
{
    if (code < 0 || (size_t)code >= lists[list].count ||
        lists[list].words[code][language] == NULL)
        return other;
    return lists[list].words[code][language];
}

const char *warning_title(cli_language language, const poupa_rule *rule)
{
    static const struct {
        const char *code;
        const char *title;
    } portuguese[] = {
        {"W3101", "compara indicadores diferentes"},
        {"W3102", "compara períodos de duração diferente"},
    };
    for (size_t i = 0; i < sizeof portuguese / sizeof portuguese[0]; i++)
        if (language == LANGUAGE_PT && strcmp(portuguese[i].code, rule->code) == 0)
            return portuguese[i].title;
    return rule->title;
}
