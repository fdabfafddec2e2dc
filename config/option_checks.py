"""Options and inputs against their values."""

from __future__ import annotations

from config.grouping import grouped
from config.review import Review
from config.rows import Option, OptionValue


def check_options(review: Review) -> None:
    tables = review.tables
    for value in tables.option_values:
        review.known("option_values", f"{value.value_id} option_id", value.option_id, "options")
    if not tables.option_values.cells:
        return
    values = grouped(tables.option_values, lambda value: value.option_id)
    pairs = set(zip(tables.option_values.cells["option_id"], tables.option_values.cells["value_id"], strict=True))
    with_values = tables.option_values.words("option_id")
    for option in tables.options:
        if option.kind in ("one", "many") and option.id not in with_values:
            review.fault("options", option.id, "has no value to choose", f"add one to {tables.file('option_values')}")
        elif option.kind == "one":
            _check_default(review, option, values[option.id])
        if option.kind in ("number", "text"):
            _check_range(review, option)
        if option.only_when and tuple(option.only_when.split("=")) not in pairs:
            said = "names a value that does not exist"
            advice = f"take one of {tables.file('option_values')}, as option=value"
            review.fault("options", f"{option.id} only_when", said, advice, option.only_when)


def check_inputs(review: Review) -> None:
    tables = review.tables
    for value in tables.input_values:
        review.known("input_values", f"{value.value_id} input_id", value.input_id, "inputs")
    for each in tables.inputs:
        if each.min > each.max:
            review.fault("inputs", f"{each.id} min", f"is above max = {each.max}", f"take {each.max} or less", each.min)
        if not tables.input_values.cells:
            continue
        has_choices = each.id in tables.input_values.words("input_id")
        if "choice" in each.kind and not has_choices:
            review.fault("inputs", each.id, "has nothing to choose", f"add rows to {tables.file('input_values')}")
        if "choice" not in each.kind and has_choices:
            said = "has choices, but is typed"
            review.fault("inputs", f"{each.id} kind", said, "take choice or multi-choice", each.kind)


def _check_default(review: Review, option: Option, values: list[OptionValue]) -> None:
    defaults = [value.value_id for value in values if value.default]
    written = sum(cell == option.id for cell in review.tables.option_values.cells["option_id"])
    if len(defaults) != 1 and len(values) == written:
        said = f"{option.id} default"
        problem = f"must have exactly one default, not {len(defaults)}"
        review.fault("option_values", said, problem, "write yes in one row and no in the others", ";".join(defaults))


def _check_range(review: Review, option: Option) -> None:
    if option.min is None or option.max is None or option.min > option.max:
        value = f"{'' if option.min is None else option.min}..{'' if option.max is None else option.max}"
        said = f"a {option.kind} needs min and max, min not above max"
        review.fault("options", f"{option.id} min, max", said, "write both", value)
