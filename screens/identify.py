"""The screens that ask who somebody is.  They know how many digits are in, never which."""

from __future__ import annotations

from screens.facts import Timeouts
from screens.intents import Intents
from screens.model import Choice, Keypad, Picture, Progress, Screen, Secret, Text, Tone, same, say
from screens.parts import back, forward, home, known, names, step

DIGITS = 13
RRN_HINTS = names("date future checksum length")
FINGER_WORDS = names("present-subject subject-detected remove-subject")
FINGER_ERRORS = names("timeout too-wet too-dry too-messy too-few-points residual-print no-match not-live cancelled")


def keypad(intents: Intents) -> Keypad:
    digits = {n: Choice(same(str(n)), intents.Digit(n), key=str(n)) for n in range(10)}
    clear = Choice(say("rrn.clear"), intents.ErasedAll(), "trash", key="clear")
    erase = Choice(say("rrn.erase"), intents.Erased(), "backspace", key="back")
    return Keypad((*(digits[n] for n in range(1, 10)), clear, digits[0], erase))


def rrn(intents: Intents, filled: int, times: Timeouts, hint: str = "") -> Screen:
    """`hint`: why the number was not taken (date, future, length), or `checksum` to look at it once more."""
    told = Text(say(known("rrn", hint, RRN_HINTS)), Tone.ERROR) if hint else Text(say("rrn.masked"), Tone.HINT)
    return Screen(
        "rrn",
        say("rrn.title"),
        say("rrn.lead"),
        (Secret(say("rrn.label"), filled), told, keypad(intents)),
        back=back(intents),
        home=home(intents),
        primary=forward(say("go.confirm"), intents.Submitted()) if filled == DIGITS else None,
        step=step(2),
        seconds=times.idle,
    )


def finger(intents: Intents, attempt: int, attempts: int, word: str = "", error: str = "") -> Screen:
    """`attempt` from 1; `word` what the scanner asks for now; `error` why the last try failed."""
    asked = known("finger", word or "present-subject", FINGER_WORDS)
    tip = (
        Text(say(known("finger-error", error, FINGER_ERRORS)), Tone.ERROR)
        if error
        else Text(say("finger.tip"), Tone.HINT)
    )
    return Screen(
        "finger",
        say("finger.title"),
        say("finger.lead"),
        (
            Picture("thumb", say("picture.thumb")),
            Text(say(asked), Tone.STRONG),
            tip,
            Text(say("finger.attempt", n=attempt, of=attempts)),
        ),
        home=home(intents),
        step=step(2),
        seconds=None,
    )


def identifying(intents: Intents) -> Screen:
    return Screen(
        "identifying",
        say("identifying.title"),
        say("wait.lead"),
        (Picture("wait", say("picture.wait")), Progress(say("identifying.asking"))),
        home=home(intents),
        step=step(2),
        seconds=None,
    )
