"""What a simulated page printer does with a PDF: count its pages, keep the sheets that came out, draw them.

pdfium is not safe for threads, so everything here takes one lock.
"""

from __future__ import annotations

import io
import json
import threading
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium  # type: ignore[import-untyped]

from simulators.base import Refused
from simulators.ipp_jobs import Job

DOTS_PER_INCH = 150
POINTS_PER_INCH = 72
POINTS_PER_MM = 72 / 25.4
LOCK = threading.Lock()


def count_pages(document: bytes) -> int:
    """0: this is no PDF that can be printed."""
    with LOCK:
        try:
            pdf = pdfium.PdfDocument(document)
            with pdf:
                for page in pdf:
                    page.close()
                return len(pdf)
        except pdfium.PdfiumError:
            return 0


class OutputTray:
    """A directory with one `job-N.pdf` (the pages that came out, in order) and `job-N.json` (its sheets) a job."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        directory.mkdir(parents=True, exist_ok=True)

    def put(self, job: Job) -> None:
        if not job.sheets:
            return
        whole = [sheet.page for sheet in job.sheets] == list(range(1, job.pages + 1))
        data = job.document if whole else _pages_of(job.document, [sheet.page for sheet in job.sheets])
        self._path(job.id, ".pdf").write_bytes(data)
        facts = {"job": job.id, "name": job.name, "user": job.user, "pages": job.pages, "sheets": self._facts(job)}
        self._path(job.id, ".json").write_text(json.dumps(facts, ensure_ascii=False) + "\n", encoding="utf-8")

    def render(self, number: int) -> list[str]:
        """Pictures of the sheets of a job; returns their paths."""
        if not self._path(number, ".pdf").exists():
            raise Refused(f"nothing of job {number} came out; {self.directory} holds what did")
        paths = []
        with LOCK, pdfium.PdfDocument(self._path(number, ".pdf")) as pdf:
            for i, page in enumerate(pdf, 1):
                paths.append(str(self._path(number, f"-{i}.png")))
                page.render(scale=DOTS_PER_INCH / POINTS_PER_INCH).to_pil().save(paths[-1])
        return paths

    def _facts(self, job: Job) -> list[dict[str, Any]]:
        with LOCK, pdfium.PdfDocument(job.document) as pdf:
            sizes = [[round(points / POINTS_PER_MM, 1) for points in pdf.get_page_size(i)] for i in range(len(pdf))]
        return [{"page": s.page, "mm": sizes[s.page - 1], "seconds": round(s.seconds, 3)} for s in job.sheets]

    def _path(self, number: int, ending: str) -> Path:
        return self.directory / f"job-{number}{ending}"


def _pages_of(document: bytes, pages: list[int]) -> bytes:
    with LOCK, pdfium.PdfDocument(document) as source, pdfium.PdfDocument.new() as part:
        part.import_pages(source, [page - 1 for page in pages])
        buffer = io.BytesIO()
        part.save(buffer)
        return buffer.getvalue()
