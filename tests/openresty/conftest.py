"""What the tests in nginx share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from host import Host, host


@pytest.fixture(scope="module")
def api() -> Iterator[Host]:
    """An nginx whose catalogue stays as it is."""
    with host() as here:
        yield here


@pytest.fixture
def own() -> Iterator[Host]:
    """An nginx of the test's own."""
    with host() as here:
        yield here
