/* rule.c - the rules that findings are made by: codes, severities and texts. */
#include "base/rule.h"

#include <string.h>

#define ERROR(code, stage) #code, POUPA_SEVERITY_ERROR, POUPA_STAGE_##stage
#define WARNING(code, stage) #code, POUPA_SEVERITY_WARNING, POUPA_STAGE_##stage

const poupa_rule poupa__rules[POUPA__RULE_COUNT] = {
    [POUPA__E1001_SYNTAX] =
        {ERROR(E1001, JSON), "not JSON",
         "The text must be one JSON value as RFC 8259 has it: no comments, no trailing commas, "
         "double quotes only, nothing behind the value. Correct the place that the finding "
         "points at."},
    [POUPA__E1002_TRUNCATED] =
        {ERROR(E1002, JSON), "the text ends too early",
         "The text stops inside a value, as a file does that was not copied or saved in full. "
         "Get the whole file, or close what is still open."},
    [POUPA__E1003_NUL] =
        {ERROR(E1003, JSON), "NUL byte",
         "A byte of value zero is not text, and parsers disagree on what follows it. Save the "
         "file as UTF-8 (UTF-16 is full of such bytes), or look for damage."},
    [POUPA__E1004_BOM] =
        {ERROR(E1004, JSON), "byte order mark",
         "RFC 8259 forbids a byte order mark in front of JSON, and many parsers stop there. "
         "Save the file as UTF-8 without one."},
    [POUPA__E1005_UTF8] =
        {ERROR(E1005, JSON), "not UTF-8",
         "The text must be well-formed UTF-8; a file in Latin-1 or Windows-1252 is not. "
         "Convert it, or correct the byte that the finding points at."},
    [POUPA__E1006_DUPLICATE_KEY] =
        {ERROR(E1006, JSON), "the same key twice",
         "An object may name a member only once: which of two values counts would depend on "
         "who reads it. Remove or rename one of them."},
    [POUPA__E1007_DEPTH] =
        {ERROR(E1007, JSON), "nested too deep",
         "Arrays and objects may be nested 64 deep, or less where the reader was told so. No "
         "catalogue needs more, and unbounded nesting is a way to exhaust a program."},
    [POUPA__E1008_NUMBER_RANGE] =
        {ERROR(E1008, JSON), "number out of range",
         "A number must fit in a double or, as an integer, in 64 bits; one that does not would "
         "be silently changed. Write it as a text, or in a larger unit."},
    [POUPA__E1009_ESCAPE] =
        {ERROR(E1009, JSON), "escape that stands for no character",
         "\\u0000 and one half of a surrogate pair stand for no character that text can hold. "
         "Remove the escape, or write both halves of the pair."},
    [POUPA__E1010_SIZE] =
        {ERROR(E1010, JSON), "text above the size limit",
         "The text has more bytes than the reader accepts. Raise the limit if the text is to "
         "be trusted, or split it."},
    [POUPA__E1011_ENTITIES] =
        {ERROR(E1011, JSON), "more entities than the limit",
         "The document has more entities than the reader accepts. Raise the limit if the "
         "document is to be trusted, or split it."},
    [POUPA__E1012_NOT_AN_OBJECT] =
        {ERROR(E1012, JSON), "not an object",
         "A catalogue document is one JSON object with the member \"poupa\" and the arrays of "
         "its entities. Wrap the value in one."},

    [POUPA__E2001_MISSING] =
        {ERROR(E2001, MODEL), "required member missing",
         "A member without which the entity says nothing is absent or empty. Add it; the "
         "finding names it."},
    [POUPA__E2002_TYPE] =
        {ERROR(E2002, MODEL), "wrong type of value",
         "A member has the wrong JSON type: a text where a number is asked for, say, or null, "
         "which the format never uses. Write the type that the finding names, or leave the "
         "member out."},
    [POUPA__E2003_ID] =
        {ERROR(E2003, MODEL), "malformed id",
         "An id is 1 to 128 characters of a-z, 0-9, \".\", \"_\" and \"-\", the first one a "
         "letter or a digit, so that it can stand in addresses, file names and columns. "
         "Rewrite it without capitals, accents and spaces."},
    [POUPA__E2004_DUPLICATE_ID] =
        {ERROR(E2004, MODEL), "id used twice",
         "Two entities of one array have the same id, so that a reference to it means "
         "neither. Rename one, or remove the copy."},
    [POUPA__E2005_REFERENCE] =
        {ERROR(E2005, MODEL), "reference that leads nowhere",
         "A member refers to an id that no entity of that kind has. Correct the id, or add "
         "the entity."},
    [POUPA__E2006_EMPTY_REFERENCES] =
        {ERROR(E2006, MODEL), "empty list of references",
         "A list of references names at least one entity: an empty one could mean all or "
         "none. Leave the member out, or fill it."},
    [POUPA__E2007_REPEATED_REFERENCE] =
        {ERROR(E2007, MODEL), "reference given twice",
         "A list of references names each entity once: a repeated one would count twice. "
         "Remove the repetition."},
    [POUPA__E2008_CYCLE] =
        {ERROR(E2008, MODEL), "parents in a circle",
         "Following parent_id from an entity leads back to it, so that it would contain "
         "itself. Correct one of the links."},
    [POUPA__E2009_WORD] =
        {ERROR(E2009, MODEL), "word outside the vocabulary",
         "The member takes one of a closed list of words, and this is none of them. Use one "
         "of those that the finding names."},
    [POUPA__E2010_DATE] =
        {ERROR(E2010, MODEL), "malformed date",
         "A date is written YYYY, YYYY-MM or YYYY-MM-DD and exists in the calendar, years "
         "0001 to 9999. Rewrite it: 14/06/2021 is 2021-06-14."},
    [POUPA__E2011_PERIOD] =
        {ERROR(E2011, MODEL), "malformed period",
         "A period is 2021, 2021-S1, 2021-Q3, 2021-06, 2021-06-14, a range of two of these "
         "(2020-08/2021-07) or everything up to one (../2021-07). Rewrite it; a half-year is "
         "S1 or S2."},
    [POUPA__E2012_INTEGER] =
        {ERROR(E2012, MODEL), "integer beyond 2^53",
         "A double holds integers exactly only between -2^53 and 2^53; a larger one would be "
         "rounded. State the figure in a larger unit."},
    [POUPA__E2013_RESOLUTION] =
        {ERROR(E2013, MODEL), "resolution below zero",
         "A resolution is the unit of the last stated digit, 1000 for \"12 mil\", and 0 where "
         "there is none. Make it positive, or leave it out."},
    [POUPA__E2014_UNITS] =
        {ERROR(E2014, MODEL), "units for a channel without places",
         "Only channels of type in_person, kiosk and mobile_unit are found at units. Leave "
         "unit_ids out, or make it an offering through another channel."},
    [POUPA__E2015_VERSION] =
        {ERROR(E2015, MODEL), "format version missing or not read",
         "The member \"poupa\" says which version of the format the document follows, \"1.0\"; "
         "a later 1.x is read, another major version is not. Add it, or use a newer "
         "library."},
    [POUPA__E2016_STATED] =
        {ERROR(E2016, MODEL), "stated value where there is none to state",
         "A sum compares its left side with its right side, and greater compares the two: "
         "neither has a figure of its own. Leave \"stated\" out, or choose another kind."},
    [POUPA__E2017_LANGUAGE] =
        {ERROR(E2017, MODEL), "malformed language tag",
         "The language of a catalogue is a BCP 47 tag: pt-BR, en. Write subtags of letters "
         "and digits joined by hyphens."},

    [POUPA__W3001_MEMBER_NAME] =
        {WARNING(W3001, PLAUSIBLE), "member that is probably misspelt",
         "An unknown member is kept as it is, but this one's name is close to one that the "
         "format has, which then goes without its value. Correct the name, or choose one that "
         "cannot be mistaken."},
    [POUPA__W3002_OPEN_WORD] =
        {WARNING(W3002, PLAUSIBLE), "word that is probably misspelt",
         "An open vocabulary takes any word, but this one is close to a listed word, and "
         "programs will not treat it as that one. Correct it, or choose a word that cannot be "
         "mistaken."},
    [POUPA__W3003_EMPTY_TEXT] =
        {WARNING(W3003, PLAUSIBLE), "empty text",
         "An empty text says neither that there is nothing nor that nobody knows. Leave the "
         "member or the item out, or fill it in."},
    [POUPA__W3004_OFF_THE_GLOBE] =
        {WARNING(W3004, PLAUSIBLE), "position off the globe",
         "A latitude lies between -90 and 90 degrees, a longitude between -180 and 180. Look "
         "for a lost decimal point, or for the two having changed places."},
    [POUPA__W3005_HALF_A_POSITION] =
        {WARNING(W3005, PLAUSIBLE), "latitude or longitude alone",
         "One coordinate without the other places a unit nowhere. Add the missing one, or "
         "leave both out."},
    [POUPA__W3006_AREA_CODE] =
        {WARNING(W3006, PLAUSIBLE), "municipality code without 7 digits",
         "The code of a Brazilian municipality is IBGE's, of 7 digits with the check digit. "
         "Look it up there; for a municipality elsewhere, give its country as a parent."},
    [POUPA__W3007_CHECK_DIGIT] =
        {WARNING(W3007, PLAUSIBLE), "municipality code that IBGE did not give",
         "An IBGE code begins with the two digits of a state and ends in a check digit, and "
         "this one does not fit them (nine official codes that break the rule are known and "
         "accepted). Look for a wrong or swapped digit."},
    [POUPA__W3008_AFTER_PUBLICATION] =
        {WARNING(W3008, PLAUSIBLE), "figure from after its publication",
         "A source cannot report on days that came after it was published. Correct the period "
         "or the source, or mark the figure as a forecast (status F)."},
    [POUPA__W3009_CUMULATIVE_FALLS] =
        {WARNING(W3009, PLAUSIBLE), "running total that falls",
         "A cumulative indicator can only grow, but a later figure, even at its highest, lies "
         "below an earlier one with the same dimensions at its lowest. Correct one of them, "
         "or the indicator's measure. Forecasts are left out."},
    [POUPA__W3010_PART_ABOVE_WHOLE] =
        {WARNING(W3010, PLAUSIBLE), "part above its whole",
         "Of two figures of one indicator, period and status, the one with more dimensions is a "
         "part of the other and cannot exceed it, but does even where its interval is "
         "lowest and the whole's highest. Correct one of them, or its dimensions."},
    [POUPA__W3011_DISAGREE] =
        {WARNING(W3011, PLAUSIBLE), "figures that disagree",
         "Two figures of the same indicator, period, dimensions and status have no value in "
         "common. Correct one of them; if both were published, say so in a note and tell them "
         "apart by status (P for provisional, say)."},
    [POUPA__W3012_NEGATIVE] =
        {WARNING(W3012, PLAUSIBLE), "count below zero",
         "An indicator that counts things, as a flow, a stock or a running total, is never "
         "negative. Correct the sign, or the indicator's unit or measure."},
    [POUPA__W3013_PERCENT] =
        {WARNING(W3013, PLAUSIBLE), "share outside 0 to 100 percent",
         "A share of a whole lies between 0 and 100 percent. Correct the value, or use another "
         "measure for what may go beyond, such as growth."},
    [POUPA__W3014_FINER_THAN_RESOLUTION] =
        {WARNING(W3014, PLAUSIBLE), "value finer than its resolution",
         "The resolution is the unit of the last digit that was stated, so the value is a "
         "multiple of it: 12000 at 1000, never 12500. Correct whichever is wrong."},
    [POUPA__W3015_IN_PERSON_WITHOUT_UNITS] =
        {WARNING(W3015, PLAUSIBLE), "in person, but nowhere",
         "A service offered in person is offered somewhere, and people need to know where. "
         "List the units in unit_ids."},
    [POUPA__W3016_NOT_DIGITAL] =
        {WARNING(W3016, PLAUSIBLE), "digital service without a digital offering",
         "The service has a digital_since but no offering through a portal, app, kiosk, chat, "
         "e-mail or SMS channel. Add the offering, or remove the date."},
    [POUPA__W3017_NOT_OFFERED] =
        {WARNING(W3017, PLAUSIBLE), "active service that is not offered",
         "An active service without an offering cannot be reached by anyone. Add an offering, "
         "or change the status."},
    [POUPA__W3018_ENDS_BEFORE_START] =
        {WARNING(W3018, PLAUSIBLE), "offering that ends before it starts",
         "valid_to lies before valid_from, so that the offering never holds. Correct one of "
         "the dates; they may have changed places."},
    [POUPA__W3019_CLOSED_UNIT] =
        {WARNING(W3019, PLAUSIBLE), "offered at a closed unit",
         "The unit is closed, but the offering has no end and sends people there. Set "
         "valid_to, take the unit off the list, or correct the unit's status."},
    [POUPA__W3020_UNIT_UNUSED] =
        {WARNING(W3020, PLAUSIBLE), "unit that nothing refers to",
         "No offering, metric or target names the unit: it may be a copy, or its offerings "
         "were forgotten. Refer to it, or remove it. Planned and closed units are left out."},
    [POUPA__W3021_INDICATOR_UNUSED] =
        {WARNING(W3021, PLAUSIBLE), "indicator without figures",
         "No metric and no target uses the indicator. Remove it, or add its figures."},
    [POUPA__W3022_DUE_BEFORE_BASELINE] =
        {WARNING(W3022, PLAUSIBLE), "target due before its baseline",
         "A target's baseline is where it starts from, so its period ends by the due date. "
         "Correct the date, or choose an earlier baseline."},
    [POUPA__W3023_BASELINE_DIFFERS] =
        {WARNING(W3023, PLAUSIBLE), "baseline that measures something else",
         "A target and its baseline have the same indicator and the same dimensions, or the "
         "progress between them means nothing. Choose another baseline, or correct the "
         "dimensions."},
    [POUPA__W3024_NOTHING_STATED] =
        {WARNING(W3024, PLAUSIBLE), "claim that states nothing",
         "A share, ratio, growth, difference or mean is judged against the figure that was "
         "claimed. Give it in \"stated\", or choose kind sum or greater."},

    [POUPA__W3101_DIFFERENT_INDICATORS] =
        {WARNING(W3101, CLAIM), "different indicators compared",
         "The metrics of the claim belong to different indicators, so that adding or comparing "
         "them may mean nothing. Check that they count the same things."},
    [POUPA__W3102_DIFFERENT_LENGTHS] =
        {WARNING(W3102, CLAIM), "periods of different length compared",
         "The claim sets flows over periods of different length side by side, such as a "
         "half-year and a year. Keep that in mind when reading the verdict."},
};

size_t poupa_rule_count(void)
{
    return POUPA__RULE_COUNT;
}

const poupa_rule *poupa_rule_at(size_t index)
{
    return index < POUPA__RULE_COUNT ? &poupa__rules[index] : NULL;
}

const poupa_rule *poupa_rule_find(const char *code)
{
    for (size_t i = 0; code && i < POUPA__RULE_COUNT; i++)
        if (strcmp(poupa__rules[i].code, code) == 0)
            return &poupa__rules[i];
    return NULL;
}

const char *poupa_severity_name(poupa_severity severity)
{
    switch (severity) {
    case POUPA_SEVERITY_ERROR:
        return "error";
    case POUPA_SEVERITY_WARNING:
        return "warning";
    }
    return "unknown";
}
