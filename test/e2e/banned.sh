# shellcheck shell=sh
# SPDX-License-Identifier: Apache-2.0
# A call of a banned function does not compile: each name of src/base/banned.h.
# shellcheck source=test/e2e/lib/e2e.sh
. "$ASSAY_SOURCE/test/e2e/lib/e2e.sh"

header=$ASSAY_SOURCE/src/base/banned.h

# compiles CALL: with the header in front.
compiles() {
    printf 'void f(void);\nvoid f(void)\n{\n    (void)%s;\n}\n' "$1" >call.c
    cc -D_GNU_SOURCE -include "$header" -fsyntax-only call.c 2>errors
}

if compiles 'strlen("")'; then
    ok 'what is not banned compiles'
else
    not_ok 'what is not banned compiles' "$(tail -n 1 errors)"
fi

sed -n 's/^#define \([a-z_][a-z_0-9]*\)(.*/\1/p' "$header" >names
check 'the list is not empty' test -s names
escaped=''
while read -r name; do
    if compiles "$name(0)" || ! grep -q "as_banned_$name" errors; then
        escaped="$escaped $name"
    fi
done <names
if [ -z "$escaped" ]; then
    ok "none of $(wc -l <names) banned functions compiles"
else
    not_ok 'no banned function compiles' "these do:$escaped"
fi
