"""Each role gets one name under /dev/kiosk, from who the device is and never from the port it hangs on."""

from __future__ import annotations

import pytest

from config.devices import Devices
from tests.systemd.staged import SHIPPED
from tests.systemd.udev_lint import ROLES, lint

RULES = (SHIPPED / "udev/70-kiosk.rules").read_text(encoding="utf-8")
PRINTER = 'ATTRS{serial}=="KIOSK-PRINTER", '
LAST = 'LABEL="kiosk_end"\n'

PLANTED = {
    "no vendor": ('ATTRS{idVendor}=="0403", ', "", "must match vendor and product"),
    "no product": ('ATTRS{idProduct}=="6001", ', "", "must match vendor and product"),
    "a vendor in capitals": ('"067b"', '"067B"', "must match vendor and product"),
    "no subsystem": ('SUBSYSTEM=="tty", ATTRS{idVendor}=="0403"', 'ATTRS{idVendor}=="0403"', "must match a SUBSYSTEM"),
    "a port of the kernel": ('"kiosk/finger"', '"finger"', 'must say SYMLINK+="kiosk/<role>"'),
    "a name that pushes others out": ('SYMLINK+="kiosk/printer"', 'SYMLINK="kiosk/printer"', "must say SYMLINK+="),
    "a role nobody has": ('"kiosk/finger"', '"kiosk/fingerprint"', "fingerprint is no role"),
    "no group": ('GROUP="kiosk", ', "", "must set GROUP"),
    "a port for everybody": ('MODE="0660"', 'MODE="0666"', "must set MODE to 0660"),
    "two roles for one device": ('"10c4", ATTRS{idProduct}=="ea60", ATTRS{serial}=="KIOSK-FINGER"',
        '"0403", ATTRS{idProduct}=="6001", ATTRS{serial}=="KIOSK-PRINTER"', "fits both, as printer and finger"),
    "a rule that swallows another": (PRINTER, "", ""),
    "a quotation mark forgotten": ('MODE="0660"', 'MODE="0660', "cannot be read"),
}  # fmt: skip


def test_our_rules_have_no_fault() -> None:
    assert lint(RULES) == []


def test_every_serial_device_of_the_kiosk_has_a_name() -> None:
    assert {f"kiosk/{role}" for role in ROLES} == {part.split('"')[0] for part in RULES.split('SYMLINK+="')[1:]}
    assert set(Devices.__struct_fields__) >= ROLES


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_fault_is_found(name: str) -> None:
    old, new, said = PLANTED[name]
    assert old in RULES
    text = RULES.replace(old, new, 1)
    if name == "a rule that swallows another":
        second = RULES.splitlines()[next(n for n, line in enumerate(RULES.splitlines()) if PRINTER in line)]
        text, said = text.replace(LAST, f"{second}\n{LAST}"), "one device fits both, as printer and printer"
    assert any(said in fault for fault in lint(text)), lint(text)
