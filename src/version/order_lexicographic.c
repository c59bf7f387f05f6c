/* SPDX-License-Identifier: Apache-2.0 */
/* VERS "lexicographic": UTF-8 bytes as they are, nothing normalised. The key is
 * the version. */
#include "version/version_internal.h"

const char *as_order_lexicographic(const as_version_scheme *s, as_str v,
                                   as_version_out *o)
{
    as_version_put_text(o, v);
    return NULL;
}
