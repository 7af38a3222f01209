#!/usr/bin/env python3
"""The attendance benchmark: one command, which prints a table and writes JSON.

    run.py --bin DIR [--rows 5000000] [--rounds 7] [--json FILE] [--only WORD]

DIR has the programs bench_ours, bench_peers and bench_records. Every piece of work runs in
a process of its own, all of them in turn in each round, so that what disturbs the machine
disturbs all; ratios are medians of the rounds' ratios. DuckDB, Polars and Python's json take
part where this Python can import them.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile

COLUMNS = (
    "columns={period:'DATE',unit:'VARCHAR',service:'VARCHAR',channel:'VARCHAR',"
    "count:'BIGINT',wait_s:'INTEGER',service_s:'INTEGER'}"
)
MEANS = (
    "sum(count), count(*), min(period), max(period), "
    "sum(count::HUGEINT * wait_s) / sum(count) FILTER (wait_s IS NOT NULL), "
    "sum(count::HUGEINT * service_s) / sum(count) FILTER (service_s IS NOT NULL)"
)
COUNTS = "sum(count), count(*), min(period), max(period)"
MONTHS = "SELECT date_trunc('month', period), channel, {what} FROM t GROUP BY ALL"
UNITS = "SELECT unit, {what} FROM t GROUP BY ALL"

# The first of a pair is measured against the second: kind of records, ours, the peer, how
# many times as fast it must be.
PAIRS = [
    ("clean", "ours mapped", "peers simdjson", 2.5),
    ("clean", "ours mapped", "peers rapidjson", 5.5),
    ("clean", "ours mapped", "ours jansson", 30),
    ("clean", "ours mapped", "python duckdb-table", 9),
    ("clean", "ours mapped", "python duckdb-sum", 4),
    ("clean", "ours mapped", "python polars", 14),
    ("clean", "ours mapped", "python json", None),
    ("clean", "ours file", "peers simdjson", None),
    ("clean", "ours hot", "peers simdjson-hot", None),
    ("producers", "ours mapped", "peers simdjson", 1.6),
    ("producers", "ours mapped", "python duckdb-table", 6),
    ("messy", "ours hot", "peers simdjson-hot", 1.25),
    ("messy", "ours mapped", "python duckdb-table", 3.7),
    ("clean", "ours mapped 2", "ours mapped", 1.7),
    ("clean", "ours chunks 2", "ours chunks", 1.5),
    ("clean", "ours hot", "ours memchr", 0.22),
    ("clean", "ours hot", "ours memcpy", None),
    ("clean", "ours mapped-sse2", "ours mapped", 1 / 1.15),
    ("clean", "ours rollup-month-channel", "python duckdb-months", 15),
    ("clean", "ours rollup-month-channel-counts", "python duckdb-month-counts", 15),
    ("clean", "ours rollup-unit", "python duckdb-units", 3.5),
    ("clean", "ours rollup-unit-counts", "python duckdb-unit-counts", 3.5),
    ("clean", "ours encode", "ours jansson-encode", 40),
    ("clean", "ours encode-buffer", "ours jansson-encode", None),
    ("clean", "ours encode-file", "python duckdb-copy", 4),
]


def python_work(work, path):
    """One piece of work of a Python peer: seconds and a sum that tells that it was done."""
    from time import perf_counter

    if work == "json":
        start = perf_counter()
        total = 0
        with open(path, encoding="utf-8") as stream:
            for line in stream:
                if line.strip():
                    total += json.loads(line).get("count", 1)
        return perf_counter() - start, total
    if work == "polars":
        os.environ["POLARS_MAX_THREADS"] = "1"
        import polars

        schema = {
            "period": polars.String, "unit": polars.String, "service": polars.String,
            "channel": polars.String, "count": polars.Int64, "wait_s": polars.Int32,
            "service_s": polars.Int32,
        }
        start = perf_counter()
        frame = polars.scan_ndjson(path, schema=schema).with_columns(
            polars.col("period").str.to_date()).collect()
        return perf_counter() - start, frame["count"].sum()
    return duckdb_work(work, path)


def duckdb_work(work, path):
    from time import perf_counter

    import duckdb

    base = duckdb.connect()
    base.execute("SET threads = 1")
    read = f"read_json('{path}', format='newline_delimited', {COLUMNS})"
    if work == "duckdb-sum":
        start = perf_counter()
        total = base.execute(f"SELECT count(*), sum(count) FROM {read}").fetchone()[1]
        return perf_counter() - start, int(total)
    start = perf_counter()
    base.execute(f"CREATE TABLE r AS SELECT * FROM {read}")
    taken = perf_counter() - start
    if work == "duckdb-table":
        return taken, int(base.execute("SELECT sum(count) FROM r").fetchone()[0])
    if work == "duckdb-copy":
        out = path + ".copied"
        start = perf_counter()
        base.execute(f"COPY r TO '{out}' (FORMAT JSON)")
        taken = perf_counter() - start
        os.remove(out)
        return taken, 0
    for name in ("unit", "service", "channel"):
        base.execute(
            f"CREATE TYPE {name}_word AS ENUM (SELECT DISTINCT {name} FROM r "
            f"WHERE {name} IS NOT NULL ORDER BY 1)")
    base.execute(
        "CREATE TABLE t AS SELECT period, unit::unit_word unit, service::service_word service, "
        "channel::channel_word channel, count, wait_s, service_s FROM r")
    query = {
        "duckdb-months": MONTHS.format(what=MEANS),
        "duckdb-month-counts": MONTHS.format(what=COUNTS),
        "duckdb-units": UNITS.format(what=MEANS),
        "duckdb-unit-counts": UNITS.format(what=COUNTS),
    }[work]
    best = float("inf")
    for _ in range(15):
        start = perf_counter()
        rows = base.execute(query).fetchall()
        best = min(best, perf_counter() - start)
    return best, len(rows)


def measure(directory, work, path):
    """Nanoseconds that a piece of work takes, in a process of its own."""
    side, name, *rest = work.split()
    if side == "python":
        command = [sys.executable, os.path.abspath(__file__), "--work", name, path]
    else:
        command = [os.path.join(directory, "bench_" + side), name, path, *rest]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    if result.returncode != 0:
        return None, None, result.stderr.strip().splitlines()[-1:] or ["failed"]
    nanoseconds, total, memory = result.stdout.split()[:3]
    return int(nanoseconds), total, int(memory)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--bin", default=".")
    parser.add_argument("--rows", type=int, default=5_000_000)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--json")
    parser.add_argument("--only", default="", help="pairs with this word alone")
    parser.add_argument("--work", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.work:
        seconds, total = python_work(*options.work)
        print(int(seconds * 1e9), total, 0)
        return
    pairs = [pair for pair in PAIRS if options.only in " ".join(map(str, pair))]
    with tempfile.TemporaryDirectory() as folder:
        paths = {}
        for style in dict.fromkeys(pair[0] for pair in pairs):
            paths[style] = os.path.join(folder, style + ".ndjson")
            with open(paths[style], "wb") as out:
                subprocess.run([os.path.join(options.bin, "bench_records"), style,
                                str(options.rows)], stdout=out, check=True)
        times = run_rounds(options, pairs, paths)
        report(options, pairs, times)


def run_rounds(options, pairs, paths):
    works = list(dict.fromkeys((pair[0], side) for pair in pairs for side in pair[1:3]))
    times = {work: [] for work in works}
    for number in range(options.rounds):
        for style, work in works:
            if None in times[style, work]:
                continue
            taken, _, more = measure(options.bin, work, paths[style])
            times[style, work].append(taken)
            if taken is None:
                print(f"{style}: {work}: {more[0]}", file=sys.stderr)
        print(f"round {number + 1} of {options.rounds}", file=sys.stderr)
    return times


def report(options, pairs, times):
    results = []
    print(f"{'records':10} {'work':34} {'ns/row':>8}  {'against':30} {'ns/row':>8} "
          f"{'times':>7} {'must':>6}")
    for style, ours, peer, must in pairs:
        a, b = times[style, ours], times[style, peer]
        if None in a or None in b:
            print(f"{style:10} {ours:34} {'':>8}  {peer:30}  not measured")
            continue
        ratio = statistics.median(y / x for x, y in zip(a, b))
        each = [statistics.median(side) / options.rows for side in (a, b)]
        holds = "" if must is None else "yes" if ratio >= must else "NO"
        print(f"{style:10} {ours:34} {each[0]:8.1f}  {peer:30} {each[1]:8.1f} {ratio:7.2f} "
              f"{must or 0:6.2f} {holds}")
        results.append({"records": style, "work": ours, "against": peer, "ratio": ratio,
                        "must": must, "ns_per_row": each, "times": [a, b]})
    document = json.dumps({"rows": options.rows, "rounds": options.rounds, "pairs": results})
    if options.json:
        with open(options.json, "w", encoding="utf-8") as out:
            out.write(document)
    else:
        print(document)


if __name__ == "__main__":
    main()
