/* SPDX-License-Identifier: Apache-2.0 */
/* The table of Han says what ICU says, of any word. */
#include "testing.h"

#include "base/derived.h"
#include "party/name_internal.h"

#include <string.h>

enum { WORDS = 20000, LONGEST = 6 };

static uint32_t next(uint64_t *seed)
{
    *seed = *seed * UINT64_C(6364136223846793005) + 1442695040888963407;
    return (uint32_t)(*seed >> 33);
}

static size_t random_word(uint64_t *seed, uint32_t *c)
{
    size_t n = 1 + next(seed) % LONGEST;

    for (size_t i = 0; i < n; i++)
        c[i] = (next(seed) % 4 ? 0x4E00 : 0x3400) + next(seed) % 0x51A6;
    return n;
}

static size_t letters_of_icu(as_names *s, const uint32_t *c, size_t n,
                             char *out)
{
    uint32_t made[512];
    size_t m = as_icu_latin(s, true, c, n, made, AS_ARRAY_LEN(made)), k = 0;

    for (size_t i = 0; i < m; i++) {
        uint32_t parts[32];
        size_t q = as_icu_base(s, made[i], parts, 32);
        for (size_t p = 0; p < q; p++)
            if (parts[p] < 0x80 && as_ascii_is_alnum((char)parts[p]))
                out[k++] = as_ascii_lower((char)parts[p]);
    }
    return k;
}

static void readings(void **state)
{
    as_names *s = as_names_new();
    uint64_t seed = 20261122;
    size_t read = 0;

    assert_int_equal(as_icu_load(s, NULL), AS_OK);
    for (int i = 0; i < WORDS; i++) {
        uint32_t c[LONGEST];
        char mine[128], theirs[512];
        size_t n = random_word(&seed, c), m, k;
        m = as_han_latin(c, n, mine, sizeof mine);
        if (m == 0)
            continue;
        k = letters_of_icu(s, c, n, theirs);
        assert_int_equal(m, k);
        assert_memory_equal(mine, theirs, m);
        read++;
    }
    assert_true(read > WORDS / 2);
    as_names_free(s);
}

static void simple_forms(void **state)
{
    as_names *s = as_names_new();
    uint64_t seed = 5;

    assert_int_equal(as_icu_load(s, NULL), AS_OK);
    for (int i = 0; i < WORDS; i++) {
        uint32_t c[LONGEST], mine[LONGEST], theirs[64];
        size_t n = random_word(&seed, c);
        assert_true(as_han_simplify(c, n, mine));
        assert_int_equal(as_icu_simplify(s, c, n, theirs, 64), n);
        assert_memory_equal(mine, theirs, n * sizeof *mine);
    }
    as_names_free(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(readings),
        cmocka_unit_test(simple_forms),
    };

    if (as_derived_han.n == 0)
        return 77;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
