/* SPDX-License-Identifier: Apache-2.0 */
/* Between yaml.c (the walk) and yaml_scalar.c (what a scalar means). */
#ifndef AS_BASE_YAML_INTERNAL_H
#define AS_BASE_YAML_INTERNAL_H

#include "base/yaml.h"

typedef enum as_yaml_kind {
    AS_YAML_STRING,
    AS_YAML_NULL,
    AS_YAML_TRUE,
    AS_YAML_FALSE,
    AS_YAML_INT,
    AS_YAML_FLOAT, /* with infinities and NaN */
} as_yaml_kind;

/* The core schema's reading of a plain scalar. */
as_yaml_kind as_yaml_resolve(as_str s);
/* Writes what as_yaml_resolve said of s; a number JSON cannot hold as a
 * string. */
void as_yaml_put(as_buf *out, as_yaml_kind kind, as_str s);

#endif
