# shellcheck shell=sh
# SPDX-License-Identifier: Apache-2.0
# What a stranger sees first: the demo, as ./dev demo runs it, offline.
# valgrind: yes
# shellcheck source=test/e2e/lib/e2e.sh
. "$ASSAY_SOURCE/test/e2e/lib/e2e.sh"

into=$ASSAY_TMP/out
page=$into/gateway.html

run sh "$ASSAY_SOURCE/examples/demo.sh" "$ASSAY" "$into"
check_status 'the demo runs' 0
check 'it prints the verdict' grep -qiE 'accept|reject|undecided' "$out"
check 'it names the page' grep -qF "$page" "$out"
# What the kernel lacks is said once a run; valgrind lacks some of it.
check 'it says nothing else on stderr' sh -c \
    "! grep -vE '^(assay: this system lacks |--[0-9]+-- )' '$err'"
check 'the page is HTML' grep -qi '^<!doctype html>' "$page"
check 'the page runs no script' sh -c "! grep -qi '<script' '$page'"
check 'the page loads nothing' sh -c \
    "! grep -qiE '(src|srcset|poster)=|<link|@import|url\(' '$page'"
check 'nothing lies in the home of the user' test -z "$(ls -A "$ASSAY_HOME")"

cp -- "$page" first.html
run sh "$ASSAY_SOURCE/examples/demo.sh" "$ASSAY" "$into"
check 'a second run writes the same page' cmp first.html "$page"
