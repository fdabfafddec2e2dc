"""Invented residents of Seo-gu, their households and their thumbs; nobody here exists.

The resident numbers hold real dates, and digits that the old checksum refuses, so that none can be anybody's.
Not responsible for what of this a paper may show (`agency_paper`).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

TEMPLATE_BYTES = 512
TEMPLATE_MARK = b"\x03\x03"


@dataclass(frozen=True)
class Person:
    """One row of a household; `relation` is the one to the head."""

    name: str
    hanja: str
    rrn: str  # 13 digits
    relation: str
    since: str  # moved in, ISO date
    reason: str
    cohabitant: bool = False


@dataclass(frozen=True)
class PastAddress:
    address: str
    since: str
    until: str
    reason: str


@dataclass(frozen=True)
class Household:
    address: str
    since: str
    reason: str
    formed_on: str
    formed_by: str
    members: tuple[Person, ...]  # the head first

    @property
    def head(self) -> Person:
        return self.members[0]


@dataclass(frozen=True)
class Resident:
    """Somebody who can stand before a kiosk; `id` is also the word for the right thumb."""

    id: str
    name: str
    hanja: str
    rrn: str  # 13 digits
    household: Household
    past_addresses: tuple[PastAddress, ...] = ()  # latest first


def thumb(resident_id: str) -> bytes:
    """The template of a right thumb: 512 bytes, the same every time, and far from everybody else's."""
    ridges = hashlib.shake_256(b"finger:" + resident_id.encode()).digest(TEMPLATE_BYTES - len(TEMPLATE_MARK))
    return TEMPLATE_MARK + ridges


def _at(number: int, more: str = "") -> str:
    return f"인천광역시 서구 견본로 {number}{more} (심곡동)"


def _born_into(surname: str, born: str, relation: str, since: str) -> tuple[Person, ...]:
    """Further members for households that fill a second sheet."""
    given = "가나다라마바사아자차카타파하"
    return tuple(
        Person(f"{surname}견{given[i]}", "", rrn, relation, since, "전입", cohabitant=relation == "동거인")
        for i, rrn in enumerate(born.split())
    )


_HONG = Household(
    _at(12, ", 101동 1502호"),
    "2015-03-02",
    "전입",
    "2008-05-17",
    "혼인분가",
    (
        Person("홍길동", "洪吉童", "8003121907364", "본인", "2015-03-02", "전입"),
        Person("이영희", "李英姬", "8207242618503", "배우자", "2015-03-02", "전입"),
        Person("홍예지", "洪例智", "1101054720916", "자녀", "2015-03-02", "전입"),
        Person("홍보기", "", "1609303185247", "자녀", "2016-10-11", "출생등록"),
    ),
)
_KIM = Household(
    _at(34),
    "2019-11-20",
    "전입",
    "2019-11-20",
    "전입세대구성",
    (Person("김견본", "金見本", "9512012083416", "본인", "2019-11-20", "전입"),),
)
_LEE = Household(
    _at(56, ", 3층"),
    "2012-01-09",
    "전입",
    "1996-04-03",
    "혼인분가",
    (
        Person("이시민", "李市民", "7002281608254", "본인", "2012-01-09", "전입"),
        Person("최가람", "崔佳藍", "7106302457083", "배우자", "2012-01-09", "전입"),
        Person("이한결", "", "0005043619472", "자녀", "2012-01-09", "전입"),
        Person("정나래", "", "9908172340615", "동거인", "2020-08-31", "전입", cohabitant=True),
    ),
)
_PARK = Household(
    _at(78),
    "2001-06-15",
    "전입",
    "1984-02-11",
    "혼인분가",
    (
        Person("박주민", "朴住民", "5811151326709", "본인", "2001-06-15", "전입"),
        Person("강여울", "姜汝蔚", "6002292705138", "배우자", "2001-06-15", "전입"),
        *_born_into(
            "박",
            "8409091840372 8612252963518 8905141270846 9210042517390 9508181093627 1202294860153 "
            "1404013728504 1607074195362 1810103650817 1911114308295 2001013974620",
            "자녀",
            "2020-02-10",
        ),
    ),
)
_MOVES = tuple(
    PastAddress(_at(200 + i), f"{2010 - i}-04-01", f"{2011 - i}-04-01" if i else "2012-01-09", "전입")
    for i in range(30)
)

RESIDENTS = {
    resident.id: resident
    for resident in (
        Resident(
            "hong",
            "홍길동",
            "洪吉童",
            "8003121907364",
            _HONG,
            (
                PastAddress(_at(90, ", 2층"), "2012-09-01", "2015-03-02", "전입"),
                PastAddress("인천광역시 부평구 견본로 7", "2008-05-17", "2012-09-01", "혼인분가"),
            ),
        ),
        Resident(
            "kim",
            "김견본",
            "金見本",
            "9512012083416",
            _KIM,
            (PastAddress(_at(5), "1995-12-08", "2019-11-20", "출생등록"),),
        ),
        Resident("lee", "이시민", "李市民", "7002281608254", _LEE, _MOVES),
        Resident("park", "박주민", "朴住民", "5811151326709", _PARK),
        # Not the head: her paper names another person first.
        Resident("wife", "이영희", "李英姬", "8207242618503", _HONG),
    )
}
BY_RRN = {resident.rrn: resident for resident in RESIDENTS.values()}
