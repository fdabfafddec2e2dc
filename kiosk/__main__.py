"""`python -m kiosk run | check`: reads its arguments, and imports only what the command needs."""

from __future__ import annotations

import argparse
import os
import sys
from datetime import datetime
from pathlib import Path

DEFAULT = Path(__file__).parent.parent / "config" / "kiosk.toml"


def size(text: str) -> tuple[int, int]:
    """`WxH` in pixels."""
    width, x, height = text.partition("x")
    if not (x and width.isdigit() and height.isdigit() and int(width) and int(height)):
        raise argparse.ArgumentTypeError(f"{text!r} is not WIDTHxHEIGHT, like 1080x1920")
    return int(width), int(height)


def moment(text: str) -> datetime:
    """ISO 8601 with an offset."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise argparse.ArgumentTypeError(f"{text!r} is not a time with its offset, like 2021-03-02T10:00+09:00")
    return found


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser("python -m kiosk", description="무인민원발급기 of Incheon Seo-gu")
    commands = top.add_subparsers(dest="command", required=True)
    run = commands.add_parser("run", help="issue documents")
    run.add_argument("--config", type=Path, default=DEFAULT, metavar="FILE", help="the machine's settings")
    run.add_argument("--devices", type=Path, metavar="FILE", help="where the devices are, one key a role")
    run.add_argument("--windowed", type=size, metavar="WxH", help="in a window of this size instead of full screen")
    run.add_argument("--state", type=Path, metavar="DIR", help="journal and spool, instead of the settings' directory")
    run.add_argument("--inspect", type=Path, metavar="SOCK", help="answer `tree` there; in a window only")
    run.add_argument("--clock", type=moment, metavar="ISO", help="start the calendar there")
    check = commands.add_parser("check", help="say all that is wrong with settings and data; exit 2 if something is")
    check.add_argument("--config", type=Path, default=DEFAULT, metavar="FILE")
    check.add_argument("--data", type=Path, metavar="DIR", help="the tables, instead of config/data")
    check.add_argument("--devices", type=Path, metavar="FILE", help="the addresses too, as `run` would read them")
    return top


def main() -> int:
    arguments = parser().parse_args()
    if arguments.command == "check":
        from kiosk.check import check

        return check(arguments.config, arguments.data, devices_path=arguments.devices)
    if arguments.inspect and not arguments.windowed:
        print("--inspect is for tests and demos: it needs --windowed WxH", file=sys.stderr)
        return 2
    os.umask(0o077)
    from kiosk.app import run

    return run(arguments)


if __name__ == "__main__":
    sys.exit(main())
