/* SPDX-License-Identifier: Apache-2.0 */
/* What OFAC's CSV and XML share. */
#ifndef AS_KNOW_OFAC_INTERNAL_H
#define AS_KNOW_OFAC_INTERNAL_H

#include "know/party_make_internal.h"

/* What remarks say, into the row; the whole becomes a term. */
void as_ofac_remarks(as_party_make *m, as_str remarks);
/* "SDGT] [IRAN". */
void as_ofac_programmes(as_party_make *m, as_str text);
as_party_kind as_ofac_kind(as_str type);
/* cons_prim.csv and CONSOLIDATED.XML look as sdn.csv and SDN.XML do: by the
 * file's name. */
bool as_ofac_is_consolidated(as_str name);

#endif
