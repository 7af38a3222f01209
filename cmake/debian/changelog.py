"""changelog.py CHANGELOG.md SOURCE VERSION REVISION MAINTAINER

Prints a changelog of the form "Keep a Changelog" in Debian's form. What is not yet in a version
belongs to the one that is packaged.
"""

from __future__ import annotations

import os
import re
import sys
import textwrap
import time
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path

HEADING = re.compile(r"## \[(.+?)\](?: - (\S+))?\n")


def versions(text: str) -> list[tuple[str, str, str]]:
    """Version, date and changes of each section."""
    parts = HEADING.split(text)[1:]
    sections = [(parts[i], parts[i + 1] or "", parts[i + 2]) for i in range(0, len(parts), 3)]
    (_, _, pending), (version, date, changes), *older = sections
    return [(version, date, pending + changes), *older]


def items(changes: str) -> str:
    """The kinds of changes as items, the changes as items of theirs."""
    lines = []
    for paragraph in re.split(r"\n(?=- |### |\n)", changes):
        words = " ".join(paragraph.split())
        if words.startswith("### "):
            lines.append(f"  * {words[4:]}:")
        elif words.startswith("- "):
            lines += textwrap.wrap(
                words[2:], 78, initial_indent="    - ", subsequent_indent="      "
            )
    return "\n".join(lines)


def main() -> None:
    file, source, version, revision, maintainer = sys.argv[1:]
    now = int(os.environ.get("SOURCE_DATE_EPOCH", time.time()))
    entries = versions(Path(file).read_text(encoding="utf-8"))
    if entries[0][0] != version:
        sys.exit(f"{file}: the latest version is {entries[0][0]}, the library's {version}")
    for number, date, changes in entries:
        released = date != "unreleased"
        at = datetime.fromisoformat(date) if released else datetime.fromtimestamp(now, UTC)
        print(
            f"{source} ({number}-{revision if number == version else 1})"
            f" {'unstable' if released else 'UNRELEASED'}; urgency=medium\n\n"
            f"{items(changes)}\n\n"
            f" -- {maintainer}  {format_datetime(at.replace(tzinfo=UTC))}\n"
        )


main()
