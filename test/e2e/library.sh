# shellcheck shell=sh
# SPDX-License-Identifier: Apache-2.0
# libassay.so: only assay_* leaves it, its header stands alone in C and C++,
# and a program can link with it.
# shellcheck source=test/e2e/lib/e2e.sh
. "$ASSAY_SOURCE/test/e2e/lib/e2e.sh"

header=$ASSAY_SOURCE/include/assay/assay.h
so=$ASSAY_BUILD/libassay.so

nm -D --defined-only "$so" | awk '$2 != "A" { print $3 }' >symbols
check 'the library exports something' test -s symbols
others=$(grep -v '^assay_' symbols | head -n 3 | tr '\n' ' ')
if [ -z "$others" ]; then
    ok 'the library exports only assay_*'
else
    not_ok 'the library exports only assay_*' "also: $others"
fi

for name in $(grep -o 'assay_[a-z0-9_]*(' "$header" | tr -d '(' | sort -u); do
    check "$name is exported" grep -q "^$name\(@\|\$\)" symbols
done

check 'the header is C99' \
    cc -std=c99 -Wall -Wextra -Wpedantic -Werror -fsyntax-only \
    -x c "$header"
check 'the header is C++11' \
    c++ -std=c++11 -Wall -Wextra -Wpedantic -Werror -fsyntax-only \
    -x c++ "$header"

cat >use.c <<'EOF'
#include <assay/assay.h>
#include <stdio.h>

int main(void)
{
    return puts(assay_version()) < 0;
}
EOF
if nm -D "$so" | grep -q __asan_; then
    skip 'a program links with it' 'a sanitizer build'
else
    check 'a program compiles and links' \
        cc -I"$ASSAY_SOURCE/include" use.c -o use "$so"
    run env LD_LIBRARY_PATH="$ASSAY_BUILD" ./use
    check_status 'the program runs' 0
    check 'it names a version' grep -qE '^[0-9]+\.[0-9]+\.[0-9]+$' "$out"
fi
