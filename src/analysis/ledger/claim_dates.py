"""Dates and periods of published figures as rules compare them, and in words (pure)."""

from typing import Final

from analysis.i18n.language import tr
from analysis.i18n.periods import last_day, when

UNDATED: Final = 9999_12_31  # the day of a figure that no date is known of: after all others


def day_number(as_of: str | None) -> int:
    """Last day of a date or period as a number: `2018-11` is 20181130; UNDATED without a date."""
    return int(last_day(as_of).replace("-", "")) if as_of else UNDATED


def first_day_number(as_of: str | None) -> int:
    """First day of a date or period as a number: `2018-11` is 20181101; UNDATED without a date."""
    return int(f"{as_of.partition('/')[0].replace('-', '')}0101"[:8]) if as_of else UNDATED


def since(as_of: str | None) -> str:
    """When a period begins, `2019` for `2019/2022`; nothing for what counts from the beginning."""
    return as_of.partition("/")[0] if as_of and "/" in as_of else ""


def dated(as_of: str | None) -> str:
    """A date or period in words, or that there is none."""
    return when(as_of) if as_of else tr("sans date")
