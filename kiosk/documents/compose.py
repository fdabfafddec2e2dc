"""A record and its form become a PDF: divided over sheets, set by typst, counted, hashed.

Not responsible for the seal's truth (`seal`) or for whom the paper is (the clerk).  What a font cannot draw and what
does not fit the sheets that the agency counted is refused, never improvised.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import asdict, dataclass
from pathlib import Path

import typst

from kiosk.documents import code
from kiosk.documents.glyphs import Coverage, coverage, union
from kiosk.documents.record import Record
from kiosk.documents.sheets import Paper, divide, paper_of

CONFIG = Path(__file__).parent.parent.parent / "config"
FORMS, FONTS = CONFIG / "forms", CONFIG / "fonts"
FACES = ("PretendardGOV-Regular.otf", "PretendardGOV-Medium.otf", "PretendardGOV-Bold.otf")
DENSITIES = (0, 1, 2)
PAGE = re.compile(rb"/Type\s*/Page\b(?!s)")


class CannotCompose(Exception):
    """The record cannot become the paper it should be."""


class FontLacks(CannotCompose):
    """A name or address holds a character that no font of ours can draw."""


class PagesDiffer(CannotCompose):
    """The sheets that came out are not as many as the agency counted and sealed."""


class UnknownForm(CannotCompose):
    """No form is kept for this type of document."""


@dataclass(frozen=True)
class Form:
    """What a form says by itself; the words of the law, not of the record."""

    document: str
    template: str
    title: str
    sentence: str
    host: str = "verify.seogu.example"


RESIDENT_COPY = Form(
    document="resident-copy",
    template="resident-copy.typ",
    title="주민등록표(등본)",
    sentence="이 등본은 세대별 주민등록표의 원본내용과 틀림없음을 증명합니다.",
)
FORMS_BY_DOCUMENT = {form.document: form for form in (RESIDENT_COPY,)}


def form_of(document: str) -> Form:
    if form := FORMS_BY_DOCUMENT.get(document):
        return form
    raise UnknownForm


@dataclass(frozen=True)
class Composed:
    pdf: bytes
    pages: int
    sha256: str

    def __repr__(self) -> str:
        return f"Composed(***, pages={self.pages})"


class Compositor:
    """typst kept warm: fonts, templates and drawings are parsed once a process."""

    def __init__(self) -> None:
        self._glyphs: Coverage | None = None
        self._compilers: dict[str, typst.Compiler] = {}

    def warm(self, form: Form, record: Record) -> None:
        """Set a paper once for its side effects on typst's caches."""
        self.compose(record, form, sample=True)

    def compose(self, record: Record, form: Form, sample: bool, fee: str = "") -> Composed:
        """`fee` is the printed line, e.g. "200원"; empty prints none.  Raises CannotCompose."""
        paper = paper_of(record, sample=sample, fee=fee)
        self._refuse_tofu(paper)
        pages = record.envelope.pages
        if len(divide(record.copy)) != pages:
            raise PagesDiffer
        for density in DENSITIES:
            pdf = self._set(record, form, paper, density)
            if len(PAGE.findall(pdf)) == pages:
                return Composed(pdf, pages, hashlib.sha256(pdf).hexdigest())
        raise PagesDiffer

    def _set(self, record: Record, form: Form, paper: Paper, density: int) -> bytes:
        drawn = code.draw(code.seal_text(record.envelope.seal, form.host))
        own = {"title": form.title, "sentence": form.sentence, "host": form.host}
        data = {**asdict(paper), **own, "modules": drawn.modules, "density": density}
        inputs = {"data": json.dumps(data, ensure_ascii=False), "code": drawn.svg}
        pdf = self._compiler(form.template).compile(
            format="pdf", sys_inputs=inputs, timestamp=record.envelope.issued_at, pdf_tags=False
        )
        assert isinstance(pdf, bytes)
        return pdf

    def _compiler(self, template: str) -> typst.Compiler:
        if template not in self._compilers:
            fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])
            self._compilers[template] = typst.Compiler(str(FORMS / template), root=str(FORMS), font_paths=fonts)
        return self._compilers[template]

    def _refuse_tofu(self, paper: Paper) -> None:
        if self._glyphs is None:
            self._glyphs = union(coverage(FONTS / face) for face in FACES)
        if any(self._glyphs.lacks(text) for text in paper.texts()):
            raise FontLacks


_COMPOSITOR = Compositor()


def compose(record: Record, form: Form, sample: bool, fee: str = "") -> Composed:
    """With the process's own compositor."""
    return _COMPOSITOR.compose(record, form, sample, fee)
