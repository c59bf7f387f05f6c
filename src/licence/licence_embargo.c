/* SPDX-License-Identifier: Apache-2.0 */
/* Step 8: embargoes and other special controls (part 746), by destination. The
 * chart leaves these rows empty; empty is the opposite of free. */
#include "licence/licence_internal.h"

typedef enum embargo_reach {
    ALL_ITEMS = 0,
    BUT_FOOD, /* all but food and medicine designated EAR99 */
    CCL_AND_TREASURY,
    CCL_AND_TARIFF, /* the list, and EAR99 by tariff number */
} embargo_reach;

static const struct embargo {
    const char *code, *section, *since;
    embargo_reach reach;
    const char *what;
} embargoes[] = {
    {"CU", "746.2", "", ALL_ITEMS, "Cuba: every item subject to the EAR"},
    {"IR", "746.7", "", CCL_AND_TREASURY, "Iran: with the Treasury (OFAC)"},
    {"KP", "746.4", "", BUT_FOOD, "North Korea"},
    {"SY", "746.9", "", BUT_FOOD, "Syria"},
    {"RU", "746.5, 746.8, 746.10", "2022-02-24", CCL_AND_TARIFF, "Russia"},
    {"BY", "746.5, 746.8, 746.10", "2022-03-02", CCL_AND_TARIFF, "Belarus"},
    {"UA-43", "746.6", "2015-01-29", BUT_FOOD, "Crimea"},
    {"UA-14", "746.6", "2022-02-21", BUT_FOOD, "so-called DNR"},
    {"UA-09", "746.6", "2022-02-21", BUT_FOOD, "so-called LNR"},
};

static as_truth reaches(as_run *r, as_licence_row *out, embargo_reach reach)
{
    bool ear99 = r->item_known && r->item.ear99;

    if (reach == ALL_ITEMS || (r->item_known && !ear99))
        return AS_YES;
    if (!r->item_known && reach != CCL_AND_TREASURY) {
        as_run_missing_free(r, out, "item.eccn",
                            "what is its ECCN, with the paragraph, or EAR99?",
                            "maker");
        return AS_UNSURE;
    }
    if (reach == BUT_FOOD)
        return as_truth_not(as_run_ask(r, out, AS_FACT_FOOD_OR_MEDICINE));
    if (reach == CCL_AND_TREASURY)
        return AS_YES;
    return as_run_ask(r, out, AS_FACT_LISTED_HTS);
}

static const char *say(as_run *r, embargo_reach reach)
{
    bool ear99 = r->item_known && r->item.ear99;

    switch (reach) {
    case ALL_ITEMS: return "all items, EAR99 too";
    case BUT_FOOD: return "all items but food and medicine designated EAR99";
    case CCL_AND_TREASURY:
        return ear99 ? "EAR99 items go by the Treasury's regulations (31 CFR "
                       "560), which ask for a licence"
                     : "items of the list; and the Treasury's regulations";
    case CCL_AND_TARIFF:
        return ear99 ? "EAR99 items by tariff number (supplements to part 746)"
                     : "every ECCN of the list";
    }
    return "";
}

static void put(as_run *r, const struct embargo *e)
{
    as_licence_row *out = as_run_row(r, "embargo", AS_UNSURE);

    out->reason = AS_STR("embargo");
    out->section = as_str_c(e->section);
    out->what = as_str_c(e->what);
    if (e->since[0] && as_run_before(r, as_str_c(e->since))) {
        out->required = AS_NO;
        out->why = as_arena_printf(r->arena, "not before %s", e->since);
        return;
    }
    out->required = reaches(r, out, e->reach);
    out->why = as_str_c(say(r, e->reach));
}

static void ukraine(as_run *r)
{
    as_licence_row *out = as_run_row(r, "embargo", AS_UNSURE);

    out->reason = AS_STR("embargo");
    out->section = AS_STR("746.6");
    out->what = AS_STR("Ukraine: Crimea and the so-called Donetsk and Luhansk "
                       "republics");
    out->required = as_run_ask(r, out, AS_FACT_OCCUPIED_REGION);
    if (out->required == AS_YES)
        out->required = reaches(r, out, BUT_FOOD);
    out->why = AS_STR("all items but food and medicine designated EAR99, in "
                      "those regions");
}

void as_embargo_run(as_run *r)
{
    for (size_t i = 0; i < AS_ARRAY_LEN(embargoes); i++)
        if (as_str_eq(r->to->code, as_str_c(embargoes[i].code)))
            put(r, &embargoes[i]);
    if (as_str_eq(r->to->code, AS_STR("UA")))
        ukraine(r);
}
