"""A CSV table becomes structs, cell by cell, so that every fault is found and not only the first.

Not responsible for what the columns are (`config.rows`) or for what the rows say together (`config.cross_checks`).
"""

from __future__ import annotations

import csv
import types
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

import msgspec

from config.fault import Fault, nearest, shown
from config.hours import Hours, Window
from config.plain_words import must_be, remedy

R = TypeVar("R", bound=msgspec.Struct)
Report = Callable[[Fault], None]
Parse = Callable[[str], Any]
YES_NO: dict[str, bool] = {"yes": True, "no": False}


def read_table(kind: type[R], path: Path, key: str, report: Report) -> list[R]:
    """The good rows; the others are reported.  `key` is the column that names a row to people."""
    columns = columns_of(kind)
    table = list(_rows(path, columns, report))
    parsers = {name: parser_of(hint) for name, hint in columns.items()}
    rows = []
    for line, cells in table:
        values = {name: _parse(parsers[name], cell) for name, cell in cells.items() if name in parsers}
        wrong = {name: value for name, value in values.items() if isinstance(value, ValueError)}
        for name, error in wrong.items():
            where = f"row {line} ({cells.get(key, '')}) {name}"
            report(_fault(shown(path), where, columns[name], cells[name], error))
        if not wrong:
            rows.append(kind(**values))
    return rows


def columns_of(kind: type[msgspec.Struct]) -> dict[str, Any]:
    return get_type_hints(kind, include_extras=True)


def parser_of(hint: Any) -> Parse:
    """Cell to value; raises ValueError, with words when the type brings its own."""
    if hint in (Hours, Window):
        parse: Parse = hint.parse
        return parse
    if get_origin(hint) is tuple:
        return lambda cell: msgspec.convert(tuple(cell.split(";")) if cell else (), hint)
    if hint is bool:
        return YES_NO.__getitem__
    if get_origin(hint) in (Union, types.UnionType):
        return lambda cell: msgspec.convert(cell, hint, strict=False) if cell else None
    if hint is str:
        return str
    return lambda cell: msgspec.convert(cell, hint, strict=False)


def _parse(parse: Parse, cell: str) -> Any:
    try:
        return parse(cell)
    except (ValueError, KeyError) as error:  # msgspec.ValidationError is a ValueError
        return ValueError(*error.args) if isinstance(error, ValueError) else ValueError()


def _fault(file: str, where: str, hint: Any, cell: str, error: ValueError) -> Fault:
    if hint in (Hours, Window):
        return Fault(file, where, str(error), "write it like 09:00-18:00", cell)
    return Fault(file, where, must_be(hint, of_text=True), remedy(hint, cell, msgspec.NODEFAULT), cell)


def _rows(path: Path, columns: dict[str, Any], report: Report) -> Iterator[tuple[int, dict[str, str]]]:
    file, text = shown(path), _text(path, report)
    if text is None:
        return
    lines = csv.reader(text.splitlines(keepends=True))
    head = next(lines, [])
    for name in [name for name in head if name not in columns]:
        report(Fault(file, "row 1", f"there is no column {name or 'without a name'}", nearest(name, columns)))
    missing = [name for name in columns if name not in head]
    for name in missing:
        report(Fault(file, "row 1", f"the column {name} is missing", f"add {name} to the first row"))
    for cells in lines:
        place = f"row {lines.line_num} ({cells[0] if cells else ''})"
        if len(cells) != len(head):
            said = f"has {len(cells)} columns instead of {len(head)}"
            report(Fault(file, place, said, "add or remove commas; put a text with a comma in quotation marks"))
        elif not missing:
            yield lines.line_num, dict(zip(head, cells, strict=True))


def _text(path: Path, report: Report) -> str | None:
    file = shown(path)
    try:
        raw = path.read_bytes()
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        report(Fault(file, f"byte {error.start}", "is not UTF-8", "save the file as UTF-8"))
        return None
    except OSError as error:
        report(Fault(file, "", f"cannot be read ({error.strerror})", "put the table back"))
        return None
    if raw.startswith(b"\xef\xbb\xbf"):
        report(Fault(file, "row 1", "begins with a byte order mark", "save the file as UTF-8 without BOM"))
        text = text.removeprefix("\ufeff")
    if b"\r" in raw:
        report(Fault(file, "", "has line ends of Windows", "save the file with Unix line ends"))
    if not raw.endswith(b"\n"):
        report(Fault(file, "", "does not end with a line end", "add an empty line at the end"))
    return text
