"""Reads udev rules and says what is wrong with ours; `udevadm verify` is newer than our Debian."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

ROLES = {"printer", "page_printer", "finger"}  # the others come through pcscd, TCP, HTTPS and MQTT
PART = re.compile(r'([A-Z]+(?:\{[^}]+\})?)\s*(==|!=|\+=|:=|-=|=)\s*"([^"]*)"')
GOES = ("LABEL", "GOTO")
HEX4 = re.compile(r"[0-9a-f]{4}")


@dataclass(frozen=True)
class Rule:
    line: int
    matches: dict[str, str]
    sets: dict[str, str]  # key with its operator: "SYMLINK+="

    @property
    def role(self) -> str:
        return self.sets.get("SYMLINK+=", "").removeprefix("kiosk/")

    def match(self, name: str) -> str:
        return self.matches.get(f"ATTRS{{{name}}}") or self.matches.get(f"ATTR{{{name}}}") or ""

    @property
    def device(self) -> tuple[str, ...]:
        return tuple(self.match(name) for name in ("idVendor", "idProduct", "serial"))


def lint(text: str) -> list[str]:
    faults, rules = [], []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        if PART.sub("", line).replace(",", "").strip():
            faults.append(f"line {number}: cannot be read: {line}")
        elif not any(part[0] in GOES for part in PART.findall(line)):
            rules.append(rule_of(number, line))
    for rule in rules:
        faults += [f"line {rule.line}: {said}" for said in faults_of(rule)]
    return faults + list(shared(rules))


def rule_of(number: int, line: str) -> Rule:
    parts = PART.findall(line)
    matches = {key: value for key, how, value in parts if how == "=="}
    return Rule(number, matches, {key + how: value for key, how, value in parts if how not in ("==", "!=")})


def faults_of(rule: Rule) -> Iterator[str]:
    vendor, product, _ = rule.device
    if not (HEX4.fullmatch(vendor) and HEX4.fullmatch(product)):
        yield f"must match vendor and product as four small hex digits, not {vendor!r} {product!r}"
    if "SUBSYSTEM" not in rule.matches:
        yield "must match a SUBSYSTEM, or the hub of the device gets the name too"
    if "SYMLINK+=" not in rule.sets or not rule.sets["SYMLINK+="].startswith("kiosk/"):
        yield 'must say SYMLINK+="kiosk/<role>"'
    elif rule.role not in ROLES:
        yield f"{rule.role} is no role: {', '.join(sorted(ROLES))}"
    if not rule.sets.get("GROUP="):
        yield "must set GROUP"
    if rule.sets.get("MODE=") != "0660":
        yield "must set MODE to 0660"


def shared(rules: list[Rule]) -> Iterator[str]:
    """Two rules that one device fits: the same ids, or one without a serial number beside one with it."""
    for at, rule in enumerate(rules):
        for other in rules[:at]:
            same = rule.device[:2] == other.device[:2]
            if same and (rule.device[2] == other.device[2] or "" in (rule.device[2], other.device[2])):
                yield f"lines {other.line} and {rule.line}: one device fits both, as {other.role} and {rule.role}"
