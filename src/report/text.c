/* SPDX-License-Identifier: Apache-2.0 */
/* The review as text for a terminal: fits its width, most important first,
 * tells what to do. What comes from the document cannot drive the terminal:
 * control characters and direction marks are shown as '?'. */
#include "report/report_internal.h"

enum { MIN_WIDTH = 40, LIST_SHORT = 12, NAMES_SHORT = 6, WHY_SHORT = 5 };

struct text {
    as_buf *out;
    const as_review *r;
    const as_report_options *o;
    unsigned width;
    as_buf line; /* scratch */
};

static const char *const bold = "1";
static const char *const dim = "2";
static const char *const red = "1;31";
static const char *const green = "1;32";
static const char *const yellow = "1;33";
static const char *const plain_text = "0";

/* ---- writing ----------------------------------------------------------- */

/* Bytes of a text and of a name that are shown: who made them is a stranger. */
enum { TEXT_SHOWN = 4000, NAME_SHOWN = 240 };

static void put_short(as_buf *out, as_str s, size_t most)
{
    size_t end = s.n <= most ? s.n : most;

    while (end > 0 && end < s.n && ((unsigned char)s.p[end] & 0xC0) == 0x80)
        end--;
    for (size_t i = 0; i < end;) {
        size_t bad = as_str_unsafe(s, i);
        if (bad)
            as_buf_byte(out, s.p[i] == '\n' || s.p[i] == '\t' ? ' ' : '?');
        else
            as_buf_byte(out, s.p[i]);
        i += bad ? bad : 1;
    }
    if (end < s.n)
        as_buf_c(out, "...");
}

static void put_safe(as_buf *out, as_str s)
{
    put_short(out, s, TEXT_SHOWN);
}

/* Characters of the scripts of East Asia and pictures take two columns (UAX #11
 * W and F, whole blocks of it), marks that stand over another take none. */
static const struct range {
    uint32_t first, last;
    unsigned columns;
} widths[] = {
    {0x0300, 0x036F, 0},   {0x0591, 0x05BD, 0},   {0x064B, 0x065F, 0},
    {0x1100, 0x115F, 2},   {0x1AB0, 0x1AFF, 0},   {0x1DC0, 0x1DFF, 0},
    {0x20D0, 0x20FF, 0},   {0x2E80, 0x303E, 2},   {0x3041, 0xA4CF, 2},
    {0xA960, 0xA97F, 2},   {0xAC00, 0xD7A3, 2},   {0xF900, 0xFAFF, 2},
    {0xFE00, 0xFE0F, 0},   {0xFE20, 0xFE2F, 0},   {0xFE30, 0xFE6F, 2},
    {0xFF01, 0xFF60, 2},   {0xFFE0, 0xFFE6, 2},   {0x1F300, 0x1F64F, 2},
    {0x1F680, 0x1F6FF, 2}, {0x1F900, 0x1FAFF, 2}, {0x20000, 0x3FFFD, 2},
};

/* Of the valid UTF-8 character at *at, which is then behind it. */
static unsigned columns_of(as_str s, size_t *at)
{
    unsigned char lead = (unsigned char)s.p[(*at)++];
    uint32_t c = lead < 0xC0   ? lead
                 : lead < 0xE0 ? lead & 0x1F
                 : lead < 0xF0 ? lead & 0x0F
                               : lead & 0x07;

    while (*at < s.n && ((unsigned char)s.p[*at] & 0xC0) == 0x80)
        c = c << 6 | ((unsigned char)s.p[(*at)++] & 0x3F);
    for (size_t i = 0; i < AS_ARRAY_LEN(widths); i++)
        if (c >= widths[i].first && c <= widths[i].last)
            return widths[i].columns;
    return 1;
}

static size_t columns(as_str s)
{
    size_t n = 0;

    for (size_t at = 0; at < s.n;)
        n += columns_of(s, &at);
    return n;
}

static void colour(struct text *t, const char *code)
{
    if (t->o->colours)
        as_buf_printf(t->out, "\033[%sm", code);
}

static void plain(struct text *t)
{
    if (t->o->colours)
        as_buf_c(t->out, "\033[0m");
}

static void pad(struct text *t, size_t n)
{
    for (size_t i = 0; i < n; i++)
        as_buf_byte(t->out, ' ');
}

/* The next word of s from *at on; false at the end. A word longer than room is
 * cut at a character's edge. */
static bool next_word(as_str s, size_t *at, size_t room, as_str *ret)
{
    size_t from, n = 0;

    while (*at < s.n && s.p[*at] == ' ')
        (*at)++;
    from = *at;
    while (*at < s.n && s.p[*at] != ' ') {
        size_t next = *at;
        n += columns_of(s, &next);
        if (n > room)
            break;
        *at = next;
    }
    *ret = as_str_slice(s, from, *at);
    return ret->n > 0;
}

/* Wraps t->line: the first line goes on at column, the others at indent. */
static void wrap(struct text *t, size_t column, size_t indent)
{
    as_str s = as_buf_text(&t->line), word;
    size_t at = 0, room = t->width - indent;
    bool first = true;

    while (next_word(s, &at, room, &word)) {
        size_t n = columns(word);
        if (!first && column + 1 + n > t->width) {
            as_buf_byte(t->out, '\n');
            pad(t, indent);
            column = indent;
            first = true;
        }
        if (!first) {
            as_buf_byte(t->out, ' ');
            column++;
        }
        as_buf_str(t->out, word);
        column += n;
        first = false;
    }
    as_buf_byte(t->out, '\n');
    as_buf_clear(&t->line);
}

static void line(struct text *t, size_t indent, as_str s)
{
    put_safe(&t->line, s);
    pad(t, indent);
    wrap(t, indent, indent);
}

static void heading(struct text *t, const char *name, size_t n)
{
    as_buf_byte(t->out, '\n');
    colour(t, bold);
    as_buf_c(t->out, name);
    plain(t);
    if (n)
        as_buf_printf(t->out, " (%zu)", n);
    as_buf_byte(t->out, '\n');
}

static const char *verdict_colour(as_verdict v)
{
    return v == AS_ACCEPT ? green : v == AS_REJECT ? red : yellow;
}

/* ---- head -------------------------------------------------------------- */

static void put_named(as_buf *out, as_str name, as_str version)
{
    put_short(out, as_str_is_empty(name) ? AS_STR("(unnamed)") : name,
              NAME_SHOWN);
    if (!as_str_is_empty(version)) {
        as_buf_byte(out, ' ');
        put_short(out, version, NAME_SHOWN);
    }
}

/* Only what is wrong: that a document is as it should be needs no line. */
static void write_document(struct text *t)
{
    as_buf said;

    if (t->r->document.valid == AS_YES)
        return;
    as_buf_init(&said, t->out->ceiling);
    as_report_document(&t->r->document, &said);
    colour(t, yellow);
    line(t, 0, as_buf_text(&said));
    plain(t);
    as_buf_done(&said);
}

static void write_head(struct text *t)
{
    const as_product *p = t->r->product;

    put_named(&t->line, as_str_is_empty(p->name) ? t->r->target : p->name,
              p->version);
    if (!as_str_is_empty(p->maker)) {
        as_buf_c(&t->line, ", by ");
        put_short(&t->line, p->maker, NAME_SHOWN);
    }
    colour(t, bold);
    wrap(t, 0, 4);
    plain(t);
    put_safe(&t->line, t->r->target);
    as_buf_printf(&t->line, ": %.*s%s", AS_FMT(p->format),
                  as_str_is_empty(p->spec_version) ? "" : " ");
    put_safe(&t->line, p->spec_version);
    as_buf_printf(&t->line, ", %zu part%s; as of %.*s; policy ", p->n_parts,
                  p->n_parts == 1 ? "" : "s", AS_FMT(t->r->as_of));
    put_safe(&t->line, t->r->policy);
    wrap(t, 0, 4);
    write_document(t);
    as_buf_byte(t->out, '\n');
    as_buf_c(t->out, "Verdict: ");
    colour(t, verdict_colour(t->r->verdict));
    as_buf_str(t->out, as_verdict_word(t->r->verdict));
    plain(t);
    as_buf_c(t->out, "\n\n");
}

/* "71 open: 8 critical, 29 of unknown severity; 5 exploited; 6 closed" */
static void put_findings(as_buf *out, const as_review *r, as_question q)
{
    size_t counts[AS_SEVERITIES], exploited = 0, closed = 0;
    size_t open = as_report_count_open(r, q, counts);
    const char *comma = ": ";

    for (size_t i = 0; i < r->n_findings; i++) {
        const as_finding *f = &r->findings[i];
        if (as_report_question(f) != q)
            continue;
        exploited += as_report_is_open(f) && f->exploited == AS_YES;
        closed += f->status == AS_FINDING_NOT_AFFECTED ||
                  f->status == AS_FINDING_RESOLVED;
    }
    as_buf_printf(out, "%zu open", open);
    for (unsigned s = AS_SEVERITIES; s-- > 0;) {
        if (counts[s] == 0)
            continue;
        as_buf_printf(out, "%s%zu %s%.*s%s", comma, counts[s],
                      s == AS_SEVERITY_UNKNOWN ? "of " : "",
                      AS_FMT(as_severity_word((as_severity)s)),
                      s == AS_SEVERITY_UNKNOWN ? " severity" : "");
        comma = ", ";
    }
    if (exploited)
        as_buf_printf(out, "; %zu exploited", exploited);
    if (closed)
        as_buf_printf(out, "; %zu explained away or fixed", closed);
}

static void put_parties(as_buf *out, const as_review *r)
{
    const as_screening *s = r->screening;

    as_buf_printf(out, "%zu name%s, %zu list%s; ", s->n_facts,
                  s->n_facts == 1 ? "" : "s", s->n_lists,
                  s->n_lists == 1 ? "" : "s");
    put_findings(out, r, AS_Q_PARTIES);
}

static void put_rules(as_buf *out, const as_review *r)
{
    size_t bound = 0, hit = 0, unknown = 0;

    for (size_t i = 0; i < r->n_rules; i++) {
        const as_rule_outcome *o = &r->rules[i];
        if (!as_str_eq(o->state, AS_STR("in force")) || o->binds == AS_NO)
            continue;
        bound++;
        hit += o->matches == AS_YES;
        unknown += o->matches == AS_UNSURE;
    }
    as_buf_printf(out, "%zu rule%s may bind: %zu hit%s, %zu cannot be decided",
                  bound, bound == 1 ? "" : "s", hit, hit == 1 ? "s" : "",
                  unknown);
}

static void put_summary(struct text *t, as_question q)
{
    const as_coverage *c = &t->r->coverage;

    if (q == AS_Q_COMPOSITION)
        as_buf_printf(&t->line,
                      "%zu part%s: %zu matched, %zu clean, %zu not examined",
                      c->parts, c->parts == 1 ? "" : "s", c->matched, c->clean,
                      c->not_examined);
    else if (q == AS_Q_VULNERABILITIES && t->r->n_findings == 0)
        as_buf_c(&t->line, "no findings");
    else if (q == AS_Q_VULNERABILITIES)
        put_findings(&t->line, t->r, q);
    else if (q == AS_Q_PARTIES && t->r->screening)
        put_parties(&t->line, t->r);
    else if (q == AS_Q_RULES)
        put_rules(&t->line, t->r);
}

/* The answer stands before the question: so all stand below one another,
 * however narrow the terminal is. */
static void write_questions(struct text *t)
{
    enum { ANSWER = 2, QUESTION = 13 };

    for (unsigned q = 0; q < AS_QUESTIONS; q++) {
        const as_answer *a = &t->r->answers[q];
        bool asked = a->asked || a->n_reasons;
        as_str word = asked ? as_verdict_word(a->verdict) : AS_STR("not asked");

        pad(t, ANSWER);
        colour(t, asked ? verdict_colour(a->verdict) : dim);
        as_buf_str(t->out, word);
        plain(t);
        pad(t, QUESTION - ANSWER - word.n);
        as_buf_str(&t->line, as_question_text((as_question)q));
        wrap(t, QUESTION, QUESTION);
        if (asked)
            put_summary(t, (as_question)q);
        else if (q == AS_Q_RULES && !t->r->context_given)
            as_buf_c(&t->line, "say who asks: --buyer-role and --act, or "
                               "--context");
        if (t->line.n) {
            pad(t, QUESTION);
            wrap(t, QUESTION, QUESTION);
        }
        as_buf_clear(&t->line);
    }
}

/* ---- reasons ----------------------------------------------------------- */

static void write_reason(struct text *t, const as_reason *r)
{
    size_t shown = t->o->all ? r->n_findings : WHY_SHORT;

    as_buf_c(t->out, "  ");
    colour(t, verdict_colour(r->verdict));
    as_buf_str(t->out, as_verdict_word(r->verdict));
    plain(t);
    as_buf_c(&t->line, ": ");
    put_safe(&t->line, r->text);
    wrap(t, 2 + as_verdict_word(r->verdict).n, 6);
    for (size_t i = 0; i < r->n_findings && i < shown; i++) {
        const as_finding *f = &t->r->findings[r->findings[i]];
        const as_part *p = &t->r->product->parts[f->part];
        put_safe(&t->line, as_finding_name(f));
        as_buf_c(&t->line, " in ");
        put_named(&t->line, p->name, p->version);
        pad(t, 6);
        wrap(t, 6, 8);
    }
    if (r->n_findings > shown) {
        as_buf_printf(&t->line, "and %zu more", r->n_findings - shown);
        pad(t, 6);
        wrap(t, 6, 8);
    }
    if (as_str_is_empty(r->todo))
        return;
    as_buf_c(&t->line, "To do: ");
    put_safe(&t->line, r->todo);
    pad(t, 4);
    wrap(t, 4, 6);
}

/* Of all questions, those that reject first. */
static void write_reasons(struct text *t)
{
    static const as_verdict order[] = {AS_REJECT, AS_UNDECIDED};
    static const as_reason none = {
        .verdict = AS_ACCEPT,
        .text = AS_STR_INIT("every question that the policy asks was answered, "
                            "and no gate failed")};
    bool any = false;

    heading(t, "Why", 0);
    for (size_t v = 0; v < AS_ARRAY_LEN(order); v++) {
        for (unsigned q = 0; q < AS_QUESTIONS; q++) {
            const as_answer *a = &t->r->answers[q];
            for (size_t i = 0; i < a->n_reasons; i++) {
                if (a->reasons[i].verdict != order[v])
                    continue;
                any = true;
                write_reason(t, &a->reasons[i]);
            }
        }
    }
    if (!any)
        write_reason(t, &none);
}

/* ---- findings -------------------------------------------------------------
 */

static const char *severity_colour(as_severity s)
{
    return s == AS_SEVERITY_CRITICAL ? red
           : s == AS_SEVERITY_HIGH   ? yellow
                                     : bold;
}

static void put_score(as_buf *out, const as_finding *f)
{
    as_buf_str(out, as_severity_word(f->severity));
    if (f->score >= 0)
        as_buf_printf(out, " %.1f", f->score);
}

/* What a rule lacks, each with who could say it. */
static void write_missing(struct text *t, const as_finding *f)
{
    size_t most = t->o->all ? f->n_missing : NAMES_SHORT;

    for (size_t i = 0; f->rule && i < f->n_missing; i++) {
        if (i == most) {
            as_buf_printf(&t->line, "missing: and %zu more",
                          f->n_missing - most);
            pad(t, 16);
            wrap(t, 16, 18);
            return;
        }
        as_buf_c(&t->line, "missing: ");
        put_safe(&t->line, f->missing[i]);
        pad(t, 16);
        wrap(t, 16, 18);
    }
}

static void write_finding(struct text *t, const as_finding *f)
{
    const as_part *p = &t->r->product->parts[f->part];
    as_buf score;

    as_buf_init(&score, 100);
    put_score(&score, f);
    as_buf_c(t->out, "  ");
    colour(t, severity_colour(f->severity));
    as_buf_str(t->out, as_buf_text(&score));
    plain(t);
    pad(t, score.n < 14 ? 14 - score.n : 1);
    put_safe(&t->line, as_finding_name(f));
    as_buf_c(&t->line, " in ");
    put_named(&t->line, p->name, p->version);
    if (f->also)
        as_buf_printf(&t->line, " and %u equal part%s", f->also,
                      f->also == 1 ? "" : "s");
    if (f->exploited == AS_YES)
        as_buf_printf(&t->line, ", exploited%s%.*s%s",
                      as_str_is_empty(f->exploited_since) ? "" : " since ",
                      AS_FMT(f->exploited_since),
                      f->ransomware ? " (ransomware)" : "");
    if (f->likelihood >= 0.1)
        as_buf_printf(&t->line, ", EPSS %.0f %%", f->likelihood * 100);
    wrap(t, score.n < 14 ? 16 : score.n + 3, 16);
    if (!as_str_is_empty(f->title))
        line(t, 16, f->title);
    if (f->rule && !as_str_is_empty(f->rule->path))
        line(t, 16, f->rule->path);
    if (!as_str_is_empty(f->where))
        line(t, 16, f->where);
    if (!as_str_is_empty(f->status_reason))
        line(t, 16, f->status_reason);
    if (f->status != AS_FINDING_NOT_AFFECTED &&
        f->status != AS_FINDING_RESOLVED)
        line(t, 16, f->remedy);
    write_missing(t, f);
    as_buf_done(&score);
}

static bool is_listed(as_finding_status s, as_finding_status want)
{
    if (s == AS_FINDING_IN_TRIAGE)
        s = AS_FINDING_OPEN;
    if (s == AS_FINDING_RESOLVED)
        s = AS_FINDING_NOT_AFFECTED;
    return s == want;
}

static void write_group(struct text *t, const char *name,
                        as_finding_status status)
{
    size_t n = 0, shown = 0;

    for (size_t i = 0; i < t->r->n_findings; i++)
        n += is_listed(t->r->findings[i].status, status);
    if (n == 0)
        return;
    heading(t, name, n);
    for (size_t i = 0; i < t->r->n_findings; i++) {
        if (!is_listed(t->r->findings[i].status, status))
            continue;
        if (shown++ == LIST_SHORT && !t->o->all)
            break;
        write_finding(t, &t->r->findings[i]);
    }
    if (n > LIST_SHORT && !t->o->all)
        as_buf_printf(t->out, "  and %zu more: --all shows them\n",
                      n - LIST_SHORT);
}

/* ---- what was not examined --------------------------------------------------
 */

static void write_unexamined(struct text *t, const as_count *c)
{
    size_t named = 0, most = t->o->all ? SIZE_MAX : NAMES_SHORT;

    as_buf_printf(&t->line, "%zu: ", c->n);
    put_safe(&t->line, c->what);
    as_buf_c(&t->line, " -");
    for (size_t i = 0; i < t->r->product->n_parts; i++) {
        const as_part_outcome *o = &t->r->outcomes[i];
        if (o->outcome != AS_OUTCOME_NOT_EXAMINED ||
            !as_str_eq(o->why, c->what))
            continue;
        if (named == most) {
            as_buf_c(&t->line, ", ...");
            break;
        }
        as_buf_c(&t->line, named++ ? ", " : " ");
        put_named(&t->line, t->r->product->parts[i].name, AS_ABSENT);
    }
    as_buf_c(t->out, "  ");
    wrap(t, 2, 6);
}

static void write_coverage(struct text *t)
{
    const as_coverage *c = &t->r->coverage;
    size_t shown = t->o->all ? c->n_reasons : LIST_SHORT;

    if (c->not_examined == 0)
        return;
    heading(t, "Not examined", c->not_examined);
    for (size_t i = 0; i < c->n_reasons && i < shown; i++)
        write_unexamined(t, &c->reasons[i]);
    if (c->n_reasons > shown)
        as_buf_printf(t->out, "  and %zu more reasons: --all shows them\n",
                      c->n_reasons - shown);
}

static void write_idle(struct text *t)
{
    if (t->r->n_idle == 0)
        return;
    heading(t, "Statements that closed nothing", t->r->n_idle);
    for (size_t i = 0; i < t->r->n_idle; i++) {
        if (i == LIST_SHORT && !t->o->all) {
            as_buf_printf(t->out, "  and %zu more: --all shows them\n",
                          t->r->n_idle - i);
            break;
        }
        put_safe(&t->line, t->r->idle[i].id);
        as_buf_c(&t->line, ": ");
        put_safe(&t->line, t->r->idle[i].why);
        as_buf_c(t->out, "  ");
        wrap(t, 2, 6);
    }
}

static void write_diagnoses(struct text *t)
{
    const as_product *p = t->r->product;
    size_t n = p->n_diagnoses + (size_t)p->diagnoses_dropped;
    size_t shown = t->o->all ? p->n_diagnoses : WHY_SHORT;

    if (n == 0)
        return;
    heading(t, "Oddities of the document", n);
    for (size_t i = 0; i < p->n_diagnoses && i < shown; i++) {
        put_safe(&t->line, p->diagnoses[i].path);
        as_buf_c(&t->line, ": ");
        put_safe(&t->line, p->diagnoses[i].text);
        as_buf_c(t->out, "  ");
        wrap(t, 2, 6);
    }
    if (n > shown)
        as_buf_printf(t->out, "  and %zu more%s\n", n - shown,
                      t->o->all ? "" : ": --all shows them");
}

/* ---- rules: what to ask of whom ---------------------------------------------
 */

static void write_request(struct text *t, const as_request *q)
{
    put_safe(&t->line, q->what);
    as_buf_c(&t->line, " (");
    for (size_t i = 0; i < q->n_rules; i++) {
        as_buf_c(&t->line, i ? ", " : "");
        put_safe(&t->line, q->rules[i]);
    }
    as_buf_c(&t->line, ")");
    as_buf_c(t->out, "    ");
    wrap(t, 4, 6);
}

static void write_requests(struct text *t)
{
    const as_review *r = t->r;
    size_t shown =
        t->o->all || r->n_requests < LIST_SHORT ? r->n_requests : LIST_SHORT;

    if (r->n_requests == 0)
        return;
    heading(t, "What to ask", r->n_requests);
    for (size_t i = 0; i < shown; i++) {
        const as_request *q = &r->requests[i];
        if (i == 0 || !as_report_is_same_whom(q, q - 1)) {
            put_safe(&t->line, q->ask);
            as_buf_c(&t->line, q->whom.n ? ": " : "");
            put_safe(&t->line, q->whom);
            as_buf_c(t->out, "  ");
            wrap(t, 2, 4);
        }
        write_request(t, &r->requests[i]);
    }
    if (r->n_requests > shown)
        as_buf_printf(t->out, "  and %zu more: --all shows them\n",
                      r->n_requests - shown);
    if (r->more_requests)
        as_buf_printf(t->out, "  %zu of the same kind are counted, not named\n",
                      r->more_requests);
}

/* ---- rules: what changes next ----------------------------------------------
 */

static void write_changes(struct text *t)
{
    size_t shown = t->o->all ? t->r->n_next_changes : LIST_SHORT;

    if (t->r->n_next_changes == 0 && !t->r->changes_cut.n)
        return;
    heading(t, "What changes next", t->r->n_next_changes);
    if (t->r->changes_cut.n)
        as_buf_printf(t->out, "  not all: %.*s\n", AS_FMT(t->r->changes_cut));
    for (size_t i = 0; i < t->r->n_next_changes && i < shown; i++) {
        const as_change *c = &t->r->next_changes[i];
        as_buf_printf(&t->line, "%.*s ", AS_FMT(c->date));
        put_safe(&t->line, c->rule);
        as_buf_c(&t->line, ": ");
        put_safe(&t->line, c->effect);
        as_buf_c(t->out, "  ");
        wrap(t, 2, 6);
    }
    if (t->r->n_next_changes > shown)
        as_buf_printf(t->out, "  and %zu more: --all shows them\n",
                      t->r->n_next_changes - shown);
}

/* ---- knowledge --------------------------------------------------------- */

static void write_knowledge(struct text *t)
{
    heading(t, "Knowledge", 0);
    if (t->r->n_knowledge == 0)
        line(t, 2,
             AS_STR("none: import some with \"assay feeds import\" or "
                    "\"assay feeds update\""));
    for (size_t i = 0; i < t->r->n_knowledge; i++) {
        const as_knowledge_used *k = &t->r->knowledge[i];
        put_safe(&t->line, k->source);
        as_buf_printf(&t->line, ": %llu record%s", (unsigned long long)k->rows,
                      k->rows == 1 ? "" : "s");
        if (!as_str_is_empty(k->edition)) {
            as_buf_c(&t->line, ", edition ");
            put_safe(&t->line, k->edition);
        }
        if (k->age_days >= 0)
            as_buf_printf(&t->line, ", newest %lld day%s old",
                          (long long)k->age_days, k->age_days == 1 ? "" : "s");
        as_buf_c(&t->line, as_report_is_stale(k) ? ": stale" : "");
        as_buf_c(t->out, "  ");
        colour(t, as_report_is_stale(k) ? yellow : plain_text);
        wrap(t, 2, 6);
        plain(t);
    }
}

void as_report_text(const as_review *r, const as_report_options *o, as_buf *out)
{
    struct text t = {.out = out, .r = r, .o = o};

    t.width = o->width ? o->width : 80;
    if (t.width < MIN_WIDTH)
        t.width = MIN_WIDTH;
    as_buf_init(&t.line, out->ceiling);
    write_head(&t);
    write_questions(&t);
    write_reasons(&t);
    write_group(&t, "Open findings", AS_FINDING_OPEN);
    write_group(&t, "Undecided: a fact is missing", AS_FINDING_UNDECIDED);
    write_group(&t, "Candidates: to be looked at, no gate counts them",
                AS_FINDING_CANDIDATE);
    write_group(&t, "Explained away or fixed", AS_FINDING_NOT_AFFECTED);
    write_requests(&t);
    write_changes(&t);
    write_coverage(&t);
    write_idle(&t);
    write_diagnoses(&t);
    write_knowledge(&t);
    if (!as_str_is_empty(o->advice)) {
        as_buf_byte(out, '\n');
        line(&t, 0, o->advice);
    }
    /* A line that was cut would be a report that hides something. */
    out->failed = out->failed || as_buf_failed(&t.line);
    as_buf_done(&t.line);
}
