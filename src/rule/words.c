/* SPDX-License-Identifier: Apache-2.0 */
/* The closed lists of words of rules: whom they bind, acts, consequences,
 * phases. */
#include "rule/expr_internal.h"

#include <stdio.h>

/* A role, whose law comes with it, and the role it is a case of. */
static const struct role {
    as_str word, jurisdiction, wider, help;
} roles[] = {
#define ROW(word, jurisdiction, wider, help)                                   \
    {                                                                          \
        AS_STR_INIT(word), AS_STR_INIT(jurisdiction), AS_STR_INIT(wider),      \
            AS_STR_INIT(help)                                                  \
    }
    ROW("any", "", "", "anybody"),
    ROW("us-person", "US", "", "a US person"),
    ROW("us-federal-agency", "US", "us-person", "a US federal agency"),
    ROW("us-dod", "US", "us-federal-agency", "the US Department of Defense"),
    ROW("us-federal-contractor", "US", "", "a US federal contractor"),
    ROW("us-dod-contractor", "US", "us-federal-contractor",
        "a contractor of the US Department of Defense"),
    ROW("us-federal-grantee", "US", "", "a receiver of US federal grants"),
    ROW("us-importer", "US", "", "an importer into the United States"),
    ROW("us-equipment-applicant", "US", "",
        "an applicant for US equipment authorisation"),
    ROW("cn-person", "CN", "", "a person in China"),
    ROW("cii-operator-cn", "CN", "cn-person",
        "an operator of critical information infrastructure in China"),
    ROW("jp-person", "JP", "", "an exporter in Japan"),
    ROW("nl-person", "NL", "", "an exporter in the Netherlands"),
    ROW("eu-person", "EU", "", "a person in the European Union"),
    ROW("eu-manufacturer", "EU", "",
        "a manufacturer who sells in the European Union"),
    ROW("eu-importer", "EU", "eu-person",
        "an importer into the European Union"),
    ROW("eu-distributor", "EU", "eu-person",
        "a distributor in the European Union"),
    ROW("uk-person", "GB", "", "a person in the United Kingdom"),
#undef ROW
};

static const as_str acts[] = {
    AS_STR_INIT("buy"),    AS_STR_INIT("use"),      AS_STR_INIT("ship"),
    AS_STR_INIT("export"), AS_STR_INIT("reexport"), AS_STR_INIT("transfer"),
    AS_STR_INIT("import"), AS_STR_INIT("service"),  AS_STR_INIT("authorise"),
    AS_STR_INIT("sell"),   AS_STR_INIT("make"),     AS_STR_INIT("fund"),
};

static const struct role *find_role(as_str word)
{
    for (size_t i = 0; i < AS_ARRAY_LEN(roles); i++)
        if (as_str_eq(roles[i].word, word))
            return &roles[i];
    return NULL;
}

bool as_role_known(as_str word)
{
    return find_role(word) || (as_str_starts(word, AS_STR("x-")) && word.n > 2);
}

void as_role_words(char *buf, size_t cap)
{
    size_t n = 0;

    for (size_t i = 0; i < AS_ARRAY_LEN(roles) && n < cap; i++) {
        int k = snprintf(buf + n, cap - n, "%s%.*s", i ? ", " : "",
                         AS_FMT(roles[i].word));

        n += k > 0 ? (size_t)k : 0;
    }
}

bool as_role_implies(as_str has, as_str wanted)
{
    const struct role *r;

    if (as_str_eq(has, wanted) || as_str_eq(wanted, AS_STR("any")))
        return true;
    for (r = find_role(has); r && r->wider.n; r = find_role(r->wider))
        if (as_str_eq(r->wider, wanted))
            return true;
    return false;
}

as_str as_role_jurisdiction(as_str word)
{
    const struct role *r = find_role(word);

    return r ? r->jurisdiction : AS_STR("");
}

as_str as_role_help(as_str word)
{
    const struct role *r = find_role(word);

    return r ? r->help : word;
}

bool as_rule_role(size_t i, as_str *ret_word, as_str *ret_help)
{
    if (i >= AS_ARRAY_LEN(roles))
        return false;
    *ret_word = roles[i].word;
    *ret_help = roles[i].help;
    return true;
}

bool as_act_known(as_str word)
{
    as_str one;

    for (size_t i = 0; as_rule_act(i, &one); i++)
        if (as_str_eq(one, word))
            return true;
    return false;
}

bool as_rule_act(size_t i, as_str *ret_word)
{
    if (i >= AS_ARRAY_LEN(acts))
        return false;
    *ret_word = acts[i];
    return true;
}

as_str as_certainty_word(as_certainty c)
{
    static const as_str words[AS_CERTAINTIES] = {
        [AS_ENACTED] = AS_STR_INIT("enacted"),
        [AS_SCHEDULED] = AS_STR_INIT("scheduled"),
        [AS_PROPOSED] = AS_STR_INIT("proposed"),
    };

    return words[c];
}

as_str as_consequence_word(as_consequence c)
{
    static const as_str words[AS_CONSEQUENCES] = {
        [AS_FORBIDDEN] = AS_STR_INIT("forbidden"),
        [AS_LICENCE_REQUIRED] = AS_STR_INIT("licence-required"),
        [AS_PRESUMPTION_OF_DENIAL] = AS_STR_INIT("presumption-of-denial"),
        [AS_REBUTTABLE_PRESUMPTION] = AS_STR_INIT("rebuttable-presumption"),
        [AS_ATTESTATION_REQUIRED] = AS_STR_INIT("attestation-required"),
        [AS_DUTY] = AS_STR_INIT("duty"),
        [AS_REPORT] = AS_STR_INIT("report"),
    };

    return words[c];
}

as_str as_phase_word(as_phase p)
{
    static const as_str words[AS_PHASES] = {
        [AS_PHASE_IN_FORCE] = AS_STR_INIT("in force"),
        [AS_PHASE_SUSPENDED] = AS_STR_INIT("suspended"),
        [AS_PHASE_NOT_YET] = AS_STR_INIT("not yet in force"),
        [AS_PHASE_OVER] = AS_STR_INIT("over"),
        [AS_PHASE_PROPOSED] = AS_STR_INIT("proposed"),
    };

    return words[p];
}
