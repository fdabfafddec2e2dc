"""`make bench [ONLY=visit]`: all figures of this machine in one run, as a table and as benchmarks/results.json."""

from __future__ import annotations

import dataclasses
import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from benchmarks import first_byte, visit
from benchmarks.figures import Figure, table

RESULTS = Path(__file__).parent / "results.json"
ALL: Mapping[str, Callable[[], list[Figure]]] = MappingProxyType(
    {"first_byte": first_byte.measure, "visit": visit.measure}
)


def main(wanted: list[str]) -> int:
    """0 if every goal is met."""
    if unknown := set(wanted) - set(ALL):
        print(f"no figure called {', '.join(unknown)}; there are {', '.join(ALL)}", file=sys.stderr)
        return 2
    figures = {name: ALL[name]() for name in wanted or ALL}
    print(table([each for found in figures.values() for each in found]))
    told = {name: [dataclasses.asdict(each) for each in found] for name, found in figures.items()}
    RESULTS.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return 0 if all(each.is_met for found in figures.values() for each in found) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
