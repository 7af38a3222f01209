# quiet.sh - for scripts that are quiet while things go well and clear when they do not.
# shellcheck shell=bash

# quietly LOG COMMAND... - runs a command with its output in a file; when the command fails,
# shows the file and ends the script.
quietly() {
    local log=$1 status=0
    shift
    mkdir -p "$(dirname "$log")"
    "$@" >"$log" 2>&1 </dev/null || status=$?
    if ((status != 0)); then
        {
            cat "$log"
            printf '\nfailed with status %d: %s\n' "$status" "$*"
        } >&2
        exit "$status"
    fi
}
