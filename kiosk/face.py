"""How the kiosk faces the person in front of it: language, contrast, page, panels, and its patience.

Nothing here decides anything about documents or money; all of it is forgotten when the visit ends.
"""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.flow import intents as tap
from kiosk.flow.session import At

ASKS_A_PERSON = (
    At.CATEGORY,
    At.DOCUMENT,
    At.NOTICE,
    At.RRN,
    At.OPTIONS,
    At.COPIES,
    At.CONFIRM,
)
"""Where silence is answered by a warning first; elsewhere a device, an office or a paper is waited for."""

SILENT_SECONDS: dict[At, float] = {  # longer than any device is given: then the state is left without it
    At.STARTING: 20.0,  # who has not answered by then is known to be away
    At.FINGER: 60.0,
    At.IDENTIFYING: 40.0,
    At.FETCHING: 45.0,
    At.PAY: 150.0,
    At.PRINTING: 240.0,
    At.REVERSING: 45.0,
    At.RECEIPT_PRINTING: 60.0,
}


@dataclass
class Face:
    language: str = "ko"
    contrast: bool = False
    page: int = 0
    staff: bool = False  # the panel with the phone number is open
    warned_at: float | None = None  # since when the idle warning stands, on the monotonic clock
    hint: str = ""  # why the number was not taken

    def take(self, intent: object) -> bool:
        """Whether the intent was for the face alone."""
        match intent:
            case tap.TurnedPage(step):
                self.page = max(0, self.page + step)
            case tap.SwitchedLanguage(language):
                self.language = language
            case tap.SwitchedContrast():
                self.contrast = not self.contrast
            case tap.CalledStaff():
                self.staff = True
            case tap.DismissedStaff():
                self.staff = False
            case tap.Extended():
                pass  # any touch extends; the caller starts the screen's time anew
            case _:
                return False
        return True

    def turn(self) -> None:
        """Another screen: first page, no hint, no warning; language and contrast stay."""
        self.page, self.hint, self.warned_at, self.staff = 0, "", None, False


class Patience:
    """When the screen in front of us is over, and when its warning begins."""

    def __init__(self, warning_seconds: float, now: float) -> None:
        self._warning, self._since = warning_seconds, now

    def restart(self, now: float) -> None:
        self._since = now

    def due(self, at: At, seconds: float | None, face: Face) -> float | None:
        """When something happens without a touch, on the monotonic clock; None: never."""
        if seconds is None:
            return None
        if face.warned_at is None:
            return self._since + seconds
        gone = face.warned_at
        return gone + self._warning

    def left(self, now: float, face: Face) -> int:
        """Whole seconds until the visit ends, once warned."""
        assert face.warned_at is not None
        return max(0, round(face.warned_at + self._warning - now))
