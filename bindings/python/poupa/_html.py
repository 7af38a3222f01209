"""Small tables in HTML for notebooks: escaped, without scripts or styles of their own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from itertools import islice

ROWS = 20
"""How many rows a table shows at most."""
CHARACTERS = 200
"""How many characters a cell shows at most."""


def text(value: object) -> str:
    """The text of a value, cut where it is long and escaped; "" for None."""
    if value is None:
        return ""
    shown = str(value)
    if len(shown) > CHARACTERS:
        shown = shown[: CHARACTERS - 1] + "…"
    return escape(shown.encode("utf-8", "replace").decode("utf-8"))


def _cell(tag: str, value: object) -> str:
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    align = ' align="right"' if is_number else ""
    shown = f"{value:,}" if isinstance(value, int) and is_number else value
    return f"<{tag}{align}>{text(shown)}</{tag}>"


def _row(tag: str, cells: Iterable[object]) -> str:
    return "<tr>" + "".join(_cell(tag, cell) for cell in cells) + "</tr>"


def table(
    headers: Sequence[object],
    rows: Iterable[Iterable[object]],
    caption: object = None,
    *,
    total: int | None = None,
) -> str:
    """A table of the first rows; where `total` says that there are more, the last row says so.

    Without `total`, all rows are counted, so give it where that would be long. Everything is
    escaped; numbers are aligned to the right, and integers have their thousands marked.
    """
    remaining = iter(rows)
    shown = list(islice(remaining, ROWS))
    count = total if total is not None else len(shown) + sum(1 for _ in remaining)
    parts = ["<table>"]
    if caption is not None:
        parts.append(f"<caption>{text(caption)}</caption>")
    if headers:
        parts.append(f"<thead>{_row('th', headers)}</thead>")
    parts.append("<tbody>")
    parts += [_row("td", row) for row in shown]
    if count > len(shown):
        more = text(f"… and {count - len(shown):,} more")
        parts.append(f'<tr><td colspan="{max(len(headers), 1)}">{more}</td></tr>')
    parts.append("</tbody></table>")
    return "".join(parts)


def pairs(items: Iterable[tuple[object, object]], caption: object = None) -> str:
    """A table of names and values, without a header."""
    return table((), items, caption)
