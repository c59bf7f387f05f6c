/* SPDX-License-Identifier: Apache-2.0 */
/* Between cmdline.c (reading), cmdline_help.c, cmdline_man.c and
 * cmdline_completion.c (writing). */
#ifndef AS_BASE_CMDLINE_INTERNAL_H
#define AS_BASE_CMDLINE_INTERNAL_H

#include "base/cmdline.h"

/* First word of a verb's name, and the second or absent. */
as_str as_cmd_first(const as_cmd_verb *verb);
as_str as_cmd_second(const as_cmd_verb *verb);
/* Whether the verb is the first of its group (or of its own name), so that a
 * walk over the verbs meets each first word once. */
bool as_cmd_leads(const as_cmd_program *program, const as_cmd_verb *verb);
/* Whether some verb of two words begins with it. */
bool as_cmd_is_group(const as_cmd_program *program, as_str first);
/* Next paragraph of *text: lines up to an empty one. False at the end.
 * *ret_verbatim: it begins with a space. */
bool as_cmd_paragraph(as_str *text, as_str *ret, bool *ret_verbatim);

#endif
