"""The bench of the screen tests: every sample laid out with the real fonts, on a window without a display."""

import os
import tomllib
from functools import cache
from pathlib import Path

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")

from kiosk.flow import intents
from screens.boxes import Scene
from screens.canvas.fonts import Fonts
from screens.canvas.window import Window
from screens.layout import compose
from screens.model import Frame, Screen
from screens.parts import frame
from screens.profile import LANDSCAPE, PORTRAIT, Profile
from screens.theme import CONTRAST, LIGHT, Theme
from screens.words import Strings
from tests.screens.samples import PHONE, SITE, samples

CONFIG = Path(__file__).parent.parent.parent / "config"
FONTS, ICONS = CONFIG / "fonts", CONFIG / "icons"
STRINGS = {
    language: Strings(language, tomllib.loads((CONFIG / "strings" / f"{language}.toml").read_text("utf-8")))
    for language in ("ko", "en")
}
PROFILES = {"portrait": PORTRAIT, "landscape": LANDSCAPE}
THEMES = {"light": LIGHT, "contrast": CONTRAST}
NAMES = tuple(samples(PORTRAIT.sizes))
METRICS = Fonts(FONTS)


def around(language: str, theme: Theme, simulated: bool) -> Frame:
    return frame(intents, SITE, PHONE, language, contrast_on=theme is CONTRAST, simulated=simulated)


def laid_out(screen: Screen, profile: Profile, theme: Theme, language: str, simulated: bool = True) -> Scene:
    return compose(screen, around(language, theme, simulated), profile, theme, STRINGS[language], METRICS)


@cache
def scene(name: str, profile: str, theme: str, language: str, simulated: bool = True) -> Scene:
    screen = samples(PROFILES[profile].sizes)[name]()
    return laid_out(screen, PROFILES[profile], THEMES[theme], language, simulated)


def window(profile: Profile = PORTRAIT) -> Window:
    return Window((profile.width, profile.height), FONTS, ICONS)
