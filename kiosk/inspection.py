"""The inspection socket: for tests and demos, answers the line `tree` with what the window shows now, as JSON.

One thread that waits for callers; it reads the last scene, which is a frozen value, and never touches the window.
"""

from __future__ import annotations

import contextlib
import json
import socket
import threading
from pathlib import Path

from screens.boxes import Scene
from screens.inspect import tree


class Inspection(threading.Thread):
    def __init__(self, path: Path) -> None:
        super().__init__(name="inspection", daemon=True)
        self.scene: Scene | None = None  # set by the main loop behind each drawing
        path.unlink(missing_ok=True)
        self._listening = socket.socket(socket.AF_UNIX)
        self._listening.bind(str(path))
        self._listening.listen(8)

    def run(self) -> None:
        while True:
            caller, _ = self._listening.accept()
            with caller, contextlib.suppress(OSError), caller.makefile("rw", encoding="utf-8") as talk:
                for line in talk:
                    talk.write(self._answer(line.strip()) + "\n")
                    talk.flush()

    def _answer(self, line: str) -> str:
        if line != "tree":
            return json.dumps({"error": f"{line!r} is not a question; ask `tree`"})
        scene = self.scene
        return json.dumps(tree(scene) if scene else {"screen": "", "nodes": []}, ensure_ascii=False)
