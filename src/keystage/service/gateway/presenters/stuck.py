"""Schools that are stuck, each with why: so that somebody can ring them before the collection closes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from types import MappingProxyType

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from keystage.service.design.words import date_words, plural
from keystage.service.gateway.models import Collection, GatewayReturn, Stage, State, Submission
from keystage.service.gateway.queries import returns_in

LONG = timedelta(days=3)
"""After how long without a new file a return in error or incomplete is stuck; and a school that has sent nothing."""
IN_A_ROW = 3
"""How many faulty files one after the other."""

_FAULTY = (Stage.IN_ERROR, Stage.UNREADABLE)
_DAYS = plural(LONG.days, "day")


@dataclass(frozen=True, slots=True)
class Why:
    """A way of being stuck."""

    name: str
    words: str
    says: str
    """What to do about it, in a line."""
    find: Callable[[Collection], QuerySet[GatewayReturn]]
    about: Callable[[GatewayReturn], str]
    """Why this school is on the list."""


def _unfinished(collection: Collection) -> QuerySet[GatewayReturn]:
    before = timezone.now() - LONG
    found = returns_in(collection).filter(state__in=(State.IN_ERROR, State.INCOMPLETE))
    since = Coalesce("latest__received_at", "settled_at", "opened_at")
    return found.annotate(since=since).filter(since__lte=before).order_by("since", "pk")


def _about_unfinished(found: GatewayReturn) -> str:
    since = getattr(found, "since", None)
    what = "In error" if found.state == State.IN_ERROR else f"Incomplete, {plural(found.missing, 'pupil')} missing"
    return f"{what}, and nothing new since {date_words(since)}"


def _failing(collection: Collection) -> QuerySet[GatewayReturn]:
    good_later = Submission.objects.filter(
        gateway_return=OuterRef("gateway_return"), serial__gt=OuterRef("serial")
    ).exclude(stage__in=_FAULTY)
    faulty = Submission.objects.filter(~Exists(good_later), gateway_return__collection=collection, stage__in=_FAULTY)
    many = faulty.order_by().values("gateway_return").annotate(files=Count("pk")).filter(files__gte=IN_A_ROW)
    count = Count("submissions", filter=Q(submissions__in=faulty.values("pk")))
    found = returns_in(collection).filter(pk__in=many.values("gateway_return"))
    return found.annotate(faulty=count).order_by("-faulty", "pk")


def _about_failing(found: GatewayReturn) -> str:
    return f"The last {plural(getattr(found, 'faulty', 0), 'file')} had errors or could not be read"


def _silent(collection: Collection) -> QuerySet[GatewayReturn]:
    found = returns_in(collection)
    if timezone.now() < collection.opens_at + LONG:
        return found.none()
    return found.filter(state=State.NOT_STARTED)


def _about_silent(found: GatewayReturn) -> str:
    since = f"Nothing since the collection opened on {date_words(found.collection.opens_at)}"
    return f"{since}; {plural(found.expected, 'pupil')} expected" if found.expected else f"{since}; nobody is expected"


WAYS: Mapping[str, Why] = MappingProxyType(
    {
        each.name: each
        for each in (
            Why(
                "unfinished", f"In error or incomplete for more than {_DAYS}",
                "The school knows, and has sent nothing new. Ask whether it needs help.", _unfinished,
                _about_unfinished,
            ),
            Why(
                "failing", f"{IN_A_ROW} or more faulty files in a row",
                "The school tries and does not get through. Look at what is found, and write to it.", _failing,
                _about_failing,
            ),
            Why(
                "silent", f"Nothing sent {_DAYS} after opening",
                "Nothing has come that could be read. A school without pupils must send a nil return.", _silent,
                _about_silent,
            ),
        )
    }
)  # fmt: skip
"""By name, in the order of the page."""
