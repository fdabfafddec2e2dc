"""Where fallen receipts are kept: receipt-N.bin, .txt and .png in one directory, written beside the motor's thread."""

from __future__ import annotations

import queue
import threading
from pathlib import Path

from simulators.escpos_strip import Strip
from simulators.receipt_picture import draw


class OutputTray:
    """Numbers go on from what the directory already holds."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        directory.mkdir(parents=True, exist_ok=True)
        self._number = len(list(directory.glob("receipt-*.bin")))
        self._strips: queue.SimpleQueue[Strip | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._keep, name="sim-receipts", daemon=True)
        self._thread.start()

    def put(self, strip: Strip) -> None:
        self._strips.put(strip)

    def close(self) -> None:
        """Returns when everything is written."""
        self._strips.put(None)
        self._thread.join()

    def _keep(self) -> None:
        while strip := self._strips.get():
            self._number += 1
            path = self.directory / f"receipt-{self._number}"
            path.with_suffix(".bin").write_bytes(strip.data)
            path.with_suffix(".txt").write_text(strip.text + "\n", encoding="utf-8")
            finished = path.with_suffix(".png.part")
            draw(strip).save(finished, format="PNG", dpi=(203, 203))
            finished.rename(path.with_suffix(".png"))  # whoever waits for the picture finds a whole one
