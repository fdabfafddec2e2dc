"""The tables of texts agree: each language has the same keys, and the same {placeholders} in them.

Not responsible for what the texts say or how long they may be on a screen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from config.fault import HOME, Fault, nearest, shown
from config.load import read_toml
from config.options import Report

STRINGS = HOME / "strings"
LANGUAGES = ("ko", "en")
PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
UNIT = "unit"  # the only word that a language may do without: 2부, 2
Texts = dict[str, str]


def check_texts(report: Report, directory: Path = STRINGS) -> None:
    read: dict[Path, Texts] = {}
    for language in LANGUAGES:
        path = directory / f"{language}.toml"
        table = read_toml(path, report)
        if table is not None:
            read[path] = _texts_of(table, shown(path), report)
    if len(read) == len(LANGUAGES):
        (first, texts), *others = read.items()
        for path, other in others:
            _compare(first, texts, path, other, report)
            _compare(path, other, first, texts, report, placeholders=False)


def _texts_of(table: Mapping[str, Any], file: str, report: Report) -> Texts:
    texts = {}
    for key, value in _leaves(table):
        if isinstance(value, str) and (value.strip() or key.endswith(UNIT)):
            texts[key] = value
        else:
            problem = "is empty" if isinstance(value, str) else "must be a text"
            report(Fault(file, key, problem, "write the text in quotation marks", str(value)))
            texts[key] = ""
    return texts


def _leaves(table: Mapping[str, Any], inside: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in table.items():
        if isinstance(value, Mapping):
            yield from _leaves(value, f"{inside}{key}.")
        else:
            yield inside + key, value


def _compare(
    path: Path, texts: Texts, other_path: Path, other: Texts, report: Report, placeholders: bool = True
) -> None:
    """What `path` has and `other_path` lacks."""
    extra = other.keys() - texts.keys()
    for key, text in texts.items():
        if key not in other:
            advice = nearest(key, extra, f"add it there, or remove it from {shown(path)}")
            report(Fault(shown(other_path), key, f"is missing; {shown(path)} has it", advice))
        elif placeholders and text and other[key]:
            _compare_places(key, path, text, other_path, other[key], report)


def _compare_places(key: str, path: Path, text: str, other_path: Path, other: str, report: Report) -> None:
    wanted, found = sorted(PLACEHOLDER.findall(text)), sorted(PLACEHOLDER.findall(other))
    if wanted != found:
        has = ", ".join(f"{{{name}}}" for name in wanted) or "none"
        said = f"has other placeholders than {shown(path)}, which has {has}"
        report(Fault(shown(other_path), key, said, "use the same in both languages", other))
