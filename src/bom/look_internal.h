/* SPDX-License-Identifier: Apache-2.0 */
/* Between bom.c and bom_look.c; inside src/bom only. */
#ifndef AS_BOM_LOOK_INTERNAL_H
#define AS_BOM_LOOK_INTERNAL_H

#include "bom/bom.h"

/* Fills err with what the input looks like; returns its class, which is never
 * AS_OK: AS_ERR_UNSUPPORTED, or AS_ERR_INPUT for text that is no UTF-8. */
as_rc as_bom_look(const as_bom_input *in, as_err *err);

#endif
