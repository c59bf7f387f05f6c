#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# demo.sh ASSAY OUT: imports the starter knowledge into a folder of its own,
# reviews the example gateway, prints the review and writes its page to OUT.
set -eu
assay=$1
out=$2
here=$(dirname -- "$0")

mkdir -p -- "$out"
ASSAY_HOME=$out/home
export ASSAY_HOME
"$assay" feeds import "$here/../data/starter" >"$out/import.txt"

# review OPTION...: its status is the verdict (0, 1, 2); more is a failure.
review() {
    status=0
    "$assay" review "$@" "$here/gateway.cdx.json" || status=$?
    [ "$status" -le 2 ] || exit "$status"
}
review
review --format html -o "$out/gateway.html"
review --format json -o "$out/gateway.json"
echo
echo "The same as a page:  $out/gateway.html"
echo "and for programs:    $out/gateway.json"
