/* SPDX-License-Identifier: Apache-2.0 */
/* What the tests of bills of materials share. */
#ifndef AS_TEST_BOM_TESTING_H
#define AS_TEST_BOM_TESTING_H

#include "testing.h"

#include "base/limits.h"
#include "bom/bom.h"

AS_UNUSED static as_product *read_ok(const char *text)
{
    as_product *p = NULL;
    as_err err;

    as_err_init(&err);
    if (as_bom_read(as_str_span(as_str_c(text)), false, &p, &err)) {
        print_error("%s\n", err.what);
        fail();
    }
    return p;
}

AS_UNUSED static as_rc refused(as_span in, as_err *err)
{
    as_product *p = NULL;
    as_rc rc;

    as_err_init(err);
    rc = as_bom_read(in, false, &p, err);
    assert_null(p);
    assert_int_not_equal(rc, AS_OK);
    assert_true(err->what[0] != '\0');
    return rc;
}

AS_UNUSED static as_rc refused_text(const char *text, as_err *err)
{
    return refused(as_str_span(as_str_c(text)), err);
}

/* The diagnosis at a path, or a failed test. */
AS_UNUSED static const as_diagnosis *diagnosis_at(const as_product *p,
                                                  const char *path)
{
    for (size_t i = 0; i < p->n_diagnoses; i++)
        if (as_str_eq(p->diagnoses[i].path, as_str_c(path)))
            return &p->diagnoses[i];
    print_error("no diagnosis at %s\n", path);
    fail();
    return NULL;
}

AS_UNUSED static void check_path(const as_product *p, uint32_t part,
                                 const char *want)
{
    as_buf path;

    as_buf_init(&path, AS_MIB);
    as_part_path(p, part, &path);
    testing_str(as_buf_text(&path), want);
    as_buf_done(&path);
}

AS_UNUSED static as_product *read_span(as_span in)
{
    as_product *p = NULL;
    as_err err;

    as_err_init(&err);
    if (as_bom_read(in, false, &p, &err)) {
        print_error("%s at %s\n", err.what, err.place.path);
        fail();
    }
    return p;
}

#endif
