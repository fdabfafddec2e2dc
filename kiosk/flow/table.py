"""A flow as a table of rows: where it stands, what happens, where it goes, what is to be done.

A row can be journaled, drawn, counted and tested; a suspended coroutine cannot survive a power cut.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from kiosk.flow.effects import Effect

S = TypeVar("S")


def same(state: Any, event: Any) -> Any:
    return state


def nothing(before: Any, after: Any, event: Any) -> tuple[Effect, ...]:
    return ()


def always(state: Any, event: Any) -> bool:
    return True


@dataclass(frozen=True)
class Row(Generic[S]):
    at: enum.Enum
    event: type
    to: enum.Enum
    when: Callable[[S, Any], bool] = always
    change: Callable[[S, Any], S] = same
    effects: Callable[[S, S, Any], tuple[Effect, ...]] = nothing  # state before, state after, event

    def fits(self, at: enum.Enum, state: S, event: object) -> bool:
        return at is self.at and isinstance(event, self.event) and self.when(state, event)


def find(table: Iterable[Row[S]], at: enum.Enum, state: S, event: object) -> Row[S] | None:
    """The first row that fits; None when the event means nothing here."""
    return next((row for row in table if row.fits(at, state, event)), None)
