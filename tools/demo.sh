#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# tools/demo.sh ASSAY OUT: reviews examples/gateway.cdx.json against the
# starter knowledge, prints the review, writes it as HTML and names the file.
# Needs no network and touches nothing outside OUT. Run by ./dev demo.
#
# Set ASSAY_WRAPPER to run the program under something (valgrind -q ...).
set -eu
cd -- "$(dirname -- "$0")/.."
assay=$1
out=$2
bom=examples/gateway.cdx.json

# The demo's own knowledge; that of the user is left alone.
mkdir -p -- "$out"
ASSAY_HOME=$(cd -- "$out" && pwd)/home
export ASSAY_HOME

run() {
    # shellcheck disable=SC2086 # one word each
    ${ASSAY_WRAPPER:-} "$assay" "$@"
}

# 0, 1 and 2 are verdicts; anything else is a failure of the program.
verdict() {
    status=0
    run "$@" || status=$?
    [ "$status" -le 2 ] || exit "$status"
}

echo "\$ assay feeds import data/starter"
run feeds import data/starter
echo
echo "\$ assay review $bom"
verdict review "$bom"
first=$status
verdict review "$bom" --format html -o "$out/gateway.html"
if [ "$first" -ne "$status" ]; then
    echo "demo: two reviews of one file ended with $first and $status" >&2
    exit 70
fi
echo
case $first in
0) word=accept ;;
1) word=reject ;;
*) word=undecided ;;
esac
echo "exit status $first ($word). The same review as one page for a browser:"
echo "    $out/gateway.html"
