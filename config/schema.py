"""Every option of one machine, declared once: name, type, limits, default.

`config/kiosk.toml` shows them all with a comment; a machine's own file holds only what differs.  Not responsible
for addresses of devices (`config.devices`) or for facts about documents and sites (`config.rows`).
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
    audio_time_factor: Annotated[float, Meta(ge=1, le=10)] = 2.0
    same_key_seconds: Annotated[float, Meta(ge=0, le=2)] = 0.5
    notice_seconds: Annotated[int, Meta(ge=5, le=120)] = 12
    message_seconds: Annotated[int, Meta(ge=5, le=120)] = 15
    more_seconds: Annotated[int, Meta(ge=10, le=120)] = 30
    languages: Annotated[tuple[Language, ...], Meta(min_length=1)] = ("ko", "en")
    volume_db: Annotated[int, Meta(ge=-40, le=0)] = -12
    speech_words_per_minute: Annotated[int, Meta(ge=80, le=400)] = 160


class Issuing(Options, frozen=True):
    copies_max: Annotated[int, Meta(ge=1, le=9)] = 9
    sample_mark: bool = True
    receipt: Literal["ask", "always", "never"] = "ask"
    satisfaction: bool = True
    sheets_reserve: Annotated[int, Meta(ge=0, le=500)] = 5


class Finger(Options, frozen=True):
    template_format: Literal["zfm-512", "zfm-1536"] = "zfm-512"
    baudrate: Literal[9600, 19200, 38400, 57600, 115200] = 57600
    capture_seconds: Annotated[int, Meta(ge=5, le=60)] = 15
    tries: Annotated[int, Meta(ge=1, le=5)] = 3
    quality_min: Annotated[int, Meta(ge=0, le=100)] = 40


class Agency(Options, frozen=True):
    soft_seconds: Annotated[int, Meta(ge=1, le=120)] = 15
    hard_seconds: Annotated[int, Meta(ge=2, le=300)] = 30
    breaker_failures: Annotated[int, Meta(ge=1, le=20)] = 3
    breaker_seconds: Annotated[int, Meta(ge=5, le=3600)] = 60
    outcome_retry_seconds: Annotated[int, Meta(ge=5, le=3600)] = 60
    clock_skew_seconds: Annotated[int, Meta(ge=1, le=600)] = 60


class Payment(Options, frozen=True):
    card_seconds: Annotated[int, Meta(ge=15, le=300)] = 60
    answer_seconds: Annotated[int, Meta(ge=5, le=120)] = 30
    reversal_first_seconds: Annotated[int, Meta(ge=1, le=600)] = 5
    reversal_most_seconds: Annotated[int, Meta(ge=10, le=3600)] = 300
    echo_seconds: Annotated[int, Meta(ge=10, le=3600)] = 60


class Printing(Options, frozen=True):
    receipt_baudrate: Literal[9600, 19200, 38400, 57600, 115200] = 115200
    receipt_paper_mm: Literal[58, 80] = 80
    receipt_seconds: Annotated[int, Meta(ge=5, le=300)] = 30
    pages_seconds: Annotated[int, Meta(ge=20, le=900)] = 90
    reminder_seconds: Annotated[int, Meta(ge=5, le=300)] = 30
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
    audit_days: Annotated[int, Meta(ge=731, le=3653)] = 731
    catalogue: Annotated[str, Meta(description="a directory with the tables of documents and sites, or empty")] = ""


class Equipment(Options, frozen=True):
    """What the machine has for people who need it; also what the national open-data list asks."""

    shape: Annotated[str, Meta(max_length=50)] = "키오스크형"
    keypad: bool = False
    voice_guidance: bool = False
    screen_guidance: bool = True
    braille_labels: bool = False
    earphone_socket: bool = False
    tactile_monitor: bool = False
    screen_magnifier: bool = True
    wheelchair: bool = True


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
    equipment: Equipment = Equipment()
