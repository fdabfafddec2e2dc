"""`python -m simulators up | do`: bring the simulated devices up, and say a line to them.

Not responsible for any device: which there are is the table in `rig`.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import signal
import sys
import threading
from datetime import datetime
from pathlib import Path

from simulators.console import Console
from simulators.console_socket import ConsoleSocket, ask, is_taken
from simulators.rig import ROLES, CannotStart, Rig


def parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m simulators", description="Simulated devices of one kiosk.")
    commands = parser.add_subparsers(dest="command", required=True)
    up = commands.add_parser("up", help="start them; prints their addresses as one JSON line, runs until SIGTERM")
    up.add_argument("--dir", type=whole_path, required=True, help="where ports, addresses.json and console.sock appear")
    up.add_argument("--only", type=lambda words: words.split(","), default=[], help=f"of {','.join(ROLES)}")
    up.add_argument("--speed", type=speed, default=1.0, help="motors, lines and hosts run so many times as fast")
    up.add_argument("--clock", type=moment, help="the hosts' time of day at the start, ISO 8601 with offset")
    do = commands.add_parser("do", help="say one line; prints the JSON answer, exit 1 if refused")
    do.add_argument("--dir", type=Path, required=True)
    do.add_argument("line", nargs="+")
    return parser.parse_args(arguments)


def whole_path(word: str) -> Path:
    """Devices live in other processes, which have other working directories."""
    return Path(word).absolute()


def speed(word: str) -> float:
    if not 0.01 <= (value := float(word)) <= 10_000:
        raise argparse.ArgumentTypeError("0.01 to 10000 would do")
    return value


def moment(word: str) -> datetime:
    start = datetime.fromisoformat(word)
    return start if start.tzinfo else start.astimezone()


def bring_up(options: argparse.Namespace) -> int:
    if is_taken(options.dir):
        print(f"other simulators run in {options.dir}; stop them or choose another --dir", file=sys.stderr)
        return 1
    over = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: over.set())
    with contextlib.ExitStack() as stack:
        try:
            rig = stack.enter_context(Rig(options.dir, options.only, options.speed, options.clock))
            console = Console(rig.simulators)
            stack.callback(console.close)
            stack.callback(ConsoleSocket(console, options.dir).close)
        except (CannotStart, OSError) as error:
            print(error, file=sys.stderr)
            return 1
        print(json.dumps(rig.addresses, ensure_ascii=False), flush=True)
        over.wait()
    return 0


def say(options: argparse.Namespace) -> int:
    try:
        answer = ask(options.dir, " ".join(options.line))
    except (OSError, ValueError) as error:
        remedy = f"start them: python -m simulators up --dir {options.dir}"
        answer = {"ok": False, "error": f"no simulators answer in {options.dir} ({error}); {remedy}"}
    print(json.dumps(answer, ensure_ascii=False))
    return 0 if answer["ok"] else 1


def main(arguments: list[str]) -> int:
    options = parse(arguments)
    return bring_up(options) if options.command == "up" else say(options)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
