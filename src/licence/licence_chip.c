/* SPDX-License-Identifier: Apache-2.0 */
/* Arithmetic of 3A090 and 4A090 (774 supplement no. 1, technical notes): total
 * processing performance TPP = 2 x MacTOPS x bit length, summed over the units
 * of the circuit; performance density PD = TPP / applicable die area; memory
 * bandwidth density = GB/s / mm2 of package. Each text has its own limits. */
#include "licence/licence_internal.h"

#include <math.h>

/* Limits, with their sources in the lines below. */
#define TPP_A       4800.0
#define TPP_LOW     2400.0
#define TPP_SMALL   1600.0
#define PD_A        5.92
#define PD_B1       1.6
#define PD_B2       3.2
#define RATE_2022   600.0 /* GB/s to and from other circuits */
#define HBM_DENSITY 2.0

void as_chip_init(as_chip *c)
{
    *c = (as_chip){.tpp = -1,
                   .die_area = -1,
                   .bandwidth = -1,
                   .package_area = -1,
                   .interconnect = -1};
}

static double known(double v)
{
    return isfinite(v) && v >= 0 ? v : -1;
}

static double sum_tpp(const as_chip *c)
{
    double sum = 0;

    if (known(c->tpp) >= 0)
        return c->tpp;
    if (c->n_units == 0)
        return -1;
    for (size_t i = 0; i < c->n_units && i < AS_CHIP_UNITS; i++) {
        const as_chip_unit *u = &c->units[i];
        double count = known(u->count) < 0 ? 1 : u->count;
        if (known(u->mactops) < 0 || known(u->bits) < 0)
            return -1;
        sum += 2 * u->mactops * u->bits * count;
    }
    return known(sum);
}

static double ratio(double a, double b)
{
    return known(a) < 0 || known(b) <= 0 ? -1 : known(a / b);
}

static as_truth at_least(double v, double limit)
{
    return v < 0 ? AS_UNSURE : v >= limit ? AS_YES : AS_NO;
}

static as_truth below(double v, double limit)
{
    return as_truth_not(at_least(v, limit));
}

struct measure {
    const as_chip *c;
    as_arena *arena;
    as_chip_answer *out;
    as_date as_of;
};

static void put(struct measure *m, const char *from, const char *until,
                const char *source, as_chip_line line)
{
    as_chip_line *l = &m->out->lines[m->out->n_lines++];
    as_date first, last;

    *l = line;
    l->from = as_str_c(from);
    l->source = as_str_c(source);
    l->in_force =
        as_date_read(as_str_c(from), &first) && m->as_of >= first &&
        (!until || (as_date_read(as_str_c(until), &last) && m->as_of < last));
}

static const char *number(struct measure *m, double v)
{
    as_str s = v < 0 ? AS_STR("unknown") : as_arena_printf(m->arena, "%.6g", v);

    return s.p ? s.p : "";
}

static const char *const source_2022 = "87 FR 62186, 7 Oct. 2022";
static const char *const source_2023 = "88 FR 73458, 25 Oct. 2023";
static const char *const source_2024 = "89 FR 96790, 2 Dec. 2024";
#define FROM_2022 "2022-10-21"
#define FROM_2023 "2023-11-17"
#define FROM_2024 "2024-12-02"

static void text_2022(struct measure *m)
{
    as_truth t = as_truth_and(at_least(m->out->tpp, TPP_A),
                              at_least(known(m->c->interconnect), RATE_2022));

    put(m, FROM_2022, FROM_2023, source_2022,
        (as_chip_line){
            .paragraph = AS_STR("3A090"),
            .reached = t,
            .why = as_arena_printf(
                m->arena,
                "bit length x TOPS %s of 4800, and transfer rate %s of 600 "
                "GB/s",
                number(m, m->out->tpp), number(m, m->c->interconnect))});
}

/* Circuits that are neither for datacentres nor at 4800 are left out (note 2
 * to 3A090). */
static as_truth not_left_out(struct measure *m)
{
    return as_truth_or(m->c->datacenter, at_least(m->out->tpp, TPP_A));
}

static as_truth paragraph_a(struct measure *m)
{
    as_truth small = as_truth_and(at_least(m->out->tpp, TPP_SMALL),
                                  at_least(m->out->density, PD_A));

    return as_truth_or(at_least(m->out->tpp, TPP_A), small);
}

static as_truth paragraph_b(struct measure *m)
{
    double tpp = m->out->tpp, pd = m->out->density;
    as_truth one =
        as_truth_and(as_truth_and(at_least(tpp, TPP_LOW), below(tpp, TPP_A)),
                     as_truth_and(at_least(pd, PD_B1), below(pd, PD_A)));
    as_truth two =
        as_truth_and(at_least(tpp, TPP_SMALL),
                     as_truth_and(at_least(pd, PD_B2), below(pd, PD_A)));

    return as_truth_or(one, two);
}

static void text_2023(struct measure *m)
{
    as_truth out = not_left_out(m), a = as_truth_and(paragraph_a(m), out);
    as_truth b = as_truth_and(as_truth_and(paragraph_b(m), out),
                              as_truth_not(paragraph_a(m)));
    as_str why_a = as_arena_printf(
        m->arena, "TPP %s of 4800, or of 1600 with density %s of 5.92",
        number(m, m->out->tpp), number(m, m->out->density));
    as_str why_b = as_arena_printf(
        m->arena,
        "TPP %s in 2400..4800 with density %s in 1.6..5.92, or from 1600 with "
        "3.2..5.92",
        number(m, m->out->tpp), number(m, m->out->density));

    put(m, FROM_2023, NULL, source_2023,
        (as_chip_line){
            .paragraph = AS_STR("3A090.a"), .reached = a, .why = why_a});
    put(m, FROM_2023, NULL, source_2023,
        (as_chip_line){
            .paragraph = AS_STR("3A090.b"), .reached = b, .why = why_b});
    put(m, FROM_2023, NULL, source_2023,
        (as_chip_line){.paragraph = AS_STR("4A090.a"),
                       .reached = a,
                       .why = AS_STR("a computer or assembly that holds such a "
                                     "circuit of 3A090.a")});
    put(m, FROM_2023, NULL, source_2023,
        (as_chip_line){.paragraph = AS_STR("4A090.b"),
                       .reached = b,
                       .why = AS_STR("a computer or assembly that holds such a "
                                     "circuit of 3A090.b")});
}

static void text_2024(struct measure *m)
{
    double d = m->out->memory_density;
    as_truth t = d < 0 ? AS_UNSURE : d > HBM_DENSITY ? AS_YES : AS_NO;

    if (known(m->c->bandwidth) < 0)
        return;
    put(m, FROM_2024, NULL, source_2024,
        (as_chip_line){
            .paragraph = AS_STR("3A090.c"),
            .reached = as_truth_and(t, as_truth_not(m->c->holds_memory)),
            .why = as_arena_printf(
                m->arena,
                "memory bandwidth density %s, limit above 2 GB/s/mm2"
                "%s",
                number(m, d),
                m->c->holds_memory == AS_YES
                    ? "; packaged with the circuit, it goes by 3A090.a or .b"
                    : "")});
}

/* Rules of the day that turn on more than these numbers. */
static void add_notes(struct measure *m)
{
    static const struct {
        const char *from, *text;
        bool memory; /* only where memory was asked about */
    } notes[] = {
        {"2023-11-17",
         "note 2 to 3A090: a circuit that is neither designed nor marketed for "
         "datacentres and is below 4800 is left out; at 4800 or more it may be "
         "eligible for NAC (740.8)",
         false},
        {FROM_2024,
         "89 FR 96790: compliance with 3A090.c from 2024-12-31; HBM (740.25) "
         "only below 3.3 GB/s/mm2",
         true},
        {"2025-01-16",
         "90 FR 5298: a logic circuit of the 16/14 nm node or below, or with "
         "non-planar transistors, is presumed to be 3A090.a until note 1 to "
         "3A090.a is met (authorised designer, or transistors counted by an "
         "approved packager)",
         false},
        {"2026-01-15",
         "91 FR 1684: exports from the US to China and Macau of chips below "
         "TPP 21,000 and 6,500 GB/s of memory bandwidth are reviewed case by "
         "case, on conditions; the licence is required all the same",
         false},
    };

    for (size_t i = 0; i < AS_ARRAY_LEN(notes); i++) {
        as_date from;
        if (as_date_read(as_str_c(notes[i].from), &from) && m->as_of >= from &&
            (!notes[i].memory || known(m->c->bandwidth) >= 0) &&
            m->out->n_notes < AS_CHIP_NOTES)
            m->out->notes[m->out->n_notes++] = notes[i].text;
    }
}

as_rc as_chip_measure(const as_chip *c, as_str as_of, as_arena *arena,
                      as_chip_answer *ret, as_err *err)
{
    as_chip_answer out = {.tpp = sum_tpp(c)};
    struct measure m = {.c = c, .arena = arena, .out = &out};

    if (!as_date_read(as_of, &m.as_of))
        return as_fail(err, AS_ERR_INPUT, "\"%.*s\" is no date",
                       AS_FMT(as_str_slice(as_of, 0, 40)));
    if (c->n_units > AS_CHIP_UNITS)
        return as_fail(err, AS_ERR_LIMIT, "a chip has at most %d kinds of unit",
                       AS_CHIP_UNITS);
    out.density = ratio(out.tpp, c->die_area);
    out.memory_density = ratio(c->bandwidth, c->package_area);
    out.lines = AS_NEW_ARRAY(arena, 8, as_chip_line);
    if (!out.lines)
        return as_fail(err, AS_ERR_MEMORY, "no memory");
    text_2022(&m);
    text_2023(&m);
    text_2024(&m);
    add_notes(&m);
    if (as_arena_failed(arena))
        return as_fail(err, AS_ERR_MEMORY, "no memory");
    *ret = out;
    return AS_OK;
}

/* ---- output ----------------------------------------------------------------
 */

static void write_number(as_json_writer *w, const char *key, double v)
{
    as_json_write_key(w, as_str_c(key));
    if (v < 0)
        as_json_write_null(w);
    else
        as_json_write_double(w, v);
}

void as_chip_json(const as_chip_answer *a, as_json_writer *w)
{
    as_json_write_object(w);
    as_json_write_field(w, AS_STR("schema"), AS_STR("assay-licence-chip/1"));
    write_number(w, "tpp", a->tpp);
    write_number(w, "performance_density", a->density);
    write_number(w, "memory_bandwidth_density", a->memory_density);
    as_json_write_key(w, AS_STR("lines"));
    as_json_write_array(w);
    for (size_t i = 0; i < a->n_lines; i++) {
        const as_chip_line *l = &a->lines[i];
        as_json_write_object(w);
        as_json_write_field(w, AS_STR("paragraph"), l->paragraph);
        as_json_write_field(w, AS_STR("reached"), as_truth_word(l->reached));
        as_json_write_field(w, AS_STR("from"), l->from);
        as_json_write_field(w, AS_STR("source"), l->source);
        as_json_write_field_bool(w, AS_STR("in_force"), l->in_force);
        as_json_write_field(w, AS_STR("why"), l->why);
        as_json_write_object_end(w);
    }
    as_json_write_array_end(w);
    as_json_write_key(w, AS_STR("notes"));
    as_json_write_array(w);
    for (size_t i = 0; i < a->n_notes; i++)
        as_json_write_str(w, as_str_c(a->notes[i]));
    as_json_write_array_end(w);
    as_json_write_field(w, AS_STR("notice"),
                        AS_STR("arithmetic only: no classification, not legal "
                               "advice"));
    as_json_write_object_end(w);
}

static void text_number(as_buf *out, const char *what, double v)
{
    if (v >= 0)
        as_buf_printf(out, "%-28s %.6g\n", what, v);
    else
        as_buf_printf(out, "%-28s unknown\n", what);
}

void as_chip_text(const as_chip_answer *a, as_buf *out)
{
    text_number(out, "total processing performance", a->tpp);
    text_number(out, "performance density", a->density);
    text_number(out, "memory bandwidth density", a->memory_density);
    for (size_t i = 0; i < a->n_lines; i++) {
        const as_chip_line *l = &a->lines[i];
        as_buf_printf(out, "\n%-8.*s %-8.*s from %.*s (%.*s)%s\n    ",
                      AS_FMT(l->paragraph), AS_FMT(as_truth_word(l->reached)),
                      AS_FMT(l->from), AS_FMT(l->source),
                      l->in_force ? "" : ", not in force on that date");
        as_buf_shown(out, l->why);
        as_buf_byte(out, '\n');
    }
    if (a->n_notes)
        as_buf_c(out, "\nbesides\n");
    for (size_t i = 0; i < a->n_notes; i++)
        as_buf_printf(out, "  %s\n", a->notes[i]);
    as_buf_c(out, "\nArithmetic only: no classification, not legal advice.\n");
}
