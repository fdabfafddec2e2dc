"""Certificates on paper: what the A4 driver promises about every sheet."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from drivers.base import Verdict
from tests.drivers.page_bench import PageBench, page_bench, tiny_pdf

DONE, NOT_DONE, UNKNOWN = Verdict.DONE, Verdict.NOT_DONE, Verdict.UNKNOWN


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[PageBench]:
    with page_bench(tmp_path) as made:
        yield made


def test_every_page_is_told_and_the_paper_is_the_document(bench: PageBench) -> None:
    document = tiny_pdf(3)
    ticket = bench.print(3, pdf=document)
    assert bench.verdict(ticket) == (DONE, None)
    assert bench.pages(ticket) == [1, 2, 3]
    assert (bench.out / "job-1.pdf").read_bytes() == document
    assert bench.sheets == 3


def test_done_is_not_said_before_the_last_sheet_is_out(bench: PageBench) -> None:
    ticket = bench.print(3)
    bench.until(lambda: bench.sheets == 2)
    bench.wait(1.9)
    assert not bench._finished(ticket)
    assert bench.verdict(ticket, 1.0) == (DONE, None)
