"""A help thread as its pages show it, the newest message first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, QuerySet, Subquery

from keystage.service.accounts.models import Person
from keystage.service.gateway.models import Collection, GatewayReturn, Message
from keystage.service.gateway.services.helping import HELPDESK, SCHOOL

SHOWN = 50
"""So many messages stand on a page at first."""
_EXCERPT = 160


@dataclass(frozen=True, slots=True)
class Line:
    """One message."""

    key: str
    who: str
    is_helpdesk: bool
    is_mine: bool
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Thread:
    """The messages of a thread that are shown, and how many there are."""

    lines: list[Line]
    total: int

    @property
    def last(self) -> str:
        """The key of the newest message; empty where there is none."""
        return self.lines[0].key if self.lines else ""

    @property
    def earlier(self) -> int:
        """How many earlier messages are not shown."""
        return self.total - len(self.lines)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A thread, as the list of them shows it."""

    key: str
    school: str
    number: str
    state: str
    missing: int
    waiting_for: str
    since: datetime | None
    excerpt: str


def thread_of(gateway_return: GatewayReturn, person: Person, *, everything: bool = False) -> Thread:
    """Return a thread for somebody to look at: the newest messages, or all of them."""
    messages = _messages(gateway_return)
    total = messages.count()
    return Thread(_lines(messages if everything else messages[:SHOWN], person), total)


def news_of(gateway_return: GatewayReturn, person: Person, after: str) -> list[Line]:
    """Return the messages after one that was seen, the newest first; of a key that is not there, the newest ones."""
    messages = _messages(gateway_return)
    known = Message.objects.filter(gateway_return=gateway_return, key=after).values_list("pk", flat=True).first()
    return _lines(messages.filter(pk__gt=known) if known else messages[:SHOWN], person)


def standing(gateway_return: GatewayReturn, *, is_helpdesk: bool) -> str:
    """Say whose turn it is, to one side; nothing where it is nobody's."""
    if gateway_return.waiting_for == HELPDESK:
        return "Waiting for the helpdesk." if is_helpdesk else "The helpdesk has your message and has not answered yet."
    if gateway_return.waiting_for == SCHOOL:
        return (
            "Waiting for the school." if is_helpdesk else "The helpdesk has answered. If it does not help, write again."
        )
    return ""


def threads(collection: Collection, *, everything: bool, search: str) -> QuerySet[GatewayReturn]:
    """Return the returns whose threads wait for the helpdesk, the longest first; or every thread, or some schools'."""
    found = GatewayReturn.objects.filter(collection=collection).select_related("school")
    if search:
        part = (
            found.filter(number__startswith=search)
            if search.isdecimal()
            else found.filter(school__name__icontains=search)
        )
        return part.order_by("school__name", "pk")
    if everything:
        newest = Message.objects.filter(gateway_return=OuterRef("pk")).order_by("-pk").values("at")[:1]
        return found.annotate(newest=Subquery(newest)).exclude(newest=None).order_by("-newest", "pk")
    return found.filter(waiting_for=HELPDESK).order_by("waiting_since", "pk")


def waiting(returns: Iterable[GatewayReturn]) -> list[Waiting]:
    """Return the rows of a list of threads: one query more, whatever their number."""
    held = list(returns)
    newest: dict[int, str] = {}
    last = Message.objects.filter(gateway_return=OuterRef("gateway_return")).order_by("-pk").values("pk")[:1]
    for each in Message.objects.filter(gateway_return__in=held, pk=Subquery(last)):
        newest[each.gateway_return_id] = _excerpt(each.text)
    return [
        Waiting(
            each.key, each.school.name, each.number, each.state, each.missing, each.waiting_for, each.waiting_since,
            newest.get(each.pk, ""),
        )
        for each in held
    ]  # fmt: skip


def _messages(gateway_return: GatewayReturn) -> QuerySet[Message]:
    return Message.objects.filter(gateway_return=gateway_return).select_related("by").order_by("-pk")


def _lines(messages: Iterable[Message], person: Person) -> list[Line]:
    return [
        Line(each.key, str(each.by), each.is_helpdesk, each.by_id == person.pk, each.text, each.at) for each in messages
    ]


def _excerpt(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _EXCERPT else f"{words[:_EXCERPT].rstrip()}…"
