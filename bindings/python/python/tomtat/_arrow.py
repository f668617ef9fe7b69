"""Arrow results in the library that the input came from."""

from __future__ import annotations

from typing import Any


def is_arrow(values: Any) -> bool:
    """Whether values come by the Arrow PyCapsule interface, or can be made to."""
    return (
        hasattr(values, "__arrow_c_array__")
        or hasattr(values, "__arrow_c_stream__")
        or _package(values) == "pandas"
    )


def _package(values: Any) -> str:
    return type(values).__module__.partition(".")[0]


def taken(values: Any) -> Any:
    """Values as the compiled part takes them: pandas before 3 has no capsules of its own."""
    if _package(values) != "pandas" or hasattr(values, "__arrow_c_stream__"):
        return values
    import pyarrow

    return pyarrow.Array.from_pandas(values)


def given_back(result: Any, values: Any) -> Any:
    """An Arrow result as an object of the library that ``values`` are of.

    Polars gets a series, pandas a series with the same index and Arrow types, pyarrow its arrays;
    all others get arrays of pyarrow, or plain capsules where that is not installed.
    """
    package = _package(values)
    if package == "polars":
        import polars

        return polars.Series(result).alias(getattr(values, "name", ""))
    try:
        import pyarrow
    except ImportError:
        return result
    is_array = hasattr(result, "__arrow_c_array__")
    array = pyarrow.array(result) if is_array else pyarrow.chunked_array(result)
    if package == "pandas":
        import pandas

        arrow_type = pandas.ArrowDtype(array.type)
        return pandas.Series(
            pandas.arrays.ArrowExtensionArray(array),
            index=getattr(values, "index", None),
            name=getattr(values, "name", None),
            dtype=arrow_type,
        )
    return array
