/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX 2.2 and 2.3, tag-value: rewritten as the SPDX JSON that says the same.
 *
 *     PackageName: glibc              a new element begins with its first tag
 *     PackageComment: <text>may take
 *     several lines</text>
 *     # a comment
 *
 * A table says which tag is which member of what. Files that follow a package
 * are contained in it (clause 8 of the specification). Tags and lines that are
 * not understood are diagnosed with their line and passed over. */
#include "bom/spdx_internal.h"

#include "base/json_write.h"
#include "base/limits.h"

#include <stdlib.h>

enum element {
    DOCUMENT,
    PACKAGE,
    FILE_,
    SNIPPET,
    LICENCE,
    ANNOTATION,
    ELEMENTS
};

enum how {
    ONE,       /* a string */
    MANY,      /* an array of strings */
    FLAG,      /* a boolean */
    CHECKSUM,  /* "SHA1: abc" -> an array of objects */
    REFERENCE, /* "CATEGORY type locator", and a comment on the next line */
    COMMENT,   /* of the reference before it */
    CODE,      /* "abc (excludes: ./a, ./b)" */
    DOCUMENTS, /* "DocumentRef-x URI SHA1: abc" */
    RANGE,     /* "1:20", of bytes */
    LINES,     /* the same, of lines; both are members of one list */
};

struct tag {
    as_str name;
    enum element element;
    enum how how;
    as_str key;
    bool creation; /* a member of creationInfo */
};

#define TAG(name, element, how, key)                                           \
    {                                                                          \
        AS_STR_INIT(name), element, how, AS_STR_INIT(key), false               \
    }
#define MADE(name, how, key)                                                   \
    {                                                                          \
        AS_STR_INIT(name), DOCUMENT, how, AS_STR_INIT(key), true               \
    }

static const struct tag tags[] = {
    TAG("SPDXVersion", DOCUMENT, ONE, "spdxVersion"),
    TAG("DataLicense", DOCUMENT, ONE, "dataLicense"),
    TAG("DocumentName", DOCUMENT, ONE, "name"),
    TAG("DocumentNamespace", DOCUMENT, ONE, "documentNamespace"),
    TAG("DocumentComment", DOCUMENT, ONE, "comment"),
    TAG("ExternalDocumentRef", DOCUMENT, DOCUMENTS, "externalDocumentRefs"),
    MADE("Creator", MANY, "creators"),
    MADE("Created", ONE, "created"),
    MADE("CreatorComment", ONE, "comment"),
    MADE("LicenseListVersion", ONE, "licenseListVersion"),

    TAG("PackageName", PACKAGE, ONE, "name"),
    TAG("PackageVersion", PACKAGE, ONE, "versionInfo"),
    TAG("PackageFileName", PACKAGE, ONE, "packageFileName"),
    TAG("PackageSupplier", PACKAGE, ONE, "supplier"),
    TAG("PackageOriginator", PACKAGE, ONE, "originator"),
    TAG("PackageDownloadLocation", PACKAGE, ONE, "downloadLocation"),
    TAG("FilesAnalyzed", PACKAGE, FLAG, "filesAnalyzed"),
    TAG("PackageVerificationCode", PACKAGE, CODE, "packageVerificationCode"),
    TAG("PackageChecksum", PACKAGE, CHECKSUM, "checksums"),
    TAG("PackageHomePage", PACKAGE, ONE, "homepage"),
    TAG("PackageSourceInfo", PACKAGE, ONE, "sourceInfo"),
    TAG("PackageLicenseConcluded", PACKAGE, ONE, "licenseConcluded"),
    TAG("PackageLicenseInfoFromFiles", PACKAGE, MANY, "licenseInfoFromFiles"),
    TAG("PackageLicenseDeclared", PACKAGE, ONE, "licenseDeclared"),
    TAG("PackageLicenseComments", PACKAGE, ONE, "licenseComments"),
    TAG("PackageCopyrightText", PACKAGE, ONE, "copyrightText"),
    TAG("PackageSummary", PACKAGE, ONE, "summary"),
    TAG("PackageDescription", PACKAGE, ONE, "description"),
    TAG("PackageComment", PACKAGE, ONE, "comment"),
    TAG("PackageAttributionText", PACKAGE, MANY, "attributionTexts"),
    TAG("PrimaryPackagePurpose", PACKAGE, ONE, "primaryPackagePurpose"),
    TAG("ReleaseDate", PACKAGE, ONE, "releaseDate"),
    TAG("BuiltDate", PACKAGE, ONE, "builtDate"),
    TAG("ValidUntilDate", PACKAGE, ONE, "validUntilDate"),
    TAG("ExternalRef", PACKAGE, REFERENCE, "externalRefs"),
    TAG("ExternalRefComment", PACKAGE, COMMENT, "externalRefs"),

    TAG("FileName", FILE_, ONE, "fileName"),
    TAG("FileType", FILE_, MANY, "fileTypes"),
    TAG("FileChecksum", FILE_, CHECKSUM, "checksums"),
    TAG("LicenseConcluded", FILE_, ONE, "licenseConcluded"),
    TAG("LicenseInfoInFile", FILE_, MANY, "licenseInfoInFiles"),
    TAG("LicenseComments", FILE_, ONE, "licenseComments"),
    TAG("FileCopyrightText", FILE_, ONE, "copyrightText"),
    TAG("FileComment", FILE_, ONE, "comment"),
    TAG("FileNotice", FILE_, ONE, "noticeText"),
    TAG("FileContributor", FILE_, MANY, "fileContributors"),
    TAG("FileAttributionText", FILE_, MANY, "attributionTexts"),
    TAG("FileDependency", FILE_, MANY, "fileDependencies"),

    TAG("SnippetFromFileSPDXID", SNIPPET, ONE, "snippetFromFile"),
    TAG("SnippetByteRange", SNIPPET, RANGE, "ranges"),
    TAG("SnippetLineRange", SNIPPET, LINES, "ranges"),
    TAG("SnippetLicenseConcluded", SNIPPET, ONE, "licenseConcluded"),
    TAG("LicenseInfoInSnippet", SNIPPET, MANY, "licenseInfoInSnippets"),
    TAG("SnippetLicenseComments", SNIPPET, ONE, "licenseComments"),
    TAG("SnippetCopyrightText", SNIPPET, ONE, "copyrightText"),
    TAG("SnippetComment", SNIPPET, ONE, "comment"),
    TAG("SnippetName", SNIPPET, ONE, "name"),
    TAG("SnippetAttributionText", SNIPPET, MANY, "attributionTexts"),

    TAG("LicenseID", LICENCE, ONE, "licenseId"),
    TAG("ExtractedText", LICENCE, ONE, "extractedText"),
    TAG("LicenseName", LICENCE, ONE, "name"),
    TAG("LicenseCrossReference", LICENCE, MANY, "seeAlsos"),
    TAG("LicenseComment", LICENCE, ONE, "comment"),

    TAG("Annotator", ANNOTATION, ONE, "annotator"),
    TAG("AnnotationDate", ANNOTATION, ONE, "annotationDate"),
    TAG("AnnotationType", ANNOTATION, ONE, "annotationType"),
    TAG("AnnotationComment", ANNOTATION, ONE, "comment"),
};

/* Tags that begin an element, and those of parts of 2.x that are no longer
 * used or say nothing of parts. */
static const struct {
    as_str tag;
    enum element element;
} first_tags[] = {
    {AS_STR_INIT("PackageName"), PACKAGE},
    {AS_STR_INIT("FileName"), FILE_},
    {AS_STR_INIT("SnippetSPDXID"), SNIPPET},
    {AS_STR_INIT("SnippetSPDXIdentifier"), SNIPPET},
    {AS_STR_INIT("LicenseID"), LICENCE},
};

static const as_str passed_over[] = {
    AS_STR_INIT("Reviewer"),
    AS_STR_INIT("ReviewDate"),
    AS_STR_INIT("ReviewComment"),
    AS_STR_INIT("ArtifactOfProjectName"),
    AS_STR_INIT("ArtifactOfProjectHomePage"),
    AS_STR_INIT("ArtifactOfProjectURI"),
};

/* ---- state ------------------------------------------------------------- */

struct pair {
    const struct tag *tag;
    as_str value;
};

struct rewrite {
    as_bom_reader *r;
    as_str rest; /* text not read yet */
    uint64_t line;
    enum element element;             /* that is open */
    as_bom_list pairs;                /* of it */
    as_bom_list document, annotation; /* pairs of these */
    as_str id, package; /* SPDXID of the open element; of the last package */
    as_str annotated;   /* SPDXREF */
    /* Each list of the document, as JSON without its brackets. */
    as_buf lists[ELEMENTS], relationships, annotations, own_annotations;
};

static void diagnose(struct rewrite *x, bool warning, const char *what,
                     as_str value)
{
    const as_place place = {.line = x->line};

    as_bom_diagnose_line(x->r, warning, AS_STR(""), &place, "%s \"%.*s\"", what,
                         AS_FMT(as_str_slice(value, 0, 80)));
}

/* ---- members ----------------------------------------------------------- */

static void put_checksum(as_json_writer *w, as_str value)
{
    as_str rest = value;
    as_str algorithm = as_str_trim(as_str_cut(&rest, ':'));

    as_json_write_object(w);
    as_json_write_field(w, AS_STR("algorithm"), algorithm);
    as_json_write_field(w, AS_STR("checksumValue"), as_str_trim(rest));
    as_json_write_object_end(w);
}

static as_str next_word(as_str *rest)
{
    as_str s = as_str_trim(*rest);
    size_t n = 0;

    while (n < s.n && !as_ascii_is_space(s.p[n]))
        n++;
    *rest = as_str_slice(s, n, s.n);
    return as_str_slice(s, 0, n);
}

static void put_reference(as_json_writer *w, as_str value, as_str comment)
{
    as_str rest = value;

    as_json_write_object(w);
    as_json_write_field(w, AS_STR("referenceCategory"), next_word(&rest));
    as_json_write_field(w, AS_STR("referenceType"), next_word(&rest));
    as_json_write_field(w, AS_STR("referenceLocator"), as_str_trim(rest));
    as_json_write_field_opt(w, AS_STR("comment"), comment);
    as_json_write_object_end(w);
}

static void put_code(as_json_writer *w, as_str value)
{
    size_t open = as_str_find(value, '(');
    as_str rest = as_str_slice(value, open + 1, value.n);
    size_t close = as_str_rfind(rest, ')');

    as_json_write_object(w);
    as_json_write_field(w, AS_STR("packageVerificationCodeValue"),
                        as_str_trim(as_str_slice(value, 0, open)));
    if (open < value.n) {
        rest = as_str_slice(rest, 0, close);
        if (as_str_starts_nocase(rest, AS_STR("excludes:")))
            rest = as_str_slice(rest, 9, rest.n);
        as_json_write_key(w, AS_STR("packageVerificationCodeExcludedFiles"));
        as_json_write_array(w);
        while (!as_str_is_absent(rest))
            as_json_write_str(w, as_str_trim(as_str_cut(&rest, ',')));
        as_json_write_array_end(w);
    }
    as_json_write_object_end(w);
}

static void put_document(as_json_writer *w, as_str value)
{
    as_str rest = value;

    as_json_write_object(w);
    as_json_write_field(w, AS_STR("externalDocumentId"), next_word(&rest));
    as_json_write_field(w, AS_STR("spdxDocument"), next_word(&rest));
    as_json_write_key(w, AS_STR("checksum"));
    put_checksum(w, as_str_trim(rest));
    as_json_write_object_end(w);
}

static void put_pointer(as_json_writer *w, as_str key, as_str number,
                        bool lines, as_str file)
{
    uint64_t n = 0;

    (void)!as_str_u64(as_str_trim(number), &n);
    as_json_write_key(w, key);
    as_json_write_object(w);
    as_json_write_field_u64(w, lines ? AS_STR("lineNumber") : AS_STR("offset"),
                            n);
    as_json_write_field(w, AS_STR("reference"), file);
    as_json_write_object_end(w);
}

static void put_range(as_json_writer *w, as_str value, bool lines, as_str file)
{
    as_str rest = value, from = as_str_cut(&rest, ':');

    as_json_write_object(w);
    put_pointer(w, AS_STR("startPointer"), from, lines, file);
    put_pointer(w, AS_STR("endPointer"), rest, lines, file);
    as_json_write_object_end(w);
}

static bool is_list(enum how how)
{
    return how == MANY || how == CHECKSUM || how == REFERENCE ||
           how == DOCUMENTS || how == RANGE;
}

static as_str value_of(const struct pair *pairs, size_t n, as_str key)
{
    for (size_t i = 0; i < n; i++)
        if (as_str_eq(pairs[i].tag->key, key))
            return pairs[i].value;
    return AS_STR("");
}

/* other: the comment of a reference, the file of a snippet. */
static void put_value(as_json_writer *w, const struct pair *p, as_str other)
{
    switch (p->tag->how) {
    case ONE:
    case MANY: as_json_write_str(w, p->value); break;
    case RANGE:
    case LINES: put_range(w, p->value, p->tag->how == LINES, other); break;
    case FLAG:
        as_json_write_bool(w, as_str_eq_nocase(p->value, AS_STR("true")));
        break;
    case CHECKSUM: put_checksum(w, p->value); break;
    case REFERENCE: put_reference(w, p->value, other); break;
    case CODE: put_code(w, p->value); break;
    case DOCUMENTS: put_document(w, p->value); break;
    case COMMENT: break;
    }
}

/* One member: of several values of a tag that takes one, the first. */
static void put_member(as_json_writer *w, const struct tag *tag,
                       const struct pair *pairs, size_t n)
{
    bool open = false;

    for (size_t i = 0; i < n; i++) {
        as_str other = AS_ABSENT;
        enum how how = pairs[i].tag->how;
        if (pairs[i].tag != tag && !(tag->how == RANGE && how == LINES))
            continue;
        if (how == REFERENCE && i + 1 < n && pairs[i + 1].tag->how == COMMENT)
            other = pairs[i + 1].value;
        if (tag->how == RANGE)
            other = value_of(pairs, n, AS_STR("snippetFromFile"));
        if (!open) {
            as_json_write_key(w, tag->key);
            if (is_list(tag->how))
                as_json_write_array(w);
        }
        put_value(w, &pairs[i], other);
        open = true;
        if (!is_list(tag->how))
            return;
    }
    if (open)
        as_json_write_array_end(w);
}

static void put_members(as_json_writer *w, const as_bom_list *list,
                        enum element element, bool creation)
{
    for (size_t i = 0; i < AS_ARRAY_LEN(tags); i++)
        if (tags[i].element == element && tags[i].creation == creation &&
            tags[i].how != COMMENT && tags[i].how != LINES)
            put_member(w, &tags[i], list->items, list->n);
}

static void begin_object(as_json_writer *w, as_buf *out)
{
    if (out->n)
        as_buf_byte(out, ',');
    as_json_write_init(w, out, 0);
    as_json_write_object(w);
}

/* ---- elements ---------------------------------------------------------- */

static void put_relationship(struct rewrite *x, as_str from, as_str type,
                             as_str to)
{
    as_json_writer w;

    begin_object(&w, &x->relationships);
    as_json_write_field(&w, AS_STR("spdxElementId"), from);
    as_json_write_field(&w, AS_STR("relationshipType"), type);
    as_json_write_field(&w, AS_STR("relatedSpdxElement"), to);
    as_json_write_object_end(&w);
}

static void close_annotation(struct rewrite *x)
{
    bool own = x->element != DOCUMENT && x->annotated.n &&
               as_str_eq(x->annotated, x->id);
    as_json_writer w;

    if (x->annotation.n == 0)
        return;
    begin_object(&w, own ? &x->own_annotations : &x->annotations);
    put_members(&w, &x->annotation, ANNOTATION, false);
    as_json_write_object_end(&w);
    x->annotation.n = 0;
    x->annotated = AS_ABSENT;
}

static void close_element(struct rewrite *x)
{
    as_json_writer w;

    close_annotation(x);
    if (x->element == DOCUMENT || x->pairs.n == 0)
        return;
    begin_object(&w, &x->lists[x->element]);
    if (x->id.n)
        as_json_write_field(&w, AS_STR("SPDXID"), x->id);
    put_members(&w, &x->pairs, x->element, false);
    if (x->own_annotations.n) {
        /* By hand: the text is JSON already. */
        as_buf_c(w.out, x->id.n || x->pairs.n ? ",\"annotations\":["
                                              : "\"annotations\":[");
        as_buf_str(w.out, as_buf_text(&x->own_annotations));
        as_buf_byte(w.out, ']');
        as_buf_clear(&x->own_annotations);
    }
    as_json_write_object_end(&w);
    if (x->element == FILE_ && x->package.n && x->id.n)
        put_relationship(x, x->package, AS_STR("CONTAINS"), x->id);
    x->pairs.n = 0;
}

static void open_element(struct rewrite *x, enum element element)
{
    close_element(x);
    x->element = element;
    x->id = AS_ABSENT;
    if (element == PACKAGE)
        x->package = AS_ABSENT;
}

static void read_relationship(struct rewrite *x, as_str value)
{
    as_str from = next_word(&value), type = next_word(&value);

    put_relationship(x, from, type, as_str_trim(value));
}

/* Tags that are members of nothing. */
static bool read_special(struct rewrite *x, as_str tag, as_str value)
{
    if (as_str_eq(tag, AS_STR("SPDXID")) ||
        as_str_starts(tag, AS_STR("SnippetSPDXI"))) {
        x->id = value;
        if (x->element == PACKAGE)
            x->package = value;
        return true;
    }
    if (as_str_eq(tag, AS_STR("Relationship"))) {
        read_relationship(x, value);
        return true;
    }
    if (as_str_eq(tag, AS_STR("SPDXREF"))) {
        x->annotated = value;
        return true;
    }
    if (as_str_eq(tag, AS_STR("RelationshipComment")))
        return true;
    for (size_t i = 0; i < AS_ARRAY_LEN(passed_over); i++)
        if (as_str_eq(tag, passed_over[i]))
            return true;
    return false;
}

static void read_pair(struct rewrite *x, as_str name, as_str value)
{
    const struct tag *tag = NULL;
    as_bom_list *list = &x->pairs;

    for (size_t i = 0; i < AS_ARRAY_LEN(first_tags); i++)
        if (as_str_eq(first_tags[i].tag, name))
            open_element(x, first_tags[i].element);
    if (read_special(x, name, value))
        return;
    for (size_t i = 0; i < AS_ARRAY_LEN(tags) && !tag; i++)
        if (tags[i].name.n == name.n && as_str_eq(tags[i].name, name))
            tag = &tags[i];
    if (!tag) {
        diagnose(x, true, "unknown tag", name);
        return;
    }
    if (tag->element == DOCUMENT)
        list = &x->document;
    if (tag->element == ANNOTATION)
        list = &x->annotation;
    if (as_str_eq(name, AS_STR("Annotator")))
        close_annotation(x);
    if (list == &x->pairs && tag->element != x->element) {
        diagnose(x, false, "out of place: the tag", name);
        return;
    }
    *AS_BOM_PUSH(x->r, list, struct pair) = (struct pair){tag, value};
}

/* ---- lines ------------------------------------------------------------- */

static as_str next_line(struct rewrite *x)
{
    as_str line = as_str_cut(&x->rest, '\n');

    x->line++;
    return line;
}

/* The text behind <text> up to </text>, over as many lines as it takes. */
static as_str read_text(struct rewrite *x, as_str value)
{
    as_str end = AS_STR("</text>"), all;
    size_t at;

    /* value points into the text: it and what follows are one. */
    all = as_str_of(value.p + 6, value.n - 6 + (x->rest.p ? x->rest.n + 1 : 0));
    at = as_str_search(all, end);
    if (at == all.n) {
        diagnose(x, false, "no </text> ends the text", all);
        x->rest = AS_ABSENT;
        return all;
    }
    for (size_t i = 0; i < at; i++)
        x->line += all.p[i] == '\n';
    x->rest = as_str_slice(all, at + end.n, all.n);
    (void)as_str_cut(&x->rest, '\n'); /* what stands behind it on its line */
    return as_str_slice(all, 0, at);
}

static void read_line(struct rewrite *x)
{
    as_str line = next_line(x), value, name, trimmed = as_str_trim(line);

    if (trimmed.n == 0 || trimmed.p[0] == '#')
        return;
    value = trimmed;
    name = as_str_trim(as_str_cut(&value, ':'));
    if (as_str_is_absent(value)) {
        diagnose(x, false, "this is no \"tag: value\":", trimmed);
        return;
    }
    value = as_str_trim(value);
    if (as_str_starts(value, AS_STR("<text>"))) {
        /* From the untrimmed line: the text may end in white space. */
        value = as_str_of(value.p, (size_t)(line.p + line.n - value.p));
        value = read_text(x, value);
    }
    read_pair(x, name, value);
}

/* ---- the document ------------------------------------------------------ */

static void put_list(as_buf *out, const char *key, const as_buf *list)
{
    if (list->n == 0)
        return;
    as_buf_printf(out, ",\"%s\":[", key);
    as_buf_str(out, as_buf_text(list));
    as_buf_byte(out, ']');
}

static void put_all(struct rewrite *x, as_buf *out)
{
    as_json_writer w;

    as_json_write_init(&w, out, 0);
    as_json_write_object(&w);
    as_json_write_field(&w, AS_STR("SPDXID"), AS_STR("SPDXRef-DOCUMENT"));
    put_members(&w, &x->document, DOCUMENT, false);
    as_json_write_key(&w, AS_STR("creationInfo"));
    as_json_write_object(&w);
    put_members(&w, &x->document, DOCUMENT, true);
    as_json_write_object_end(&w);
    put_list(out, "packages", &x->lists[PACKAGE]);
    put_list(out, "files", &x->lists[FILE_]);
    put_list(out, "snippets", &x->lists[SNIPPET]);
    put_list(out, "hasExtractedLicensingInfos", &x->lists[LICENCE]);
    put_list(out, "relationships", &x->relationships);
    put_list(out, "annotations", &x->annotations);
    as_json_write_object_end(&w);
}

static as_rc read_rewritten(as_bom_reader *r, as_buf *json)
{
    as_json_doc *doc = NULL;
    as_rc rc;

    if (!as_buf_reserve(json, 64))
        return as_fail(r->err, AS_ERR_MEMORY, "no memory to read the document");
    rc = as_json_read(
        as_buf_span(json),
        &(as_json_limits){AS_LIMIT_INPUT_BYTES, AS_LIMIT_JSON_DEPTH, true},
        &doc, r->err);
    if (rc)
        return rc;
    rc = as_spdx_read(r, as_json_root(doc));
    r->product->encoding = AS_STR("tag-value");
    as_json_free(doc);
    return rc;
}

static as_buf *buffers(struct rewrite *x, size_t i)
{
    as_buf *others[] = {&x->relationships, &x->annotations,
                        &x->own_annotations};

    if (i < ELEMENTS)
        return &x->lists[i];
    return i - ELEMENTS < AS_ARRAY_LEN(others) ? others[i - ELEMENTS] : NULL;
}

as_rc as_spdx_tag_read(as_bom_reader *r, as_str text)
{
    struct rewrite x = {.r = r, .rest = text};
    as_rc rc = AS_OK;
    as_buf json;

    for (size_t i = 0; buffers(&x, i); i++)
        as_buf_init(buffers(&x, i), AS_LIMIT_INPUT_BYTES);
    as_buf_init(&json, AS_LIMIT_INPUT_BYTES);
    while (!as_str_is_absent(x.rest))
        read_line(&x);
    close_element(&x);
    put_all(&x, &json);
    for (size_t i = 0; buffers(&x, i); i++) {
        json.failed = json.failed || buffers(&x, i)->failed;
        as_buf_done(buffers(&x, i));
    }
    free(x.pairs.items);
    free(x.document.items);
    free(x.annotation.items);
    if (as_buf_failed(&json))
        rc = as_fail(r->err, AS_ERR_MEMORY, "no memory to read the document");
    else if (r->rc == AS_OK)
        rc = read_rewritten(r, &json);
    as_buf_done(&json);
    if (rc && r->rc == AS_OK)
        r->rc = rc;
    return r->rc;
}
