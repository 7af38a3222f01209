"""What exports an Arrow stream, as frames of other libraries."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas
    import polars


def need(library: str, why: str) -> Any:
    """A library that is not required; ImportError says what it is for."""
    try:
        return import_module(library)
    except ImportError as error:
        name = library.partition(".")[0]
        raise ImportError(f"{why} needs {name}: pip install {name}", name=name) from error


class Frames:
    """Ways into other libraries; they all go by `__arrow_c_stream__`."""

    __slots__ = ()

    def to_arrow(self) -> Any:
        """As a pyarrow.Table; needs pyarrow."""
        return need("pyarrow", "to_arrow").table(self)

    def to_polars(self) -> polars.DataFrame:
        """As a polars.DataFrame; needs polars."""
        frame: polars.DataFrame = need("polars", "to_polars").DataFrame(self)
        return frame

    def to_pandas(self) -> pandas.DataFrame:
        """As a pandas.DataFrame; needs pandas and pyarrow."""
        need("pandas", "to_pandas")
        frame: pandas.DataFrame = self.to_arrow().to_pandas()
        return frame
