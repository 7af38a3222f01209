#!/usr/bin/env bash
# inside.sh - in a fresh Debian with the packages in /srv: installs them, uses each as its users
# would, upgrades and purges them.
set -euo pipefail
export LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive
# What is meant for builds outside.
unset CC CFLAGS LDFLAGS LUA_CPATH LUA_PATH PYTHONPATH "${!CMAKE_@}"
work=$(mktemp -d)
cd /srv

step() {
    echo "- $*"
}

fail() {
    echo "inside: $*" >&2
    exit 1
}

# apt COMMAND... - says what apt did only when it fails.
apt() {
    apt-get --yes --quiet --no-install-recommends "$@" >"$work/apt.txt" 2>&1 || {
        cat "$work/apt.txt" >&2
        fail "apt-get $*"
    }
}

# All that there is, but for what lives its own life.
files() {
    find / -xdev \( -path /proc -o -path /sys -o -path /dev -o -path /run -o -path /tmp \
        -o -path /srv -o -path /var/cache -o -path /var/lib/apt -o -path /var/lib/dpkg \
        -o -path /var/log \) -prune -o -print | sort
}

# expect WHAT COMMAND... - whether a command prints what it should.
expect() {
    local what=$1 said
    shift
    said=$("$@") || fail "$* failed"
    [[ $said == "$what" ]] || fail "$* said $said, not $what"
}

# Whether packages are all installed as they are in a folder.
expect_installed() {
    local package name
    for package in "$1"/*.deb; do
        name=$(dpkg-deb --field "$package" Package)
        # shellcheck disable=SC2016 # these are dpkg's variables
        expect "ii  $(dpkg-deb --field "$package" Version)" \
            dpkg-query --show --showformat '${db:Status-Abbrev} ${Version}' "$name"
        [[ -z $(dpkg --verify "$name") ]] || fail "$name: files differ from the package"
    done
    [[ -z $(dpkg --audit) ]] || fail "$(dpkg --audit)"
    ldconfig --print-cache | grep -q 'libpoupa\.so\.0 ' || fail 'the loader does not know libpoupa'
}

use_command() {
    expect "poupa $version" poupa --version
    poupa validate examples/data/poupatempo-2021.json >/dev/null
    poupa generate --catalog examples/data/poupatempo-2021.json --rows 1000 |
        poupa rollup --by half,channel - >"$work/rollup.txt" 2>"$work/progress.txt"
    [[ -s $work/rollup.txt ]] || fail 'rollup printed nothing'
    expect /usr/share/man/man1/poupa.1.gz man --where poupa
    man --warnings poupa 2>&1 >/dev/null | (! grep .)
    # shellcheck source=/dev/null
    source /usr/share/bash-completion/completions/poupa
    complete -p poupa >/dev/null
    [[ -e /usr/share/zsh/vendor-completions/_poupa ]]
    [[ -e /usr/share/fish/vendor_completions.d/poupa.fish ]]
}

# As they come with the package, since that is what its users have.
use_development() {
    local documents=/usr/share/doc/libpoupa-dev source name linking flags
    cmake -S $documents/examples -B "$work/examples" >"$work/cmake.txt"
    cmake --build "$work/examples" >>"$work/cmake.txt"
    ctest --test-dir "$work/examples" --output-on-failure | grep 'tests passed'
    cmake -S $documents/examples/find_package -B "$work/consumer" >"$work/cmake.txt"
    cmake --build "$work/consumer" >>"$work/cmake.txt"
    expect "libpoupa $version" "$work/consumer/consumer"

    expect "$version" pkg-config --modversion poupa
    for linking in --shared --static; do
        read -ra flags <<<"$(pkg-config --cflags --libs $linking poupa)"
        [[ $linking == --static ]] && flags+=(-static)
        for source in "$documents"/examples/*.c; do
            name=$(basename "$source" .c)
            cc -std=c11 -Wall -Wextra -Wpedantic -Werror "$source" -o "$work/$name" "${flags[@]}"
            (cd $documents && "$work/$name") | diff -u "examples/expected/$name.txt" -
        done
    done
}

use_python() {
    expect 'all is well' python3 -W error tests/python/smoke.py
    for name in quickstart targets; do
        python3 -W error examples/python/$name.py | diff -u examples/python/expected/$name.txt -
    done
    expect "poupa $version" python3 -m poupa --version
    expect "$version" python3 -c 'import importlib.metadata as m; print(m.version("poupa"))'
    expect "$version" python3 -c 'import poupa; print(poupa.__version__)'
    [[ -d /usr/lib/python3/dist-packages/poupa/__pycache__ ]] || fail 'no bytecode was made'
}

use_lua() {
    local lua name
    for lua in lua5.1 lua5.3 lua5.4 luajit; do
        expect 'smoke: fine' $lua tests/lua/smoke.lua
        for name in attendance kiosk targets; do
            $lua examples/lua/$name.lua | diff -u examples/lua/expected/$name.txt -
        done
    done
}

version=$(dpkg-deb --field packages/first/poupa_*.deb Version)
version=${version%-*}
files >"$work/before.txt"

step "installing $version"
apt install ./packages/first/*.deb
expect_installed packages/first
step 'the command, its man page and completions'
use_command
step 'the examples in C, with CMake and with pkg-config, shared and static'
use_development
step 'the package for Python'
use_python
step 'the module for Lua 5.1, 5.3, 5.4 and LuaJIT'
use_lua
step 'what debuggers need'
dpkg --install packages/first/*.ddeb >/dev/null

step 'upgrading'
apt install ./packages/second/*.deb
expect_installed packages/second
dpkg --install packages/second/*.ddeb >/dev/null
use_command
use_python
use_lua

step 'purging'
mapfile -t names < <(for package in packages/*/*deb; do dpkg-deb --field "$package" Package; done | sort -u)
apt purge "${names[@]}"
apt autoremove --purge
files | diff "$work/before.txt" - || fail 'that is left behind or gone'
(! ldconfig --print-cache | grep poupa) || fail 'the loader still knows libpoupa'
echo "inside: $version installs, works, upgrades and goes"
