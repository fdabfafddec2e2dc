"""The addresses of devices: the simulators' file is read as it is, a wrong one is refused with all its faults."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.devices import load_devices
from config.fault import ConfigError
from kiosk.__main__ import main
from tests.config.machine import ADDRESSES


def written(directory: Path, text: str) -> Path:
    path = directory / "addresses.json"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_simulators_addresses_are_taken_and_known_as_simulated(tmp_path: Path) -> None:
    devices = load_devices(written(tmp_path, ADDRESSES))
    assert devices.simulated
    assert devices.card.reader == "KIOSK IC Reader"
    assert devices.agency.url == "https://127.0.0.1:7443"


def test_nothing_is_simulated_unless_it_says_so(tmp_path: Path) -> None:
    assert not load_devices(written(tmp_path, ADDRESSES.replace('"simulated": true,', ""))).simulated


def test_all_faults_of_the_addresses_are_said_at_once(tmp_path: Path) -> None:
    text = ADDRESSES.replace("ipp:", "http:").replace('"reader"', '"raeder"').replace('"office"', '"offices"')
    with pytest.raises(ConfigError) as error:
        load_devices(written(tmp_path, text))
    assert {fault.where for fault in error.value.faults} == {
        "page_printer", "card.raeder", "card.reader", "offices", "office"
    }  # fmt: skip


@pytest.mark.parametrize("text", ["[]", "3", "null", '"printer"'])
def test_what_is_no_object_is_refused(text: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="is not a JSON object"):
        load_devices(written(tmp_path, text))


def test_the_command_checks_settings_and_addresses_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = tmp_path / "kiosk.toml"
    settings.write_text('kid = "SG-99"\n', encoding="utf-8")
    addresses = written(tmp_path, ADDRESSES.replace("ipp:", "http:"))
    monkeypatch.setattr("sys.argv", ["kiosk", "check", "--config", str(settings), "--devices", str(addresses)])
    assert main() == 2
    told = capsys.readouterr().out
    assert "kid = SG-99: has no row in config/data/sites.csv; did you mean" in told
    assert "page_printer = http://127.0.0.1:6310/ipp/print: must be an address that begins with ipp://" in told
