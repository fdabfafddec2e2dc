"""A TOML or JSON table becomes a struct, option by option, so that every fault is found and not only the first.

Not responsible for what the options are: `config.schema` and `config.devices` declare them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import msgspec
from msgspec.structs import FieldInfo

from config.fault import Fault, nearest
from config.plain_words import as_text, must_be, remedy

S = TypeVar("S", bound=msgspec.Struct)
Report = Callable[[Fault], None]


def read_options(kind: type[S], table: Mapping[str, Any], file: str, report: Report, inside: str = "") -> S | None:
    """Reports each fault; None if there was one."""
    found = False

    def note(fault: Fault) -> None:
        nonlocal found
        found = True
        report(fault)

    fields = {field.encode_name: field for field in msgspec.structs.fields(kind)}
    for key in table.keys() - fields.keys():
        note(Fault(file, inside + key, "there is no such option", nearest(key, fields), as_text(table[key])))
    values = {field.name: _read(field, table[key], file, note, inside) for key, field in fields.items() if key in table}
    for key, field in fields.items():
        if key not in table and field.required:
            note(Fault(file, inside + key, "is missing", _how_to_add(field)))
    return None if found else kind(**values)


def _read(field: FieldInfo, value: Any, file: str, note: Report, inside: str) -> Any:
    where = inside + field.encode_name
    if isinstance(field.type, type) and issubclass(field.type, msgspec.Struct):
        if isinstance(value, Mapping):
            return read_options(field.type, value, file, note, f"{where}.")
        note(Fault(file, where, "must be a group of options", f"write a section [{where}]", as_text(value)))
        return None
    try:
        return msgspec.convert(value, field.type)
    except msgspec.ValidationError:
        advice = remedy(field.type, value, field.default)
        note(Fault(file, where, must_be(field.type), advice, as_text(value)))
        return None


def _how_to_add(field: FieldInfo) -> str:
    advice = remedy(field.type, "", field.default)
    example = advice.removeprefix("write it like ").removeprefix("take ")
    return f"add it, for example {field.encode_name} = {example}" if example != advice else "add it"
