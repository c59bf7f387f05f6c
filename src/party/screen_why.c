/* SPDX-License-Identifier: Apache-2.0 */
/* How two names agree, for people. */
#include "party/name_internal.h"
#include "party/screen_internal.h"

#include <stdarg.h>
#include <stdio.h>

void as_screen_say(as_screen_work *w, as_screen_row *r, const char *fmt, ...)
{
    char text[600];
    va_list ap;
    int n;

    if (r->n_why == AS_SCREEN_WHY)
        return;
    va_start(ap, fmt);
    n = vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    if (n < 0)
        return;
    /* Cut at a character's edge. */
    n = n < (int)sizeof text ? n : (int)sizeof text - 1;
    while (n > 0 && n == (int)sizeof text - 1 &&
           ((unsigned char)text[n - 1] & 0x80))
        n--;
    r->why[r->n_why++] = as_arena_str(w->arena, as_str_of(text, (size_t)n));
}

static void put_words(as_buf *out, const as_name *n, size_t from, size_t count)
{
    for (size_t i = from; i < from + count && i < as_name_words(n); i++) {
        as_name_word word = as_name_word_at(n, i);
        if (i > from)
            as_buf_byte(out, ' ');
        as_buf_str(out, word.text);
    }
}

/* Pairs of one kind: "sound: gadafi = qaddafi, ...". */
static void put_pairs(as_buf *out, const as_name *a, const as_name *b,
                      const as_name_match *m, as_name_how how)
{
    bool any = false;

    for (size_t i = 0; i < m->n_pairs; i++) {
        const as_name_pair *p = &m->pairs[i];
        if (p->how != how || !p->n_a || !p->n_b)
            continue;
        if (!any)
            as_buf_printf(out, "%s%s: ", out->n ? "; " : "",
                          as_name_how_text(how));
        else
            as_buf_c(out, ", ");
        any = true;
        put_words(out, a, p->a, p->n_a);
        if (how == AS_PAIR_SAME)
            continue;
        as_buf_c(out, " = ");
        put_words(out, b, p->b, p->n_b);
    }
}

static void put_lone(as_buf *out, const as_name *n, const as_name_match *m,
                     bool listed)
{
    bool any = false;

    for (size_t i = 0; i < m->n_pairs; i++) {
        const as_name_pair *p = &m->pairs[i];
        if (p->how != AS_PAIR_NONE || (listed ? !p->n_b : !p->n_a))
            continue;
        as_buf_printf(out, "%s%s",
                      any      ? " "
                      : out->n ? "; "
                               : "",
                      any      ? ""
                      : listed ? "only on the list: "
                               : "only asked for: ");
        any = true;
        put_words(out, n, listed ? p->b : p->a, 1);
    }
}

void as_screen_explain(as_screen_work *w, as_screen_row *r)
{
    const as_index_name *at;
    const as_name *a, *b;
    as_buf text;

    if (r->name == UINT32_MAX)
        return;
    at = as_index_name_at(&w->s->index, r->name);
    b = at ? as_index_block(&w->s->index, at) : NULL;
    if (!b)
        return;
    a = as_name_taken_for(as_screen_asked(w, r), r->match.kind);
    b = as_name_taken_for(b, r->match.kind);
    as_buf_init(&text, 4096);
    for (int how = 0; how < AS_PAIR_NONE; how++)
        put_pairs(&text, a, b, &r->match, (as_name_how)how);
    put_lone(&text, a, &r->match, false);
    put_lone(&text, b, &r->match, true);
    if (r->other)
        as_screen_say(w, r, "by \"%.*s\", a name of it by %.*s, row %.*s",
                      AS_FMT(as_str_slice(r->other->text, 0, 200)),
                      AS_FMT(r->other->of->list), AS_FMT(r->other->of->id));
    as_screen_say(w, r, "names %.2f: %.*s", r->name_score,
                  AS_FMT(as_buf_text(&text)));
    if (r->match.cap != AS_CAP_NONE)
        as_screen_say(w, r, "held down: %s", as_name_cap_text(r->match.cap));
    as_buf_done(&text);
}
