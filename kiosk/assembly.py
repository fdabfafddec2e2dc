"""Builds the machine behind the window: journal, drivers, clerk, office, and the kiosk that ties them."""

from __future__ import annotations

import contextlib
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

from config.devices import Devices
from config.load import Config
from drivers.base import Status
from drivers.card.driver import CardDriver
from drivers.card.host_driver import PaymentHostDriver
from drivers.card.order import Patience
from drivers.clock import Clock
from drivers.driver import Driver
from drivers.finger.driver import FingerDriver
from drivers.page_printer.driver import PagePrinterDriver
from drivers.printer.driver import PrinterDriver
from drivers.printer.profile import EPSON_80, NARROW_58
from drivers.printer.profile import Profile as PaperProfile
from drivers.printer.receipt import prepare
from kiosk.clerk.desk import Agency, Desk
from kiosk.clerk.sealing import Sealer
from kiosk.journal.journal import Journal
from kiosk.journal.orders import Terminal
from kiosk.journal.outbox import Outbox
from kiosk.kiosk import Kiosk
from kiosk.loop import Inbox
from kiosk.perform import Performer, Waits
from kiosk.shop import Shop
from kiosk.slips import Slips
from kiosk.telling import Telling
from kiosk.view import View
from screens.facts import PageSizes, Timeouts

FONT = Path(__file__).parent.parent / "config" / "fonts" / "PretendardGOV-Bold.otf"
ROLES = ("printer", "page_printer", "finger", "card", "payment_host")


class Assembly:
    """Everything with a thread starts with `with` and ends with it, newest first."""

    def __init__(
        self, config: Config, devices: Devices, clock: Clock, inbox: Inbox, state: Path | None, sizes: PageSizes
    ) -> None:
        settings = config.settings
        directory = state or config.state_directory
        with contextlib.suppress(OSError):  # the journal will say what is wrong with the disk, on the screen too
            directory.mkdir(parents=True, exist_ok=True, mode=0o700)
        terminal = Terminal(config.site.terminal_id, config.catalogue.issuer["merchant_no"].ljust(15))
        self.journal = Journal(directory / "kiosk.db", inbox.post, clock, terminal)
        sealer = Sealer()
        agency = Agency(
            devices.agency.url,
            devices.agency.ca,
            devices.agency.seal_keys,
            settings.agency.soft_seconds,
            settings.agency.hard_seconds,
        )
        self.desk = Desk(inbox.post, clock, agency, settings.issuing.sample_mark, sealer.key)
        self.drivers = self._drivers(config, devices, clock, inbox)
        shop = Shop(config, clock)
        self.telling = Telling(config, devices, clock, Outbox(self.journal), inbox.post, directory)
        performer = Performer(
            self.drivers, self.desk, sealer, shop, Slips(shop, clock, paper_profile(config)), waits(config), inbox.post
        )
        self.kiosk = Kiosk(
            clock,
            self.journal,
            performer,
            shop,
            ROLES,
            settings.screen.idle_warning_seconds,
            on_reports=self.telling.kick,
            on_status=self._told_status,
        )
        self.view = View(self.kiosk, sizes, timeouts(config), devices.simulated)

    def __enter__(self) -> Assembly:
        for thread in (self.journal, *self.drivers.values(), self.desk):
            thread.start()
        self.telling.start()
        # The receipt's encoder takes a third of a second to load; no resident should wait for that.
        threading.Thread(target=prepare, name="prepare", daemon=True).start()
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.telling.stop()
        self.desk.stop()
        for driver in reversed(self.drivers.values()):
            driver.stop()
        self.journal.stop()

    def beat(self) -> float | None:
        """Once a minute, and whenever something changed: what headquarters is to see."""
        return self.telling.beat(self.kiosk)

    def _told_status(self, role: str, status: Status) -> None:
        if role in ROLES:
            self.telling.device(self.kiosk, role, status)

    @staticmethod
    def _drivers(config: Config, devices: Devices, clock: Clock, inbox: Inbox) -> dict[str, Driver[Any]]:
        settings, site, patience = config.settings, config.site, card_patience(config)
        return {
            "printer": PrinterDriver(
                "printer", inbox.post, clock, devices.printer, paper_profile(config), settings.printing.receipt_baudrate
            ),
            "page_printer": PagePrinterDriver("page_printer", inbox.post, clock, devices.page_printer),
            "finger": FingerDriver("finger", inbox.post, clock, devices.finger, settings.finger.baudrate),
            "card": CardDriver(
                "card",
                inbox.post,
                clock,
                devices.card.reader,
                devices.card.socket,
                devices.payment_host,
                patience=patience,
            ),
            "payment_host": PaymentHostDriver(
                "payment_host", inbox.post, clock, devices.payment_host, site.terminal_id, patience=patience
            ),
        }


def paper_profile(config: Config) -> PaperProfile:
    return replace(NARROW_58 if config.settings.printing.receipt_paper_mm == 58 else EPSON_80, font=FONT)


def card_patience(config: Config) -> Patience:
    payment = config.settings.payment
    return Patience(answer=payment.answer_seconds, echo_every=payment.echo_seconds)


def waits(config: Config) -> Waits:
    settings = config.settings
    return Waits(
        finger=settings.finger.capture_seconds,
        card=settings.payment.card_seconds,
        card_left=settings.printing.alarm_seconds,
        paper=settings.printing.pages_seconds,
        slip=settings.printing.receipt_seconds,
    )


def timeouts(config: Config) -> Timeouts:
    screen, printing = config.settings.screen, config.settings.printing
    return Timeouts(
        idle=screen.idle_seconds,
        take=printing.take_seconds,
        receipt=screen.more_seconds,
        more=screen.more_seconds,
        sorry=screen.message_seconds,
        assist=printing.alarm_seconds,
    )
