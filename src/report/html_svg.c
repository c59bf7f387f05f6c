/* SPDX-License-Identifier: Apache-2.0 */
/* The pictures of the page, as inline SVG. Colours come from the page's style,
 * so they follow light and dark. Each has a text alternative. */
#include "report/html_internal.h"

#include <stdlib.h>

enum {
    BAR_WIDTH = 440,
    ROW = 24,
    INDENT = 20,
    TREE_ROWS = 160,
    NAME_MOST = 60,
};

/* ---- coverage -------------------------------------------------------------
 */

struct slice {
    const char *name, *fill;
    size_t n;
};

static void legend(as_buf *out, const struct slice *s, size_t x)
{
    as_buf_printf(out,
                  "<rect class=\"%s\" x=\"%zu\" y=\"40\" width=\"12\" "
                  "height=\"12\" rx=\"2\"/><text x=\"%zu\" y=\"51\">%zu "
                  "%s</text>",
                  s->fill, x, x + 18, s->n, s->name);
}

void as_html_coverage(const as_review *r, as_buf *out)
{
    const as_coverage *c = &r->coverage;
    const struct slice slices[] = {
        {"matched", "f-matched", c->matched},
        {"clean", "f-clean", c->clean},
        {"not examined", "f-dark", c->not_examined},
    };
    double x = 0;

    as_buf_printf(out,
                  "<svg viewBox=\"0 0 %d 58\" width=\"%d\" role=\"img\" "
                  "aria-label=\"%zu matched, %zu clean, %zu not examined\">",
                  BAR_WIDTH, BAR_WIDTH, c->matched, c->clean, c->not_examined);
    for (size_t i = 0; i < AS_ARRAY_LEN(slices); i++) {
        double w =
            c->parts ? (double)slices[i].n * BAR_WIDTH / (double)c->parts : 0;
        as_buf_printf(out,
                      "<rect class=\"%s\" x=\"%.1f\" y=\"0\" width=\"%.1f\" "
                      "height=\"26\"/>",
                      slices[i].fill, x, w);
        x += w;
        legend(out, &slices[i], i * 140);
    }
    as_buf_c(out, "</svg>");
}

/* ---- severities -------------------------------------------------------------
 */

static bool is_open(const as_finding *f)
{
    return f->status == AS_FINDING_OPEN || f->status == AS_FINDING_IN_TRIAGE;
}

void as_html_severities(const as_review *r, as_buf *out)
{
    static const as_severity order[] = {
        AS_SEVERITY_CRITICAL, AS_SEVERITY_HIGH,    AS_SEVERITY_MEDIUM,
        AS_SEVERITY_LOW,      AS_SEVERITY_UNKNOWN,
    };
    size_t counts[AS_SEVERITIES] = {0}, most = 1;

    for (size_t i = 0; i < r->n_findings; i++)
        if (is_open(&r->findings[i]))
            counts[r->findings[i].severity]++;
    for (size_t i = 0; i < AS_SEVERITIES; i++)
        most = counts[i] > most ? counts[i] : most;
    as_buf_printf(out,
                  "<svg viewBox=\"0 0 %d %zu\" width=\"%d\" role=\"img\" "
                  "aria-label=\"open findings by severity\">",
                  BAR_WIDTH, AS_ARRAY_LEN(order) * ROW, BAR_WIDTH);
    for (size_t i = 0; i < AS_ARRAY_LEN(order); i++) {
        as_str word = as_severity_word(order[i]);
        size_t n = counts[order[i]];
        double w = (double)n * (BAR_WIDTH - 150) / (double)most;
        as_buf_printf(out,
                      "<text x=\"0\" y=\"%zu\">%.*s</text>"
                      "<rect class=\"f-%.*s\" x=\"80\" y=\"%zu\" "
                      "width=\"%.1f\" height=\"16\" rx=\"2\"/>"
                      "<text x=\"%.1f\" y=\"%zu\">%zu</text>",
                      i * ROW + 16, AS_FMT(word), AS_FMT(word), i * ROW + 3, w,
                      88 + w, i * ROW + 16, n);
    }
    as_buf_c(out, "</svg>");
}

/* ---- tree -------------------------------------------------------------------
 */

struct tree {
    const as_review *r;
    uint32_t *first, *next; /* children, by part */
    unsigned char *worst;   /* severity of open findings, by part */
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
    for (size_t i = 0; i < t->r->n_findings; i++) {
        const as_finding *f = &t->r->findings[i];
        if (is_open(f) && f->severity >= t->worst[f->part])
            t->worst[f->part] =
                (unsigned char)(f->severity ? f->severity : AS_SEVERITY_LOW);
    }
}

/* Depth first without recursion: a stack of the parts still to draw would do;
 * the chain of parents is the stack. */
static void draw_order(struct tree *t, uint32_t top)
{
    const as_product *p = t->r->product;
    uint32_t at = top;
    unsigned depth = 0;

    while (at != AS_NO_PART && t->n_rows < TREE_ROWS) {
        t->rows[t->n_rows] = at;
        t->depths[t->n_rows++] = depth;
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

static const char *dot_class(const struct tree *t, uint32_t part)
{
    static const char *const by_severity[AS_SEVERITIES] = {
        [AS_SEVERITY_UNKNOWN] = "f-clean",
        [AS_SEVERITY_NONE] = "f-low",
        [AS_SEVERITY_LOW] = "f-low",
        [AS_SEVERITY_MEDIUM] = "f-medium",
        [AS_SEVERITY_HIGH] = "f-high",
        [AS_SEVERITY_CRITICAL] = "f-critical",
    };

    if (t->worst[part])
        return by_severity[t->worst[part]];
    if (t->r->outcomes[part].outcome == AS_OUTCOME_NOT_EXAMINED)
        return "f-dark";
    return "f-clean";
}

static void draw_row(const struct tree *t, size_t row, as_buf *out)
{
    const as_part *p = &t->r->product->parts[t->rows[row]];
    unsigned x = 8 + t->depths[row] * INDENT;
    size_t y = row * ROW + 12;

    if (t->depths[row]) {
        size_t up = row;
        while (t->depths[up] >= t->depths[row])
            up--;
        as_buf_printf(out,
                      "<line x1=\"%u\" y1=\"%zu\" x2=\"%u\" y2=\"%zu\"/>"
                      "<line x1=\"%u\" y1=\"%zu\" x2=\"%u\" y2=\"%zu\"/>",
                      x - INDENT, up * ROW + 18, x - INDENT, y, x - INDENT, y,
                      x - 6, y);
    }
    as_buf_printf(out,
                  "<circle class=\"%s\" cx=\"%u\" cy=\"%zu\" r=\"5\"/>"
                  "<text x=\"%u\" y=\"%zu\">",
                  dot_class(t, t->rows[row]), x, y, x + 12, y + 5);
    as_html_short(out, p->name, NAME_MOST);
    as_buf_c(out, " <tspan class=\"q\">");
    as_html_short(out, p->version, 30);
    as_buf_c(out, " ");
    as_buf_str(out, as_part_kind_word(p->kind));
    as_buf_c(out, "</tspan></text>");
}

static void draw(const struct tree *t, as_buf *out)
{
    unsigned deepest = 0;

    for (size_t i = 0; i < t->n_rows; i++)
        deepest = t->depths[i] > deepest ? t->depths[i] : deepest;
    as_buf_printf(out,
                  "<svg width=\"%u\" height=\"%zu\" viewBox=\"0 0 %u %zu\" "
                  "role=\"img\" aria-label=\"tree of the parts\">",
                  620 + deepest * INDENT, t->n_rows * ROW,
                  620 + deepest * INDENT, t->n_rows * ROW);
    for (size_t i = 0; i < t->n_rows; i++)
        draw_row(t, i, out);
    as_buf_c(out, "</svg>");
}

void as_html_tree(const as_review *r, as_buf *out)
{
    size_t n = r->product->n_parts;
    struct tree t = {.r = r};

    t.first = calloc(n + 1, sizeof *t.first);
    t.next = calloc(n + 1, sizeof *t.next);
    t.worst = calloc(n + 1, 1);
    t.rows = calloc(TREE_ROWS, sizeof *t.rows);
    t.depths = calloc(TREE_ROWS, sizeof *t.depths);
    if (t.first && t.next && t.worst && t.rows && t.depths) {
        link_children(&t);
        for (uint32_t i = 0; i < n && t.n_rows < TREE_ROWS; i++)
            if (r->product->parts[i].parent == AS_NO_PART)
                draw_order(&t, i);
        draw(&t, out);
        if (n > t.n_rows)
            as_buf_printf(out,
                          "<p class=\"quiet small\">and %zu more parts: "
                          "the JSON report lists them all</p>",
                          n - t.n_rows);
    } else {
        out->failed = true;
    }
    free(t.first);
    free(t.next);
    free(t.worst);
    free(t.rows);
    free(t.depths);
}
