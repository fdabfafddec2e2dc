"""Opening hours and maintenance windows, for every minute of a week."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.hours import Hours, Window

MINUTES = st.integers(0, 1439)
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2030, 12, 31))


def face(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


@given(MINUTES, st.integers(1, 1440), st.booleans(), MOMENTS, st.booleans())
def test_hours_hold_from_their_first_minute_until_before_their_last(
    opens: int, closes: int, weekday: bool, moment: datetime, is_holiday: bool
) -> None:
    text = f"{'weekday ' if weekday else ''}{face(opens)}-{face(closes)}"
    if opens >= closes:
        with pytest.raises(ValueError, match="must end after they begin"):
            Hours.parse(text)
        return
    hours = Hours.parse(text)
    inside = face(opens) <= moment.strftime("%H:%M") < face(closes)  # as words, not as the minutes of the code
    a_weekday = moment.strftime("%a") not in ("Sat", "Sun") and not is_holiday
    assert hours.contains(moment, is_holiday) == (inside and (a_weekday or not weekday))
    assert str(hours) == text


@given(MINUTES, MINUTES, MOMENTS)
def test_a_window_may_pass_midnight_and_ends_when_it_says(begins: int, ends: int, moment: datetime) -> None:
    window = Window.parse(f"{face(begins)}-{face(ends)}")
    length = (ends - begins) % 1440
    since = (moment.hour * 60 + moment.minute - begins) % 1440
    assert window.contains(moment) == (since < length)
    if window.contains(moment):
        over = window.over_at(moment)
        assert not window.contains(over)
        assert timedelta() < over - moment <= timedelta(minutes=length)


def test_the_whole_day_is_open_to_its_last_second_and_no_window_is_never() -> None:
    hours = Hours.parse("00:00-24:00")
    assert hours.all_day
    assert hours.contains(datetime(2021, 3, 2, 23, 59, 59))
    assert not Window.parse("").contains(datetime(2021, 3, 2))


@pytest.mark.parametrize(
    "text",
    ["", "9:00-18:00", "09:00-18:0", "09:00–18:00", "24:00-24:00", "09:00-24:01", "25:00-26:00", "weekdays 09:00-18:00",
     "weekday  09:00-18:00", " 09:00-18:00", "09:00-18:00\n", "18:00-09:00", "09:00-09:00", "09:60-10:00"],
)  # fmt: skip
def test_what_is_not_hours_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="must"):
        Hours.parse(text)


@pytest.mark.parametrize("text", ["23:50", "23:50-24:00", "23:50-0:10", "weekday 23:50-00:10", "23:50-00:10\n"])
def test_what_is_no_window_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="must be a window"):
        Window.parse(text)
