/* SPDX-License-Identifier: Apache-2.0 */
/* The table of verbs and options. New verb = one new file and one row here;
 * help, manual page and completion follow. */
#include "cli/cli.h"

#define OUTPUT                                                                 \
    {                                                                          \
        .name = "output", .letter = 'o', .kind = AS_CMD_STRING,                \
        .argument = "FILE", .help = "write there, as a whole or not at all",   \
        .hint = AS_CMD_FILE                                                    \
    }
#define AS_OF                                                                  \
    {                                                                          \
        .name = "as-of", .kind = AS_CMD_DATE, .argument = "DATE",              \
        .help = "answer for that day (default: today)"                         \
    }
#define KNOWLEDGE                                                              \
    {                                                                          \
        .name = "knowledge", .kind = AS_CMD_STRING, .argument = "FILE",        \
        .help = "knowledge base (default: in ASSAY_HOME)", .hint = AS_CMD_FILE \
    }
#define REGISTER                                                               \
    {                                                                          \
        .name = "register", .kind = AS_CMD_STRING, .argument = "FILE",         \
        .help = "register (default: in ASSAY_HOME)", .hint = AS_CMD_FILE       \
    }
#define POLICY                                                                 \
    {                                                                          \
        .name = "policy", .kind = AS_CMD_STRING, .argument = "FILE",           \
        .help = "gates to judge by (default: those built in)",                 \
        .hint = AS_CMD_FILE                                                    \
    }
#define NO_SANDBOX                                                             \
    {                                                                          \
        .name = "no-sandbox",                                                  \
        .help = "read documents in this process (for debuggers)"               \
    }
#define FORMAT(list, text)                                                     \
    {                                                                          \
        .name = "format", .kind = AS_CMD_CHOICE, .argument = "FORMAT",         \
        .help = text, .choices = list                                          \
    }
#define RULES                                                                  \
    {                                                                          \
        .name = "rules", .kind = AS_CMD_STRING, .argument = "PATH",            \
        .help = "more rules: a file, or the *.yaml of a folder",               \
        .hint = AS_CMD_FILE                                                    \
    }
#define MEMBER(option, what, text)                                             \
    {                                                                          \
        .name = option, .kind = AS_CMD_STRING, .argument = what, .help = text  \
    }
/* Who asks, for what. */
#define CONTEXT                                                                \
    {.name = "context",                                                        \
     .kind = AS_CMD_STRING,                                                    \
     .argument = "FILE",                                                       \
     .help = "who asks, where, for which act (assay-context/1)",               \
     .hint = AS_CMD_FILE},                                                     \
        MEMBER("buyer-role", "ROLE",                                           \
               "us-federal-contractor, cii-operator-cn and others"),           \
        MEMBER("act", "ACT",                                                   \
               "buy, use, ship, export, import, service or sell"),             \
        MEMBER("use", "USE",                                                   \
               "an end use: critical-system, military or another"),            \
        MEMBER("jurisdiction", "CC", "whose law binds: US, CN, EU"),           \
        MEMBER("destination", "CC", "where it goes, ISO 3166"),                \
        MEMBER("from", "CC", "where it comes from, ISO 3166"),                 \
        MEMBER("buyer", "NAME", "who buys"),                                   \
        MEMBER("seller", "NAME", "who sells"),                                 \
        MEMBER("end-user", "NAME", "who will use it"),                         \
        MEMBER("contracted", "DATE", "date of the contract"),                  \
        MEMBER("bought", "DATE", "date the product was bought"),               \
        MEMBER("authorised", "DATE", "date of its equipment authorisation"),   \
        MEMBER("fact", "NAME=yes|no",                                          \
               "what you state of yourself or the deal")
#define END                                                                    \
    {                                                                          \
        .name = NULL                                                           \
    }

static const char *const report_formats[] = {"text", "json", "html", NULL};
static const char *const text_json[] = {"text", "json", NULL};
static const char *const bom_formats[] = {"cyclonedx", "spdx", NULL};
static const char *const party_kinds[] = {"organisation", "person", "vessel",
                                          "unknown", NULL};
static const char *const name_methods[] = {"assay", "ofac", NULL};
static const char *const name_identities[] = {"entity", "family", NULL};
static const char *const shells[] = {"bash", "zsh", "fish", NULL};

static const as_cmd_option review_options[] = {
    FORMAT(report_formats, "form of the report"),
    OUTPUT,
    AS_OF,
    POLICY,
    CONTEXT,
    RULES,
    {.name = "all", .help = "text: list everything, not the first of each"},
    KNOWLEDGE,
    REGISTER,
    NO_SANDBOX,
    END,
};
static const as_cmd_note review_examples[] = {
    {"assay review gateway.cdx.json", "review a bill of materials"},
    {"assay review --format html -o report.html gateway.cdx.json",
     "one page for a manager"},
    {"assay review --format json --as-of 2025-06-30 - <sbom.json",
     "for a program, as it was on that day"},
    {"assay review --buyer-role cii-operator-cn --as-of 2027-12-23 a.cdx.json",
     "whether such a buyer may buy it then"},
    {NULL, NULL},
};
static const as_cmd_option rules_options[] = {
    FORMAT(text_json, "form of the answer"), RULES, AS_OF, OUTPUT, END};
static const as_cmd_option check_options[] = {
    FORMAT(text_json, "form of the complaints"), OUTPUT, END};
static const as_cmd_note check_exits[] = {
    {"0", "every rule can be read"},
    {"65", "one is defective"},
    {NULL, NULL},
};
static const as_cmd_option explain_options[] = {
    {.name = "in",
     .kind = AS_CMD_STRING,
     .argument = "FILE",
     .help = "the document that the part stands in",
     .hint = AS_CMD_FILE},
    FORMAT(text_json, "form of the answer"),
    OUTPUT,
    AS_OF,
    CONTEXT,
    RULES,
    KNOWLEDGE,
    REGISTER,
    NO_SANDBOX,
    POLICY,
    END,
};
static const as_cmd_note explain_examples[] = {
    {"assay explain CVE-2024-27351 "
     "pkg:pypi/django@4.2.0",
     "why this package is affected, or why not"},
    {"assay explain CVE-2022-0778 openssl --in gateway.cdx.json",
     "the same for a part of a document"},
    {"assay explain us-5949-a dram --act buy --in a.cdx.json",
     "how a rule ended, and whom the names of the part were taken for"},
    {NULL, NULL},
};
static const as_cmd_option validate_options[] = {
    FORMAT(text_json, "form of the diagnoses"), OUTPUT, NO_SANDBOX, END};
static const as_cmd_note validate_exits[] = {
    {"0", "every document keeps the rules of its format"},
    {"65", "one does not, or cannot be read"},
    {NULL, NULL},
};
static const as_cmd_option convert_options[] = {
    FORMAT(bom_formats, "CycloneDX 1.6 JSON or SPDX 2.3 JSON"), OUTPUT,
    NO_SANDBOX, END};
static const as_cmd_option diff_options[] = {
    FORMAT(text_json, "form of the difference"), OUTPUT, NO_SANDBOX, END};
static const as_cmd_note diff_exits[] = {
    {"0", "the same parts"}, {"1", "they differ"}, {NULL, NULL}};
#define EDITION                                                                \
    {                                                                          \
        .name = "edition", .kind = AS_CMD_STRING, .argument = "DATE",          \
        .help = "date of lists of parties whose content tells none"            \
    }
#define COUNTRIES                                                              \
    {                                                                          \
        .name = "countries", .kind = AS_CMD_STRING, .argument = "CC,...",      \
        .help = "of registers (GLEIF, OpenSanctions) keep parties of these"    \
    }
static const as_cmd_option import_options[] = {
    {.name = "force",
     .help = "take a list that has shrunk suspiciously or is cut off"},
    EDITION,
    COUNTRIES,
    FORMAT(text_json, "form of the account"),
    KNOWLEDGE,
    AS_OF,
    NO_SANDBOX,
    OUTPUT,
    END,
};
static const as_cmd_note import_examples[] = {
    {"assay feeds import all.zip kev.json epss.csv.gz",
     "what each is is found from its content"},
    {NULL, NULL},
};
static const as_cmd_option status_options[] = {
    FORMAT(text_json, "form of the list"), KNOWLEDGE, AS_OF, OUTPUT, END};
static const as_cmd_option update_options[] = {
    {.name = "list", .help = "only list the feeds and where they come from"},
    {.name = "base-url",
     .kind = AS_CMD_STRING,
     .argument = "URL",
     .help = "take every file from below this address (a mirror)"},
    {.name = "force",
     .help = "take a list that has shrunk suspiciously or is cut off"},
    EDITION,
    COUNTRIES,
    FORMAT(text_json, "form of the account"),
    KNOWLEDGE,
    AS_OF,
    NO_SANDBOX,
    OUTPUT,
    END,
};
static const as_cmd_note update_examples[] = {
    {"assay feeds update", "the feeds taken by default"},
    {"assay feeds update kev epss osv-npm", "these"},
    {NULL, NULL},
};
static const as_cmd_option decide_options[] = {
    {.name = "same", .help = "the name is the party of the row"},
    {.name = "not-same", .help = "it is another"},
    {.name = "withdraw", .help = "an earlier decision no longer counts"},
    {.name = "because",
     .kind = AS_CMD_STRING,
     .argument = "TEXT",
     .help = "the reason"},
    {.name = "by",
     .kind = AS_CMD_STRING,
     .argument = "WHO",
     .help = "who decides (default: LOGNAME)"},
    {.name = "country",
     .kind = AS_CMD_STRING,
     .argument = "CODE",
     .help = "only for the name with this country"},
    AS_OF,
    KNOWLEDGE,
    REGISTER,
    OUTPUT,
    END,
};
static const as_cmd_note decide_examples[] = {
    {"assay screen decide Nedayeh us-csl/EL 17013 --not-same "
     "--because seat",
     "tied to the row as it is today"},
    {NULL, NULL},
};
static const char *const decisions_formats[] = {"text", "json", "jsonl", NULL};
static const as_cmd_option decisions_options[] = {
    {.name = "all", .help = "also those that later ones replaced"},
    {.name = "import",
     .kind = AS_CMD_STRING,
     .argument = "FILE",
     .help = "take decisions of another register (jsonl)",
     .hint = AS_CMD_FILE},
    FORMAT(decisions_formats, "form of the list; jsonl is for --import"),
    AS_OF,
    KNOWLEDGE,
    REGISTER,
    OUTPUT,
    END,
};
static const char *const owner_methods[] = {
    "multiply", "ofac", "bis", "mofcom", "eu", "uk", "family", NULL};
static const as_cmd_option owners_options[] = {
    {.name = "file",
     .kind = AS_CMD_STRING,
     .argument = "FILE",
     .help = "table of owners, CSV (- for standard input)",
     .hint = AS_CMD_FILE},
    {.name = "listed",
     .kind = AS_CMD_LIST,
     .argument = "NAME",
     .help = "a listed owner, beside those of the table"},
    {.name = "method",
     .kind = AS_CMD_CHOICE,
     .argument = "METHOD",
     .help = "how shares are counted (default: ofac)",
     .choices = owner_methods},
    {.name = "unrecorded",
     .help = "shares without a stated owner may be theirs"},
    FORMAT(text_json, "form of the answer"),
    AS_OF,
    OUTPUT,
    END,
};
static const as_cmd_note owners_examples[] = {
    {"assay screen owners --file owners.csv Harbour", "the 50 % rule of OFAC"},
    {"assay screen owners --file o.csv --method bis --as-of 2026-11-11 "
     "Harbour",
     "the Affiliates Rule, the day after its suspension"},
    {NULL, NULL},
};
static const as_cmd_note owners_exits[] = {
    {"0", "no"}, {"1", "yes"}, {"2", "not known"}, {NULL, NULL}};
static const as_cmd_option screen_options[] = {
    {.name = "kind",
     .kind = AS_CMD_CHOICE,
     .argument = "KIND",
     .help = "what the name is of (default: unknown)",
     .choices = party_kinds},
    {.name = "country",
     .kind = AS_CMD_STRING,
     .argument = "COUNTRY",
     .help = "where it is, a name or its ISO 3166 code"},
    {.name = "id",
     .kind = AS_CMD_LIST,
     .argument = "SCHEME:VALUE",
     .help = "an identifier: lei, imo, uei, registration, tax and others"},
    {.name = "address",
     .kind = AS_CMD_STRING,
     .argument = "TEXT",
     .help = "its address, as written"},
    {.name = "birth",
     .kind = AS_CMD_STRING,
     .argument = "DATE",
     .help = "of a person: date or year"},
    {.name = "list",
     .kind = AS_CMD_LIST,
     .argument = "LIST",
     .help = "only this one; us-csl takes in us-csl/EL, un* all with un"},
    {.name = "identity",
     .kind = AS_CMD_CHOICE,
     .argument = "IDENTITY",
     .help = "whether sisters differ (default: entity)",
     .choices = name_identities},
    {.name = "threshold",
     .kind = AS_CMD_STRING,
     .argument = "SCORE",
     .help = "least score of a hit (default: 0.7)"},
    {.name = "limit",
     .kind = AS_CMD_NUMBER,
     .argument = "N",
     .help = "hits of a name that are shown (default: 50)"},
    {.name = "exhaustive",
     .kind = AS_CMD_FLAG,
     .help = "compare with every name of the lists, without the index: slow"},
    {.name = "file",
     .kind = AS_CMD_STRING,
     .argument = "FILE",
     .help = "many names: CSV or JSONL (- for standard input)",
     .hint = AS_CMD_FILE},
    {.name = "columns",
     .kind = AS_CMD_STRING,
     .argument = "MAP",
     .help = "where they stand: name=2,country=5,lei=LEI code"},
    FORMAT(text_json, "form of the answer for one name"),
    AS_OF,
    KNOWLEDGE,
    REGISTER,
    OUTPUT,
    END,
};
static const as_cmd_note screen_examples[] = {
    {"assay screen --country RU Gazprom-Bank", "one name"},
    {"assay screen --id imo:9187629 --as-of 2025-06-30 Ocean-Star",
     "a vessel, with the lists of that day"},
    {"assay screen --file customers.csv -o answers.jsonl",
     "many; started again, it goes on"},
    {NULL, NULL},
};
static const as_cmd_note screen_exits[] = {
    {"0", "no hit on the lists that were asked"},
    {"1", "a sure hit that no decision has dismissed"},
    {"2", "undecided: a possible hit, or not all could be examined"},
    {NULL, NULL},
};
static const as_cmd_option compare_options[] = {
    {.name = "kind",
     .kind = AS_CMD_CHOICE,
     .argument = "KIND",
     .help = "what the names are of (default: unknown)",
     .choices = party_kinds},
    {.name = "method",
     .kind = AS_CMD_CHOICE,
     .argument = "METHOD",
     .help = "ofac: as the search of OFAC scores B for A",
     .choices = name_methods},
    {.name = "identity",
     .kind = AS_CMD_CHOICE,
     .argument = "IDENTITY",
     .help = "whether sisters differ (default: entity)",
     .choices = name_identities},
    FORMAT(text_json, "the score, or how it came about"),
    OUTPUT,
    END,
};
static const as_cmd_note compare_examples[] = {
    {"assay screen compare --kind organisation Gazprom-Bank Gazprombank",
     "two names"},
    {"assay screen compare <pairs.csv", "many"},
    {NULL, NULL},
};
static const as_cmd_option only_output[] = {OUTPUT, END};
static const char *const licence_kinds[] = {"export", "reexport", "transfer",
                                            "deemed", "service",  NULL};
static const char *const yes_no[] = {"yes", "no", "unknown", NULL};
static const as_cmd_option licence_options[] = {
    {.name = "item",
     .kind = AS_CMD_STRING,
     .argument = "ECCN",
     .help = "what moves: 3B001.c.1.a, 5A002, EAR99"},
    {.name = "to",
     .kind = AS_CMD_STRING,
     .argument = "COUNTRY",
     .help = "destination, a name or its ISO 3166 code"},
    {.name = "from",
     .kind = AS_CMD_STRING,
     .argument = "COUNTRY",
     .help = "where it leaves (default for an export: the US)"},
    {.name = "party",
     .kind = AS_CMD_LIST,
     .argument = "NAME",
     .help = "who takes part; may be given several times"},
    {.name = "use",
     .kind = AS_CMD_STRING,
     .argument = "TEXT",
     .help = "what it is for, in words: raises questions"},
    {.name = "value",
     .kind = AS_CMD_STRING,
     .argument = "DOLLARS",
     .help = "value of the order in US dollars"},
    {.name = "kind",
     .kind = AS_CMD_CHOICE,
     .argument = "KIND",
     .help = "of transaction",
     .choices = licence_kinds},
    {.name = "facts",
     .kind = AS_CMD_STRING,
     .argument = "FILE",
     .help = "everything else that is known (doc/licence.md)",
     .hint = AS_CMD_FILE},
    {.name = "product",
     .kind = AS_CMD_STRING,
     .argument = "BOM",
     .help = "instead of --item: every part that states an ECCN",
     .hint = AS_CMD_FILE},
    FORMAT(text_json, "form of the answer"),
    KNOWLEDGE,
    REGISTER,
    OUTPUT,
    AS_OF,
    NO_SANDBOX,
    END,
};
static const as_cmd_note licence_examples[] = {
    {"assay licence --item 5A002 --to JP", "encryption hardware to Japan"},
    {"assay licence --item 3B001.c --to Macau --facts deal.yaml",
     "an etcher, with what is known of the deal"},
    {"assay licence --product gateway.cdx.json --to CN --format json",
     "every part of a product, and the share of US content"},
    {NULL, NULL},
};
static const as_cmd_note licence_exits[] = {
    {"0", "by the facts given no licence is required; no clearance"},
    {"1", "a licence is required"},
    {"2", "unknown: facts are missing"},
    {NULL, NULL},
};
static const as_cmd_option chip_options[] = {
    {.name = "unit",
     .kind = AS_CMD_LIST,
     .argument = "MACTOPSxBITS[xCOUNT]",
     .help = "processing units, each kind once; a multiply-accumulate is one, "
             "so take half the TOPS of a data sheet"},
    {.name = "tpp",
     .kind = AS_CMD_STRING,
     .argument = "NUMBER",
     .help = "total processing performance, when known"},
    {.name = "die-area",
     .kind = AS_CMD_STRING,
     .argument = "MM2",
     .help = "of logic dies in a non-planar process"},
    {.name = "bandwidth",
     .kind = AS_CMD_STRING,
     .argument = "GB/S",
     .help = "of a memory package or stack"},
    {.name = "package-area",
     .kind = AS_CMD_STRING,
     .argument = "MM2",
     .help = "of that package or stack"},
    {.name = "transfer-rate",
     .kind = AS_CMD_STRING,
     .argument = "GB/S",
     .help = "to other circuits, both ways, for the text of 2022"},
    {.name = "datacenter",
     .kind = AS_CMD_CHOICE,
     .argument = "ANSWER",
     .help = "designed or marketed for datacentres",
     .choices = yes_no},
    {.name = "co-packaged", .help = "the memory is packaged with the circuit"},
    FORMAT(text_json, "form of the answer"),
    OUTPUT,
    AS_OF,
    END,
};
static const as_cmd_note chip_examples[] = {
    {"assay licence chip --unit 156x16 --die-area 826 --datacenter yes",
     "312 TOPS of 16 bits: TPP 4992, density 6.04"},
    {"assay licence chip --bandwidth 819 --package-area 110",
     "memory of high bandwidth"},
    {NULL, NULL},
};

#define LINES_TEXT                                                             \
    "Without operands one case a line is read on standard input and one "      \
    "answer a line is written; the answer to a case that cannot be read has "  \
    "a member \"error\", and the exit status is then 65."

static const as_cmd_verb verbs[] = {
    {.name = "review",
     .summary = "review bills of materials against the knowledge base",
     .text = "The kind of a TARGET is found from its content: CycloneDX JSON "
             "or XML, SPDX 2 JSON, YAML or tag-value, SPDX 3 JSON, a list of "
             "purls; - is standard input. Every part ends as matched, clean "
             "or not examined with the reason. The exit status is the "
             "verdict; of several targets the worst.",
     .operands = "TARGET...",
     .min = 1,
     .max = AS_CMD_MANY,
     .hint = AS_CMD_FILE,
     .options = review_options,
     .examples = review_examples,
     .run = as_cli_review},
    {.name = "explain",
     .summary = "say why a finding is there, or why it is not",
     .text = "The first operand is a finding's id, or that of an advisory or "
             "a rule with a part: its reference, purl, CPE, name or "
             "name@version.",
     .operands = "FINDING|ADVISORY|RULE [PART]",
     .min = 1,
     .max = 2,
     .options = explain_options,
     .examples = explain_examples,
     .run = as_cli_explain},
    {.name = "bom validate",
     .summary = "check documents against the rules of their format",
     .operands = "FILE...",
     .min = 1,
     .max = AS_CMD_MANY,
     .hint = AS_CMD_FILE,
     .options = validate_options,
     .exits = validate_exits,
     .run = as_cli_bom_validate},
    {.name = "bom convert",
     .summary = "write a document in another format",
     .text = "What the other format has no place for is named on standard "
             "error.",
     .operands = "FILE",
     .min = 1,
     .max = 1,
     .hint = AS_CMD_FILE,
     .options = convert_options,
     .run = as_cli_bom_convert},
    {.name = "bom diff",
     .summary = "compare the parts of two documents",
     .operands = "OLD NEW",
     .min = 2,
     .max = 2,
     .hint = AS_CMD_FILE,
     .options = diff_options,
     .exits = diff_exits,
     .run = as_cli_bom_diff},
    {.name = "feeds import",
     .summary = "add files to the knowledge base",
     .text = "A PATH is a file, a folder (taken whole) or an archive. Every "
             "record is stored, unchanged, or refused with the reason; the "
             "account adds up.",
     .operands = "PATH...",
     .min = 1,
     .max = AS_CMD_MANY,
     .hint = AS_CMD_FILE,
     .options = import_options,
     .examples = import_examples,
     .run = as_cli_feeds_import},
    {.name = "feeds status",
     .summary = "list the sources of the knowledge base and their age",
     .options = status_options,
     .run = as_cli_feeds_status},
    {.name = "feeds update",
     .summary = "download feeds and add them to the knowledge base",
     .text = "Only what has changed is downloaded; a download that was cut "
             "short is gone on with. Without operands the feeds that are taken "
             "by default, see --list. A feed that fails does not stop the "
             "others; the exit status is then 74.",
     .operands = "[FEED...]",
     .max = AS_CMD_MANY,
     .options = update_options,
     .examples = update_examples,
     .run = as_cli_feeds_update},
    {.name = "licence",
     .summary = "say whether the US asks for an export licence",
     .text =
         "By the Export Administration Regulations: whether the item is "
         "subject to them, every reason for control against the country "
         "chart, parties, end uses, embargoes, and which licence exceptions "
         "are ruled out. Logic is three-valued: a missing fact makes a "
         "requirement unknown, and the answer names the fact and whom to ask. "
         "Names of parties are screened against the US lists of the "
         "knowledge base; owners and what else is known of them stands in "
         "--facts.\n\n"
         "No answer is a clearance, and none is legal advice.",
     .options = licence_options,
     .examples = licence_examples,
     .exits = licence_exits,
     .run = as_cli_licence},
    {.name = "licence chip",
     .summary = "measure a chip against 3A090 and 4A090",
     .text = "Total processing performance is 2 x MacTOPS x bit length, summed "
             "over the units of the circuit; performance density is that over "
             "the die area. Each text of the rule has its own limits: all are "
             "shown, with the day they are in force from.",
     .options = chip_options,
     .examples = chip_examples,
     .run = as_cli_licence_chip},
    {.name = "rules list",
     .summary = "list the rules and where each stands on a day",
     .options = rules_options,
     .run = as_cli_rules_list},
    {.name = "rules show",
     .summary = "show rules in full: whom they bind, when, on which condition",
     .operands = "ID...",
     .min = 1,
     .max = AS_CMD_MANY,
     .options = rules_options,
     .run = as_cli_rules_show},
    {.name = "rules check",
     .summary = "check files of rules, with the place of each complaint",
     .text =
         "A PATH is a file or a folder of *.yaml. Errors are what cannot be "
         "read; warnings what may mislead: intervals that overlap, no "
         "citation, no source, an id that stands twice.",
     .operands = "PATH...",
     .min = 1,
     .max = AS_CMD_MANY,
     .hint = AS_CMD_FILE,
     .options = check_options,
     .exits = check_exits,
     .run = as_cli_rules_check},
    {.name = "screen",
     .summary = "screen names against the lists of parties",
     .text =
         "A name in any script is held against the names of all lists in force "
         "on the day. From 0.85 on a hit is sure, from 0.7 on possible; an "
         "identifier that is the same outranks every name. Another country, "
         "year of birth or identifier lowers the score and says so; what is "
         "near and not taken for the same is told with the reason. No match is "
         "never clearance: the answer names the lists it searched, and those "
         "it did not.\n\n"
         "Of a FILE each row gives a line of JSON; the first line says what "
         "was asked, the last one counts. The columns are found by the words "
         "of the first row (name, country, address, kind, date of birth, lei, "
         "imo, uei, duns, cage, registration, tax ...) or by MAP, with numbers "
         "from 1 or words of the first row. An output that is there already "
         "is gone on with.\n\n"
         "The index parties.index is kept beside the knowledge base; it is "
         "made anew when the lists change.",
     .operands = "[NAME]",
     .max = 1,
     .options = screen_options,
     .examples = screen_examples,
     .exits = screen_exits,
     .run = as_cli_screen},
    {.name = "screen compare",
     .summary = "score how alike two names of parties are",
     .text = "Prints a score from 0 to 1; from 0.7 on the names may be of one "
             "party. A score never clears anybody.\n\n"
             "Without operands lines of \"kind,A,B\" (RFC 4180) are read on "
             "standard input and one score a line is written; nan stands for "
             "what could not be examined, the reason is on standard error, and "
             "the exit status is then 65. The kind is organisation, person, "
             "vessel or unknown.",
     .operands = "[A B]",
     .max = 2,
     .options = compare_options,
     .examples = compare_examples,
     .run = as_cli_screen_compare},
    {.name = "screen decide",
     .summary = "record whether a name is the party of a list's row",
     .text = "LIST and ID are those of the row that the name met. The decision "
             "is tied to what the row says: when that changes, the question "
             "is open again. Nothing is ever overwritten; a later decision "
             "takes the place of an earlier one. Names are the same whatever "
             "the case of their ASCII letters and their white space. Without "
             "--country it holds whatever the country, unless another was "
             "made for that one.",
     .operands = "NAME LIST ID",
     .min = 3,
     .max = 3,
     .options = decide_options,
     .examples = decide_examples,
     .run = as_cli_screen_decide},
    {.name = "screen decisions",
     .summary = "list what was decided, and whether it still holds",
     .text = "valid: the row says what it said; reopened: it says something "
             "else; row-gone: the list has no such row on that day; "
             "withdrawn. With --import takes the lines that --format jsonl "
             "writes, all or none.",
     .options = decisions_options,
     .run = as_cli_screen_decisions},
    {.name = "screen owners",
     .summary = "count what listed owners hold of a party",
     .text = "FILE is CSV with a first line that names its columns: owner, "
             "owned; low and high or share, in percent (nothing: not known, 0 "
             "to 100); from and to, the days it is held, without the last "
             "(nothing: open); control (yes, no, unknown); listed, of the "
             "owner: yes, or the list's name; rank, a number, higher for a "
             "stricter requirement. A row without owned only lists its "
             "owner. Names are the same when all their characters are."
             "\n\n"
             "multiply: shares multiplied along every path and summed, 50 % "
             "or more. ofac, bis, mofcom: 50 % or more by all listed owners "
             "together, where a party that is held so counts as listed for "
             "the next step. eu: likewise, more than 50 %, or control. uk: "
             "likewise, by one listed owner alone. family: the party, what "
             "consolidates it and what these consolidate. For bis and mofcom "
             "the answer is no while the rule is suspended.\n\n"
             "The answer holds whatever the unknown shares are; else it is "
             "\"unknown\" and names those that settle it. Control that the "
             "table does not state is not examined.",
     .operands = "NAME...",
     .min = 1,
     .max = AS_CMD_MANY,
     .options = owners_options,
     .examples = owners_examples,
     .exits = owners_exits,
     .run = as_cli_screen_owners},
    {.name = "version compare",
     .summary = "compare two versions in the order of an ecosystem",
     .text = "Prints < = or >. ECOSYSTEM is a name of OSV, a purl type or a "
             "scheme: npm, PyPI, Maven, Go, crates.io, RubyGems, NuGet, "
             "Packagist, Debian, Ubuntu, rpm, Alpine, Pub, Hex, CRAN, "
             "Hackage, alpm, gentoo, conan, openssl, semver, generic, ...\n\n"
             "Without operands lines of \"ECOSYSTEM A B\" are read on "
             "standard input, with blanks or tabs between, and one answer a "
             "line is written; the exit status is 65 when one could not be "
             "compared.",
     .operands = "[ECOSYSTEM A B]",
     .max = 3,
     .options = only_output,
     .run = as_cli_version_compare},
    {.name = "purl",
     .summary = "read package URLs, as JSON",
     .text = LINES_TEXT
     "\n\nAn operand or line that is a JSON object of components (type, "
     "namespace, name, version, qualifiers, subpath) is built.",
     .operands = "[PURL...]",
     .max = AS_CMD_MANY,
     .options = only_output,
     .run = as_cli_purl},
    {.name = "cpe",
     .summary = "read CPE names, or compare two, as JSON",
     .text = LINES_TEXT "\n\nTwo names, or a line with a blank between two, "
                        "are compared (NISTIR 7696).",
     .operands = "[CPE [CPE]]",
     .max = 2,
     .options = only_output,
     .run = as_cli_cpe},
    {.name = "cvss",
     .summary = "score CVSS vectors, as JSON",
     .text = LINES_TEXT,
     .operands = "[VECTOR...]",
     .max = AS_CMD_MANY,
     .options = only_output,
     .run = as_cli_cvss},
    {.name = "completion",
     .summary = "print the completion script of a shell",
     .operands = "SHELL",
     .min = 1,
     .max = 1,
     .choices = shells,
     .options = only_output,
     .run = as_cli_completion},
    {.name = "man",
     .summary = "print the manual page (roff)",
     .options = only_output,
     .run = as_cli_man},
    {.name = NULL},
};

static const as_cmd_option common[] = {
    {.name = "help", .letter = 'h', .help = "say what there is, and end"},
    {.name = "version", .letter = 'V', .help = "print the version, and end"},
    END,
};
static const as_cmd_note exits[] = {
    {"0", "accept; for other verbs: done"},
    {"1", "reject: a gate of the policy failed"},
    {"2", "undecided: facts are missing, or nothing could be examined"},
    {"64", "the command line is wrong"},
    {"65", "the input is defective, passes a ceiling or is of no known kind"},
    {"66", "the input is not there"},
    {"70", "the program or a worker failed"},
    {"74", "reading or writing failed"},
    {NULL, NULL},
};
static const as_cmd_note environment[] = {
    {"ASSAY_HOME", "where the knowledge base lies (default: "
                   "$XDG_DATA_HOME/assay, else ~/.local/share/assay)"},
    {"LOGNAME", "who decides, where a decision is recorded"},
    {"NO_COLOR", "set: no colours"},
    {"SOURCE_DATE_EPOCH", "the time to take for now"},
    {NULL, NULL},
};
static const as_cmd_note files[] = {
    {"ASSAY_HOME/parties.index",
     "names of its lists of parties, found fast; made anew when it is missing"},
    {"ASSAY_HOME/knowledge.db",
     "the knowledge base, an SQLite file that sqlite3 can open"},
    {"ASSAY_HOME/register.db",
     "what people decided, an SQLite file that only grows"},
    {NULL, NULL},
};

const as_cmd_program as_cli_program = {
    .name = "assay",
    .version = ASSAY_VERSION,
    .date = "2026-11-22",
    .summary = "review the security of a product and of the supply chain "
               "behind it",
    .text = "assay reads what a product says it is made of, holds every part "
            "against what is known, and gives a verdict with evidence. What "
            "could not be examined is named and is never a pass.",
    .verbs = verbs,
    .options = common,
    .exits = exits,
    .environment = environment,
    .files = files,
    .see_also = NULL,
};
