"""Two small questions about lists of rows: which belong together, and which stand there twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from typing import TypeVar

V = TypeVar("V")
K = TypeVar("K", bound=Hashable)


def grouped(items: Iterable[V], key: Callable[[V], K]) -> defaultdict[K, list[V]]:
    groups: defaultdict[K, list[V]] = defaultdict(list)
    for item in items:
        groups[key(item)].append(item)
    return groups


def twice(items: Iterable[V], key: Callable[[V], Hashable]) -> list[V]:
    """The items whose key stood there before."""
    seen: set[Hashable] = set()
    again = []
    for item in items:
        if key(item) in seen:
            again.append(item)
        seen.add(key(item))
    return again
