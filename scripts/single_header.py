#!/usr/bin/env python3
"""single_header.py OUTPUT - writes all of libpoupa as one file, to be copied into other trees.

The public headers come first, as they are. What stands behind POUPA_IMPLEMENTATION is lib/: its
headers, then its sources, each file once, with what is shared between files made static. The
few templates, headers that are included again and again and so have no guard, come once for
each file that includes them, with their names set apart.

docs/vendoring.md says how the file is used.
"""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# What is left out with jansson.
JSON_MODULES = {"json", "document"}

DIRECTIVE = re.compile(r"^[ \t]*#(?:\\\n|[^\n])*", re.MULTILINE)
INCLUDE = re.compile(r'^#include "([^"]+)"\n', re.MULTILINE)
MACRO = re.compile(r"^[ \t]*#[ \t]*define[ \t]+(\w+)", re.MULTILINE)
FEATURE = re.compile(r"^#define (_[A-Z]+(?:_[A-Z]+)*_SOURCE)(?: (\w+))?\n+", re.MULTILINE)
GUARD = re.compile(r"^#ifndef (\w+)\n#define \1\n", re.MULTILINE)
NOT_CODE = re.compile(r'/\*.*?\*/|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.DOTALL)


class UnfitError(Exception):
    """What keeps the library from being one file."""


def blanked(match: re.Match[str]) -> str:
    """Blanks of the same length, on the same lines."""
    return re.sub(r"[^\n]", " ", match[0])


# -- What a file declares ----------------------------------------------------------------


def declarations(code: str) -> Iterator[tuple[int, str]]:
    """The declarations at file scope, each with its place; `code` has no comments."""
    start = depth = 0
    for token in re.finditer(r"[(){};]", code):
        if token[0] in "({":
            depth += 1
        elif token[0] in ")}":
            depth -= 1
        text = code[start : token.end()]
        is_function = token[0] == "}" and text.partition("{")[0].rstrip().endswith(")")
        if depth == 0 and (token[0] == ";" or is_function):
            lead = len(text) - len(text.lstrip())
            yield start + lead, text[lead:]
            start = token.end()


def body_and_rest(text: str) -> tuple[str, str]:
    """What stands inside the first braces of a text, and behind them."""
    start = text.index("{") + 1
    depth = 1
    for token in re.finditer(r"[{}]", text[start:]):
        depth += 1 if token[0] == "{" else -1
        if depth == 0:
            break
    end = start + token.start()
    return text[start:end], text[end + 1 :]


def last_word(text: str) -> list[str]:
    """The name that a declarator ends with."""
    return re.findall(r"\w+", re.sub(r"\[[^]]*\]", "", text))[-1:]


def defined(declaration: str, in_header: bool) -> list[str]:
    """The names that a declaration defines: not those that it only announces."""
    text = re.sub(r"^(?:[A-Z_]+\([^)]*\)\s+)+", "", declaration)  # an attribute
    head = text.partition("{")[0].rstrip()
    before_value = text.partition("=")[0]
    if "{" in text and head.endswith(")"):
        return re.findall(r"(\w+)\s*\(", head)[:1]
    tagged = re.fullmatch(r"(?:(?:typedef|static|const) )*(struct|enum|union)\s*(\w*)", head)
    if tagged and "{" in text:
        body, rest = body_and_rest(text)
        names = [tagged[2]] if tagged[2] else []
        if tagged[1] == "enum":
            names += re.findall(r"(?:^|,)\s*(\w+)", re.sub(r"\([^()]*\)", "", body))
        return names + last_word(rest.partition("=")[0].rstrip(";"))
    pointer = re.search(r"\(\s*\*\s*(\w+)", before_value)
    if text.startswith("typedef"):
        if re.fullmatch(r"typedef (?:struct|enum|union) (\w+) \1;", text):
            return []
        called = pointer or re.search(r"(\w+)\s*\(", text)
        return [called[1]] if called else last_word(text)
    if "=" in text:
        return [pointer[1]] if pointer else last_word(before_value)
    if in_header or "(" in text or text.startswith("extern"):
        return []
    return last_word(text) if not re.fullmatch(r"(?:struct|enum|union) \w+;", text) else []


class Source:
    """A file of the library."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.name = str(path.relative_to(ROOT))
        self.text = path.read_text(encoding="utf-8")
        self.is_header = path.suffix == ".h"
        self.is_template = self.is_header and not GUARD.search(self.text)
        self.module = path.parent.name
        self.code = DIRECTIVE.sub(blanked, NOT_CODE.sub(blanked, self.text))
        self.macros = MACRO.findall(self.text)

    def includes(self) -> list[str]:
        """What the file includes of the library, as it says it."""
        return INCLUDE.findall(self.text)

    def announced(self) -> list[str]:
        """The tables that a header declares."""
        return [
            name
            for _, declaration in declarations(self.code)
            if declaration.startswith("extern")
            for name in last_word(declaration.rstrip(";"))
        ]

    def tables(self) -> list[str]:
        """The tables that a source defines, some of them with a macro."""
        if self.is_header:
            return []
        made = re.findall(r"^[A-Z]+\((\w+), ", self.code, re.MULTILINE)
        return [*self.names(), *(f"poupa__{name}" for name in made)]

    def names(self) -> dict[str, str]:
        """Each name that the file defines, and where."""
        found = {}
        for place, declaration in declarations(self.code):
            line = self.text.count("\n", 0, place) + 1
            for name in defined(declaration, self.is_header):
                found[name] = f"{self.name}:{line}"
        return found

    def apart(self, name: str) -> str:
        """A name of a source that has templates, as it is set apart."""
        return name + "_" + self.path.stem.rpartition("_")[2]


class Library:
    """All files, found by how they are included."""

    def __init__(self) -> None:
        paths = [*ROOT.glob("include/poupa/*.h"), *ROOT.glob("lib/*/*.[ch]")]
        self.sources = {path: Source(path) for path in sorted(paths)}

    def included(self, source: Source, name: str) -> Source:
        """The file that an include of a source means."""
        for folder in (source.path.parent, ROOT / "include", ROOT / "lib"):
            if found := self.sources.get(folder / name):
                return found
        raise UnfitError(f'{source.name}: there is no "{name}"')

    def in_order(self, starts: list[Source]) -> list[Source]:
        """These files and what they include, each behind what it needs.

        A header that announces tables is followed by the sources that define them, because C++
        has no way to announce a constant that is static.
        """
        definer = {name: source for source in starts for name in source.tables()}
        order: dict[Path, Source] = {}

        def visit(source: Source) -> None:
            if source.path in order or source.is_template:
                return
            for name in source.includes():
                visit(self.included(source, name))
            order[source.path] = source
            for name in source.announced():
                visit(definer[name])

        for source in starts:
            visit(source)
        return list(order.values())

    def templates(self, source: Source) -> list[Source]:
        """The templates that a source includes, and those that these do."""
        found = []
        for name in source.includes():
            template = self.included(source, name)
            if template.is_template:
                found += [template, *self.templates(template)]
        return found

    def names(self, source: Source) -> dict[str, str]:
        """Each name that a file defines in the end, and where."""
        templates = [] if source.is_header else self.templates(source)
        found: dict[str, str] = {}
        for file in (source, *templates):
            found |= file.names()
        if templates:
            found = {source.apart(name): place for name, place in found.items()}
        return found

    def check_names(self, files: list[Source]) -> None:
        """Refuses a name that two files define. Macros of a source end where it does."""
        seen: dict[str, str] = {}
        problems = []
        for source in files:
            here = self.names(source)
            if source.is_header:
                here |= dict.fromkeys(source.macros, f"{source.name}, a macro")
            problems += [
                f"{here[name]}: {name} is also defined at {seen[name]}"
                for name in here
                if name in seen
            ]
            seen |= here
        if problems:
            raise UnfitError("\n".join(problems))


# -- From a file to a part of the single one ----------------------------------------------


def edited(text: str, edits: list[tuple[int, int, str]]) -> str:
    """A text with stretches of it replaced."""
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def without_guard(text: str) -> str:
    """A header without what keeps it from being read twice."""
    guard = GUARD.search(text)
    if guard is None:
        return text
    return edited(
        text, [(guard.start(), guard.end(), ""), (text.rindex("#endif"), len(text), "")]
    )


def for_both_languages(text: str) -> str:
    """Writes what C and C++ spell differently so that it is either: `(type){...}` and `[i] =`."""
    code = NOT_CODE.sub(blanked, text)
    edits = [
        (
            found.start(),
            found.end() - 1,
            f"POUPA__{'STRUCT' if found[1] else 'LITERAL'}({found[2]})",
        )
        for found in re.finditer(r"\((struct )?([A-Za-z_]\w*)\)\{", code)
    ]
    edits += [
        (found.start(), found.end(), f"POUPA__ITEM({found[1]})")
        for found in re.finditer(r"(?<=[ {])\[([^][]+)\] =(?=\s)", code)
    ]
    return edited(text, edits)


def internal(source: Source) -> str:
    """The text of a file of lib/, with what other files see of it made static."""
    edits = []
    for place, declaration in declarations(source.code):
        end = place + len(declaration)
        if source.is_header and declaration.startswith("extern"):
            edits.append((place, end + 1, ""))
        elif source.is_header and not re.match(r"static|typedef|struct|enum|union", declaration):
            edits.append((place, place, "POUPA__INTERNAL "))
    text = edited(source.text, edits)
    if not source.is_header:
        tables = r"^( *)(?=const [\w *]+\bpoupa__[\w#]+(?:\[\w*\])* = )"
        text = re.sub(tables, r"\1POUPA__INTERNAL ", text, flags=re.MULTILINE)
        text = FEATURE.sub("", text)
    return text


def part(title: str, text: str) -> str:
    """A part of the file, under a title."""
    rule = "-" * (86 - len(title))
    text = re.sub(r"\n{3,}", "\n\n", text.strip("\n"))
    return f"\n/* == {title} {rule} */\n\n{text}\n"


def unless_json(module: str, text: str) -> str:
    """A part that is there only where jansson is."""
    if module not in JSON_MODULES:
        return text
    return f"\n#if !defined(POUPA_NO_JSON)\n{text}\n#endif\n"


def expanded(library: Library, source: Source) -> str:
    """A source with its templates in it, whose names are set apart by the source's own."""

    def template(match: re.Match[str]) -> str:
        found = library.included(source, match[1])
        return INCLUDE.sub(template, found.text) if found.is_template else ""

    text = INCLUDE.sub(template, internal(source))
    templates = library.templates(source)
    if templates:
        names = {name for file in (source, *templates) for name in file.names()}
        words = re.finditer(r"\b[A-Za-z]\w*", NOT_CODE.sub(blanked, text))
        text = edited(
            text,
            [
                (word.start(), word.end(), source.apart(word[0]))
                for word in words
                if word[0] in names
            ],
        )
    macros = [macro for file in (source, *templates) for macro in file.macros]
    return text + undefined([macro for macro in macros if not macro.endswith("_SOURCE")])


# -- The file ---------------------------------------------------------------------------


def commit() -> str:
    """The commit that the files are of, and whether they were changed since."""

    def git(*arguments: str) -> str:
        return subprocess.run(
            ["git", "-C", ROOT, *arguments], capture_output=True, text=True, check=True
        ).stdout.strip()

    try:
        changed = git("status", "--porcelain", "--", "include", "lib", "scripts/single_header.py")
        return git("rev-parse", "HEAD") + (" with changes" if changed else "")
    except (OSError, subprocess.CalledProcessError):
        return "unknown"


def commented(text: str) -> str:
    """A text as a comment."""
    lines = (f" * {line}".rstrip() for line in text.strip("\n").split("\n"))
    return "\n".join(["/*", *lines, " */", ""])


def undefined(macros: list[str]) -> str:
    """Forgets macros."""
    lines = (f"#undef {macro}\n" for macro in dict.fromkeys(macros))
    return "\n" + "".join(lines) if macros else ""


def features(sources: list[Source]) -> str:
    """Asks for what the sources need of the system's headers."""
    wanted = {name: value for source in sources for name, value in FEATURE.findall(source.text)}
    lines = [
        f"#ifndef {name}\n#define {name} {value}".rstrip() + "\n#endif\n"
        for name, value in sorted(wanted.items())
    ]
    return "".join(lines)


def single_header() -> str:
    """The file."""
    library = Library()
    public = library.in_order([library.sources[ROOT / "include/poupa/poupa.h"]])
    files = [
        file for file in library.in_order(list(library.sources.values())) if file not in public
    ]
    library.check_names([*public, *files])
    frame = (ROOT / "scripts/single_header.h.in").read_text(encoding="utf-8")
    symbols = (ROOT / "lib/symbols.txt").read_text(encoding="utf-8").split()
    version = re.search(r'POUPA_VERSION "([^"]+)"', "".join(source.text for source in public))
    if version is None:
        raise UnfitError("include/poupa: no POUPA_VERSION")

    declared = ""
    for source in public:
        text = INCLUDE.sub("", without_guard(source.text))
        declared += unless_json(source.path.stem, part(source.name, text))

    implemented = ""
    kept: list[str] = []
    for source in files:
        if source.is_header:
            text = INCLUDE.sub("", without_guard(internal(source)))
            guards = GUARD.findall(source.text)
            kept += [macro for macro in source.macros if macro not in guards]
        else:
            text = expanded(library, source)
        implemented += unless_json(source.module, part(source.name, for_both_languages(text)))

    values = {
        "VERSION": version[1],
        "COMMIT": commit(),
        "FEATURES": features(files),
        "SYMBOLS": "".join(f"#define {name} POUPA__NAMED({name})\n" for name in symbols),
        "DECLARATIONS": declared,
        "IMPLEMENTATION": implemented + undefined(kept),
        "LICENCE": commented((ROOT / "LICENSE").read_text(encoding="utf-8")),
    }
    frame = re.sub(r"^@(\w+)@\n", lambda match: values[match[1]], frame, flags=re.MULTILINE)
    return re.sub(r"@(COMMIT|VERSION)@", lambda match: values[match[1]], frame)


def main() -> None:
    """Writes the file, unless it is there as it would be."""
    output = Path(sys.argv[1])
    try:
        text = single_header()
    except UnfitError as unfit:
        sys.exit(str(unfit))
    output.parent.mkdir(parents=True, exist_ok=True)
    if not output.exists() or output.read_text(encoding="utf-8") != text:
        output.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
