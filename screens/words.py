"""Phrases to sentences of one language.  A key that is missing raises: silence would be a blank button."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from screens.model import Phrase, Say, Words


def flat(table: Mapping[str, object], prefix: str = "") -> dict[str, str]:
    """The nested table of a strings file as `section.key` entries."""
    return dict(_entries(table, prefix))


def _entries(table: Mapping[str, object], prefix: str) -> Iterator[tuple[str, str]]:
    for name, value in table.items():
        if isinstance(value, Mapping):
            yield from _entries(value, f"{prefix}{name}.")
        else:
            yield prefix + name, str(value)


class Strings:
    """One language's table."""

    def __init__(self, language: str, table: Mapping[str, object]) -> None:
        self.language = language
        self.entries = flat(table)

    def __getitem__(self, phrase: Phrase) -> str:
        if isinstance(phrase, Words):
            return phrase.ko if self.language == "ko" else phrase.en
        values = {name: self._value(value) for name, value in phrase.values}
        return self.entries[phrase.key].format(**values)

    def _value(self, value: str | int | Words | Say) -> str | int:
        return self[value] if isinstance(value, Words | Say) else value

    def __contains__(self, key: str) -> bool:
        return key in self.entries
