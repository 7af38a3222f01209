#!/usr/bin/env python3
"""Checks `poupa schema` against an independent validator and the fixtures.

usage: check.py POUPA ROOT

What the library reads must be valid by the schema, and what breaks a rule that a schema
can express must not be.
"""

import json
import subprocess
import sys
from pathlib import Path

from jsonschema import Draft202012Validator

# Rules that the schema says too; the others need more than one look at one value.
EXPRESSED = ["E1012", "E2001", "E2002", "E2003", "E2006", "E2007", "E2009", "E2010", "E2011",
             "E2012", "E2015", "E2017"]


def load(path):
    return json.loads(path.read_text(encoding="utf-8"))


def main(poupa, root):
    schema = json.loads(subprocess.run([poupa, "schema"], check=True, capture_output=True).stdout)
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == Draft202012Validator.META_SCHEMA["$id"]
    validator = Draft202012Validator(schema)
    fixtures = Path(root, "tests/fixtures")

    valid = [*Path(root, "examples/data").glob("*.json"), *fixtures.glob("catalogs/*.json"),
             *fixtures.glob("rules/*-pass.json")]
    failures = [f"{path}: {error.json_path}: {error.message}"
                for path in valid for error in validator.iter_errors(load(path))]
    broken = [fixtures / f"rules/{code}-fail.json" for code in EXPRESSED]
    failures += [f"{path}: the schema finds nothing" for path in broken
                 if validator.is_valid(load(path))]
    print(*failures, sep="\n", end="\n" if failures else "")
    print(f"schema: {len(valid)} valid documents, {len(broken)} broken ones")
    return bool(failures)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
