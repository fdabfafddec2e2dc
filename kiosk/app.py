"""The composition root: opens the window first, then builds everything behind it.  Knows everybody."""

from __future__ import annotations

import argparse
import logging
import os
import sys
from pathlib import Path

from config.devices import load_devices
from config.fault import ConfigError, Fault
from config.load import load
from drivers.clock import SystemClock
from kiosk.flow import intents
from kiosk.inspection import Inspection
from kiosk.loop import Ending, Inbox, Loop, Stage
from kiosk.watch import Watch
from screens.canvas.window import NoScreen, Window
from screens.issue import starting
from screens.model import Words
from screens.parts import frame
from screens.profile import PROFILES, profile_for

HOME = Path(__file__).parent.parent / "config"
NO_DEVICES = Fault("--devices", "", "is missing", "name the file that says where the devices are, one key a role")


def run(arguments: argparse.Namespace) -> int:
    """Issue documents until the window is closed; 2 if the settings are wrong, with every fault said."""
    logging.basicConfig(format="%(asctime)s %(name)s %(message)s", level=logging.INFO, stream=sys.stderr)
    try:
        config = load(arguments.config)
        if arguments.devices is None:
            raise ConfigError([NO_DEVICES])
        devices = load_devices(arguments.devices)
    except ConfigError as error:
        print(error, file=sys.stderr)
        return 2
    os.environ["SDL_NO_SIGNAL_HANDLERS"] = "1"  # or SDL would turn SIGTERM into a closed window
    ending = Ending()
    clock = SystemClock(arguments.clock)
    profile = profile_for(*arguments.windowed) if arguments.windowed else PROFILES[config.settings.profile]
    os.environ.setdefault("SDL_VIDEODRIVER", "x11")  # else SDL would draw for nobody where there is no screen
    try:
        window = Window(
            (profile.width, profile.height), HOME / "fonts", HOME / "icons", fullscreen=not arguments.windowed
        )
    except NoScreen as error:
        print(
            f"there is no screen to show a window on ({error}); set DISPLAY, or start it on the machine",
            file=sys.stderr,
        )
        return 2
    stage = Stage(window, profile)
    site = Words(config.site.name_ko, config.site.name_en)
    around = frame(
        intents, site, config.site.phone, config.settings.language, contrast_on=False,
        simulated=devices.simulated,
    )  # fmt: skip
    scene = stage.show(starting(), around, config.settings.language, False)

    from kiosk.assembly import Assembly  # after the first frame: drivers and office take their time to import

    inbox = Inbox()
    inbox.wake = window.wake
    ending.wake = window.wake
    ending.start()
    built = Assembly(config, devices, clock, inbox, arguments.state, profile.sizes)
    inspection = None
    if arguments.inspect:
        inspection = Inspection(arguments.inspect)
        inspection.scene = scene
        inspection.start()
    watch = Watch()
    with built:
        watch.ready()
        loop = Loop(
            window, stage, built.kiosk, built.view, inbox, clock, watch, ending, built.beat, built.telling.round
        )
        loop.may_be_closed, loop.inspection = bool(arguments.windowed), inspection
        loop.run()
        watch.stopping()
    window.close()
    return 0
