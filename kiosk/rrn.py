"""The resident registration number as it is typed: what can be told before anybody is asked.

Never refused by its checksum: since October 2020 the digits after the sex digit are random, and adults can hold
such numbers, so neither age nor checksum decides.  The agency decides.
"""

from __future__ import annotations

from datetime import date

LENGTH = 13
CENTURY = {9: 1800, 0: 1800, 1: 1900, 2: 1900, 3: 2000, 4: 2000, 5: 1900, 6: 1900, 7: 2000, 8: 2000}
FOREIGN = (5, 6, 7, 8)
WEIGHTS = (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)


def problem(digits: memoryview, today: date) -> str:
    """Why the number cannot be right ("too-short", "no-date", "future"), or "" if it can."""
    if len(digits) != LENGTH:
        return "too-short"
    values = [byte - ord("0") for byte in digits]
    try:
        born = date(
            CENTURY[values[6]] + values[0] * 10 + values[1], values[2] * 10 + values[3], values[4] * 10 + values[5]
        )
    except ValueError:
        return "no-date"
    finally:
        values[:] = [0] * len(values)
    return "future" if born > today else ""


def looks_mistyped(digits: memoryview) -> bool:
    """The old checksum does not fit: worth a "please check the number", never a refusal."""
    if len(digits) != LENGTH:
        return False
    values = [byte - ord("0") for byte in digits]
    base = 13 if values[6] in FOREIGN else 11
    check = (base - sum(weight * value for weight, value in zip(WEIGHTS, values, strict=False)) % 11) % 10
    wrong = check != values[12]
    values[:] = [0] * len(values)
    return wrong
