"""`python -m kiosk check`: says everything that is wrong with settings, tables and texts before a kiosk starts.

Not responsible for the checks themselves; `config` declares what is right.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from config.devices import read_devices
from config.fault import Fault
from config.load import read_config, tables_directory
from config.plan import check_plan
from config.reading import read_tables
from config.texts import STRINGS, check_texts

WRONG = 2


def check(
    config_path: Path | str,
    data_dir: Path | str | None = None,
    out: Callable[[str], object] = print,
    devices_path: Path | str | None = None,
    strings_dir: Path | str = STRINGS,
) -> int:
    """Says each fault in one line; 0 if there is none, else 2."""
    faults: list[Fault] = []
    path = Path(config_path)
    config = read_config(path, Path(data_dir) if data_dir else None, faults.append)
    data = Path(data_dir) if data_dir else tables_directory(path, config.settings if config else None)
    check_plan(read_tables(data, lambda fault: None), faults.append)  # its cells' faults are said already
    check_texts(faults.append, Path(strings_dir))
    if devices_path:
        read_devices(Path(devices_path), faults.append)
    for fault in dict.fromkeys(faults):
        out(str(fault))
    if not faults and config:
        catalogue = config.catalogue
        out(f"ok: {config.settings.kid}, {len(catalogue.documents)} documents, {len(catalogue.sites)} sites")
    return WRONG if faults else 0
