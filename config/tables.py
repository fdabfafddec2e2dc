"""A CSV table becomes structs, cell by cell, so that every fault is found and not only the first.

Not responsible for what the columns are (`config.rows`) or for what the rows say together (`config.cross_checks`).
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, TypeVar, get_args, get_origin

import msgspec

from config.fault import Fault, nearest, shown
from config.hours import Hours, Window
from config.plain_words import must_be, remedy

R = TypeVar("R", bound=msgspec.Struct)
Report = Callable[[Fault], None]
Parse = Callable[[str], Any]
YES_NO: dict[str, bool] = {"yes": True, "no": False}
BAD = object()  # stands where a cell could not be read


class Table(list[R]):
    """The good rows, and every cell as it stands in the file: a row with one bad cell still names its id."""

    def __init__(self, rows: Iterable[R] = (), cells: dict[str, tuple[str, ...]] | None = None) -> None:
        super().__init__(rows)
        self.cells = cells or {}  # column name to cells; empty unless all could be read

    def words(self, column: str) -> frozenset[str]:
        return frozenset(self.cells.get(column, ()))


def read_table(kind: type[R], path: Path, key: str, report: Report) -> Table[R]:
    """Reports the bad rows.  `key` is the column that names a row to people."""
    columns = columns_of(kind)
    numbers, rows, whole = _rows(path, columns, report)
    if not rows:
        return Table()
    by_name = dict(zip(columns, zip(*rows, strict=True), strict=True))
    read = []
    for name, cells in by_name.items():

        def note(at: int, fault: ValueError, name: str = name, cells: tuple[str, ...] = cells) -> None:
            where = f"row {numbers[at]} ({by_name[key][at]}) {name}"
            report(_fault(shown(path), where, columns[name], cells[at], fault))

        read.append(_column(columns[name], cells, note))
    good = [kind(*values) for values in zip(*read, strict=True) if BAD not in values]
    return Table(good, by_name if whole else {})


def columns_of(kind: type[msgspec.Struct]) -> dict[str, Any]:
    """Name and type, in the order of the struct's arguments."""
    hints: dict[str, Any] = {}
    for base in reversed(kind.__mro__):
        hints.update(getattr(base, "__annotations__", {}))
    return {name: hints[name] for name in kind.__struct_fields__}


def _column(hint: Any, cells: tuple[str, ...], note: Callable[[int, ValueError], None]) -> Sequence[Any]:
    """A whole column at once, which is four times as fast; cell by cell only to find out what is wrong."""
    if hint is str:
        return cells
    prepare, known = _preparation(hint)
    try:
        prepared = [prepare(cell) for cell in cells]
        return prepared if known else msgspec.convert(prepared, list[hint], strict=False)
    except ValueError:  # msgspec.ValidationError is one
        return [_cell(hint, at, cell, note) for at, cell in enumerate(cells)]


def _cell(hint: Any, at: int, cell: str, note: Callable[[int, ValueError], None]) -> Any:
    prepare, known = _preparation(hint)
    try:
        return prepare(cell) if known else msgspec.convert(prepare(cell), hint, strict=False)
    except ValueError as error:
        note(at, error)
        return BAD


def _preparation(hint: Any) -> tuple[Parse, bool]:
    """How a cell becomes what msgspec takes, and whether that is the value itself already."""
    if hint in (Hours, Window):
        return hint.parse, True
    if hint is bool:
        return _yes, True
    if get_origin(hint) is tuple:
        return lambda cell: cell.split(";") if cell else [], False
    if type(None) in get_args(hint):
        return lambda cell: cell or None, False
    return lambda cell: cell, False


def _yes(cell: str) -> bool:
    if cell not in YES_NO:
        raise ValueError(cell)
    return YES_NO[cell]


def _fault(file: str, where: str, hint: Any, cell: str, error: ValueError) -> Fault:
    if hint in (Hours, Window):
        return Fault(file, where, str(error), "write it like 09:00-18:00", cell)
    return Fault(file, where, must_be(hint, of_text=True), remedy(hint, cell, msgspec.NODEFAULT), cell)


def _rows(path: Path, columns: dict[str, Any], report: Report) -> tuple[list[int], list[list[str]], bool]:
    """Line numbers, cells in the order of `columns`, and whether these are all; nothing if the head is wrong."""
    file, text = shown(path), _text(path, report)
    if text is None:
        return [], [], False
    lines = csv.reader(text.splitlines(keepends=True))
    head = next(lines, [])
    if not _head_is_right(file, head, columns, report):
        return [], [], False
    whole, numbers, rows, order = True, [], [], [head.index(name) for name in columns]
    for cells in lines:
        if len(cells) == len(head):
            numbers.append(lines.line_num)
            rows.append([cells[at] for at in order])
        else:
            whole = False
            where = f"row {lines.line_num} ({cells[0] if cells else ''})"
            said = f"has {len(cells)} columns instead of {len(head)}"
            report(Fault(file, where, said, "add or remove commas; put a text with a comma in quotation marks"))
    return numbers, rows, whole


def _head_is_right(file: str, head: list[str], columns: dict[str, Any], report: Report) -> bool:
    missing = [name for name in columns if name not in head]
    for name in head:
        if name not in columns:
            said = f"there is no column {name}" if name else "has a column without a name"
            report(Fault(file, "row 1", said, nearest(name, missing)))
        elif head.count(name) > 1:
            report(Fault(file, "row 1", f"has the column {name} twice", "remove one"))
    for name in missing:
        report(Fault(file, "row 1", f"the column {name} is missing", f"add {name} to the first row"))
    return not missing


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
