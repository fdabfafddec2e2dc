"""The resident number as it is typed: a wrong date is said, a wrong checksum is only a hint."""

from __future__ import annotations

from datetime import date

import pytest

from drivers.secret import Secret
from kiosk import rrn

TODAY = date(2021, 3, 2)


def problem(digits: str) -> str:
    return rrn.problem(Secret(digits.encode()).reveal(), TODAY)


@pytest.mark.parametrize(
    ("digits", "wrong"),
    [
        ("9001011234567", ""),
        ("0001013234567", ""),
        ("0001014234567", ""),
        ("8807301234567", ""),
        ("0002293234567", ""),  # 2000 was a leap year
        ("0002291234567", "no-date"),  # 1900 was not
        ("9013011234567", "no-date"),
        ("9002301234567", "no-date"),
        ("9001001234567", "no-date"),
        ("2103023234567", ""),  # born today
        ("2103033234567", "future"),
        ("9912313234567", "future"),
        ("9001015234567", ""),  # a foreign resident, born 1990
        ("0505057234567", ""),  # a foreign resident, born 2005
        ("9905059234567", ""),  # born 1899
        ("900101123456", "too-short"),
        ("", "too-short"),
    ],
)
def test_a_number_is_refused_only_for_its_length_its_date_or_the_future(digits: str, wrong: str) -> None:
    assert problem(digits) == wrong


def test_a_number_whose_checksum_does_not_fit_is_taken_all_the_same() -> None:
    fits = [n for n in range(10) if not rrn.looks_mistyped(Secret(f"900101123456{n}".encode()).reveal())]
    assert len(fits) == 1
    assert problem(f"900101123456{(fits[0] + 1) % 10}") == ""


def test_foreign_numbers_have_their_own_checksum() -> None:
    domestic = [n for n in range(10) if not rrn.looks_mistyped(Secret(f"900101123456{n}".encode()).reveal())]
    foreign = [n for n in range(10) if not rrn.looks_mistyped(Secret(f"900101523456{n}".encode()).reveal())]
    weighted = sum(w * int(d) for w, d in zip(rrn.WEIGHTS, "900101523456", strict=True))
    assert foreign == [(13 - weighted % 11) % 10]
    assert len(domestic) == 1


def test_a_wiped_secret_is_empty_and_never_spelled_out() -> None:
    secret = Secret()
    for digit in b"9001011234567":
        secret.append(digit)
    assert bytes(secret.reveal()) == b"9001011234567"
    assert "9001" not in f"{secret} {secret!r} {[secret]}"
    secret.pop()
    assert len(secret) == 12
    secret.wipe()
    assert len(secret) == 0
