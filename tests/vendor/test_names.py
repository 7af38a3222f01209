"""The script of the single header refuses names that are not unique, and says where they are."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "scripts"))

import single_header


@pytest.fixture
def problem(tmp_path, monkeypatch):
    """Says what is wrong with a library of files of lib/module, `one_c` being one.c."""

    def said(**files: str) -> str:
        module = tmp_path / "lib" / "module"
        module.mkdir(parents=True)
        for name, text in files.items():
            (module / name.replace("_", ".")).write_text(text, encoding="utf-8")
        monkeypatch.setattr(single_header, "ROOT", tmp_path)
        library = single_header.Library()
        try:
            library.check_names(library.in_order(list(library.sources.values())))
        except single_header.UnfitError as unfit:
            return str(unfit)
        return ""

    return said


def test_functions(problem):
    one = "/* one.c */\nstatic int same(void)\n{\n    return 1;\n}\n"
    two = (
        "static int other(int same)\n{\n    return same;\n}\n\n"
        "static const char *same(const char *text)\n{\n    return text;\n}\n"
    )
    assert problem(one_c=one, two_c=two) == (
        "lib/module/two.c:6: same is also defined at lib/module/one.c:2"
    )


def test_variables_and_types(problem):
    one = "typedef struct point {\n    int same;\n} point;\n\nstatic const int table[] = {1};\n"
    two = "typedef int point;\n\nstatic double table;\n"
    assert problem(one_c=one, two_c=two) == (
        "lib/module/two.c:1: point is also defined at lib/module/one.c:1\n"
        "lib/module/two.c:3: table is also defined at lib/module/one.c:5"
    )


def test_constants_and_macros_of_headers(problem):
    one = "#ifndef ONE_H\n#define ONE_H\n\n#define LIMIT 1\n\n#endif\n"
    two = "enum { FIRST, LIMIT = (1 << 2) };\n"
    assert problem(one_h=one, two_c=two) == (
        "lib/module/two.c:1: LIMIT is also defined at lib/module/one.h, a macro"
    )


def test_announcements_locals_and_macros_of_sources_are_no_problem(problem):
    header = (
        "#ifndef ONE_H\n#define ONE_H\n\ntypedef struct poupa__node poupa__node;\n"
        "int poupa__one(void);\nextern const int poupa__table[2];\n\n#endif\n"
    )
    one = (
        '#include "one.h"\n\n#define COUNT 2\n\nstruct poupa__node {\n    int at;\n};\n\n'
        "const int poupa__table[2] = {1, 2};\n\n"
        "int poupa__one(void)\n{\n    int first = 1;\n    return first;\n}\n"
    )
    two = "#define COUNT 3\n\nstatic int first; /* static int poupa__one; */\n"
    assert problem(one_h=header, one_c=one, two_c=two) == ""


def test_templates_are_set_apart(problem):
    template = "static int half(int n)\n{\n    return n / 2;\n}\n"
    source = '#include "shared.h"\n'
    assert problem(shared_h=template, a_c=source, b_c=source) == ""
