"""Finished surfaces, kept by what they show up to a budget of bytes.  Nothing personal is ever handed in."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable

from pygame import Surface


class SurfaceCache:
    def __init__(self, most_bytes: int) -> None:
        self._most, self._held = most_bytes, 0
        self._surfaces: OrderedDict[Hashable, Surface] = OrderedDict()

    def get(self, key: Hashable, make: Callable[[], Surface]) -> Surface:
        """The surface of that key."""
        return self.find(key) or self.put(key, make())

    def find(self, key: Hashable) -> Surface | None:
        found = self._surfaces.get(key)
        if found is not None:
            self._surfaces.move_to_end(key)
        return found

    def put(self, key: Hashable, made: Surface) -> Surface:
        """Keep a surface; the ones longest unused make room."""
        self._surfaces[key] = made
        self._held += size(made)
        while self._held > self._most and len(self._surfaces) > 1:
            self._held -= size(self._surfaces.popitem(last=False)[1])
        return made

    @property
    def held_bytes(self) -> int:
        return self._held


def size(surface: Surface) -> int:
    return surface.get_width() * surface.get_height() * surface.get_bytesize()
