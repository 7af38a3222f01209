#!/usr/bin/env bash
# chroot.sh BUILD - takes the packages that BUILD made into a fresh Debian, of this release and
# from where this machine has its own packages, and lets inside.sh use them there. What they are
# upgraded to is the same, packaged once more.
set -euo pipefail
tests=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$tests/../.." && pwd)
# shellcheck source=scripts/quiet.sh
source "$root/scripts/quiet.sh"
build=$(cd "$1" && pwd)
work=$build/chroot

rm -rf "$work"
mkdir -p "$work/packages/first" "$work/packages/second"
cp "$build"/packages/*.*deb "$work/packages/first"
revision=$(sed -n 's/^set(CPACK_DEBIAN_PACKAGE_RELEASE "\(.*\)")$/\1/p' "$build/CPackConfig.cmake")
quietly "$work/second.txt" cpack --config "$build/CPackConfig.cmake" -B "$work/second" \
    -D CPACK_DEBIAN_PACKAGE_RELEASE="$revision+1"
cp "$work"/second/*.*deb "$work/packages/second"

# shellcheck disable=SC2016 # these are apt's variables
sources=$(apt-get indextargets --format 'deb $(REPO_URI) $(RELEASE) $(COMPONENT)' \
    'Created-By: Packages' 'Origin: Debian')
[[ -n $sources ]] || { echo "chroot: apt knows no packages of Debian: apt-get update" >&2; exit 1; }
included=$(awk '$1 == "inside" { print $3 }' "$root/scripts/dependencies.txt" | paste -sd,)
# shellcheck source=/dev/null
suite=$(. /etc/os-release && echo "$VERSION_CODENAME")

# shellcheck disable=SC2016 # the argument is mmdebstrap's
mmdebstrap --quiet --variant=minbase --format=null --include="$included" \
    --aptopt=<(apt-config dump --no-empty Acquire::http Acquire::https) --dpkgopt=force-unsafe-io \
    --customize-hook="copy-in '$work/packages' '$root/examples' '$tests/inside.sh' /srv" \
    --customize-hook='mkdir -p "$1/srv/tests"' \
    --customize-hook="copy-in '$root/tests/lua' '$root/tests/python' /srv/tests" \
    --customize-hook='chroot "$1" /srv/inside.sh' \
    "$suite" /dev/null - <<<"$sources"
