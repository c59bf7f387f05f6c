/* SPDX-License-Identifier: Apache-2.0 */
/* The use cases: what the command line and the server are skins over. The only
 * caller of several parts of the layer below. Files are opened here or by the
 * caller; bytes are decoded in a worker. */
#ifndef AS_REVIEW_REVIEW_H
#define AS_REVIEW_REVIEW_H

#include "model/finding.h"
#include "party/party.h"
#include "sandbox/worker.h"

/* Reading a bill of materials in a worker. */
typedef struct as_read_options {
    bool unconfined;          /* in this process: for debuggers */
    as_worker_report *report; /* or NULL */
} as_read_options;

/* bytes is padded (base/io.h); file names it in errors. */
as_rc as_read_product(as_span bytes, as_str file, const as_read_options *o,
                      as_product **ret, as_err *err) AS_MUST_USE;

/* A file that was read, or a member of one. */
typedef struct as_named_bytes {
    as_str name; /* for errors */
    as_span bytes;
} as_named_bytes;

typedef struct as_review_request {
    as_str target;        /* the file as the user named it */
    as_span bytes;        /* padded */
    as_str as_of;         /* YYYY-MM-DD */
    as_span policy;       /* YAML; n 0: the policy built in */
    as_str policy_file;   /* its name, for errors */
    as_str knowledge;     /* path of the knowledge base; empty: none */
    bool knowledge_named; /* by the user: it must be there */
    as_str register_;     /* path of the register of decisions; empty: none */
    bool unjudged;        /* the document is not held against its rules */
    const as_named_bytes *rules; /* beside those built in, which they replace */
    size_t n_rules;
    bool only_given_rules;           /* without those built in */
    as_named_bytes context;          /* YAML, assay-context/1; n 0: none */
    const as_property *context_more; /* members by name, after the file */
    size_t n_context_more;
    as_read_options read;
} as_review_request;

/* A whole review: read, match, judge. Whether the document keeps the rules of
 * its format is found meanwhile, in the worker that has read it, and is a fact
 * of the review.  A missing knowledge base that nobody
 * named is no error: its absence is a fact of the review. The result owns its
 * product. */
as_rc as_review_run(const as_review_request *q, as_review **ret,
                    as_err *err) AS_MUST_USE;
as_review *as_review_free(as_review *r); /* takes NULL, returns NULL */

/* Checks a document against the rules of its format, in a worker. Lines of text
 * (one a diagnosis) or one JSON object go to out; *ret_valid says whether there
 * was no error. A document that cannot be read at all is a failure. */
typedef struct as_validate_request {
    as_span bytes; /* padded */
    as_str file;
    bool json;
    as_read_options read;
} as_validate_request;

as_rc as_review_validate(const as_validate_request *q, as_buf *out,
                         bool *ret_valid, as_err *err) AS_MUST_USE;

/* The policy that applies when none is given, as YAML. */
as_str as_review_default_policy(void);

/* What is to be done with rules: those built in and those given. */
typedef struct as_rules_request {
    const as_named_bytes *rules;
    size_t n_rules;
    bool only_given;
    as_str as_of;
    bool json;
} as_rules_request;

/* All rules, one a line, with where they stand on the day; or JSON. */
as_rc as_review_rules_list(const as_rules_request *q, as_buf *out,
                           as_err *err) AS_MUST_USE;
/* One rule in full; AS_ERR_USAGE when there is none of that id. */
as_rc as_review_rules_show(const as_rules_request *q, as_str id, as_buf *out,
                           as_err *err) AS_MUST_USE;
/* Complaints about the given files, one a line with its place, or JSON;
 * *ret_sound false: one of them is an error. */
as_rc as_review_rules_check(const as_rules_request *q, as_buf *out,
                            bool *ret_sound, as_err *err) AS_MUST_USE;

/* Why, and why not: how one advisory was held against one part. Several lines
 * of text into out, or JSON. id is an advisory's or a finding's
 * ("CVE-...@pkg:..."); then part may be absent. part is a ref, purl, name or
 * name@version. */
as_rc as_review_explain(const as_review_request *q, as_str id, as_str part,
                        bool json, as_buf *out, as_err *err) AS_MUST_USE;

/* ---- parties: names against lists ------------------------------------------
 */

typedef struct as_parties_request {
    as_str knowledge;     /* path of the knowledge base; empty: none */
    bool knowledge_named; /* by the user: it must be there */
    as_str register_;     /* path of the register of decisions; empty: none */
    as_str as_of;         /* YYYY-MM-DD */
} as_parties_request;

/* Knowledge, candidate index and register, opened to screen names. */
typedef struct as_parties as_parties;

/* The index is the file parties.index beside the knowledge base. One that is
 * not there, is not of this knowledge or is defective is made anew, and
 * replaced as a whole; when it cannot be written it is used from memory and a
 * note says so. */
as_rc as_parties_open(const as_parties_request *q, as_parties **ret,
                      as_err *err) AS_MUST_USE;
as_parties *as_parties_close(as_parties *p); /* takes NULL, returns NULL */
/* What a user may want to know of the opening, or absent. */
as_str as_parties_note(const as_parties *p);

/* One name. The query's date and decisions are filled in here. An index that
 * turns out to be defective is made anew, once. */
as_rc as_parties_screen(as_parties *p, const as_screen_query *q,
                        as_arena *arena, as_screen_answer *ret,
                        as_err *err) AS_MUST_USE;

/* What was searched, and what was not. */
typedef struct as_parties_gap {
    as_str list, title;
    as_str why; /* "not imported", "its first edition is of 2026-07-31" */
    bool asked; /* by name, or by importing it: then the answer is undecided */
} as_parties_gap;

typedef struct as_parties_coverage {
    const as_know_list *lists; /* in force on the day; those asked for count */
    size_t n_lists;
    as_parties_gap *gaps;
    size_t n_gaps;
    bool none;       /* no imported list at all was searched */
    uint64_t unread; /* names of the lists that could not be read */
} as_parties_coverage;

as_rc as_parties_cover(as_parties *p, const as_screen_query *q, as_arena *arena,
                       as_parties_coverage *ret, as_err *err) AS_MUST_USE;

/* How an answer ends. hit: a sure one that is neither dismissed nor
 * conditional. undecided: possible or conditional hits, a name that could not
 * be examined, a ceiling that was met, a list asked for that says nothing for
 * the day. */
typedef enum as_parties_status {
    AS_PARTIES_NO_HIT = 0,
    AS_PARTIES_HIT,
    AS_PARTIES_UNDECIDED,
} as_parties_status;
const char *as_parties_status_word(as_parties_status s);

/* Who owns it, by the laws whose lists are asked for. Without imported rows
 * that state owners it costs nothing and owners is NULL. status: a listed owner
 * holds it by a rule that is in force (hit), or may (undecided). */
typedef struct as_parties_owned {
    const as_party_owners *owners;
    as_parties_status status;
} as_parties_owned;
as_rc as_parties_ask_owners(as_parties *p, const as_screen_query *q,
                            const as_parties_coverage *c, as_arena *arena,
                            as_parties_owned *ret, as_err *err) AS_MUST_USE;

/* All that was found of a name; owned may be NULL. */
typedef struct as_parties_result {
    const as_screen_query *query;
    const as_screen_answer *answer;
    const as_parties_coverage *coverage;
    const as_parties_owned *owned;
} as_parties_result;

as_parties_status as_parties_judge(const as_parties_result *r);
void as_parties_text(as_parties *p, const as_parties_result *r, as_buf *out);
/* schema assay-screen/1, see doc/screening.md. */
void as_parties_json(as_parties *p, const as_parties_result *r, as_buf *out);

/* Every party of a licence question that is not screened yet. With one of the
 * lists that it asks for not there, nobody is screened and *ret_gap names it.
 * What the facts say themselves (owners) stays. Names
 * are screened and not owners: a party without hit is not cleared by it. */
struct as_licence_facts;
as_rc as_review_screen_licence(const as_parties_request *q,
                               struct as_licence_facts *facts, as_arena *arena,
                               as_str *ret_gap, as_err *err) AS_MUST_USE;

/* ---- many names of a file --------------------------------------------------
 *
 * CSV (separated by commas, semicolons or tabs; a header names the columns) or
 * JSONL. One line of JSON comes out for each row: the first line says what was
 * asked of which lists, the last one counts. The same input gives the same
 * bytes, so a run that was broken off goes on behind the lines it has. */

typedef struct as_parties_file {
    as_span bytes;
    as_str name;           /* of the file, for errors */
    as_str columns;        /* "name=2,country=5,lei=LEI code", or absent */
    as_screen_query query; /* what holds for every row: lists, threshold ... */
    uint64_t skip;         /* rows that are there already */
    uint64_t counts[4];    /* of those: no hit, hit, undecided, bad */
    /* A line with its newline; false stops the run (AS_ERR_IO). */
    bool (*emit)(void *ctx, as_str line);
    /* Bytes of the input so far; may be NULL. */
    void (*progress)(void *ctx, uint64_t done);
    void *ctx;
} as_parties_file;

/* The first line, by which a run that goes on knows that it is the same one. */
as_rc as_parties_file_head(as_parties *p, const as_parties_file *f, as_buf *out,
                           as_err *err) AS_MUST_USE;
/* What a line of an earlier run says: 0 to 3 as in counts, 4 the head, 5 the
 * last line, -1: none of ours. */
int as_parties_file_line(as_str line);
/* All rows behind those to be skipped, and the last line. counts of f are added
 * to. AS_ERR_INPUT when no column holds names. */
as_rc as_parties_file_run(as_parties *p, as_parties_file *f,
                          as_err *err) AS_MUST_USE;

#endif
