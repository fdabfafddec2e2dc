"""Every option of one machine, declared once: name, type, limits, default.

`config/kiosk.toml` shows them all with a comment; a machine's own file holds only what differs.  Not responsible
for addresses of devices (`config.devices`) or for facts about documents and sites (`config.rows`).
A test holds that each option is read somewhere, and that no wait outlasts the kiosk's own patience.
"""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

Language = Literal["ko", "en"]
Kid = Annotated[
    str, Meta(pattern=r"^[A-Z0-9-]{3,23}$", description="the machine's id, like SG-02", examples=['"SG-02"'])
]
Directory = Annotated[str, Meta(min_length=1, description="a directory", examples=['"/var/lib/kiosk"'])]


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The base of every section."""


class Screen(Options, frozen=True):
    idle_seconds: Annotated[int, Meta(ge=10, le=600)] = 60
    idle_warning_seconds: Annotated[int, Meta(ge=20, le=60)] = 25
    message_seconds: Annotated[int, Meta(ge=5, le=120)] = 30
    more_seconds: Annotated[int, Meta(ge=10, le=120)] = 20


class Issuing(Options, frozen=True):
    copies_max: Annotated[int, Meta(ge=1, le=9)] = 9
    sample_mark: bool = True


class Finger(Options, frozen=True):
    baudrate: Literal[9600, 19200, 38400, 57600, 115200] = 57600
    capture_seconds: Annotated[int, Meta(ge=5, le=45)] = 15


class Agency(Options, frozen=True):
    soft_seconds: Annotated[int, Meta(ge=1, le=33)] = 15
    hard_seconds: Annotated[int, Meta(ge=2, le=34)] = 30
    outcome_retry_seconds: Annotated[int, Meta(ge=5, le=300)] = 10


class Payment(Options, frozen=True):
    card_seconds: Annotated[int, Meta(ge=15, le=90)] = 60
    answer_seconds: Annotated[int, Meta(ge=5, le=30)] = 25
    reversal_first_seconds: Annotated[int, Meta(ge=1, le=600)] = 10
    reversal_most_seconds: Annotated[int, Meta(ge=10, le=3600)] = 300
    echo_seconds: Annotated[int, Meta(ge=10, le=3600)] = 60


class Printing(Options, frozen=True):
    receipt_baudrate: Literal[9600, 19200, 38400, 57600, 115200] = 115200
    receipt_paper_mm: Literal[58, 80] = 80
    receipt_seconds: Annotated[int, Meta(ge=5, le=50)] = 30
    pages_seconds: Annotated[int, Meta(ge=20, le=200)] = 90
    take_seconds: Annotated[int, Meta(ge=5, le=300)] = 30
    alarm_seconds: Annotated[int, Meta(ge=30, le=1800)] = 120


class Office(Options, frozen=True):
    health_seconds: Annotated[int, Meta(ge=10, le=600)] = 60
    keepalive_seconds: Annotated[int, Meta(ge=10, le=120)] = 30
    window: Annotated[int, Meta(ge=1, le=100)] = 20
    connect_spread_seconds: Annotated[int, Meta(ge=0, le=300)] = 30
    resend_first_seconds: Annotated[int, Meta(ge=1, le=600)] = 10
    resend_most_seconds: Annotated[int, Meta(ge=10, le=3600)] = 300


class Storage(Options, frozen=True):
    directory: Directory = "../var/kiosk"
    catalogue: Annotated[str, Meta(description="a directory with the tables of documents and sites, or empty")] = ""


class Settings(Options, frozen=True):
    kid: Kid
    language: Language = "ko"
    profile: Annotated[str, Meta(min_length=1, description="a name of config/profiles.toml")] = "portrait"
    screen: Screen = Screen()
    issuing: Issuing = Issuing()
    finger: Finger = Finger()
    agency: Agency = Agency()
    payment: Payment = Payment()
    printing: Printing = Printing()
    office: Office = Office()
    storage: Storage = Storage()
