/* SPDX-License-Identifier: Apache-2.0 */
/* Lists of parties on their way into the base. Rows wait in a stage, a file
 * that is gone when it is closed, until their file has been read to its end:
 *
 *   rows ──► stage ──settle──► one row a party, ids told apart ──►
 *   store_edition.c
 *
 * So what is cut off, broken or too small leaves the base as it was, rows of
 * several files meet, and an edition of millions of rows needs fifty bytes of
 * memory for each. */
#include "know/store_state_internal.h"

#include "base/limits.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { TAIL = 1 << 20, WORD_BYTES = 64 };

void as_store_choose(as_store *s, const as_store_choice *choice)
{
    s->parties.choice = *choice;
}

/* ---- the stage ----------------------------------------------------------- */

static as_rc stage_fails(as_err *err)
{
    return as_fail(err, AS_ERR_IO, "could not write beside the knowledge base");
}

static as_rc write_tail(as_store_parties *p, as_err *err)
{
    size_t done = 0;

    while (done < p->tail.n) {
        ssize_t n = write(p->fd, p->tail.p + done, p->tail.n - done);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return stage_fails(err);
        done += (size_t)n;
    }
    p->end += done;
    as_buf_clear(&p->tail);
    return AS_OK;
}

as_rc as_store_staged_body(as_store *s, const as_store_staged *row,
                           as_span *ret, as_err *err)
{
    as_store_parties *p = &s->parties;
    size_t done = 0;
    char *to;

    if (row->at >= p->end) { /* never splits: written as a whole */
        *ret =
            (as_span){(const uint8_t *)p->tail.p + (row->at - p->end), row->n};
        return AS_OK;
    }
    as_buf_clear(&p->body);
    to = as_buf_reserve(&p->body, row->n ? row->n : 1);
    if (!to)
        return as_store_no_memory(err);
    while (done < row->n) {
        ssize_t n =
            pread(p->fd, to + done, row->n - done, (off_t)(row->at + done));
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return stage_fails(err);
        done += (size_t)n;
    }
    p->body.n = row->n;
    *ret = as_buf_span(&p->body);
    return AS_OK;
}

static as_store_staged *new_row(as_store_group *g)
{
    if (g->n == g->cap) {
        size_t cap = g->cap ? g->cap * 2 : 1024;
        as_store_staged *grown = g->n >= AS_LIMIT_PARTY_ROWS
                                     ? NULL
                                     : realloc(g->rows, cap * sizeof *g->rows);
        if (!grown)
            return NULL;
        g->rows = grown;
        g->cap = cap;
    }
    return &g->rows[g->n++];
}

static bool key_of(as_store *s, const as_party *p, uint8_t *ret)
{
    as_sha256_digest digest;

    as_buf_clear(&s->scratch);
    as_buf_str(&s->scratch, p->list);
    as_buf_byte(&s->scratch, 0);
    as_buf_str(&s->scratch, p->id);
    if (as_buf_failed(&s->scratch) ||
        !as_sha256(as_buf_span(&s->scratch), &digest))
        return false;
    memcpy(ret, digest.bytes, 8);
    return true;
}

static as_rc fill_row(as_store *s, const as_party *p, as_store_staged *row,
                      as_err *err)
{
    as_store_parties *t = &s->parties;
    size_t start = t->tail.n;
    as_sha256_digest digest;
    as_span body;

    row->at = t->end + start;
    as_party_encode(p, &t->tail);
    body = (as_span){(const uint8_t *)t->tail.p + start, t->tail.n - start};
    if (as_buf_failed(&t->tail) || body.n > UINT32_MAX ||
        !as_sha256(body, &digest) || !key_of(s, p, row->key))
        return as_store_no_memory(err);
    memcpy(row->digest, digest.bytes, sizeof row->digest);
    row->n = (uint32_t)body.n;
    row->names = (uint32_t)p->n_names;
    row->ties = p->n_ties > 0;
    row->kept = false;
    return t->tail.n < TAIL ? AS_OK : write_tail(t, err);
}

as_rc as_store_stage(as_store *s, as_store_group *g, const as_party *p,
                     as_party_part part, size_t list, as_err *err)
{
    as_store_staged *row;

    if (s->parties.fd < 0)
        s->parties.fd = as_store_file_stage(&s->file);
    if (s->parties.fd < 0)
        return as_fail(err, AS_ERR_IO,
                       "could not make a file beside the knowledge base: %s",
                       strerror(errno));
    row = new_row(g);
    if (!row)
        return as_fail(err, AS_ERR_LIMIT, "the list \"%.*s\" has too many rows",
                       AS_FMT(g->entry->report.name));
    row->list = (uint16_t)list;
    row->part = (uint8_t)part;
    return fill_row(s, p, row, err);
}

/* ---- groups -------------------------------------------------------------- */

static bool is_word(as_str s)
{
    if (s.n == 0 || s.n > WORD_BYTES)
        return false;
    for (size_t i = 0; i < s.n; i++)
        if (!as_ascii_is_alnum(s.p[i]) && s.p[i] != '-' && s.p[i] != '/' &&
            s.p[i] != '_' && s.p[i] != '.')
            return false;
    return true;
}

/* The folder of a file, for lists that are joined. */
static as_str place_of(as_str file, bool joined)
{
    size_t slash = as_str_rfind(file, '/');

    if (!joined)
        return file;
    return slash == file.n ? AS_STR(".") : as_str_slice(file, 0, slash);
}

/* Statements of one's own on who owns whom hold on any day, but for the dates
 * that they state themselves: they are no picture of the day of their file. */
static as_str open_date(const as_list_head *h)
{
    return as_str_starts(h->list, AS_STR("owners")) &&
                   as_party_is_register(h->list)
               ? AS_STR(AS_KNOW_ANY_DAY)
               : AS_ABSENT;
}

static void date_group(as_store *s, as_store_group *g, const as_list_head *h,
                       as_str file_date)
{
    const as_store_choice *c = &s->parties.choice;
    const struct {
        as_str text;
        const char *dated;
    } from[] = {{h->date, "content"},
                {c->edition, "given"},
                {open_date(h), "open"},
                {file_date, "file"},
                {c->today, "import"}};

    for (size_t i = 0; i < AS_ARRAY_LEN(from); i++) {
        as_date day;
        if (!as_date_read(from[i].text, &day))
            continue;
        /* Of several files of a folder the newest counts. */
        if (!g->dated ||
            (strcmp(g->dated, from[i].dated) == 0 && day > g->date))
            g->date = day;
        if (!g->dated)
            g->dated = from[i].dated;
        return;
    }
}

static bool has_member(const as_store_group *g, as_str file)
{
    for (size_t i = 0; i < g->n_members; i++)
        if (as_str_eq(g->members[i], file))
            return true;
    return false;
}

/* The file is of the group and is being read. */
static bool add_member(as_store *s, as_store_group *g, as_str file)
{
    as_str *grown;

    g->open = true;
    if (has_member(g, file))
        return true;
    grown = as_arena_grow(s->arena, g->members, &g->cap_members,
                          g->n_members + 1, sizeof *grown);
    if (!grown)
        return false;
    g->members = grown;
    g->members[g->n_members] = as_arena_str(s->arena, file);
    return g->members[g->n_members++].p != NULL;
}

/* The group that the file's rows go to: that of the file while it is read; of a
 * list in several files that of the folder, unless the file has come before. */
static as_store_group *group_of(as_store *s, const as_list_head *h, as_str file)
{
    as_store_parties *t = &s->parties;
    as_store_entry *e = as_store_entry_of_parties(s, h->source);
    as_str place = place_of(file, h->joined);
    as_store_group *g, **grown;

    if (!e)
        return NULL;
    for (size_t i = 0; i < t->n; i++) {
        g = t->groups[i];
        if (g->entry == e && as_str_eq(g->file, place) &&
            (g->open || (h->joined && !has_member(g, file))))
            return add_member(s, g, file) ? g : NULL;
    }
    grown = as_arena_grow(s->arena, t->groups, &t->cap, t->n + 1,
                          sizeof(as_store_group *));
    g = AS_NEW(s->arena, as_store_group);
    if (!grown || !g)
        return NULL;
    t->groups = grown;
    g->entry = e;
    g->file = as_arena_str(s->arena, place);
    g->joined = h->joined;
    g->date = AS_DATE_NONE;
    e->met = true;
    t->groups[t->n++] = g;
    return add_member(s, g, file) ? g : NULL;
}

static bool open_sublist(as_store *s, as_store_group *g, const as_list_head *h)
{
    as_store_sublist *grown;

    for (size_t i = 0; i < g->n_lists; i++) {
        if (as_str_eq(g->lists[i].name, h->list)) {
            s->parties.list = i;
            return true;
        }
    }
    if (g->n_lists >= AS_LIMIT_PARTY_LISTS)
        return false;
    grown = as_arena_grow(s->arena, g->lists, &g->cap_lists, g->n_lists + 1,
                          sizeof *g->lists);
    if (!grown)
        return false;
    g->lists = grown;
    g->lists[g->n_lists] = (as_store_sublist){
        .name = as_arena_str(s->arena, h->list),
        .title = as_arena_str(s->arena, as_str_slice(h->title, 0, 300)),
        .complete = h->complete && as_str_is_empty(s->parties.choice.countries),
    };
    s->parties.list = g->n_lists++;
    return g->lists[s->parties.list].name.p != NULL;
}

as_rc as_store_list(as_store *s, const as_list_head *head, as_str file,
                    as_str file_date, as_err *err)
{
    as_store_group *g;

    s->parties.group = NULL;
    if (!is_word(head->source) || !is_word(head->list))
        return AS_OK; /* its rows are refused */
    g = group_of(s, head, file);
    if (!g)
        return as_store_entry_of_parties(s, head->source)
                   ? as_store_no_memory(err)
                   : AS_OK;
    date_group(s, g, head, file_date);
    if (!open_sublist(s, g, head))
        return as_fail(err, AS_ERR_LIMIT,
                       "the source \"%.*s\" has too many lists",
                       AS_FMT(head->source));
    s->parties.group = g;
    return AS_OK;
}

void as_store_list_cut(as_store *s, as_str why)
{
    as_store_group *g = s->parties.group;

    if (g && !g->cut.p)
        g->cut = as_arena_str(s->arena, as_str_slice(why, 0, 300));
}

void as_store_list_end(as_store *s, bool well)
{
    if (s->parties.group && !well)
        s->parties.group->failed = true;
    for (size_t i = 0; i < s->parties.n; i++)
        s->parties.groups[i]->open = false;
    s->parties.group = NULL;
}

as_str as_store_list_source(const as_store *s)
{
    return s->parties.group ? s->parties.group->entry->report.name : AS_ABSENT;
}

/* ---- rows ---------------------------------------------------------------- */

static const char *defect_of(const as_store_group *g, const as_party *p)
{
    const size_t counts[] = {p->n_names,    p->n_ids,  p->n_addresses,
                             p->n_births,   p->n_ties, p->n_terms,
                             p->n_countries};

    if (!g)
        return "the row is of no list, or of one whose name is taken";
    if (p->id.n == 0 || p->id.n > AS_LIMIT_RECORD_ID)
        return "the row has no id, or one that is too long";
    for (size_t i = 0; i < AS_ARRAY_LEN(counts); i++)
        if (counts[i] > AS_LIMIT_PARTY_ITEMS)
            return "the row has too many names, ties or terms";
    for (size_t i = 0; i < p->n_names; i++)
        if (p->names[i].text.n == 0 ||
            p->names[i].text.n > AS_LIMIT_RECORD_NAME)
            return "the row has a name that is empty or too long";
    for (size_t i = 0; i < p->n_ties; i++)
        if (!(p->ties[i].low >= 0 && p->ties[i].high <= 100 &&
              p->ties[i].low <= p->ties[i].high))
            return "a share of the row is not between 0 and 100 percent";
    return NULL;
}

/* Is one of the row's countries asked for? */
static bool is_chosen(const as_party *p, as_str countries)
{
    for (size_t i = 0; i < p->n_countries; i++) {
        as_str rest = countries;
        while (rest.p)
            if (as_str_eq_nocase(as_str_trim(as_str_cut(&rest, ',')),
                                 p->countries[i]))
                return true;
    }
    return false;
}

static bool leaves_out(const as_store *s, const as_store_group *g,
                       const as_party *p, as_party_part part)
{
    as_str countries = s->parties.choice.countries;
    as_str source = g->entry->report.name;

    if (as_str_is_empty(countries) || part != AS_PARTY_WHOLE)
        return false;
    return (as_str_eq(source, AS_STR("gleif")) ||
            as_str_eq(source, AS_STR("opensanctions"))) &&
           !is_chosen(p, countries);
}

as_rc as_store_party(as_store *s, const as_party *p, as_party_part part,
                     as_store_outcome *ret, const char **why, as_err *err)
{
    as_store_group *g = s->parties.group;

    *ret = AS_STORE_REFUSED;
    *why = defect_of(g, p);
    if (*why) {
        if (g)
            as_store_count_refused(s, g->entry->report.name);
        return AS_OK;
    }
    *ret = AS_STORE_ADDED;
    if (leaves_out(s, g, p, part)) {
        g->read++;
        g->left_out++;
        g->entry->report.read++;
        g->entry->report.left_out++;
        return AS_OK;
    }
    if (part == AS_PARTY_PART && !as_str_eq(p->names[0].text, p->id))
        g->with_names = true;
    return as_store_stage(s, g, p, part, s->parties.list, err);
}

/* ---- settling ------------------------------------------------------------ */

static int by_key(const void *pa, const void *pb)
{
    const as_store_staged *a = pa, *b = pb;
    int r = memcmp(a->key, b->key, sizeof a->key);

    return r ? r : (a->at > b->at) - (a->at < b->at);
}

static void *joined(as_arena *a, const void *x, size_t n, const void *y,
                    size_t m, size_t size)
{
    char *to = as_arena_array(a, n + m, size);

    if (to && n)
        memcpy(to, x, n * size);
    if (to && m)
        memcpy(to + n * size, y, m * size);
    return to;
}

#define JOIN(field)                                                            \
    do {                                                                       \
        to->field = joined(a, to->field, to->n_##field, p->field,              \
                           p->n_##field, sizeof *to->field);                   \
        to->n_##field = to->field ? to->n_##field + p->n_##field : 0;          \
    } while (0)

static bool has_country(const as_party *p, as_str country)
{
    for (size_t i = 0; i < p->n_countries; i++)
        if (as_str_eq(p->countries[i], country))
            return true;
    return false;
}

/* A part without names has its id for one. */
static bool names_nobody(const as_party *p)
{
    return p->n_names == 1 && p->names[0].kind == AS_PARTY_NAME_PRIMARY &&
           as_str_eq(p->names[0].text, p->id);
}

static bool has_name(const as_party *p, size_t n, as_str text)
{
    for (size_t i = 0; i < n; i++)
        if (as_str_eq(p->names[i].text, text))
            return true;
    return false;
}

/* Names that are not there yet; another primary one is an alias. */
static void join_merged_names(as_arena *a, as_party *to, const as_party *p)
{
    size_t had = to->n_names, n = had;

    JOIN(names);
    for (size_t i = had; i < to->n_names; i++) {
        as_party_name name = to->names[i];
        if (has_name(to, n, name.text))
            continue;
        if (name.kind == AS_PARTY_NAME_PRIMARY)
            name.kind = AS_PARTY_NAME_ALIAS;
        to->names[n++] = name;
    }
    to->n_names = to->n_names ? n : 0;
}

/* Adds the part. */
static void join(as_arena *a, as_party *to, const as_party *p,
                 as_party_part part)
{
    size_t had = to->n_countries, n = had;

    if (part == AS_PARTY_MERGED)
        join_merged_names(a, to, p);
    else if (part != AS_PARTY_TIES && !names_nobody(p))
        JOIN(names);
    JOIN(ids);
    JOIN(addresses);
    JOIN(births);
    JOIN(ties);
    JOIN(terms);
    JOIN(countries);
    for (size_t i = had; i < to->n_countries; i++) {
        as_str country = to->countries[i];
        to->n_countries = n;
        if (!has_country(to, country))
            to->countries[n++] = country;
        to->n_countries = had + p->n_countries;
    }
    to->n_countries = n;
}

static as_rc decode_row(as_store *s, const as_store_staged *row, as_arena *a,
                        as_party *ret, as_err *err)
{
    as_span body = {NULL, 0};
    as_rc rc = as_store_staged_body(s, row, &body, err);
    as_str copy;

    if (rc)
        return rc;
    copy = as_arena_str(a, as_str_of((const char *)body.p, body.n));
    if (copy.p && as_party_decode(as_str_span(copy), a, ret))
        return AS_OK;
    return as_fail(err, AS_ERR_LIMIT, "a row of a list takes too much memory");
}

static as_rc stage_again(as_store *s, as_store_staged *row, const as_party *p,
                         as_err *err)
{
    return fill_row(s, p, row, err);
}

/* A row's second and later namesakes get an id of their own. */
static as_rc tell_apart(as_store *s, as_store_staged *row, unsigned ordinal,
                        as_err *err)
{
    as_arena *a = as_arena_new(AS_LIMIT_RECORD_BYTES);
    as_party p;
    as_rc rc = a ? decode_row(s, row, a, &p, err) : as_store_no_memory(err);

    if (!rc) {
        p.id = as_arena_printf(a, "%.*s#%u", AS_FMT(p.id), ordinal);
        rc = p.id.p ? stage_again(s, row, &p, err) : as_store_no_memory(err);
    }
    as_arena_free(a);
    return rc;
}

/* The parts of rows[0, n), all of one key, into the row at main. */
static as_rc join_run(as_store *s, as_store_staged *rows, size_t n, size_t main,
                      as_err *err)
{
    as_arena *a = as_arena_new(AS_LIMIT_RECORD_BYTES * 4);
    as_party whole, part;
    as_rc rc = a ? decode_row(s, &rows[main], a, &whole, err)
                 : as_store_no_memory(err);

    for (size_t i = 0; i < n && !rc; i++) {
        if (i == main || rows[i].part == AS_PARTY_WHOLE)
            continue;
        rc = decode_row(s, &rows[i], a, &part, err);
        if (!rc)
            join(a, &whole, &part, (as_party_part)rows[i].part);
    }
    if (!rc && as_arena_failed(a))
        rc = as_store_no_memory(err);
    if (!rc)
        rc = stage_again(s, &rows[main], &whole, err);
    as_arena_free(a);
    return rc;
}

/* One run of rows of one key becomes as many rows as it has whole ones, or one
 * of mere ties; *ret_n of them stand at its beginning then. */
static as_rc settle_run(as_store *s, as_store_group *g, as_store_staged *rows,
                        size_t n, size_t *ret_n, as_err *err)
{
    size_t main = n, parts = 0, wholes = 0, out = 0;
    as_rc rc = AS_OK;

    for (size_t i = 0; i < n; i++) {
        bool whole = rows[i].part == AS_PARTY_WHOLE;
        wholes += whole;
        parts += !whole;
        if (whole && main == n)
            main = i;
    }
    for (size_t i = 0; i < n && main == n; i++)
        if (rows[i].part == AS_PARTY_MERGED)
            main = i;
    for (size_t i = 0; i < n && main == n; i++)
        if (rows[i].part == AS_PARTY_TIES)
            main = i;
    if (main == n) {
        g->orphans += n;
        *ret_n = 0;
        return AS_OK;
    }
    if (parts > (wholes == 0))
        rc = join_run(s, rows, n, main, err);
    for (size_t i = 0; i < n && !rc; i++) {
        if (i != main && rows[i].part != AS_PARTY_WHOLE)
            continue;
        rows[out] = rows[i];
        if (out++)
            rc = tell_apart(s, &rows[out - 1], (unsigned)out, err);
    }
    *ret_n = out;
    return rc;
}

as_rc as_store_group_settle(as_store *s, as_store_group *g, as_err *err)
{
    size_t out = 0, from = 0;
    as_rc rc = AS_OK;

    if (g->n)
        qsort(g->rows, g->n, sizeof *g->rows, by_key);
    while (from < g->n && !rc) {
        size_t to = from + 1, got = 0;
        while (to < g->n && memcmp(g->rows[to].key, g->rows[from].key, 8) == 0)
            to++;
        rc = settle_run(s, g, &g->rows[from], to - from, &got, err);
        memmove(&g->rows[out], &g->rows[from], got * sizeof *g->rows);
        out += got;
        from = to;
    }
    g->n = out;
    return rc;
}

/* ---- refusing ------------------------------------------------------------ */

void as_store_refuse(as_store *s, as_store_group *g, as_str reason,
                     bool forcible)
{
    as_store_count_lost(g, g->n);
    g->failed = true;
    g->n = 0;
    as_store_tell(s, &(as_store_refusal){.source = g->entry->report.name,
                                         .file = g->file,
                                         .reason = reason,
                                         .edition = true,
                                         .forcible = forcible});
}

void as_store_count_lost(as_store_group *g, uint64_t n)
{
    g->read += n;
    g->refused += n;
    g->entry->report.read += n;
    g->entry->report.outcomes[AS_STORE_REFUSED] += n;
}

void as_store_tell(as_store *s, const as_store_refusal *r)
{
    as_store_parties *t = &s->parties;
    as_store_refusal *grown =
        as_arena_grow(s->arena, t->refusals, &t->cap_refusals,
                      t->n_refusals + 1, sizeof *t->refusals);

    if (!grown)
        return;
    t->refusals = grown;
    t->refusals[t->n_refusals] = *r;
    t->refusals[t->n_refusals++].reason = as_arena_str(s->arena, r->reason);
}

const as_store_refusal *as_store_refusals(const as_store *s, size_t *n)
{
    *n = s->parties.n_refusals;
    return s->parties.refusals;
}

/* ---- marks --------------------------------------------------------------- */

bool as_store_parties_mark(as_store *s)
{
    as_store_mark_state *m = &s->mark;
    size_t n = s->parties.n;
    as_store_group *grown =
        reallocarray(m->groups, n ? n : 1, sizeof *m->groups);

    if (!grown)
        return false;
    m->groups = grown;
    m->n_groups = n;
    for (size_t i = 0; i < n; i++)
        m->groups[i] = *s->parties.groups[i];
    return true;
}

/* Rows may have moved; those that were there stand at their beginning. */
void as_store_parties_undo(as_store *s)
{
    as_store_parties *t = &s->parties;

    for (size_t i = s->mark.n_groups; i < t->n; i++)
        free(t->groups[i]->rows);
    t->n = s->mark.n_groups;
    for (size_t i = 0; i < t->n; i++) {
        as_store_staged *rows = t->groups[i]->rows;
        size_t cap = t->groups[i]->cap;
        *t->groups[i] = s->mark.groups[i];
        t->groups[i]->rows = rows;
        t->groups[i]->cap = cap;
    }
    t->group = NULL;
}

void as_store_parties_done(as_store *s)
{
    for (size_t i = 0; i < s->parties.n; i++)
        free(s->parties.groups[i]->rows);
    if (s->parties.fd >= 0)
        close(s->parties.fd);
    as_buf_done(&s->parties.tail);
    as_buf_done(&s->parties.body);
}
