"""Every message a kiosk sends to headquarters, declared once; `asyncapi.yaml` says the same to everybody else.

Flat JSON, units in names, numbers as numbers.  No field can hold personal data: codes, counts and random ids only.
Not responsible for when a message goes out.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from drivers.base import Health as DeviceHealth
from drivers.base import Status as DeviceStatus

VERSION = 1
Code = Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9_:.-]{0,79}$")]
Word = Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9-]{0,59}$")]
Role = Annotated[str, Meta(pattern=r"^[a-z][a-z_]{0,19}$")]
Job = Annotated[str, Meta(pattern=r"^[A-Za-z0-9-]{0,48}$")]
OrderId = Annotated[str, Meta(pattern=r"^[A-Z0-9]{0,12}$")]
Count = Annotated[int, Meta(ge=0)]
Level = Annotated[int, Meta(ge=0, le=4)]  # 0 ready, 1 attention, 2 stopped, 3 fault, 4 offline
Percent = Annotated[float, Meta(ge=0, le=100)]
ClockQuality = Literal["ntp", "rtc", "unknown"]
Severity = Literal["critical", "major", "minor", "warning"]


class Part(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A flat share of a message."""


class Header(Part, frozen=True, kw_only=True):
    """Every message begins with it."""

    v: int = VERSION
    kid: Annotated[str, Meta(pattern=r"^[A-Z0-9-]{3,23}$")]
    ts: str  # RFC 3339 with offset: when it was so, not when it was sent
    tsq: ClockQuality = "unknown"
    simulated: bool = False


class Status(Part, frozen=True, kw_only=True):
    """`bd` numbers the connections; a `lost` with a smaller one than the last `online` is old."""

    state: Literal["online", "lost", "offline"]
    bd: Annotated[int, Meta(ge=1)]
    service: Literal["in-service", "out-of-service", "closed"] = "out-of-service"


class Bounds(Part, frozen=True, kw_only=True):
    first: int  # the first report that headquarters have not acknowledged
    next: int  # the number the next report will get


class Birth(Part, frozen=True, kw_only=True):
    bd: int
    epoch: str
    app: str
    cfg: str  # SHA-256 of the active configuration, or ""
    ops: tuple[str, ...]
    devices: dict[str, str]  # role -> what it is; no serial numbers of persons' things
    outbox: Bounds


class Supplies(Part, frozen=True, kw_only=True):
    paper_pct: Percent
    toner_pct: Percent
    paper_sheets: Count | msgspec.UnsetType = msgspec.UNSET


class Devices(Part, frozen=True, kw_only=True):
    """Levels a role, and the conditions behind them as "role:code", worst first."""

    printer: Level = 4
    page_printer: Level = 4
    finger: Level = 4
    card: Level = 4
    payment_host: Level = 4
    conditions: tuple[Code, ...] = ()


class Health(Part, frozen=True, kw_only=True):
    """Fed by the main loop itself, so that a hung screen goes stale."""

    uptime_s: Count
    loop_ms: Annotated[float, Meta(ge=0)]  # the longest round of the main loop since the last one
    rss_mib: Annotated[float, Meta(ge=0)] | msgspec.UnsetType = msgspec.UNSET
    disk_free_pct: Percent | msgspec.UnsetType = msgspec.UNSET


class Alarm(Part, frozen=True, kw_only=True):
    """The mirror of what is raised; history is told by `alarm-raised` and `alarm-cleared` events."""

    id: str  # device/type
    device: Role
    severity: Severity
    text: Code  # a code of the texts' table, never free text
    since: str


class Event(Part, frozen=True, kw_only=True):
    """The envelope of a report; `seq` is gap-free within `epoch`, the random id of one outbox file."""

    epoch: str
    seq: Annotated[int, Meta(ge=1)]
    type: Word


# -- what a report says, by its type -----------------------------------------------------------


class Paper(Part, frozen=True, kw_only=True):
    """issued, void, unknown: what became of a document, and of how much paper and money."""

    document: Word
    job: Job = ""
    order: OrderId = ""
    copies: Count = 0
    pages: Count = 0
    won: Count = 0
    reason: Code | msgspec.UnsetType = msgspec.UNSET


class Left(Part, frozen=True, kw_only=True):
    """cancelled, refused: no document; the reason is the demand that was not met."""

    document: Annotated[str, Meta(pattern=r"^[a-z0-9-]{0,60}$")] = ""
    reason: Code


class Money(Part, frozen=True, kw_only=True):
    """reversed, claim: what went back, or has to be settled by a person."""

    order: OrderId
    won: Count
    reason: Annotated[str, Meta(pattern=r"^[a-z0-9_:.-]{0,80}$")] = ""


class AlarmEvent(Part, frozen=True, kw_only=True):
    """alarm-raised, alarm-cleared."""

    device: Role
    alarm: Word
    severity: Severity | msgspec.UnsetType = msgspec.UNSET


class Started(Part, frozen=True, kw_only=True):
    """The kiosk came up; what recovery found."""

    app: Annotated[str, Meta(pattern=r"^[0-9A-Za-z.+-]{0,40}$")] = ""
    void: Count = 0
    unknown: Count = 0
    reversals: Count = 0


BODIES: Mapping[str, type[Part]] = {
    **dict.fromkeys(("issued", "void", "unknown"), Paper),
    **dict.fromkeys(("cancelled", "refused"), Left),
    **dict.fromkeys(("reversed", "claim"), Money),
    **dict.fromkeys(("alarm-raised", "alarm-cleared"), AlarmEvent),
    "started": Started,
}
RESULTS: Mapping[str, str] = {
    "issued": "ok",
    "refused": "failed",
    **{word: word for word in ("void", "unknown", "cancelled", "reversed")},
}
WITHHELD = "withheld"


def encode(*parts: Part, **more: Any) -> bytes:
    """One flat JSON object; raises ValidationError if a part holds what its type does not allow."""
    message: dict[str, Any] = {}
    for part in parts:
        facts = msgspec.to_builtins(part)
        msgspec.convert(facts, type(part))
        message |= facts
    return msgspec.json.encode(message | more)


def encode_event(header: Header, epoch: str, seq: int, kind: str, body: bytes) -> tuple[str, bytes]:
    """The type that goes into the topic, and the payload.

    A body that is not of its type could hold anything, so it stays here; its number still goes, without a gap.
    """
    try:
        facts = msgspec.json.decode(body, type=BODIES[kind])
    except (KeyError, msgspec.DecodeError, UnicodeDecodeError):
        return WITHHELD, encode(header, Event(epoch=epoch, seq=seq, type=WITHHELD))
    result = {"result": RESULTS[kind]} if kind in RESULTS else {}
    return kind, encode(header, Event(epoch=epoch, seq=seq, type=kind), facts, **result)


def devices_of(statuses: Mapping[str, DeviceStatus]) -> Devices:
    """What the drivers reported, as headquarters see it; a role that said nothing yet is offline."""
    known = {role: int(status.health) for role, status in statuses.items() if role in Devices.__struct_fields__}
    found = [
        (-condition.health, f"{role}:{condition.code}")
        for role, status in statuses.items()
        for condition in status.conditions
        if condition.health is not DeviceHealth.READY
    ]
    return Devices(**known, conditions=tuple(text for _, text in sorted(found)))
