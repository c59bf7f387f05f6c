#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# tools/bare-root.sh SUITE [COMMAND]: proves that the project's own files are
# enough. Makes a minimal root of SUITE (bookworm, trixie; noble is untried)
# with debootstrap in a temporary folder, copies the tree and the corpus in,
# runs `./dev demo` and `./dev test` (or COMMAND) there by chroot, and removes
# the folder again. Needs root and debootstrap (./dev setup root).
#
# Packages come from the archives this machine's own apt uses, and through its
# proxy if it has one; ASSAY_MIRROR names another archive. ASSAY_KEEP=yes
# leaves the folder there and names it.
set -eu
cd -- "$(dirname -- "$0")/.."
source=$(pwd)

die() {
    echo "bare-root: $*" >&2
    exit 1
}

[ $# -ge 1 ] || die 'usage: tools/bare-root.sh SUITE [COMMAND]'
suite=$1
command=${2:-'./dev demo && ./dev test'}
[ "$(id -u)" -eq 0 ] || die 'needs root (chroot, mount)'
command -v debootstrap >/dev/null 2>&1 || tools/setup.sh root

case $suite in
bookworm | trixie) origin=Debian ;;
noble)
    origin=Ubuntu
    echo 'bare-root: noble is untried'
    ;;
*) die "unknown suite '$suite'" ;;
esac

# The archive that apt took the main part of this origin from.
mirror() {
    apt-cache policy |
        awk -v origin="o=$origin," '
            $1 ~ /^[0-9]+$/ { uri = $2 }
            $1 == "release" && index($0, origin) && /c=main/ &&
                !/[Ss]ecurity/ { print uri; exit }'
}

archive=${ASSAY_MIRROR:-$(mirror)}
[ -n "$archive" ] ||
    die "apt here knows no archive of $origin: set ASSAY_MIRROR"

base=$(mktemp -d)
root=$base/root

# Mounts live in a name space of their own (below) and go with it; if one is
# here all the same, nothing is removed.
# shellcheck disable=SC2317 # called by the trap
down() {
    if grep -q " $base/" /proc/mounts; then
        echo "bare-root: something is mounted below $base" >&2
    elif [ "${ASSAY_KEEP:-no}" = yes ]; then
        echo "bare-root: left in $root"
    else
        rm -rf --one-file-system -- "$base"
    fi
}
trap down EXIT
trap 'exit 1' HUP INT TERM

echo "bare-root: making a minimal $suite"
debootstrap --variant=minbase "$suite" "$root" "$archive" \
    >"$base/debootstrap.log" 2>&1 || {
    tail -n 20 -- "$base/debootstrap.log" >&2
    die 'debootstrap failed'
}
before=$(chroot "$root" dpkg-query -W -f '.\n' | wc -l)

# How this machine reaches the archive, read now and written nowhere else.
cp -- /etc/resolv.conf "$root/etc/resolv.conf" 2>/dev/null || :
apt-config dump | grep -E '^Acquire::(https?|ftp)::Proxy ' \
    >"$root/etc/apt/apt.conf.d/99bare-root" || :

# A clean copy: what git would clone, and the corpus beside it.
mkdir -p -- "$root/srv/assay"
if git rev-parse --git-dir >/dev/null 2>&1; then
    git ls-files -z | tar -c --null -T - -f "$base/tree.tar"
else
    tar -c --exclude='./build*' --exclude=./out -f "$base/tree.tar" .
fi
tar -xf "$base/tree.tar" -C "$root/srv/assay"
corpus=${ASSAY_CORPUS:-$source/../shared/corpus}
if [ -d "$corpus" ]; then
    mkdir -p -- "$root/srv/shared"
    cp -rL -- "$corpus" "$root/srv/shared/corpus"
else
    echo 'bare-root: no corpus; the tests that need it will be skipped'
fi

echo "bare-root: $before packages; running: $command"
status=0
# shellcheck disable=SC2016 # the inner shell expands
env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 \
    ${http_proxy:+http_proxy="$http_proxy"} \
    unshare --mount --pid --fork --kill-child \
    sh -c 'mount -t proc proc "$1/proc" &&
        mount -t devpts -o newinstance,ptmxmode=0666 devpts "$1/dev/pts" &&
        ln -sf pts/ptmx "$1/dev/ptmx" &&
        exec chroot "$1" sh -c "$2"' \
    sh "$root" "cd /srv/assay && $command" </dev/null || status=$?
after=$(chroot "$root" dpkg-query -W -f '.\n' | wc -l)
echo "bare-root: $suite: status $status; $((after - before)) packages added"
exit "$status"
