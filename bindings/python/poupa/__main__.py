"""`python -m poupa`: the command `poupa`, which the package brings along."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import NoReturn

from . import _swig


def main() -> NoReturn:
    """Turn this process into the command, with the same arguments."""
    command = Path(_swig.__file__).with_name("_command")
    # Python ignores these, and what is ignored stays so in the program that takes over.
    for number in (signal.SIGPIPE, signal.SIGXFSZ):
        signal.signal(number, signal.SIG_DFL)
    try:
        os.execv(command, ["poupa", *sys.argv[1:]])
    except OSError as error:
        print(f"poupa: {command}: {error.strerror}", file=sys.stderr)  # noqa: T201
        sys.exit(3)


if __name__ == "__main__":
    main()
