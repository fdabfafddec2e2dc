"""What the checks of the tables have in common: they see all tables and say what is wrong in one place of one file."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass

from config.fault import Fault, nearest
from config.grouping import twice
from config.reading import Tables
from config.tables import Report, Table


@dataclass(frozen=True)
class Review:
    tables: Tables
    report: Report

    def fault(self, table: str, where: str, problem: str, remedy: str, value: object = None) -> None:
        said = None if value is None else str(value)
        self.report(Fault(self.tables.file(table), where, problem, remedy, said))

    def known(self, table: str, where: str, word: str, of: str, column: str = "id") -> None:
        """`word`, in a row of `table`, must be in a column of the table `of`; a file that is away is said once."""
        other: Table[object] = getattr(self.tables, of)  # type: ignore[type-var]
        if other.cells and word not in other.words(column):
            advice = nearest(word, other.words(column), f"add it to {self.tables.file(of)}")
            self.fault(table, where, f"is not in {self.tables.file(of)}", advice, word)

    def only_once(self, table: str, *columns: str) -> None:
        """No two rows have the same in these columns; also seen between rows that have other faults."""
        cells = getattr(self.tables, table).cells
        keys: Iterable[Hashable] = zip(*(cells.get(column, ()) for column in columns), strict=True)
        for key in twice(keys, lambda each: each):
            words = " ".join(str(part) for part in key if part) if isinstance(key, tuple) else str(key)
            self.fault(table, "+".join(columns), "stands there twice", "remove or rename one of the rows", words)
