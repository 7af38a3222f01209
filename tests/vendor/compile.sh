#!/usr/bin/env bash
# compile.sh DIST - the single header compiles without a warning: what it declares in every language
# that it is for, and what it implements with every set of options.
set -euo pipefail
export dist=$1

# compile COMMAND... - compiles a file that includes the header; says how where that fails.
compile() {
    if ! echo '#include "poupa.h"' | "$@" -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Werror \
        -I"$dist" -o /dev/null -; then
        echo "compile: not clean: $*"
        return 1
    fi
}
export -f compile

# What it declares.
declarations() {
    for language in '-x c -std=c99' '-x c -std=c11' '-x c++ -std=c++11' '-x c++ -std=c++17'; do
        printf '%s\n' "gcc $language -fsyntax-only" "clang $language -fsyntax-only"
    done
}

# What it implements. Only gcc, and only where it compiles, finds functions of a header that nobody
# uses. The two kinds of compression are the same to the rest of the library.
implementations() {
    for options in '' -DPOUPA_NO_JSON -DPOUPA_NO_THREADS '-DPOUPA_NO_JSON -DPOUPA_NO_THREADS'; do
        for compression in '' '-DPOUPA_HAVE_ZLIB -DPOUPA_HAVE_ZSTD'; do
            echo "gcc -x c -std=c11 -S $options $compression"
        done
        for language in 'gcc -x c -std=c11' 'clang -x c -std=c11' \
            'g++ -x c++ -std=c++17' 'clang++ -x c++ -std=c++17'; do
            echo "$language -fsyntax-only $options -DPOUPA_HAVE_ZLIB"
        done
    done
    echo 'gcc -x c -std=c11 -S -O2 -DPOUPA_NAMESPACE=copy_'
    echo 'clang++ -x c++ -std=c++20 -fsyntax-only'
    for compiler in gcc clang; do
        echo "$compiler -x c -std=c11 -fno-builtin -fsyntax-only"
    done
}

{
    declarations
    implementations | sed 's/$/ -DPOUPA_IMPLEMENTATION/'
} | xargs -P "$(nproc)" -I {} bash -c 'compile {}'
echo "compile: included in $(declarations | wc -l) ways, implemented in $(implementations | wc -l)"
