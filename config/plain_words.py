"""Says in plain words what a value must be, read from the type that declares it.

Not responsible for checking; msgspec does that.  Runs only when something is wrong.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
from msgspec import inspect

from config.fault import nearest


def must_be(kind: Any, of_text: bool = False) -> str:
    """`of_text`: the value stands in a CSV cell, where true is written yes."""
    return f"must be {_words(inspect.type_info(kind), of_text)}"


def remedy(kind: Any, value: object, default: object) -> str:
    """What to write instead: the word probably meant, the default, or an example."""
    info = inspect.type_info(kind)
    words = [str(word) for word in _literals(info)]
    if words:
        return nearest(str(value), words, f"take {words[0] if default is msgspec.NODEFAULT else as_text(default)}")
    if default is not msgspec.NODEFAULT and default != "":
        return f"take {as_text(default)}"
    example = _noted(info, "examples")
    return f"write it like {example[0]}" if example else "correct it"


def as_text(value: object) -> str | None:
    """As it stands in the file; nothing for a whole section."""
    match value:
        case Mapping():
            return None
        case bool():
            return str(value).lower()
        case tuple() | list():
            return "[" + ", ".join(f'"{each}"' for each in value) + "]"
        case _:
            return str(value)


def _words(info: inspect.Type, of_text: bool) -> str:
    if said := _noted(info, "description"):
        return str(said)
    match info:
        case inspect.Metadata(type=inner):
            return _words(inner, of_text)
        case inspect.IntType(ge=low, le=high) | inspect.FloatType(ge=low, le=high):
            return _range(low, high, isinstance(info, inspect.IntType))
        case inspect.BoolType():
            return "yes or no" if of_text else "true or false"
        case inspect.LiteralType(values=values):
            return _either([str(value) for value in values])
        case inspect.DateType():
            return "a date like 2021-03-02"
        case inspect.UnionType(types=types):
            inner = next(one for one in types if not isinstance(one, inspect.NoneType))
            return f"{_words(inner, of_text)}, or empty"
        case inspect.VarTupleType(item_type=item):
            return f"a list, each {_words(item, of_text)}"
        case inspect.StrType(min_length=shortest):
            return "a text" if not shortest else "a text that is not empty"
        case _:
            return "a group of options"


def _range(low: float | None, high: float | None, whole: bool) -> str:
    kind = "a whole number" if whole else "a number"
    if low is None or high is None:
        return kind if low is None else f"{kind}, {_figure(low)} or more"
    return f"{_figure(low)} to {_figure(high)}"


def _figure(number: float) -> str:
    return f"{number:,}" if number >= 10_000 else f"{number:g}"


def _either(words: list[str]) -> str:
    return " or ".join(words) if len(words) < 3 else f"one of {', '.join(words)}"


def _literals(info: inspect.Type) -> tuple[Any, ...]:
    match info:
        case inspect.Metadata(type=inner):
            return _literals(inner)
        case inspect.LiteralType(values=values):
            return tuple(values)
        case inspect.UnionType(types=types):
            return tuple(word for one in types for word in _literals(one))
        case inspect.VarTupleType(item_type=item):
            return _literals(item)
        case _:
            return ()


def _noted(info: inspect.Type, key: str) -> Any:
    return (info.extra_json_schema or {}).get(key) if isinstance(info, inspect.Metadata) else None
