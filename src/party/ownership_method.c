/* SPDX-License-Identifier: Apache-2.0 */
/* The methods by name, and the days on which the rules behind them hold.
 *
 * BIS: the Affiliates Rule, in force on 29 Sep 2025, suspended from 10 Nov 2025
 * for a year. MOFCOM: announcement No. 61 of 9 Oct 2025, suspended from 7 Nov
 * 2025 to 10 Nov 2026. Both return on 10 Nov 2026 unless that is extended. */
#include "party/party.h"

typedef struct method_row {
    const char *word, *text;
    /* Three days, YYYY-MM-DD: in force, suspended, in force again. */
    const char *from, *suspended, *again;
} method_row;

static const method_row rows[AS_OWNER_METHODS] = {
    [AS_OWNER_MULTIPLY] = {.word = "multiply",
                           .text = "50 % or more, multiplied along every path"},
    [AS_OWNER_OFAC] = {.word = "ofac",
                       .text =
                           "OFAC: 50 % or more, all listed owners together"},
    [AS_OWNER_BIS] = {.word = "bis",
                      .text = "BIS Affiliates Rule: 50 % or more, all listed "
                              "owners together",
                      .from = "2025-09-29",
                      .suspended = "2025-11-10",
                      .again = "2026-11-10"},
    [AS_OWNER_MOFCOM] = {.word = "mofcom",
                         .text = "MOFCOM 61/2025: 50 % or more, all listed "
                                 "owners together",
                         .from = "2025-10-09",
                         .suspended = "2025-11-07",
                         .again = "2026-11-10"},
    [AS_OWNER_EU] = {.word = "eu",
                     .text = "EU: more than 50 %, all listed owners together, "
                             "or control"},
    [AS_OWNER_UK] = {.word = "uk",
                     .text = "UK: more than 50 % by one listed owner, or "
                             "control"},
    [AS_OWNER_FAMILY] = {.word = "family",
                         .text = "family: parents, subsidiaries, sisters"},
};

const char *as_owner_method_word(as_owner_method m)
{
    return m < AS_OWNER_METHODS ? rows[m].word : "";
}

const char *as_owner_method_text(as_owner_method m)
{
    return m < AS_OWNER_METHODS ? rows[m].text : "";
}

bool as_owner_method_of(as_str word, as_owner_method *ret)
{
    for (int i = 0; i < AS_OWNER_METHODS; i++) {
        if (!as_str_eq(word, as_str_c(rows[i].word)))
            continue;
        *ret = (as_owner_method)i;
        return true;
    }
    return false;
}

static as_date day_of(const char *text)
{
    as_date d;

    return text && as_date_read(as_str_c(text), &d) ? d : AS_DATE_NONE;
}

as_owner_standing as_owner_method_standing(as_owner_method m, as_date day)
{
    as_owner_standing r = {.since = AS_DATE_NONE, .until = AS_DATE_NONE};
    as_date from, suspended, again;

    if (m >= AS_OWNER_METHODS || !rows[m].from)
        return r;
    from = day_of(rows[m].from);
    suspended = day_of(rows[m].suspended);
    again = day_of(rows[m].again);
    if (day < from)
        return (as_owner_standing){AS_OWNER_NOT_YET, false, AS_DATE_NONE, from};
    if (day < suspended)
        return (as_owner_standing){AS_OWNER_IN_FORCE, false, from, suspended};
    if (day < again)
        return (as_owner_standing){AS_OWNER_SUSPENDED, false, suspended, again};
    return (as_owner_standing){AS_OWNER_IN_FORCE, true, again, AS_DATE_NONE};
}

const char *as_owner_phase_text(as_owner_phase p)
{
    switch (p) {
    case AS_OWNER_IN_FORCE: return "in force";
    case AS_OWNER_NOT_YET: return "not yet";
    case AS_OWNER_SUSPENDED: return "suspended";
    }
    return "";
}
