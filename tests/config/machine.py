"""A copy of the shipped settings, tables and texts in a directory of its own, to be spoilt."""

from __future__ import annotations

import shutil
from pathlib import Path

from kiosk.check import check

SHIPPED = Path(__file__).parents[2] / "config"


class SpoiltMachine:
    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.settings = directory / "kiosk.toml"
        self.data = directory / "data"
        self.strings = directory / "strings"
        self.devices = directory / "devices.json"
        shutil.copy(SHIPPED / "kiosk.toml", self.settings)
        shutil.copytree(SHIPPED / "data", self.data)
        self.strings.mkdir()
        for language, greeting in ("ko", "{name}의 무인민원발급기"), ("en", "Kiosk of {name}"):
            (self.strings / f"{language}.toml").write_text(f'[attract]\nwelcome = "{greeting}"\n', encoding="utf-8")
        self.devices.write_text(ADDRESSES, encoding="utf-8")

    def replace(self, file: str, old: str, new: str) -> None:
        path = self.directory / file
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{file} holds no {old!r} to spoil"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    def check(self) -> tuple[int, list[str]]:
        """The exit status, and the lines with this directory left out."""
        lines: list[str] = []
        status = check(self.settings, self.data, lines.append, self.devices, self.strings)
        return status, [line.replace(f"{self.directory}/", "") for line in lines]


ADDRESSES = """{
 "simulated": true,
 "printer": "/run/x/printer", "finger": "/run/x/finger",
 "page_printer": "ipp://127.0.0.1:6310/ipp/print",
 "card": {"reader": "KIOSK IC Reader", "socket": "/run/pcscd/pcscd.comm"},
 "payment_host": "tcp://127.0.0.1:7000",
 "agency": {"url": "https://127.0.0.1:7443", "ca": "/run/x/agency-ca.pem", "seal_keys": "/run/x/seal-keys.json"},
 "office": "mqtt://127.0.0.1:1883"}
"""
