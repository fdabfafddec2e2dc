"""Where the devices and offices of one machine are: the JSON file that `--devices` names.

One key a role, the words of the whole product.  Not responsible for opening anything.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from config.fault import ConfigError, Fault, shown
from config.options import Report, read_options
from config.schema import Options

PORT = r"[A-Za-z0-9._-]+(:\d{1,5})?"
Port = Annotated[str, Meta(min_length=1, description="a path", examples=['"/dev/kiosk/printer"'])]
Ipp = Annotated[
    str,
    Meta(
        pattern=rf"^ipps?://{PORT}/.*$",
        description="an address that begins with ipp:// or ipps://",
        examples=['"ipp://192.168.7.2/ipp/print"'],
    ),
]
Tcp = Annotated[
    str,
    Meta(
        pattern=r"^(tcp|tls)://[A-Za-z0-9._-]+:\d{1,5}$",
        description="an address that begins with tcp:// and has a port",
        examples=['"tcp://127.0.0.1:7000"'],
    ),
]
Https = Annotated[
    str,
    Meta(
        pattern=rf"^https://{PORT}/?$",
        description="an address that begins with https://; there is no plain mode",
        examples=['"https://agency.example:443"'],
    ),
]
Mqtt = Annotated[
    str,
    Meta(
        pattern=rf"^mqtts?://{PORT}$",
        description="an address that begins with mqtt:// or mqtts://",
        examples=['"mqtts://office.example:8883"'],
    ),
]


class CardReader(Options, frozen=True):
    reader: Annotated[str, Meta(min_length=1, description="the reader's name", examples=['"KIOSK IC Reader"'])]
    socket: str = ""  # of pcscd; empty: the system's own


class AgencyAddress(Options, frozen=True):
    url: Https
    ca: Port
    seal_keys: Port


class Devices(Options, frozen=True):
    printer: Port
    finger: Port
    page_printer: Ipp
    card: CardReader
    payment_host: Tcp
    agency: AgencyAddress
    office: Mqtt
    simulated: bool = False  # true: every screen says so


def load_devices(path: Path | str) -> Devices:
    """Raises ConfigError with every fault."""
    faults: list[Fault] = []
    devices = read_devices(Path(path), faults.append)
    if faults or devices is None:
        raise ConfigError(faults)
    return devices


def read_devices(path: Path, report: Report) -> Devices | None:
    table = _read_json(path, report)
    return None if table is None else read_options(Devices, table, shown(path), report)


def _read_json(path: Path, report: Report) -> dict[str, Any] | None:
    file = shown(path)
    try:
        return msgspec.convert(json.loads(path.read_text(encoding="utf-8")), dict[str, Any])
    except OSError as error:
        report(Fault(file, "", f"cannot be read ({error.strerror})", "put the file there or name another"))
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        report(Fault(file, where, f"is not JSON ({error.msg})", "correct that line"))
    except (UnicodeDecodeError, msgspec.ValidationError):
        report(Fault(file, "", "is not a JSON object in UTF-8", "write one key a role, in braces"))
    return None
