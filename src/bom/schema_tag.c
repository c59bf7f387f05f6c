/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX 2 in its tag-value form (SPDX 2.3, annex and clauses 6 to 12):
 *
 *     PackageName: openssl
 *     SPDXID: SPDXRef-openssl
 *     PackageDescription: <text>one or
 *     more lines</text>
 *
 * A tag is what a member is in the JSON form, so the rules come from the same
 * table: each row below names a tag, the section it stands in and where its
 * value is in the JSON form. A tag is needed when that member is. A section
 * begins with its first tag and ends with the next one of its kind. Tags about
 * the document and relationships may stand anywhere.
 *
 * Cost: each line once, twice when a name leads nowhere. */
#include "base/limits.h"
#include "bom/schema_internal.h"

#include <string.h>

enum section {
    DOCUMENT,
    PACKAGE,
    FILES,
    SNIPPET,
    LICENSE,
    ANNOTATION, /* this and the next stand inside of the others */
    REVIEW,
    SECTIONS
};

static const struct {
    const char *name;
    as_str at; /* in the JSON form; '*' is every item */
} sections[SECTIONS] = {
    [DOCUMENT] = {"Document", AS_STR_INIT("")},
    [PACKAGE] = {"Package", AS_STR_INIT("packages/*/")},
    [FILES] = {"File", AS_STR_INIT("files/*/")},
    [SNIPPET] = {"Snippet", AS_STR_INIT("snippets/*/")},
    [LICENSE] = {"License", AS_STR_INIT("hasExtractedLicensingInfos/*/")},
    [ANNOTATION] = {"Annotation", AS_STR_INIT("annotations/*/")},
    [REVIEW] = {"Review", AS_STR_INIT("revieweds/*/")},
};

enum kind {
    ONE,
    MANY,
    OPENS, /* its section */
    RANGE, /* two numbers with a colon between */
};

struct tag {
    as_str name;
    uint8_t section, kind;
    as_str at;    /* below its section, or from the root with a slash before it;
                     empty: the JSON form has no such member */
    as_str parts; /* members of the value's words, when it has several */
};

#define ROW(name, section, kind, at)                                           \
    {                                                                          \
        AS_STR_INIT(name), section, kind, AS_STR_INIT(at), AS_STR_INIT("")     \
    }
#define PARTS(name, section, at, parts)                                        \
    {                                                                          \
        AS_STR_INIT(name), section, MANY, AS_STR_INIT(at), AS_STR_INIT(parts)  \
    }

static const struct tag tags[] = {
    ROW("SPDXVersion", DOCUMENT, ONE, "spdxVersion"),
    ROW("DataLicense", DOCUMENT, ONE, "dataLicense"),
    ROW("SPDXID", DOCUMENT, ONE, "SPDXID"),
    ROW("DocumentName", DOCUMENT, ONE, "name"),
    ROW("DocumentNamespace", DOCUMENT, ONE, "documentNamespace"),
    ROW("DocumentComment", DOCUMENT, ONE, "comment"),
    PARTS("ExternalDocumentRef", DOCUMENT, "externalDocumentRefs/*",
          "externalDocumentId spdxDocument checksum/algorithm "
          "checksum/checksumValue"),
    ROW("Creator", DOCUMENT, MANY, "creationInfo/creators/*"),
    ROW("Created", DOCUMENT, ONE, "creationInfo/created"),
    ROW("CreatorComment", DOCUMENT, ONE, "creationInfo/comment"),
    ROW("LicenseListVersion", DOCUMENT, ONE, "creationInfo/licenseListVersion"),
    PARTS("Relationship", DOCUMENT, "relationships/*",
          "spdxElementId relationshipType relatedSpdxElement"),
    ROW("RelationshipComment", DOCUMENT, MANY, "relationships/*/comment"),

    ROW("PackageName", PACKAGE, OPENS, "name"),
    ROW("SPDXID", PACKAGE, ONE, "SPDXID"),
    ROW("PackageVersion", PACKAGE, ONE, "versionInfo"),
    ROW("PackageFileName", PACKAGE, ONE, "packageFileName"),
    ROW("PackageSupplier", PACKAGE, ONE, "supplier"),
    ROW("PackageOriginator", PACKAGE, ONE, "originator"),
    ROW("PackageDownloadLocation", PACKAGE, ONE, "downloadLocation"),
    ROW("FilesAnalyzed", PACKAGE, ONE, "filesAnalyzed"),
    ROW("PackageVerificationCode", PACKAGE, ONE, "packageVerificationCode"),
    PARTS("PackageChecksum", PACKAGE, "checksums/*", "algorithm checksumValue"),
    ROW("PackageHomePage", PACKAGE, ONE, "homepage"),
    ROW("PackageSourceInfo", PACKAGE, ONE, "sourceInfo"),
    ROW("PackageLicenseConcluded", PACKAGE, ONE, "licenseConcluded"),
    ROW("PackageLicenseInfoFromFiles", PACKAGE, MANY, "licenseInfoFromFiles/*"),
    ROW("PackageLicenseDeclared", PACKAGE, ONE, "licenseDeclared"),
    ROW("PackageLicenseComments", PACKAGE, ONE, "licenseComments"),
    ROW("PackageCopyrightText", PACKAGE, ONE, "copyrightText"),
    ROW("PackageSummary", PACKAGE, ONE, "summary"),
    ROW("PackageDescription", PACKAGE, ONE, "description"),
    ROW("PackageComment", PACKAGE, ONE, "comment"),
    PARTS("ExternalRef", PACKAGE, "externalRefs/*",
          "referenceCategory referenceType referenceLocator"),
    ROW("ExternalRefComment", PACKAGE, MANY, "externalRefs/*/comment"),
    ROW("PackageAttributionText", PACKAGE, MANY, "attributionTexts/*"),
    ROW("PrimaryPackagePurpose", PACKAGE, ONE, "primaryPackagePurpose"),
    ROW("ReleaseDate", PACKAGE, ONE, "releaseDate"),
    ROW("BuiltDate", PACKAGE, ONE, "builtDate"),
    ROW("ValidUntilDate", PACKAGE, ONE, "validUntilDate"),

    ROW("FileName", FILES, OPENS, "fileName"),
    ROW("SPDXID", FILES, ONE, "SPDXID"),
    ROW("FileType", FILES, MANY, "fileTypes/*"),
    PARTS("FileChecksum", FILES, "checksums/*", "algorithm checksumValue"),
    ROW("LicenseConcluded", FILES, ONE, "licenseConcluded"),
    ROW("LicenseInfoInFile", FILES, MANY, "licenseInfoInFiles/*"),
    ROW("LicenseComments", FILES, ONE, "licenseComments"),
    ROW("FileCopyrightText", FILES, ONE, "copyrightText"),
    ROW("FileComment", FILES, ONE, "comment"),
    ROW("FileNotice", FILES, ONE, "noticeText"),
    ROW("FileContributor", FILES, MANY, "fileContributors/*"),
    ROW("FileAttributionText", FILES, MANY, "attributionTexts/*"),
    ROW("FileDependency", FILES, MANY, ""),
    ROW("ArtifactOfProjectName", FILES, MANY, ""),
    ROW("ArtifactOfProjectHomePage", FILES, MANY, ""),
    ROW("ArtifactOfProjectURI", FILES, MANY, ""),

    ROW("SnippetSPDXID", SNIPPET, OPENS, "SPDXID"),
    ROW("SnippetFromFileSPDXID", SNIPPET, ONE, "snippetFromFile"),
    ROW("SnippetByteRange", SNIPPET, RANGE, "ranges/*"),
    ROW("SnippetLineRange", SNIPPET, RANGE, ""),
    ROW("SnippetLicenseConcluded", SNIPPET, ONE, "licenseConcluded"),
    ROW("LicenseInfoInSnippet", SNIPPET, MANY, "licenseInfoInSnippets/*"),
    ROW("SnippetLicenseComments", SNIPPET, ONE, "licenseComments"),
    ROW("SnippetCopyrightText", SNIPPET, ONE, "copyrightText"),
    ROW("SnippetComment", SNIPPET, ONE, "comment"),
    ROW("SnippetName", SNIPPET, ONE, "name"),
    ROW("SnippetAttributionText", SNIPPET, MANY, "attributionTexts/*"),

    ROW("LicenseID", LICENSE, OPENS, "licenseId"),
    ROW("ExtractedText", LICENSE, ONE, "extractedText"),
    ROW("LicenseName", LICENSE, ONE, "name"),
    ROW("LicenseCrossReference", LICENSE, MANY, "seeAlsos/*"),
    ROW("LicenseComment", LICENSE, ONE, "comment"),

    ROW("Annotator", ANNOTATION, OPENS, "annotator"),
    ROW("AnnotationDate", ANNOTATION, ONE, "annotationDate"),
    ROW("AnnotationType", ANNOTATION, ONE, "annotationType"),
    ROW("SPDXREF", ANNOTATION, ONE, "/relationships/*/spdxElementId"),
    ROW("AnnotationComment", ANNOTATION, ONE, "comment"),

    ROW("Reviewer", REVIEW, OPENS, "reviewer"),
    ROW("ReviewDate", REVIEW, ONE, "reviewDate"),
    ROW("ReviewComment", REVIEW, ONE, "comment"),
};

enum { TAGS = AS_ARRAY_LEN(tags), WORDS = 4 };

/* One line, or several in <text>. */
struct entry {
    as_str name, value;
    uint64_t line, column;
    size_t offset;
    bool unclosed; /* its <text> has no end */
};

struct reader {
    as_str in;
    size_t at;
    uint64_t line;
};

struct walk {
    as_schema_report report;
    const as_schema_document *document;
    struct entry entry;            /* the one we are at */
    enum section around, inner;    /* inner: DOCUMENT when there is none */
    const struct tag *tag;         /* of the entry */
    struct entry opener[SECTIONS]; /* where the open one began */
    size_t count[SECTIONS];        /* of sections so far */
    bool seen[TAGS];
    bool needed[TAGS];
};

#define SAY(w, ...) as_arena_printf((w)->report.arena, __VA_ARGS__)

/* ---- lines ------------------------------------------------------------- */

static as_str rest_of_line(const struct reader *r)
{
    as_str rest = as_str_slice(r->in, r->at, r->in.n);

    return as_str_slice(rest, 0, as_str_find(rest, '\n'));
}

/* Moves behind n bytes. */
static void move(struct reader *r, size_t n)
{
    for (; n && r->at < r->in.n; n--)
        r->line += r->in.p[r->at++] == '\n';
}

/* The value at the reader, over more lines when it is in <text>. */
static as_str take_value(struct reader *r, bool *ret_unclosed)
{
    as_str open = AS_STR("<text>"), close = AS_STR("</text>");
    as_str line = rest_of_line(r), rest, value;
    size_t end;

    if (!as_str_starts(as_str_trim(line), open)) {
        move(r, line.n);
        return as_str_trim(line);
    }
    move(r, as_str_search(line, open) + open.n);
    rest = as_str_slice(r->in, r->at, r->in.n);
    end = as_str_search(rest, close);
    value = as_str_slice(rest, 0, end);
    *ret_unclosed = end == rest.n;
    move(r, end);
    move(r, rest_of_line(r).n);
    return value;
}

/* Next entry; its name is absent when the line is none. */
static bool next_entry(struct reader *r, struct entry *ret)
{
    for (;;) {
        as_str line = rest_of_line(r), text = as_str_trim(line);
        size_t colon = as_str_find(line, ':');
        if (r->at >= r->in.n)
            return false;
        if (!text.n || text.p[0] == '#') {
            move(r, line.n + 1);
            continue;
        }
        *ret = (struct entry){.value = text,
                              .line = r->line,
                              .column = (uint64_t)(text.p - line.p) + 1,
                              .offset = r->at + (size_t)(text.p - line.p)};
        if (colon < line.n) {
            ret->name = as_str_trim(as_str_slice(line, 0, colon));
            move(r, colon + 1);
            ret->value = take_value(r, &ret->unclosed);
        }
        move(r, rest_of_line(r).n + 1);
        return true;
    }
}

/* ---- the table of the JSON form ---------------------------------------- */

static const as_schema_rule *rule_of(uint32_t node, as_schema_op op,
                                     as_schema_op or_op)
{
    const as_schema_node *n = &as_schema_nodes[node];

    for (size_t i = 0; i < n->n; i++) {
        const as_schema_rule *r = &as_schema_rules[n->first + i];
        if (r->op == op || r->op == or_op)
            return r;
    }
    return NULL;
}

/* The node a path leads to, AS_SCHEMA_NONE when it leads nowhere. */
static uint32_t node_at(uint32_t node, as_str path)
{
    while (path.n && node != AS_SCHEMA_NONE) {
        as_str step = as_str_cut(&path, '/');
        bool all = as_str_eq(step, AS_STR("*"));
        const as_schema_rule *r =
            rule_of(node, all ? AS_SCHEMA_ITEMS : AS_SCHEMA_MEMBERS_CLOSED,
                    all ? AS_SCHEMA_ITEMS : AS_SCHEMA_MEMBERS);
        size_t i = 0;
        if (!r)
            return AS_SCHEMA_NONE;
        if (!all)
            i = as_schema_search(r->at, r->n, 2, step);
        if (all)
            node = r->at;
        else
            node =
                i < r->n ? as_schema_words[r->at + 2 * i + 1] : AS_SCHEMA_NONE;
    }
    return node;
}

static uint32_t section_node(const struct walk *w, enum section s)
{
    return node_at(w->document->at, sections[s].at);
}

static uint32_t tag_node(const struct walk *w, const struct tag *t)
{
    if (t->at.n && t->at.p[0] == '/')
        return node_at(w->document->at, as_str_slice(t->at, 1, t->at.n));
    return node_at(section_node(w, (enum section)t->section), t->at);
}

/* Whether the JSON form needs the member a tag stands for. */
static bool is_needed(const struct walk *w, const struct tag *t)
{
    as_str at = t->at;
    const as_schema_rule *r;
    size_t slash;
    uint32_t node;

    if (!at.n || at.p[0] == '/')
        return false;
    if (as_str_ends(at, AS_STR("/*")))
        at.n -= 2;
    slash = as_str_rfind(at, '/');
    node = section_node(w, (enum section)t->section);
    if (slash < at.n)
        node = node_at(node, as_str_slice(at, 0, slash));
    if (node == AS_SCHEMA_NONE)
        return false;
    r = rule_of(node, AS_SCHEMA_REQUIRE, AS_SCHEMA_REQUIRE);
    at = slash < at.n ? as_str_slice(at, slash + 1, at.n) : at;
    for (size_t i = 0; r && i < r->n; i++)
        if (as_str_eq(as_schema_strings[as_schema_words[r->at + i]], at))
            return true;
    return false;
}

/* ---- findings ---------------------------------------------------------- */

static as_schema_place place_in(struct walk *w, enum section s,
                                const struct entry *e, as_str tag)
{
    as_schema_place p = {NULL, 0, e->line, e->column, e->offset, AS_ABSENT};
    as_str dash = tag.n ? AS_STR("/") : AS_STR("");

    if (s == DOCUMENT)
        p.path =
            SAY(w, "%s%.*s%.*s", sections[s].name, AS_FMT(dash), AS_FMT(tag));
    else
        p.path = SAY(w, "%s[%zu]%.*s%.*s", sections[s].name, w->count[s],
                     AS_FMT(dash), AS_FMT(tag));
    return p;
}

static as_schema_place place_of(const as_schema_spot *spot)
{
    struct walk *w = spot->ctx;
    enum section s = w->tag                 ? (enum section)w->tag->section
                     : w->inner != DOCUMENT ? w->inner
                                            : w->around;

    return place_in(w, s, &w->entry, w->tag ? w->tag->name : AS_ABSENT);
}

static as_schema_spot spot_of(struct walk *w)
{
    return (as_schema_spot){.report = &w->report, .place = place_of, .ctx = w};
}

/* At the entry. */
static void add(struct walk *w, bool warning, const char *rule, as_str message)
{
    as_schema_spot spot = spot_of(w);
    as_schema_place p = place_of(&spot);

    as_schema_add(&w->report, &p, warning, rule, message);
}

/* ---- sections ---------------------------------------------------------- */

static void close_section(struct walk *w, enum section s)
{
    for (size_t i = 0; i < TAGS; i++) {
        if (tags[i].section != s)
            continue;
        if (!w->seen[i] && w->needed[i] &&
            as_schema_wanted(&w->report, false)) {
            as_schema_place p = place_in(w, s, &w->opener[s], AS_ABSENT);
            as_schema_add(
                &w->report, &p, false, "required",
                SAY(w, "the tag \"%.*s\" is missing", AS_FMT(tags[i].name)));
        }
        w->seen[i] = false;
    }
}

static void close_inner(struct walk *w)
{
    if (w->inner != DOCUMENT)
        close_section(w, w->inner);
    w->inner = DOCUMENT;
}

static void open_section(struct walk *w, enum section s)
{
    close_inner(w);
    if (s < ANNOTATION) {
        if (w->around != DOCUMENT)
            close_section(w, w->around);
        w->around = s;
    } else {
        w->inner = s;
    }
    w->opener[s] = w->entry;
    w->count[s]++;
}

/* The row for a tag where we are; *ret_else is one of another section. */
static const struct tag *find_tag(const struct walk *w, as_str name,
                                  const struct tag **ret_else)
{
    const struct tag *around = NULL, *document = NULL;

    *ret_else = NULL;
    for (size_t i = 0; i < TAGS; i++) {
        const struct tag *t = &tags[i];
        if (!as_str_eq(t->name, name))
            continue;
        if (t->kind == OPENS ||
            (w->inner != DOCUMENT && t->section == w->inner))
            return t;
        if (t->section == w->around)
            around = t;
        else if (t->section == DOCUMENT)
            document = t;
        else
            *ret_else = t;
    }
    return around ? around : document;
}

/* ---- values ------------------------------------------------------------ */

static bool is_range(as_str s)
{
    as_str rest = s, from = as_str_cut(&rest, ':');
    uint64_t n;

    return as_str_u64(as_str_trim(from), &n) &&
           as_str_u64(as_str_trim(rest), &n);
}

/* The next word of *rest, without a colon at its end. */
static as_str take_word(as_str *rest)
{
    size_t n = 0;
    as_str word;

    *rest = as_str_trim(*rest);
    while (n < rest->n && !as_ascii_is_space(rest->p[n]))
        n++;
    word = as_str_slice(*rest, 0, n);
    *rest = as_str_slice(*rest, n, rest->n);
    if (word.n && word.p[word.n - 1] == ':')
        word.n--;
    return word;
}

/* What a whole line says: the length of a digest, an identifier's form. */
static void check_words(struct walk *w, const struct tag *t,
                        const as_str *words, size_t n)
{
    as_str kind = words[n - 2], value = words[n - 1];
    size_t digits = 0;
    as_err why;
    bool purl = as_str_eq(kind, AS_STR("purl"));

    if (as_str_ends(t->parts, AS_STR("checksumValue")))
        digits = as_schema_digest_bad(kind, value);
    if (digits && as_schema_wanted(&w->report, true))
        add(w, true, "hash",
            SAY(w, AS_SCHEMA_DIGEST, AS_FMT(kind), digits, value.n));
    if (!as_str_ends(t->parts, AS_STR("referenceLocator")) ||
        (!purl && !as_str_starts(kind, AS_STR("cpe2"))) || w->report.resolved)
        return;
    if (as_schema_identifier_bad(
            &w->report, purl ? AS_SCHEMA_ROLE_PURL : AS_SCHEMA_ROLE_CPE, value,
            &why) &&
        as_schema_wanted(&w->report, true))
        add(w, true, purl ? "purl" : "cpe", SAY(w, "%s", why.what));
}

static void check_parts(struct walk *w, const struct tag *t, uint32_t node)
{
    as_schema_spot spot = spot_of(w);
    as_str parts = t->parts, rest = w->entry.value, words[WORDS];
    size_t n = 0, missing = 0;

    while (parts.n && n < WORDS) {
        as_str part = as_str_cut(&parts, ' ');
        uint32_t inner = node_at(node, part);
        words[n] = take_word(&rest);
        if (!words[n].n)
            missing++;
        else if (inner != AS_SCHEMA_NONE)
            as_schema_value(&spot, inner, words[n]);
        n++;
    }
    if (!missing && !as_str_trim(rest).n)
        check_words(w, t, words, n);
    else if (as_schema_wanted(&w->report, false))
        add(w, false, "form",
            SAY(w, "the tag \"%.*s\" needs %zu words", AS_FMT(t->name), n));
}

static void check_value(struct walk *w, const struct tag *t)
{
    as_schema_spot spot = spot_of(w);
    uint32_t node = tag_node(w, t);
    as_str value = w->entry.value, q;

    if (t->kind == RANGE && !is_range(value)) {
        q = as_schema_quote(w->report.arena, value);
        if (as_schema_wanted(&w->report, false))
            add(w, false, "form",
                SAY(w, "%.*s is no range, like 310:420", AS_FMT(q)));
    }
    if (!t->at.n)
        return;
    if (node == AS_SCHEMA_NONE) {
        if (as_schema_wanted(&w->report, false))
            add(w, false, "tag",
                SAY(w, "version %.*s has no tag \"%.*s\"",
                    AS_FMT(w->document->version), AS_FMT(t->name)));
        return;
    }
    if (t->parts.n)
        check_parts(w, t, node);
    /* the one word that the two forms spell differently */
    else if (as_str_eq(value, AS_STR("OPERATING-SYSTEM")))
        as_schema_value(&spot, node, AS_STR("OPERATING_SYSTEM"));
    else
        as_schema_value(&spot, node, value);
}

/* ---- entries ----------------------------------------------------------- */

static void tell_unknown(struct walk *w, const struct tag *other)
{
    as_str q = as_schema_quote(
        w->report.arena, w->entry.name.p ? w->entry.name : w->entry.value);

    if (!as_schema_wanted(&w->report, false))
        return;
    if (!w->entry.name.p)
        add(w, false, "syntax",
            SAY(w, "%.*s is no \"Tag: value\" and no comment", AS_FMT(q)));
    else if (other)
        add(w, false, "tag",
            SAY(w, "the tag %.*s stands outside of its section (%s)", AS_FMT(q),
                sections[other->section].name));
    else
        add(w, false, "tag", SAY(w, "the tag %.*s is not known", AS_FMT(q)));
}

static void take_entry(struct walk *w)
{
    const struct tag *other = NULL, *t;
    bool *seen;

    w->tag = NULL;
    t = w->entry.name.p ? find_tag(w, w->entry.name, &other) : NULL;
    if (!t) {
        tell_unknown(w, other);
        return;
    }
    if (t->kind == OPENS)
        open_section(w, (enum section)t->section);
    else if (t->section != w->inner && t->section != DOCUMENT)
        close_inner(w);
    w->tag = t;
    seen = &w->seen[t - tags];
    if (*seen && t->kind == ONE && as_schema_wanted(&w->report, false))
        add(w, false, "repeated",
            SAY(w, "the tag \"%.*s\" stands here already", AS_FMT(t->name)));
    *seen = true;
    if (w->entry.unclosed && as_schema_wanted(&w->report, false))
        add(w, false, "syntax", SAY(w, "the <text> is not closed"));
    check_value(w, t);
}

static void walk_entries(struct walk *w, as_str in)
{
    struct reader r = {in, 0, 1};

    w->around = w->inner = DOCUMENT;
    memset(w->count, 0, sizeof w->count);
    memset(w->seen, 0, sizeof w->seen);
    w->opener[DOCUMENT] = (struct entry){.line = 1, .column = 1};
    while (next_entry(&r, &w->entry))
        take_entry(w);
    close_inner(w);
    if (w->around != DOCUMENT)
        close_section(w, w->around);
    close_section(w, DOCUMENT);
}

/* ---- the document ------------------------------------------------------ */

/* "2.3" of "SPDXVersion: SPDX-2.3"; w->entry and tag are left at it. */
static as_str find_version(struct walk *w, as_str in)
{
    struct reader r = {in, 0, 1};
    as_str prefix = AS_STR("SPDX-");

    while (next_entry(&r, &w->entry)) {
        if (!as_str_eq(w->entry.name, AS_STR("SPDXVersion")))
            continue;
        w->tag = &tags[0];
        if (!as_str_starts(w->entry.value, prefix))
            return w->entry.value;
        return as_str_slice(w->entry.value, prefix.n, w->entry.value.n);
    }
    return AS_ABSENT;
}

static void choose(struct walk *w, as_str version)
{
    as_str q = as_schema_quote(w->report.arena, version);
    bool newer, older;

    w->document = as_schema_find(AS_SCHEMA_SPDX, version, &newer);
    if (w->document && !newer && as_str_starts(version, AS_STR("2.")))
        return;
    /* 2.0 and 2.1 had no JSON form, so there is no table of them */
    older =
        as_str_eq(version, AS_STR("2.0")) || as_str_eq(version, AS_STR("2.1"));
    if (!w->document || !as_str_starts(version, AS_STR("2.")))
        w->document = as_schema_find(
            AS_SCHEMA_SPDX, older ? AS_STR("2.2") : AS_STR("2.3"), &newer);
    if (as_str_starts(version, AS_STR("2.")))
        add(w, true, "version",
            SAY(w, "no rules are known of version %.*s; judged by %.*s",
                AS_FMT(q), AS_FMT(w->document->version)));
    else
        add(w, false, "version",
            SAY(w, "there is no SPDX tag-value of version %.*s", AS_FMT(q)));
}

as_rc as_schema_tag_validate(as_span in, as_arena *arena, as_bom_diagnoses *ret,
                             as_err *err)
{
    struct walk w = {.report = {.arena = arena}};
    as_str text, version;

    if (!as_span_str(in, &text))
        return as_fail(err, AS_ERR_UNSUPPORTED,
                       "the document is not UTF-8 text");
    if (as_str_starts(text, AS_STR("\xEF\xBB\xBF")))
        text = as_str_slice(text, 3, text.n);
    version = find_version(&w, text);
    if (!version.p)
        return as_fail(err, AS_ERR_UNSUPPORTED,
                       "the text is no SPDX: it has no tag \"SPDXVersion\"");
    choose(&w, version);
    for (size_t i = 0; i < TAGS; i++)
        w.needed[i] = is_needed(&w, &tags[i]);
    walk_entries(&w, text);
    if (as_schema_resolve(&w.report))
        walk_entries(&w, text);
    as_schema_report_done(&w.report);
    return as_schema_finish(
        &w.report, (as_span){NULL, 0},
        SAY(&w, "SPDX %.*s tag-value", AS_FMT(w.document->version)), ret, err);
}
