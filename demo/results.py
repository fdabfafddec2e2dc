"""Gathers what a demo leaves behind: the certificate, the receipt, and what headquarters heard."""

from __future__ import annotations

import shutil
from pathlib import Path

FOUND = {
    "certificate.pdf": "page_printer.out/job-*.pdf",
    "receipt.bin": "printer.out/receipt-*.bin",
    "receipt.png": "printer.out/receipt-*.png",
    "mqtt.jsonl": "office.out/mqtt.jsonl",
}


def gather(run: Path, into: Path) -> dict[str, Path]:
    """Copies the newest of each; returns what there is, by its name."""
    there = {}
    for name, pattern in FOUND.items():
        newest = max(run.glob(pattern), key=lambda path: path.stat().st_mtime_ns, default=None)
        if newest:
            there[name] = Path(shutil.copy(newest, into / name))
    return there


def tell(there: dict[str, Path], pictures: Path) -> None:
    print(f"  screens          {pictures}/*.png ({len(list(pictures.glob('*.png')))})")
    for name in FOUND:
        print(f"  {name:16} {there.get(name, 'not made')}")
