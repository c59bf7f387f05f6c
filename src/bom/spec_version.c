/* SPDX-License-Identifier: Apache-2.0 */
/* Which versions of a format are read. A newer minor version only adds to what
 * is known, so it is read with a warning; another major version may mean
 * something else by the same words, so it is refused. */
#include "bom/reader_internal.h"

/* "2" of "2.3", "02" or "2": without zeros in front. Absent when it begins with
 * no number. */
static as_str major_of(as_str version)
{
    size_t from = 0, to = 0;

    while (to < version.n && as_ascii_is_digit(version.p[to]))
        to++;
    if (to == 0 || (to < version.n && version.p[to] != '.'))
        return AS_ABSENT;
    while (from + 1 < to && version.p[from] == '0')
        from++;
    return as_str_slice(version, from, to);
}

static as_rc refuse(as_bom_reader *r, const as_bom_spec *spec, as_str key,
                    as_str version)
{
    as_str pointer;

    if (r->rc)
        return r->rc;
    r->rc = as_fail(r->err, AS_ERR_UNSUPPORTED,
                    "%.*s %.*s is another major version: only %.*s are read",
                    AS_FMT(spec->name), AS_FMT(as_str_slice(version, 0, 40)),
                    AS_FMT(spec->range));
    if (!r->err || r->text.n == 0)
        return r->rc;
    pointer = as_bom_path_below(r, key);
    as_err_path(r->err, pointer);
    r->locate(r->text, pointer, &r->err->place);
    return r->rc;
}

as_rc as_bom_check_version(as_bom_reader *r, const as_bom_spec *spec,
                           as_str key, as_str version)
{
    as_str major = major_of(version);

    if (as_str_is_empty(version)) {
        as_bom_diagnose(r, false, key, "the version of %.*s is missing",
                        AS_FMT(spec->name));
        return r->rc;
    }
    for (size_t i = 0; i < spec->n; i++)
        if (as_str_eq(spec->known[i], version))
            return r->rc;
    if (!as_str_is_absent(major) && !as_str_eq(major, major_of(spec->known[0])))
        return refuse(r, spec, key, version);
    as_bom_diagnose(r, true, key,
                    "%.*s \"%.*s\" is not known; it is read as %.*s",
                    AS_FMT(spec->name), AS_FMT(as_str_slice(version, 0, 40)),
                    AS_FMT(spec->known[spec->n - 1]));
    return r->rc;
}
