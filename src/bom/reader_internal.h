/* SPDX-License-Identifier: Apache-2.0 */
/* What the readers of all formats share: one reader state for one document.
 * Inside src/bom only.
 *
 * Errors stick (rc): read on, look once. Lists of a part are gathered in
 * scratch lists and then copied, exactly as long as they are, into the arena
 * of the product. Strings are packed without padding; those that come again
 * and again (words, algorithms, licences) are kept once. */
#ifndef AS_BOM_READER_INTERNAL_H
#define AS_BOM_READER_INTERNAL_H

#include "base/json.h"
#include "model/product.h"

/* A growing list outside the arena; its element size is the caller's. */
typedef struct as_bom_list {
    void *items;
    size_t n, cap;
} as_bom_list;

typedef struct as_bom_reader {
    as_product *product;
    as_err *err;
    as_rc rc;     /* sticky */
    void *state;  /* of the format, where it needs one */
    as_span text; /* as it was given, to find places in; empty when they cannot
                     be found because the JSON was made from it */
    void (*locate)(as_span in, as_str pointer, as_place *place); /* in text */
    size_t walk_left; /* bytes that may still be walked to find places */
    char *chunk;      /* open block of packed strings */
    size_t chunk_left;
    as_str *interned;
    size_t n_interned, cap_interned;
    as_buf scratch, path, at;
    /* of the part being read */
    as_bom_list attributes, hashes, licences, properties, references, evidence,
        extras, cpes;
    _Alignas(16) unsigned char sink[512]; /* where a refused element goes */
} as_bom_reader;

void as_bom_reader_init(as_bom_reader *r, as_product *p, as_span text,
                        as_err *err);
void as_bom_reader_done(as_bom_reader *r);
/* Makes rc stick and fills err, when nothing failed before. */
as_rc as_bom_reader_fail(as_bom_reader *r, as_rc rc, const char *what);
/* The end of every reader: turns a full arena into the clear line. */
as_rc as_bom_reader_finish(as_bom_reader *r);

/* A zeroed element at the end; never NULL. */
void *as_bom_push(as_bom_reader *r, as_bom_list *list, size_t size);
/* The elements in the arena; the list is empty again. */
void *as_bom_take(as_bom_reader *r, as_bom_list *list, size_t size,
                  size_t *ret_n);
#define AS_BOM_PUSH(r, list, type) ((type *)as_bom_push(r, list, sizeof(type)))
#define AS_BOM_TAKE(r, list, type, ret_n)                                      \
    ((type *)as_bom_take(r, list, sizeof(type), ret_n))
/* Moves the gathered lists of a part into it. */
void as_bom_take_part(as_bom_reader *r, as_part *part);

/* A copy in the arena, packed. Absent stays absent. */
as_str as_bom_keep(as_bom_reader *r, as_str s);
/* The same, one copy for equal short strings. */
as_str as_bom_intern(as_bom_reader *r, as_str s);
/* The JSON text of a value. */
as_str as_bom_keep_json(as_bom_reader *r, as_json v);
/* A number as it is written in the text when a walk is still allowed, else in
 * its shortest form. pointer: of the value. */
as_str as_bom_keep_number(as_bom_reader *r, as_json v, as_str pointer);

/* Adds to the gathered lists of the part. */
void as_bom_add_extra(as_bom_reader *r, as_bom_list *list, as_str key,
                      as_json v);
/* value is kept by the caller; path is static or kept. The words that say
 * "we do not know" (unknown, NOASSERTION, NONE) give the state unknown. */
void as_bom_add_attribute(as_bom_reader *r, as_attribute_key key, as_str value,
                          as_str path);
const as_attribute *as_bom_gathered(const as_bom_reader *r,
                                    as_attribute_key key);
/* Adds AS_ATTR_MAKER, the best of what is gathered. */
void as_bom_add_maker(as_bom_reader *r);
void as_bom_add_cpe(as_bom_reader *r, as_str cpe);
void as_bom_add_hash(as_bom_reader *r, as_str algorithm, as_str hex);
/* A property whose name is known to stand for an attribute, a CPE or a purl
 * adds it to the part as well; index is its place in /properties. */
void as_bom_use_property(as_bom_reader *r, as_part *part, as_str name,
                         as_str value, size_t index);
/* The same for a fact that stands elsewhere below the part. */
typedef struct as_bom_place {
    const char *list; /* "/annotations/" */
    size_t index;
    const char *member; /* "/comment" */
} as_bom_place;
void as_bom_use_fact(as_bom_reader *r, as_part *part, as_str name, as_str value,
                     const as_bom_place *place);
/* AS_ATTR_LICENCE as one SPDX expression from the gathered licences. */
void as_bom_add_licence_expression(as_bom_reader *r, as_str path);
as_str as_bom_name_of_type(as_json v); /* "a number", "an array", ... */

/* Where we are: the part read last, or what as_bom_at said (a JSON Pointer,
 * formatted; NULL: the part again). */
void as_bom_at(as_bom_reader *r, const char *fmt, ...) AS_PRINTF(2, 3);
/* Where we are, and the key below it; absent: nothing below it. */
void as_bom_diagnose(as_bom_reader *r, bool warning, as_str key,
                     const char *fmt, ...) AS_PRINTF(4, 5);
/* The pointer that as_bom_diagnose would name, until it is called again. */
as_str as_bom_path_below(as_bom_reader *r, as_str key);
/* At a line and column of the text (0: not known), for formats without JSON
 * Pointers; path is what a pointer would be, or empty. */
void as_bom_diagnose_line(as_bom_reader *r, bool warning, as_str path,
                          const as_place *place, const char *fmt, ...)
    AS_PRINTF(5, 6);
/* "expected WANTED, found a number", an error at key. */
void as_bom_wrong_type(as_bom_reader *r, as_str key, as_json v,
                       const char *wanted);
/* The value as a string that is kept. null or not there: absent. A number is
 * taken with a warning, any other type is diagnosed; both at key. */
as_str as_bom_text(as_bom_reader *r, as_str key, as_json v);
/* An array to walk, or a value of no elements: null or not there quietly,
 * another type with a diagnosis. */
as_json as_bom_array(as_bom_reader *r, as_str key, as_json v);

/* ---- versions of a format ---------------------------------------------- */

typedef struct as_bom_spec {
    as_str name;  /* "CycloneDX" */
    as_str range; /* "1.0 to 1.7", in words */
    const as_str *known;
    size_t n; /* all of one major version, the newest last */
} as_bom_spec;

/* Diagnoses a version that is missing or unknown; refuses one of another major
 * version, with the place of the member key. Returns r->rc. */
as_rc as_bom_check_version(as_bom_reader *r, const as_bom_spec *spec,
                           as_str key, as_str version);

/* ---- members of a part ------------------------------------------------- */

/* A row says which member of the document is read by which function. The
 * function answers whether the model holds the whole of the member. */
typedef struct as_bom_field {
    as_str name;
    bool (*read)(as_bom_reader *r, as_part *part, const struct as_bom_field *f,
                 as_json v);
    size_t offset;        /* of the as_str in as_part */
    as_attribute_key key; /* of the attribute */
    as_str path;          /* and where it is said */
} as_bom_field;

#define AS_BOM_TEXT_FIELD(name, read, member)                                  \
    {                                                                          \
        AS_STR_INIT(name), read, offsetof(as_part, member), AS_ATTR_KEYS,      \
        {                                                                      \
            NULL, 0                                                            \
        }                                                                      \
    }
#define AS_BOM_FACT_FIELD(name, read, key, path)                               \
    {                                                                          \
        AS_STR_INIT(name), read, 0, key, AS_STR_INIT(path)                     \
    }
#define AS_BOM_LIST_FIELD(name, read)                                          \
    {                                                                          \
        AS_STR_INIT(name), read, 0, AS_ATTR_KEYS, AS_STR_INIT("/" name)        \
    }

const as_bom_field *as_bom_find_field(const as_bom_field *fields, size_t n,
                                      as_str name);
/* A string of the part; the same of a word that comes again and again; an
 * attribute. */
bool as_bom_read_text(as_bom_reader *r, as_part *part, const as_bom_field *f,
                      as_json v);
bool as_bom_read_word(as_bom_reader *r, as_part *part, const as_bom_field *f,
                      as_json v);
bool as_bom_read_attribute(as_bom_reader *r, as_part *part,
                           const as_bom_field *f, as_json v);

/* The members of an object that are strings, by name. *whole becomes false
 * when it has any other member. False when v is no object. */
typedef struct as_bom_wanted {
    as_str name;
    as_str *ret;
} as_bom_wanted;
bool as_bom_get_strings(as_json v, const as_bom_wanted *want, size_t n,
                        bool *whole);

/* as_bom_format.read of each format. */
as_rc as_cyclonedx_read(as_bom_reader *r, as_json root);
as_rc as_cyclonedx_xml_read(as_bom_reader *r, as_span in);
as_rc as_spdx_read(as_bom_reader *r, as_json root);
as_rc as_spdx_xml_read(as_bom_reader *r, as_span in);
as_rc as_spdx3_read(as_bom_reader *r, as_json root);
/* "3.0.1" of its context ".../spdx.org/rdf/3.0.1/...", or absent. */
as_str as_spdx3_context_version(as_json root);
as_rc as_spdx_tag_read(as_bom_reader *r, as_str text);
as_rc as_purl_list_read(as_bom_reader *r, as_str text);

/* Text for AS_ATTR_... of as_part and back: the name of the property that
 * carries an attribute which CycloneDX has no field for, or absent. */
as_str as_bom_property_of(as_attribute_key key);

#endif
