#!/usr/bin/env python3
"""sbom.py BOM LIBRARY - the list of parts is CycloneDX, names the version of the header and
all that the library is linked with beside the C library."""

import json
import re
import subprocess
import sys
from importlib import resources
from pathlib import Path

import jsonschema


def schemas() -> dict[str, dict]:
    """The schema of CycloneDX 1.5 and those that it refers to, by file name."""
    names = ["bom-1.5", "spdx", "jsf-0.82"]
    folder = resources.files("cyclonedx.schema") / "_res"
    return {
        f"{name}.schema.json": json.loads((folder / f"{name}.SNAPSHOT.schema.json").read_text())
        for name in names
    }


def validate(bom: dict) -> None:
    known = schemas()
    root = known["bom-1.5.schema.json"]
    base = root["$id"].rpartition("/")[0]
    store = {}
    for name, schema in known.items():
        for spelled in (name, name.replace(".schema", ".SNAPSHOT.schema")):
            store[f"{base}/{spelled}"] = schema
    resolver = jsonschema.RefResolver(root["$id"], root, store=store)
    jsonschema.Draft7Validator(root, resolver=resolver).validate(bom)


def linked(library: str) -> set[str]:
    """The names of the libraries that one needs, without those of the C library."""
    text = subprocess.run(
        ["readelf", "--dynamic", library], check=True, capture_output=True, text=True
    ).stdout
    needed = set(re.findall(r"NEEDED.*\[lib([a-z0-9]+)\.so", text))
    return {{"z": "zlib"}.get(name, name) for name in needed - {"c", "m", "pthread"}}


def main() -> None:
    bom = json.loads(Path(sys.argv[1]).read_text())
    validate(bom)
    for spoiled in ({**bom, "specVersion": 15}, {**bom, "parts": []}):
        try:
            validate(spoiled)
        except jsonschema.ValidationError:
            continue
        sys.exit("sbom: what is no CycloneDX passes")
    header = Path(__file__).parents[2] / "include/poupa/base.h"
    version = re.search(r'POUPA_VERSION "([^"]+)"', header.read_text())
    assert version
    assert bom["metadata"]["component"]["version"] == version[1]
    names = {component["name"] for component in bom["components"]}
    assert names == linked(sys.argv[2]), (names, linked(sys.argv[2]))
    assert all(re.match(r"\d+\.\d+", component["version"]) for component in bom["components"])
    (dependency,) = bom["dependencies"]
    assert set(dependency["dependsOn"]) == names
    print(f"sbom: {', '.join(sorted(names))}")


main()
