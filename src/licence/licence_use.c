/* SPDX-License-Identifier: Apache-2.0 */
/* Steps 5 and 6: end uses (744.2, .3, .4, .5, .17, .21, .22, .23) and what US
 * persons do (744.6). They turn on what is known of the use and the facility:
 * facts that the tables cannot hold. */
#include "licence/licence_internal.h"

static as_licence_row *row(as_run *r, const char *section, const char *what)
{
    as_licence_row *out = as_run_row(r, "use", AS_UNSURE);

    out->reason = AS_STR("end use");
    out->section = as_str_c(section);
    out->what = as_str_c(what);
    return out;
}

/* A finished row without open facts asks for none. */
static void settle(as_licence_row *out, as_truth t, const char *why)
{
    out->required = t;
    out->why = as_str_c(why);
    if (t != AS_UNSURE)
        out->missing = AS_STR("");
}

static as_truth to_set(as_run *r, const char *set)
{
    return as_ear_reaches(as_ear_set_get(r->ear, set)->to, r->to);
}

static as_truth item_in(as_run *r, as_licence_row *out, const char *set)
{
    as_truth t =
        r->item_known
            ? as_eccn_in_list(as_ear_set_get(r->ear, set)->items, r->item, NULL)
            : AS_UNSURE;

    if (t == AS_UNSURE)
        as_run_missing_free(r, out, "item.eccn",
                            "what is its ECCN, with the paragraph, or EAR99?",
                            "maker");
    return t;
}

/* ---- weapons ---------------------------------------------------------------
 */

static void weapons(as_run *r)
{
    as_licence_row *out = row(r, "744.2", "nuclear end uses");
    as_truth t = as_run_use(r, out, AS_USE_NUCLEAR);

    if (t != AS_NO && to_set(r, "supplement-3-744") == AS_YES)
        settle(out, as_truth_and(t, AS_UNSURE),
               "supplement no. 3 to part 744 lets this country off some of it");
    else
        settle(out, t, "explosive, unsafeguarded and fuel cycle activities");
    out = row(r, "744.3(a)(2)", "delivery of weapons of mass destruction");
    settle(out, as_run_use(r, out, AS_USE_WMD_DELIVERY),
           "rockets and unmanned aircraft for it, anywhere");
    if (to_set(r, "missile") == AS_YES) {
        out = row(r, "744.3(a)(1), (3)", "rockets and unmanned aircraft");
        settle(out, as_run_use(r, out, AS_USE_MISSILE),
               "the destination is in Country Group D:4");
    }
    out = row(r, "744.4", "chemical and biological weapons");
    settle(out, as_run_use(r, out, AS_USE_CBW), "in any country");
    if (r->f->uses[AS_USE_MARITIME_NUCLEAR]) {
        out = row(r, "744.5", "maritime nuclear propulsion");
        settle(out, AS_YES, "the stated use is nuclear propulsion at sea");
    }
}

/* ---- military --------------------------------------------------------------
 */

static void military(as_run *r)
{
    as_licence_row *out;
    as_truth t;

    if (to_set(r, "meu-any") == AS_YES) {
        out = row(r, "744.21(a)(2)", "military end use or end user");
        settle(out, as_run_use(r, out, AS_USE_MILITARY), "any item");
    } else if (to_set(r, "meu-supplement-2") == AS_YES) {
        out = row(r, "744.21(a)(1)", "military end use or end user");
        t = item_in(r, out, "meu-supplement-2");
        if (t != AS_NO)
            t = as_truth_and(t, as_run_use(r, out, AS_USE_MILITARY));
        settle(out, t, "items of supplement no. 2 to part 744");
    }
    if (to_set(r, "military-intelligence") == AS_YES) {
        out = row(r, "744.22", "military-intelligence end use or end user");
        settle(out, as_run_use(r, out, AS_USE_MILITARY_INTELLIGENCE),
               "any item");
    }
    if (to_set(r, "microprocessor") == AS_YES && r->item_known &&
        as_eccn_in_list(as_ear_set_get(r->ear, "microprocessor")->items,
                        r->item, NULL) != AS_NO) {
        out = row(r, "744.17", "microprocessors for military use");
        t = as_run_use(r, out, AS_USE_MILITARY);
        settle(out, as_truth_and(t, AS_UNSURE),
               "5 GFLOPS or more with 32 bits or wider, and technology for it");
    }
    if (as_str_eq(r->to->code, AS_STR("IQ"))) {
        out = row(r, "746.3", "Iraq: military end use or end user");
        settle(out, as_run_use(r, out, AS_USE_MILITARY), "any item");
    }
}

/* ---- semiconductors and supercomputers -------------------------------------
 */

static as_truth footnote_5(as_run *r)
{
    as_licence_row scrap = {.missing = AS_STR("")};

    return as_parties_on(r, "us-csl/EL") ? as_parties_footnote(r, &scrap, 5)
                                         : AS_NO;
}

/* 744.23(a)(2)(i): any item, whoever owns the facility; (ii) node unknown:
 * group B, C, D or E of category 3. */
static void fab(as_run *r)
{
    as_licence_row *out = row(r, "744.23(a)(2)",
                              "integrated circuits at a facility in Macau or "
                              "D:5");
    as_truth makes = r->f->facts[AS_FACT_MAKES_ICS], node, t;

    if (makes == AS_UNSURE && r->f->uses_known)
        makes = r->f->uses[AS_USE_IC_PRODUCTION] ? AS_YES : AS_NO;
    if (r->f->uses[AS_USE_IC_PRODUCTION])
        makes = AS_YES;
    if (makes == AS_UNSURE)
        as_run_missing(r, out, AS_FACT_MAKES_ICS);
    if (makes == AS_NO) {
        settle(out, AS_NO, "no circuits are developed or produced there");
        return;
    }
    if (as_str_eq(as_ear_place_row(r->to)->code, AS_STR("CN")) &&
        !as_run_before(r, AS_STR("2025-12-31")))
        as_run_flag(r, AS_STR("748.15: authorisations of foreign-owned "
                              "facilities in China as validated end users "
                              "ended on 2025-12-31"));
    if (r->f->facts[AS_FACT_BACK_END] == AS_YES) {
        settle(out, AS_NO, "(a)(5): assembly, test and packaging do not count");
        return;
    }
    if (footnote_5(r) == AS_YES) {
        settle(out, AS_NO, "(a)(2)(iv): a footnote 5 entity is under 744.11");
        return;
    }
    node = r->f->facts[AS_FACT_ADVANCED_NODE];
    if (node != AS_UNSURE) {
        settle(out, as_truth_and(makes, node),
               node == AS_YES ? "(i): any item, EAR99 too, whoever owns it"
                              : "no advanced nodes are produced there");
        return;
    }
    t = item_in(r, out, "fab-unknown-node");
    if (t == AS_YES) {
        settle(out, makes,
               "(ii): the node is unknown and the item is of group "
               "B, C, D or E of category 3");
        return;
    }
    as_run_missing(r, out, AS_FACT_ADVANCED_NODE);
    settle(out, AS_UNSURE, "(i) or (ii): it hangs on the node");
}

static void semiconductors(as_run *r)
{
    as_licence_row *out;
    as_truth t;

    if (to_set(r, "macau-d5") == AS_YES) {
        out = row(r, "744.23(a)(1)", "supercomputer in Macau or D:5");
        t = item_in(r, out, "supercomputer-ic");
        if (t != AS_NO)
            t = as_truth_and(t, as_run_use(r, out, AS_USE_SUPERCOMPUTER));
        settle(out, t, "circuits and computers that the paragraph names");
        fab(r);
        out = row(r, "744.23(a)(2)(iii)", "design of advanced nodes");
        t = as_licence_is_tech(r) ? as_run_use(r, out, AS_USE_IC_DESIGN)
                                  : AS_NO;
        settle(out, t, "ECAD and TCAD software and technology");
        out = row(r, "744.23(a)(4)", "semiconductor manufacturing equipment");
        t = !r->item_known  ? AS_UNSURE
            : r->item.ear99 ? AS_NO
                            : as_run_use(r, out, AS_USE_SME);
        settle(out, t,
               "any item of the list for its development or "
               "production");
    }
    if (r->item_known && as_eccn_in_list(as_ear_set_get(r->ear, "hq-d5")->items,
                                         r->item, NULL) != AS_NO) {
        out =
            row(r, "744.23(a)(3)",
                "advanced computing for groups headquartered in Macau or D:5");
        t = as_truth_and(item_in(r, out, "hq-d5"),
                         as_parties_headquarters(r, out));
        settle(out, t, "wherever the buyer is");
    }
}

/* ---- US persons ------------------------------------------------------------
 */

/* 744.6(b): uses that US persons may not support, each in its countries. */
static as_truth weapon_support(as_run *r, as_licence_row *out)
{
    static const struct {
        as_licence_use use;
        const char *set;
        bool outside; /* everywhere but there */
    } listed[] = {
        {AS_USE_NUCLEAR, "supplement-3-744", true},
        {AS_USE_MISSILE, "missiles-us-persons", false},
        {AS_USE_WMD_DELIVERY, NULL, false},
        {AS_USE_CBW, NULL, false},
        {AS_USE_MILITARY_INTELLIGENCE, "military-intelligence", false},
    };
    as_truth t = AS_NO;

    for (size_t i = 0; i < AS_ARRAY_LEN(listed); i++)
        if (!listed[i].set ||
            (to_set(r, listed[i].set) == AS_NO) == listed[i].outside)
            t = as_truth_or(t, as_run_use(r, out, listed[i].use));
    return t;
}

/* 744.6(c)(2): advanced nodes, and equipment of the list of (c)(2)(iii), in
 * Macau or D:5, though the item be foreign and not subject. */
static as_truth chip_support(as_run *r, as_licence_row *out)
{
    as_str tools = as_ear_set_get(r->ear, "deminimis-sme")->items;
    as_truth chips = r->f->facts[AS_FACT_ADVANCED_NODE], tool = AS_UNSURE;

    if (to_set(r, "macau-d5") == AS_NO)
        return AS_NO;
    if (r->item_known)
        tool = as_eccn_in_list(tools, r->item, NULL);
    else if (r->f->kind == AS_LICENCE_SERVICE)
        tool = AS_NO; /* no item moves, and none is named */
    if (r->f->facts[AS_FACT_MAKES_ICS] == AS_NO)
        chips = AS_NO;
    else if (chips == AS_UNSURE && tool != AS_YES)
        as_run_missing(r, out, AS_FACT_ADVANCED_NODE);
    if (tool == AS_UNSURE && chips != AS_YES)
        as_run_missing_free(r, out, "item.eccn",
                            "what is its ECCN, with the paragraph, or EAR99?",
                            "maker");
    if (as_truth_or(chips, tool) != AS_NO)
        as_run_flag(r, AS_STR("744.6(d)(4): natural US persons who work for a "
                              "company headquartered in the US, A:5 or A:6 and "
                              "not owned from Macau or D:5 are left out of "
                              "(c)(2)(i) and (iii)"));
    return as_truth_or(chips, tool);
}

static void us_persons(as_run *r)
{
    as_licence_row *out = as_run_row(r, "us-person", AS_UNSURE);
    as_truth t;

    out->reason = AS_STR("US persons");
    out->section = AS_STR("744.6");
    out->what = AS_STR("support, servicing and help by US persons, whether or "
                       "not an item moves");
    t = as_run_ask(r, out, AS_FACT_US_PERSON);
    if (t != AS_NO)
        t = as_truth_and(
            t, as_truth_or(weapon_support(r, out), chip_support(r, out)));
    settle(out, t,
           "nuclear, missile, chemical and biological uses, military "
           "intelligence, and advanced nodes and chip-making equipment in "
           "Macau or D:5");
}

void as_uses_run(as_run *r)
{
    if (r->out->subject != AS_NO) {
        weapons(r);
        military(r);
        semiconductors(r);
    }
    us_persons(r);
}
