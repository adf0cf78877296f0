"""The dates that apply to whoever looks: the nation's, a school's extension, and its authority's earlier date."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from keystage.service.design.words import date_words, moment_words, time_words, until_words
from keystage.service.gateway.dates import dates_of
from keystage.service.gateway.models import AuthoritySettings, Collection, GatewayReturn


@dataclass(frozen=True, slots=True)
class DateLine:
    """One date, in words, and what is to be known of it."""

    what: str
    words: str
    note: str = ""
    is_past: bool = False


@dataclass(frozen=True, slots=True)
class DatesShown:
    """Every date that applies, in order, and in one sentence where things stand."""

    now: str
    lines: tuple[DateLine, ...]


def dates_for(
    collection: Collection, gateway_return: GatewayReturn | None = None, authority: AuthoritySettings | None = None
) -> DatesShown:
    """Return the dates that apply.

    Args:
        collection: the collection.
        gateway_return: a school's return, for the dates of that school; None for the agency, or for an authority as
            a whole.
        authority: what the school's authority, or the authority that looks, has set for itself.
    """
    lines = [*_registration(collection), *_files(collection)]
    if gateway_return is not None:
        lines += _of_school(gateway_return, authority)
    elif authority is not None and authority.due_at is not None:
        note = "Moderated schools are exempt until their visit is over."
        lines.append(_until("Your own date for your schools", authority.due_at, note))
    return DatesShown(_now(collection, gateway_return, authority), tuple(lines))


def _registration(collection: Collection) -> list[DateLine]:
    opens, due = collection.registration_opens_at, collection.registration_due_at
    closes = collection.registration_closes_at
    lines = []
    if opens is not None:
        lines.append(_from("Registration opens", opens))
    if due is not None:
        lines.append(_until("Registration is due by", due, "Submit the register of expected pupils by then."))
    if closes is not None:
        note = "Joiners and leavers can be entered until then; afterwards only the agency can change the register."
        lines.append(_until("Cut-off for joiners and leavers", closes, note))
    return lines


_BY_THEN = "By then, queries must be answered and changes confirmed too: a file that still waits does not count."


def _files(collection: Collection) -> list[DateLine]:
    opens, closes = collection.opens_at, collection.closes_at
    return [
        _from("Files are taken from", opens),
        _until("National deadline: files are taken until", closes, _BY_THEN),
    ]


def _of_school(gateway_return: GatewayReturn, authority: AuthoritySettings | None) -> list[DateLine]:
    dates, plain = dates_of(gateway_return, authority), dates_of(gateway_return)
    lines = []
    if dates.is_extended:
        lines.append(_until("Extension: this school can send until", dates.closes_at, gateway_return.extension_reason))
    if authority is None or authority.due_at is None:
        return lines
    if dates.wanted_by < plain.closes_at:
        lines.append(_until("The authority wants the return by", dates.wanted_by))
    elif gateway_return.is_moderated:
        visit = gateway_return.visit_on
        until = f"on {date_words(visit)}" if visit else "whose day is not known yet"
        note = f"It does not apply to this school yet, whose writing is moderated, with a visit {until}."
        lines.append(_until("The authority’s own date", authority.due_at, note))
    return lines


def _from(what: str, moment: datetime) -> DateLine:
    """Return a moment from which something holds: at the beginning of a day, the day says it."""
    words = date_words(moment) if time_words(moment) == "midnight" else moment_words(moment)
    return DateLine(what, words, is_past=_is_past(moment))


def _until(what: str, moment: datetime, note: str = "") -> DateLine:
    return DateLine(what, until_words(moment), note, _is_past(moment))


def _is_past(moment: datetime) -> bool:
    return moment <= timezone.now()


def _now(collection: Collection, gateway_return: GatewayReturn | None, authority: AuthoritySettings | None) -> str:
    now = timezone.now()
    closes, is_open = collection.closes_at, collection.is_open
    if gateway_return is not None:
        dates = dates_of(gateway_return, authority)
        closes, is_open = dates.closes_at, dates.is_open
        if is_open and dates.wanted_by < closes:
            wanted = "wants" if now < dates.wanted_by else "wanted"
            return (
                f"Files are taken until {until_words(closes)}. Your authority {wanted} the return by"
                f" {until_words(dates.wanted_by)}."
            )
    if is_open:
        return f"Files are taken until {until_words(closes)}."
    if collection.closed_at is not None and now < closes:
        return f"The collection was closed on {moment_words(collection.closed_at)}: no files are taken."
    if now < collection.opens_at:
        return f"Files are taken from {moment_words(collection.opens_at)}."
    return f"Files were taken until {until_words(closes)}."
