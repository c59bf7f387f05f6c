/* SPDX-License-Identifier: Apache-2.0 */
/* The tree of parts as nested lists: it wraps, can be searched and copied, is
 * read aloud with its levels, and says in words what its dots say in colour. */
#include "report/html_internal.h"

#include <stdlib.h>

enum {
    ROWS_MOST = 3000, /* the JSON report has the others */
    ROWS_UNFOLDED = 200,
    DEPTH_MOST = 12 /* what lies deeper is drawn at this depth */
};

struct tree {
    const as_review *r;
    uint32_t *first, *next; /* children, by part */
    unsigned char *worst;   /* severity of open findings, by part */
    uint32_t *open;         /* open findings, by part */
    uint32_t *rows;         /* parts in drawing order */
    unsigned *depths;
    size_t n_rows;
};

static void link_children(struct tree *t)
{
    const as_product *p = t->r->product;

    for (size_t i = 0; i < p->n_parts; i++)
        t->first[i] = t->next[i] = AS_NO_PART;
    /* Backwards, so that the chains run in document order. */
    for (size_t i = p->n_parts; i > 0; i--) {
        uint32_t parent = p->parts[i - 1].parent;
        if (parent == AS_NO_PART)
            continue;
        t->next[i - 1] = t->first[parent];
        t->first[parent] = (uint32_t)i - 1;
    }
}

static void count_findings(struct tree *t)
{
    for (size_t i = 0; i < t->r->n_findings; i++) {
        const as_finding *f = &t->r->findings[i];
        if (!as_report_is_open(f))
            continue;
        t->open[f->part]++;
        if (f->severity > t->worst[f->part])
            t->worst[f->part] = (unsigned char)f->severity;
    }
}

/* Depth first without recursion: the chain of parents is the stack. */
static void draw_order(struct tree *t, uint32_t top)
{
    const as_product *p = t->r->product;
    uint32_t at = top;
    unsigned depth = 0;

    while (at != AS_NO_PART && t->n_rows < ROWS_MOST) {
        t->rows[t->n_rows] = at;
        t->depths[t->n_rows++] = depth < DEPTH_MOST ? depth : DEPTH_MOST;
        if (t->first[at] != AS_NO_PART) {
            at = t->first[at];
            depth++;
            continue;
        }
        while (at != top && t->next[at] == AS_NO_PART) {
            at = p->parts[at].parent;
            depth--;
        }
        at = at == top ? AS_NO_PART : t->next[at];
    }
}

static void write_outcome(const struct tree *t, uint32_t part, as_buf *out)
{
    as_outcome o = t->r->outcomes[part].outcome;
    as_str word = as_severity_word((as_severity)t->worst[part]);

    if (!t->open[part]) {
        as_buf_printf(out, "<span class=\"small quiet\">%s</span>",
                      o == AS_OUTCOME_NOT_EXAMINED ? "not examined"
                      : o == AS_OUTCOME_CLEAN      ? "clean"
                                                   : "nothing open");
        return;
    }
    as_buf_printf(out, "<strong class=\"small c-%.*s\">%u open, ", AS_FMT(word),
                  t->open[part]);
    if (t->worst[part])
        as_buf_printf(out, "%s%.*s", t->open[part] > 1 ? "worst " : "",
                      AS_FMT(word));
    else
        as_buf_c(out, "severity unknown");
    as_buf_c(out, "</strong>");
}

static void write_dot(const struct tree *t, uint32_t part, as_buf *out)
{
    as_str word = as_severity_word((as_severity)t->worst[part]);

    if (t->open[part])
        as_buf_printf(out, "<span class=\"dot f-%.*s\"></span>", AS_FMT(word));
    else
        as_buf_printf(out, "<span class=\"dot f-%s\"></span>",
                      t->r->outcomes[part].outcome == AS_OUTCOME_NOT_EXAMINED
                          ? "dark"
                          : "clean");
}

static void write_row(const struct tree *t, uint32_t part, as_buf *out)
{
    const as_part *p = &t->r->product->parts[part];

    as_buf_c(out, "<li>");
    write_dot(t, part, out);
    as_html_part(out, p);
    as_buf_c(out, " <span class=\"small quiet\">");
    as_buf_str(out, as_part_kind_word(p->kind));
    as_buf_c(out, " &middot;</span> ");
    write_outcome(t, part, out);
}

/* Every list that a row opens is closed again before a row of a lesser depth.
 * A depth grows by one from row to row, never by more. */
static void write_rows(const struct tree *t, as_buf *out)
{
    as_buf_c(out, "<ul class=\"tree\">");
    for (size_t i = 0; i < t->n_rows; i++) {
        unsigned next = i + 1 < t->n_rows ? t->depths[i + 1] : 0;
        write_row(t, t->rows[i], out);
        if (next > t->depths[i])
            as_buf_c(out, "<ul>");
        else
            as_buf_c(out, "</li>\n");
        for (unsigned d = t->depths[i]; d > next; d--)
            as_buf_c(out, "</ul></li>\n");
    }
    as_buf_c(out, "</ul>");
}

static void write_tree(const struct tree *t, as_html_left *left, as_buf *out)
{
    size_t n = t->r->product->n_parts;
    bool folded = t->n_rows > ROWS_UNFOLDED;

    as_html_section(out, "parts", "What is in it", n);
    as_buf_c(out, "<p class=\"quiet\">Each part with its worst open finding. "
                  "Clean: looked up, nothing found.</p>");
    if (folded)
        as_buf_printf(out,
                      "<details class=\"more\"><summary>Show %zu parts"
                      "</summary>",
                      t->n_rows);
    write_rows(t, out);
    if (folded)
        as_buf_c(out, "</details>");
    left->parts = n - t->n_rows;
    if (left->parts)
        as_buf_printf(out,
                      "<p class=\"quiet small\">and %zu more parts: the JSON "
                      "report lists them all</p>",
                      left->parts);
    as_buf_c(out, "</section>\n");
}

void as_html_tree(const as_review *r, as_html_left *left, as_buf *out)
{
    size_t n = r->product->n_parts;
    struct tree t = {.r = r};

    t.first = calloc(n + 1, sizeof *t.first);
    t.next = calloc(n + 1, sizeof *t.next);
    t.worst = calloc(n + 1, 1);
    t.open = calloc(n + 1, sizeof *t.open);
    t.rows = calloc(ROWS_MOST, sizeof *t.rows);
    t.depths = calloc(ROWS_MOST, sizeof *t.depths);
    if (t.first && t.next && t.worst && t.open && t.rows && t.depths) {
        link_children(&t);
        count_findings(&t);
        for (uint32_t i = 0; i < n && t.n_rows < ROWS_MOST; i++)
            if (r->product->parts[i].parent == AS_NO_PART)
                draw_order(&t, i);
        write_tree(&t, left, out);
    } else {
        out->failed = true;
    }
    free(t.first);
    free(t.next);
    free(t.worst);
    free(t.open);
    free(t.rows);
    free(t.depths);
}
