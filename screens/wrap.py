"""Lines of text: broken at spaces, as Korean readers expect, and evened out so that no word is left alone."""

from __future__ import annotations

from collections.abc import Callable

Width = Callable[[str], int]


def wrap(text: str, width: Width, room: int) -> list[str]:
    """The fewest lines that fit, then as even as they get.  A word wider than the room is broken between letters."""
    words = [piece for word in text.split() for piece in _pieces(word, width, room)]
    lines = _greedy(words, width, room)
    if len(lines) < 2:
        return lines
    return _even(words, width, room, lines)


def _greedy(words: list[str], width: Width, room: int) -> list[str]:
    lines: list[str] = []
    for word in words:
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and width(joined) <= room:
            lines[-1] = joined
        else:
            lines.append(word)
    return lines


def _even(words: list[str], width: Width, room: int, lines: list[str]) -> list[str]:
    """The narrowest room that still needs no more lines."""
    low, high = max(width(word) for word in words), room
    while high - low > 8:
        middle = (low + high) // 2
        tried = _greedy(words, width, middle)
        if len(tried) <= len(lines):
            high, lines = middle, tried
        else:
            low = middle
    return lines


def _pieces(word: str, width: Width, room: int) -> list[str]:
    pieces: list[str] = []
    while width(word) > room and len(word) > 1:
        cut = next(n for n in range(len(word) - 1, 0, -1) if n == 1 or width(word[:n]) <= room)
        pieces.append(word[:cut])
        word = word[cut:]
    return [*pieces, word]
