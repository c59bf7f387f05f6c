/* SPDX-License-Identifier: Apache-2.0 */
/* The public face of libassay. Everything here is named assay_* and listed in
 * src/libassay.map; nothing else leaves the library. */
#ifndef ASSAY_ASSAY_H
#define ASSAY_ASSAY_H

#ifdef __cplusplus
extern "C" {
#endif

/* The version of the library that is running, "MAJOR.MINOR.PATCH". A constant;
 * never NULL. */
const char *assay_version(void);

#ifdef __cplusplus
}
#endif

#endif
