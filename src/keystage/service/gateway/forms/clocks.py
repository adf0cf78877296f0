"""The moment that a day and a time of London's clocks name, where they name just one."""

from datetime import UTC, date, datetime, time

from django.utils import timezone

from keystage.service.design.words import date_words, time_words


class NotOnce(ValueError):
    """London's clocks leave a time out, or show it twice, on the night when they are changed; it says so in words."""


def moment_once(day: date, clock: time) -> datetime:
    """Return the moment that a day and a time name.

    Raises:
        NotOnce: there is no such moment, or there are two.
    """
    shown = datetime.combine(day, clock)
    first, second = (timezone.make_aware(shown.replace(fold=fold)) for fold in (0, 1))
    if timezone.make_naive(first.astimezone(UTC)) != shown:
        raise NotOnce(f"There is no {time_words(clock)} on {date_words(day)}: the clocks go forward. Give another time")
    if first.utcoffset() != second.utcoffset():
        raise NotOnce(
            f"{time_words(clock)} comes twice on {date_words(day)}: the clocks go back."
            " Give a time before 1am or from 2am"
        )
    return first
