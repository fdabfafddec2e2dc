"""Looks at the kiosk through its inspection socket: which screen, what can be pressed, and where."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from demo.stage import ask

LOOK_SECONDS = 0.002
PATIENCE_SECONDS = 45.0


class NotSeen(Exception):
    """The kiosk did not come to show what was waited for; the text says what it showed instead."""


@dataclass(frozen=True)
class Seen:
    name: str  # of the screen
    language: str
    nodes: tuple[dict[str, Any], ...]

    def find(self, action: str) -> tuple[int, int, int, int] | None:
        """Where this action can be pressed ("Agreed", "ChoseCategory:resident", "Digit:7"): x, y, width, height."""
        name, _, value = action.partition(":")
        for node in self.nodes:
            if node.get("action") == name and (not value or says(node, value)):
                x, y, width, height = node["rect"]
                return x, y, width, height
        return None

    @property
    def actions(self) -> list[str]:
        return [node["action"] for node in self.nodes if node.get("action")]

    @property
    def texts(self) -> list[str]:
        return [node["text"] for node in self.nodes if node.get("text")]


class Eyes:
    def __init__(self, socket: Path) -> None:
        self._socket = socket

    def look(self) -> Seen:
        tree = json.loads(ask(self._socket, "tree"))
        return Seen(tree["screen"], tree.get("language", ""), tuple(tree["nodes"]))

    def wait_for(self, *screens: str, is_alive: Callable[[], bool] = lambda: True) -> Seen:
        """Until one of the screens is shown."""
        return self.until(lambda seen: seen.name in screens, " or ".join(screens), is_alive)

    def until(
        self, is_so: Callable[[Seen], bool], what: str = "another screen", is_alive: Callable[[], bool] = lambda: True
    ) -> Seen:
        """Until the kiosk shows what is waited for."""
        until = time.monotonic() + PATIENCE_SECONDS
        seen: Seen | None = None
        while time.monotonic() < until and is_alive():
            try:
                seen = self.look()
            except (OSError, ValueError):
                seen = None  # not up yet
            if seen and is_so(seen):
                return seen
            time.sleep(LOOK_SECONDS)
        shown = f"{seen.name} with {seen.texts}" if seen else "nothing"
        raise NotSeen(f"waited for {what}, but the kiosk shows {shown}")


def says(node: dict[str, Any], value: str) -> bool:
    """Whether an action is about this value; a digit is told by what stands on its key."""
    return f"={value!r}" in node.get("values", "") or f"={value}" in node.get("values", "") or node["text"] == value
