"""BER-TLV for the simulated side: building cards, reading what a terminal sent.  Strict; raises ValueError."""

from __future__ import annotations


def tlv(tag: str, value: bytes) -> bytes:
    length = len(value)
    if length < 0x80:
        head = bytes([length])
    else:
        head = bytes([0x81, length]) if length < 0x100 else b"\x82" + length.to_bytes(2, "big")
    return bytes.fromhex(tag) + head + value


def tag_at(data: bytes, at: int) -> tuple[str, int]:
    """The tag in hex, and where it ends."""
    end = at + 1
    if data[at] & 0x1F == 0x1F:
        while data[end] & 0x80:
            end += 1
        end += 1
    return data[at:end].hex().upper(), end


def dol(data: bytes) -> list[tuple[str, int]]:
    """A list of tags and lengths, as a card asks for them."""
    entries, at = [], 0
    while at < len(data):
        tag, end = tag_at(data, at)
        entries.append((tag, data[end]))
        at = end + 1
    return entries


def flat(data: bytes) -> dict[str, bytes]:
    """Primitive elements one after the other, as they stand in DE55."""
    found, at = {}, 0
    try:
        while at < len(data):
            tag, end = tag_at(data, at)
            length = data[end]
            if length > 0x7F or end + 1 + length > len(data):
                raise ValueError(f"tag {tag} runs over the end")
            found[tag] = data[end + 1 : end + 1 + length]
            at = end + 1 + length
    except IndexError:
        raise ValueError("ends within a tag") from None
    return found
