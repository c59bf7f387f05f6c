#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# tools/setup.sh NEED...: installs what tools/packages.txt names for these
# needs and this system, and is quiet when nothing is missing. Run by ./dev.
#
# ASSAY_SETUP=no in the environment: look at nothing, install nothing.
set -eu
cd -- "$(dirname -- "$0")/.."
[ "${ASSAY_SETUP:-yes}" != no ] || exit 0

# The column of the table for this system; nothing when it is not one of ours.
column() {
    id='' version='' like=''
    if [ -r /etc/os-release ]; then
        # shellcheck source=/dev/null
        id=$(. /etc/os-release && echo "${ID-}")
        # shellcheck source=/dev/null
        version=$(. /etc/os-release && echo "${VERSION_ID-}")
        # shellcheck source=/dev/null
        like=$(. /etc/os-release && echo "${ID_LIKE-}")
    fi
    case "$id-$version" in
    debian-12 | debian-13 | ubuntu-24.04) echo "$id-$version" ;;
    debian-* | ubuntu-*) echo debian-13 ;;
    *) case " $like " in *' debian '* | *' ubuntu '*) echo debian-13 ;; esac ;;
    esac
}

# wanted COLUMN NEED...: the package names, one a line.
wanted() {
    awk -v column="$1" -v needs=" $2 " '
        /^# need +debian/ {
            for (i = 3; i <= NF; i++)
                if ($i == column) at = i - 1
        }
        /^#/ || NF == 0 || index(needs, " " $1 " ") == 0 { next }
        {
            name = $at == "=" ? $2 : $at
            if (name != "-" && !seen[name]++) print name
        }' tools/packages.txt
}

# missing NAME...: those that are not installed.
missing() {
    # dpkg-query fails when one name is unknown; its list is still whole.
    dpkg-query -W -f '${db:Status-Status} ${Package}\n' "$@" 2>/dev/null |
        awk -v want="$*" '
            $1 == "installed" { have[$2] = 1 }
            END {
                n = split(want, name, " ")
                for (i = 1; i <= n; i++)
                    if (!have[name[i]]) printf "%s ", name[i]
            }'
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        env DEBIAN_FRONTEND=noninteractive "$@"
    else
        sudo env DEBIAN_FRONTEND=noninteractive "$@"
    fi
}

# install NAME...: false when it could not be done.
install() {
    if [ "$(id -u)" -ne 0 ] && ! command -v sudo >/dev/null 2>&1; then
        echo "setup: need root or sudo. As root, run:" >&2
        echo "    apt-get update && apt-get install $*" >&2
        return 1
    fi
    log=$(mktemp)
    {
        # A stale or absent package list is the usual reason to fail; one that
        # could not be fetched may still be good enough.
        as_root apt-get -qq update || :
        as_root apt-get -qq -y --no-install-recommends install "$@"
    } </dev/null >"$log" 2>&1 || {
        cat -- "$log" >&2
        rm -f -- "$log"
        echo "setup: could not install: $*" >&2
        return 1
    }
    rm -f -- "$log"
}

# provide COLUMN NEEDS: false when something stays missing.
provide() {
    # shellcheck disable=SC2046 # one word a package
    set -- $(missing $(wanted "$1" "$2"))
    [ $# -gt 0 ] || return 0
    echo "setup: installing $*"
    install "$@"
}

main() {
    col=$(column)
    if [ -z "$col" ] || ! command -v dpkg-query >/dev/null 2>&1; then
        echo "setup: this system has no package column in" \
            "tools/packages.txt; going on with what is there" >&2
        return 0
    fi
    must='' may=''
    for need in "$@"; do
        if ! grep -q "^$need  *[a-z]" tools/packages.txt; then
            echo "setup: no such need: '$need'" >&2
            return 64
        fi
        case $need in
        peer) may=$need ;;
        *) must="$must $need" ;;
        esac
    done
    provide "$col" "$must" || return 1
    [ -z "$may" ] || provide "$col" "$may" ||
        echo "setup: going on without them; their tests are skipped" >&2
}

main "$@"
