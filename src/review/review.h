/* SPDX-License-Identifier: Apache-2.0 */
/* The use cases: what the command line and the server are skins over. The only
 * caller of several parts of the layer below. Files are opened here or by the
 * caller; bytes are decoded in a worker. */
#ifndef AS_REVIEW_REVIEW_H
#define AS_REVIEW_REVIEW_H

#include "model/finding.h"
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

#endif
