from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.office.bench import Bench, office_bench


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    with office_bench(tmp_path) as bench:
        yield bench
