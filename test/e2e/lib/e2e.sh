# shellcheck shell=sh
# SPDX-License-Identifier: Apache-2.0
# What an end-to-end test in sh sources: . "$ASSAY_SOURCE/test/e2e/lib/e2e.sh"
# The runner sets ASSAY (the program), ASSAY_SOURCE, ASSAY_BUILD, a fresh
# ASSAY_HOME and a fresh ASSAY_TMP that is the working folder.
#
#   run WORD...        runs it; $status, $out (file), $err (file)
#   ok NAME            this case passed
#   not_ok NAME WHY    this case failed
#   skip NAME WHY      it could not be run here
#   check NAME COMMAND...    ok when the command succeeds
#   check_status NAME WANT   compares with $status and shows $err if not
#   need_corpus NAME PATH    skips and is false when it is not there

out=$ASSAY_TMP/.out
err=$ASSAY_TMP/.err
status=0

run() {
    status=0
    "$@" >"$out" 2>"$err" </dev/null || status=$?
}

ok() {
    echo "ok $1"
}

not_ok() {
    echo "not ok $1: $2"
}

skip() {
    echo "skip $1: $2"
}

check() {
    name=$1
    shift
    if "$@" >"$ASSAY_TMP/.check" 2>&1; then
        ok "$name"
    else
        not_ok "$name" "$* ($(tail -n 1 "$ASSAY_TMP/.check"))"
    fi
}

check_status() {
    if [ "$status" -eq "$2" ]; then
        ok "$1"
    else
        not_ok "$1" "status $status, not $2: $(tail -n 1 "$err")"
    fi
}

need_corpus() {
    if [ -z "${ASSAY_CORPUS_UNPACKED:-}" ]; then
        skip "$1" 'no corpus'
        return 1
    fi
    [ -e "$ASSAY_CORPUS_UNPACKED/$2" ] && return 0
    not_ok "$1" "the corpus has no $2"
    return 1
}
