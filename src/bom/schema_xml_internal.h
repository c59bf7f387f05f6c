/* SPDX-License-Identifier: Apache-2.0 */
/* Between the files of the XML validator: one walk over one document. */
#ifndef AS_BOM_SCHEMA_XML_INTERNAL_H
#define AS_BOM_SCHEMA_XML_INTERNAL_H

#include "base/xml.h"
#include "bom/schema_internal.h"

enum { AS_SCHEMA_ALG_BYTES = 16 };

typedef enum as_schema_mode {
    AS_SCHEMA_TYPED,  /* by a type */
    AS_SCHEMA_LAX,    /* foreign: only what an extension declares is judged */
    AS_SCHEMA_PASSED, /* under something that is wrong already */
} as_schema_mode;

/* An open element. */
typedef struct as_schema_open {
    as_schema_mode mode;
    const as_schema_type *type;    /* when typed */
    uint32_t state;                /* of its content, when it has elements */
    bool defaulted;                /* may be empty */
    bool text_told;                /* that text may not stand here */
    bool needed_told;              /* which element is missing */
    bool external;                 /* isExternal says yes */
    char alg[AS_SCHEMA_ALG_BYTES]; /* of a digest */
    as_str ns;                     /* of its typed content */
    as_place place;
    size_t path_n;       /* bytes of the path above it */
    size_t first, names; /* its counters of names of children */
} as_schema_open;

/* How many children of a name there were, for the path. */
typedef struct as_schema_counter {
    uint64_t name; /* hash */
    uint32_t n;
} as_schema_counter;

typedef struct as_schema_xml {
    as_schema_report report;
    as_err *err;
    const as_schema_document *document;
    as_str ns; /* of the root */
    as_buf path, text;
    as_schema_open *open;
    size_t n, cap;
    as_schema_counter *counters;
    size_t counter_n, counter_cap;
} as_schema_xml;

bool as_schema_xml_wanted(as_schema_xml *w, bool warning);
/* A finding at the innermost open element, or at its attribute when that is
 * present. */
void as_schema_xml_add(as_schema_xml *w, as_str attribute, bool warning,
                       const char *rule, as_str message);
/* A name that is defined twice or leads nowhere, at the same place. */
void as_schema_xml_add_bad(as_schema_xml *w, as_str attribute,
                           as_schema_role role, as_schema_reference *bad);
/* Judges the text of the innermost open element, or of an attribute of it. */
void as_schema_xml_text(as_schema_xml *w, uint32_t node, as_str value,
                        as_str attribute);

#endif
