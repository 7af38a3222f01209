#!/usr/bin/env bash
# openresty.sh [SECONDS [WORKERS [CONNECTIONS]]] - what examples/openresty bears: wrk asks on
# loopback, all endpoints in turn; prints requests per second, latencies, and the resident memory
# of the workers before and after. POUPA_LUA is the folder of the module for LuaJIT:
#
#     cmake --preset release -DPOUPA_LUA=ON && cmake --build --preset release
#     POUPA_LUA=build/release/lua/jit tests/bench/openresty.sh
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
seconds=${1:-10} workers=${2:-1} connections=${3:-32}
catalog=examples/data/poupatempo-2021.json

work=$(mktemp -d)
nginx=
stop() {
    if [[ $nginx ]]; then
        kill "$nginx" 2>/dev/null || true
        wait "$nginx" || true
    fi
    rm -rf "$work"
}
trap stop EXIT
trap 'exit 1' INT TERM

free_port='import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
port=$(python3 -c "$free_port")
setpriv --pdeathsig TERM examples/openresty/serve "$work" "$catalog" "$port" "$workers" \
    >"$work/log" 2>&1 &
nginx=$!

# answers - whether somebody listens.
answers() {
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null
}
for ((i = 0; i < 100; i++)); do
    answers && break
    sleep 0.1
done
answers || { cat "$work/log" >&2; exit 1; }

memory() {
    local pid
    for pid in $(<"/proc/$nginx/task/$nginx/children"); do
        awk -v when="$1" '/^VmRSS/ { printf "worker %s: %.1f MB resident\n", when, $2 / 1024 }' \
            "/proc/$pid/status"
    done
}

run_wrk() {
    timeout --kill-after=5 $(($1 + 30)) wrk --threads 1 --connections "$connections" \
        --duration "$1s" --latency --script tests/bench/openresty.lua "http://127.0.0.1:$port"
}

echo "workers: $workers, connections: $connections, seconds: $seconds"
memory 'before'
run_wrk "$seconds" | tee "$work/wrk"
memory 'after'
if grep -E 'Non-2xx|Socket errors' "$work/wrk" >&2 || grep -q 'thread aborted' "$work/log"; then
    echo 'openresty: some requests failed' >&2
    exit 1
fi
