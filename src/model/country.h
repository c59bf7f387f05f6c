/* SPDX-License-Identifier: Apache-2.0 */
/* Countries as lists and documents write them, to ISO 3166-1 alpha-2.
 *
 * What is understood: alpha-2 and alpha-3 codes of any case, the English short
 * names of ISO 3166-1 and of the United Nations, and the spellings that the
 * United States, the European Union and the United Kingdom use on their lists.
 * Order of words, case, accents, punctuation and "the", "of", "and" do not
 * matter: "Korea, North" is "North Korea". XK stands for Kosovo. A part that a
 * list names by itself (Crimea) gives the country whose part it is in ISO 3166;
 * dissolved states (Soviet Union, Yugoslavia) give nothing. */
#ifndef AS_MODEL_COUNTRY_H
#define AS_MODEL_COUNTRY_H

#include "base/span.h"

/* The code (static text) or absent. */
as_str as_country_code(as_str text);
/* A code of the table, in upper case. */
bool as_country_is_code(as_str code);
/* English short name of a code (static text) or absent. */
as_str as_country_name(as_str code);

#endif
