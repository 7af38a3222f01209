#!/usr/bin/env python3
"""The attendance benchmark: one command, which prints a table and writes JSON.

    run.py --bin DIR [--rows 5000000] [--rounds 7] [--json FILE] [--only WORD] [--warm]

DIR has the programs bench_ours, bench_peers and bench_records. Every piece of work runs in
a process of its own, all of them in turn in each round, so that what disturbs the machine
disturbs all; ratios are medians of the rounds' ratios. All that decode must have the same
result. DuckDB, Polars and Python's json take part where this Python can import them.

With --warm what decodes does so twice in its process, and the second time counts: in a virtual
machine memory that no process had for a while has to be found by the host, and no two runs find
it in the same time.
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
    ("messy", "ours hot", "ours hot-sse2", None),
    ("messy", "ours mapped", "python duckdb-table", 3.7),
    ("clean", "ours mapped 2", "ours mapped", 1.7),
    ("clean", "ours chunks 2", "ours chunks", 1.5),
    ("clean", "ours mapped 2", "peers simdjson 2", None),
    ("clean", "ours mapped 2", "python duckdb-table 2", None),
    ("clean", "ours mapped 2", "python polars 2", None),
    ("clean", "ours hot", "ours memchr", 0.22),
    ("clean", "ours hot", "ours memcpy", None),
    ("clean", "ours mapped-sse2", "ours mapped", 1 / 1.15),
    ("clean", "ours rollup-month-channel", "python duckdb-months", 15),
    ("clean", "ours rollup-month-channel-counts", "python duckdb-month-counts", 15),
    ("clean", "ours rollup-unit", "python duckdb-units", 3.5),
    ("clean", "ours rollup-unit-counts", "python duckdb-unit-counts", 3.5),
    ("clean", "ours encode", "ours jansson-encode", 40),
    ("clean", "ours encode-buffer", "ours jansson-encode", None),
    ("clean", "ours encode-unsynced", "python duckdb-copy", 4),
    ("clean", "ours encode-file", "python duckdb-copy", None),
]

# How much memory a piece of work may take above that of a program that does nothing: bytes a
# row, or else MiB.
MEMORY = [
    ("clean", "ours chunks", "bytes a row", 42),
    ("clean", "ours chunks 2", "bytes a row", 46),
    ("clean", "ours batches", "MiB", 64),
    ("messy", "ours batches 2", "MiB", 64),
]

# What works tell of their result: those of one kind agree. The others are like none.
RESULTS = {
    "ours": {"mapped": "sum", "mapped-sse2": "sum", "file": "sum", "chunks": "sum", "hot": "sum",
             "hot-sse2": "sum", "batches": "sum", "jansson": "sum", "rollup-month-channel": "months",
             "rollup-month-channel-counts": "months", "rollup-unit": "units",
             "rollup-unit-counts": "units", "encode": "bytes", "encode-buffer": "bytes",
             "jansson-encode": "bytes"},
    "peers": {"simdjson": "sum", "simdjson-hot": "sum", "rapidjson": "sum"},
    "python": {"duckdb-table": "sum", "polars": "sum", "json": "sum", "duckdb-months": "months",
               "duckdb-month-counts": "months", "duckdb-units": "units",
               "duckdb-unit-counts": "units"},
}


# What decodes once, and is done twice with --warm.
WARM = {"mapped", "mapped-sse2", "file", "chunks"}


def turns():
    """How often a piece of work is done."""
    return range(2 if "BENCH_WARM" in os.environ else 1)


def python_json(path):
    """Columns of what Python's json makes of each line: seconds and the sum of bench_ours."""
    from datetime import date
    from time import perf_counter

    days, counts, waits = {}, [], []
    texts = {"unit": [], "service": [], "channel": []}
    periods, times = [], []
    start = perf_counter()
    with open(path, encoding="utf-8") as stream:
        for line in stream:
            record = json.loads(line)
            period = record["period"]
            if period not in days:
                days[period] = date.fromisoformat(period).toordinal() - 719163
            periods.append(days[period])
            for name, column in texts.items():
                column.append(record.get(name))
            counts.append(record.get("count", 1))
            waits.append(record.get("wait_s"))
            times.append(record.get("service_s"))
    taken = perf_counter() - start
    return taken, sum(counts) + sum(periods) + sum(wait or 0 for wait in waits)


def python_work(work, path, threads):
    """One piece of work of a Python peer: seconds and a number that tells its result."""
    from time import perf_counter

    if work == "json":
        return python_json(path)
    if work == "polars":
        os.environ["POLARS_MAX_THREADS"] = str(threads)
        import polars

        schema = {
            "period": polars.String, "unit": polars.String, "service": polars.String,
            "channel": polars.String, "count": polars.Int64, "wait_s": polars.Int32,
            "service_s": polars.Int32,
        }
        for _ in turns():
            frame = None
            start = perf_counter()
            frame = polars.scan_ndjson(path, schema=schema).with_columns(
                polars.col("period").str.to_date()).collect()
            taken = perf_counter() - start
        days = frame["period"].cast(polars.Int32).cast(polars.Int64)
        return taken, frame["count"].sum() + days.sum() + frame["wait_s"].cast(polars.Int64).sum()
    return duckdb_work(work, path, threads)


def duckdb_work(work, path, threads):
    from time import perf_counter

    import duckdb

    base = duckdb.connect()
    base.execute(f"SET threads = {threads}")
    read = f"read_json('{path}', format='newline_delimited', {COLUMNS})"
    if work == "duckdb-sum":
        for _ in turns():
            start = perf_counter()
            total = base.execute(f"SELECT count(*), sum(count) FROM {read}").fetchone()[1]
            taken = perf_counter() - start
        return taken, int(total)
    for _ in turns():
        base.execute("DROP TABLE IF EXISTS r")
        start = perf_counter()
        base.execute(f"CREATE TABLE r AS SELECT * FROM {read}")
        taken = perf_counter() - start
    if work == "duckdb-table":
        total = base.execute(
            "SELECT sum(count) + sum(period - DATE '1970-01-01') + sum(wait_s) FROM r").fetchone()
        return taken, int(total[0])
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
    """A piece of work in a process of its own: its nanoseconds, result and KiB of memory."""
    side, name, *rest = work.split()
    threads = rest[0] if rest else "1"
    if side == "python":
        command = [sys.executable, os.path.abspath(__file__), "--work", name, path, threads]
    else:
        command = [os.path.join(directory, "bench_" + side), name, path, threads]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    if result.returncode != 0:
        return None, None, result.stderr.strip().splitlines()[-1:] or ["failed"]
    nanoseconds, total, memory = result.stdout.split()[:3]
    return int(nanoseconds), int(total), int(memory)


def check_results(style, results):
    """Ends the program where works that do the same have not the same result."""
    told = {}
    for work, result in results.items():
        side, name, *_ = work.split()
        kind = RESULTS[side].get(name)
        if kind and told.setdefault(kind, (work, result))[1] != result:
            sys.exit(f"{style}: {work} gives {result}, and {told[kind][0]} {told[kind][1]}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--bin", default=".")
    parser.add_argument("--rows", type=int, default=5_000_000)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--json")
    parser.add_argument("--only", default="", help="pairs with this word alone")
    parser.add_argument("--warm", action="store_true", help="decode twice, count the second time")
    parser.add_argument("--work", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.work:
        name, path, threads = options.work
        seconds, total = python_work(name, path, int(threads))
        print(int(seconds * 1e9), total, 0)
        return
    pairs = [pair for pair in PAIRS if options.only in " ".join(map(str, pair))]
    limits = [limit for limit in MEMORY if options.only in " ".join(map(str, limit))]
    if options.warm:
        os.environ["BENCH_WARM"] = "1"
        pairs = [pair for pair in pairs if pair[1].split()[1] in WARM and pair[2] != "python json"]
        limits = []
    with tempfile.TemporaryDirectory() as folder:
        paths = {}
        for style in dict.fromkeys(row[0] for row in pairs + limits):
            paths[style] = os.path.join(folder, style + ".ndjson")
            with open(paths[style], "wb") as out:
                subprocess.run([os.path.join(options.bin, "bench_records"), style,
                                str(options.rows)], stdout=out, check=True)
        works = list(dict.fromkeys(
            [(pair[0], side) for pair in pairs for side in pair[1:3]]
            + [limit[:2] for limit in limits]))
        times, memory = run_rounds(options, works, paths)
        document = {"rows": options.rows, "rounds": options.rounds,
                    "pairs": report_times(options, pairs, times),
                    "memory": report_memory(options, limits, memory, paths)}
    if options.json:
        with open(options.json, "w", encoding="utf-8") as out:
            json.dump(document, out)
    else:
        print(json.dumps(document))


def run_rounds(options, works, paths):
    """The nanoseconds and KiB of each piece of work in each round; None where it failed."""
    times = {work: [] for work in works}
    memory = {work: [] for work in works}
    for number in range(options.rounds):
        results = {style: {} for style in paths}
        for style, work in works:
            if None in times[style, work]:
                continue
            taken, result, more = measure(options.bin, work, paths[style])
            times[style, work].append(taken)
            memory[style, work].append(more)
            if taken is None:
                print(f"{style}: {work}: {more[0]}", file=sys.stderr)
            else:
                results[style][work] = result
        for style, told in results.items():
            check_results(style, told)
        print(f"round {number + 1} of {options.rounds}", file=sys.stderr)
    return times, memory


def report_memory(options, limits, memory, paths):
    results = []
    for style, work, unit, most in limits:
        if not all(isinstance(kib, int) for kib in memory[style, work]):
            continue
        idle = measure(options.bin, "ours idle", paths[style])[2]
        taken = (statistics.median(memory[style, work]) - idle) * 1024
        value = taken / (options.rows if unit == "bytes a row" else 1 << 20)
        holds = "yes" if value <= most else "NO"
        print(f"{style:10} {work:34} {value:8.1f}  {unit} at most{'':24} {most:6.2f} {holds}")
        results.append({"records": style, "work": work, "unit": unit, "value": value, "most": most})
    return results


def report_times(options, pairs, times):
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
    return results


if __name__ == "__main__":
    main()
