# SPDX-License-Identifier: Apache-2.0
"""As much of JSON Schema (draft 7) as doc/schema/ uses. A keyword that is not
known here is an error, not passed over; and so is a member that an object with
"properties" does not describe."""

import re

TYPES = {
    'object': lambda v: isinstance(v, dict),
    'array': lambda v: isinstance(v, list),
    'string': lambda v: isinstance(v, str),
    'boolean': lambda v: isinstance(v, bool),
    'null': lambda v: v is None,
    'number': lambda v: isinstance(v, (int, float)) and
    not isinstance(v, bool),
    'integer': lambda v: isinstance(v, int) and not isinstance(v, bool),
}
SILENT = {'$schema', '$id', 'title', 'description', 'definitions'}


def is_type(value, names):
    names = names if isinstance(names, list) else [names]
    return any(TYPES[n](value) for n in names)


SCALAR = {
    'type': is_type,
    'const': lambda v, want: v == want,
    'enum': lambda v, want: v in want,
    'pattern': lambda v, want: not isinstance(v, str) or re.search(want, v),
    'minimum': lambda v, want: not TYPES['number'](v) or v >= want,
    'maximum': lambda v, want: not TYPES['number'](v) or v <= want,
    'minItems': lambda v, want: not isinstance(v, list) or len(v) >= want,
    'maxItems': lambda v, want: not isinstance(v, list) or len(v) <= want,
    'required': lambda v, want: not isinstance(v, dict) or
    all(k in v for k in want),
}
CONTAINERS = {'properties', 'additionalProperties', 'items', '$ref'}


def faults(value, schema, root, path=''):
    """What is wrong, in words, each with its JSON Pointer."""
    found = []
    if '$ref' in schema:
        target = root
        for word in schema['$ref'].removeprefix('#/').split('/'):
            target = target[word]
        return faults(value, target, root, path)
    for key, want in schema.items():
        if key in SCALAR and not SCALAR[key](value, want):
            found.append(f'{path}: {key} {want!r}: {str(value)[:80]!r}')
        elif key not in SCALAR and key not in SILENT | CONTAINERS:
            raise ValueError(f'the keyword {key} is not known here')
    if isinstance(value, dict):
        found += members(value, schema, root, path)
    if isinstance(value, list) and 'items' in schema:
        for i, v in enumerate(value):
            found += faults(v, schema['items'], root, f'{path}/{i}')
    return found


def members(value, schema, root, path):
    found = []
    known = schema.get('properties', {})
    other = schema.get('additionalProperties')
    for key, v in value.items():
        if key in known:
            found += faults(v, known[key], root, f'{path}/{key}')
        elif other:
            found += faults(v, other, root, f'{path}/{key}')
        elif known:
            found.append(f'{path}/{key}: nothing describes this member')
    return found
