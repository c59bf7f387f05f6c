/* SPDX-License-Identifier: Apache-2.0 */
/* What include/assay/assay.h promises. */
#include "assay/assay.h"

const char *assay_version(void)
{
    return ASSAY_VERSION;
}
