"""Run under strace: hands the journal one paid visit, step by step, and says on stdout which step comes next."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from kiosk.journal.journal import Committed
from tests.journal.bench import Bench, visit


def main(path: Path) -> None:
    bench = Bench(path)
    bench.opened()
    for step, _ in visit(lambda job, pages: None, lambda order: None):
        os.write(1, f"step {step.number}\n".encode())
        assert isinstance(bench.commit(step), Committed)
    os.write(1, b"step end\n")
    os._exit(0)  # closing would flush once more, and no visit waits for that


if __name__ == "__main__":
    main(Path(sys.argv[1]))
