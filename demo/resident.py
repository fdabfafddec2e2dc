"""홍길동, who is invented, comes for one 등본: works the real window with a pointer, as anybody would.

Knows the screens only by what `--inspect` tells of them: their names, and where each action can be pressed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from demo.eyes import Eyes, NotSeen, Seen
from demo.pointer import Pointer
from demo.stage import Stage


@dataclass
class Resident:
    stage: Stage
    eyes: Eyes
    pointer: Pointer
    rrn: str
    pictures: Path | None = None
    shown: int = 0

    def see(self, *screens: str) -> Seen:
        seen = self.until(lambda seen: seen.name in screens, " or ".join(screens))
        self.picture(seen.name)
        return seen

    def until(self, is_so: Callable[[Seen], bool], what: str = "an answer") -> Seen:
        """Look on; what was pressed last has then been answered."""
        seen = self.eyes.until(is_so, what)
        self.pointer.saw_answer()
        return seen

    def picture(self, name: str) -> None:
        if self.pictures:
            self.shown += 1
            self.pointer.picture(self.pictures / f"{self.shown:02d}-{name}.png")

    def press(self, seen: Seen, action: str) -> None:
        at = seen.find(action)
        if at is None:
            raise NotSeen(f"{action} cannot be pressed on {seen.name}; there are {seen.actions}")
        self.pointer.press(at)

    def go(self, screen: str, action: str) -> None:
        self.press(self.see(screen), action)

    def type_number(self) -> None:
        pad = self.see("rrn")
        for digit in self.rrn:
            self.press(pad, f"Digit:{digit}")
            pad = self.until(lambda seen, before=pad.texts: seen.texts != before)  # type: ignore[misc]
        self.picture("rrn-filled")
        self.press(pad, "Submitted")
        seen = self.until(lambda seen: seen.name != "rrn" or seen.texts != pad.texts)
        if seen.name == "rrn":  # the old checksum does not fit; it asks to look again, and a second press goes on
            self.picture("rrn-hint")
            self.press(seen, "Submitted")

    def to_payment(self, copies: int = 1, is_started: bool = False) -> None:
        """From the first touch to the screen that asks for the card."""
        if not is_started:
            self.go("attract", "Started")
        self.go("category", "ChoseCategory:resident")
        self.go("document", "ChoseDocument:resident-copy")
        self.go("notice", "Agreed")
        self.stage.do("finger place hong")
        self.type_number()
        self.through("options", "ToldOptions")
        self.go("copies", f"ChoseCopies:{copies}")
        self.stage.do("finger lift")
        self.through("confirm", "Confirmed")
        self.see("pay")

    def through(self, screen: str, last: str) -> None:
        """Page by page to the button that goes on."""
        seen = self.see(screen)
        while last not in seen.actions:
            page = seen.texts
            self.press(seen, "TurnedPage:1")
            seen = self.until(lambda now, page=page: now.texts != page)  # type: ignore[misc]
            self.picture(screen)
        self.press(seen, last)

    def take_home_one_copy(self, is_started: bool = False) -> None:
        """The whole visit; ends on the first screen again."""
        self.to_payment(is_started=is_started)
        self.stage.do("card insert resident")
        self.see("printing")
        self.see("take")
        self.stage.do("card remove")
        self.go("take", "Leaves")
        self.go("receipt", "WantsReceipt:True")
        self.see("receipt-printing")
        self.go("more", "Leaves")
        self.see("attract")
