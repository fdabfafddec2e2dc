"""Who may import whom.  The table is the architecture; read it first, break it here first."""

import ast
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FOLDERS = {"kiosk", "drivers", "screens", "simulators", "config"}
MAY_IMPORT: dict[str, set[str]] = {
    "config": set(),
    "drivers": set(),
    "screens": set(),
    "simulators": set(),  # never drivers: a shared constant would agree with itself
    "kiosk": {"drivers", "screens", "config"},
}
ONLY_IN = {
    "pygame": "screens/canvas/",
    "serial": "drivers/serial_link.py",
    "smartcard": "drivers/card/pcsc_link.py",
    "paho": "kiosk/office/mqtt_link.py",
    "sqlite3": "kiosk/journal/",
}
LONGEST = 250
SOURCES = sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py"))


def imports(path: Path) -> Iterator[str]:
    """The full dotted names that a file imports, those inside functions included."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}: imports are absolute here"
            assert node.module
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_a_file_imports_only_what_its_folder_may(path: Path) -> None:
    folder, where = path.relative_to(ROOT).parts[0], str(path.relative_to(ROOT))
    for name in {name.split(".")[0] for name in imports(path)}:
        assert name not in FOLDERS - MAY_IMPORT[folder] - {folder}, f"{folder} must not know {name}"
        if name in ONLY_IN and folder != "simulators":
            assert where.startswith(ONLY_IN[name]), f"{name} belongs in {ONLY_IN[name]}"


def test_nobody_imports_in_a_circle() -> None:
    modules = {name_of(path): path for path in SOURCES}
    graph = {name: {other for other in imports(path) if other in modules} for name, path in modules.items()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(f"a circle: {' -> '.join(error.args[1])}")


@pytest.mark.parametrize("path", [*SOURCES, *sorted((ROOT / "tests").rglob("*.py"))], ids=name_of)
def test_a_file_can_be_read_in_one_sitting(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST
