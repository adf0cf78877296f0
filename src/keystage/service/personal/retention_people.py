"""What is let go of people, of the record, and of what lies underneath."""

from collections.abc import Iterator
from datetime import datetime

from django.contrib.sessions.models import Session
from django.db.models import Q
from django_tasks_db.models import DBTaskResult

from keystage.service.accounts.models import ApiToken, Invitation, KeptEmail, Person
from keystage.service.accounts.services.own_data import NOBODY
from keystage.service.events import erasing
from keystage.service.events.kinds import Kind
from keystage.service.events.models import Erasure, Event
from keystage.service.personal.holds import schools_held
from keystage.service.personal.kept import Keep
from keystage.service.personal.periods import ADDRESSES, PERIODS
from keystage.service.personal.retention import Piece, Rule, old_words, technical

_WITH_ADDRESS = (Kind.SIGNED_IN, Kind.SIGN_IN_FAILED, Kind.CODE_SENT)
_STAYS = frozenset({"what"})
"""Of a sign-in that failed: what was wrong."""


def _sessions(moment: datetime) -> Iterator[Piece]:
    yield from technical("ended sessions", Session.objects.filter(expire_date__lt=moment))


def _emails(moment: datetime) -> Iterator[Piece]:
    yield from technical("kept emails", KeptEmail.objects.filter(at__lt=PERIODS[Keep.EMAIL].before(moment)))


def _jobs(moment: datetime) -> Iterator[Piece]:
    old = DBTaskResult.objects.finished().filter(finished_at__lt=PERIODS[Keep.JOB].before(moment))
    yield from technical("finished jobs", old)


def _invitations(moment: datetime) -> Iterator[Piece]:
    over = PERIODS[Keep.INVITATION].before(moment)
    ended = Q(accepted_at__lt=over) | Q(withdrawn_at__lt=over) | Q(expires_at__lt=over)
    rows = Invitation.objects.filter(ended)
    keys = tuple(rows.values_list("key", flat=True))
    if keys:
        yield Piece("past invitations", len(keys), lambda _: {"past invitations": rows.delete()[0]}, targets=keys)


def _tokens(moment: datetime) -> Iterator[Piece]:
    over = PERIODS[Keep.INVITATION].before(moment)
    old = [each for each in ApiToken.objects.filter(Q(revoked_at__lt=over) | Q(expires_at__lt=over)) if _is_free(each)]
    if old:
        yield Piece("past tokens", len(old), lambda _: {"past tokens": sum(each.delete()[0] for each in old)})


def _is_free(token: ApiToken) -> bool:
    """Say whether no file came by a token: then nothing needs it any more."""
    links = ((each.related_model, each.field.name) for each in ApiToken._meta.related_objects)
    return not any(model._default_manager.filter(**{name: token}).exists() for model, name in links)


def _addresses(moment: datetime) -> Iterator[Piece]:
    over = ADDRESSES.before(moment)
    events = Event.objects.filter(kind__in=_WITH_ADDRESS, at__lt=over, data__has_key="address")
    if count := events.count():
        yield Piece(
            "network addresses in the record", count, lambda erasure: old_words(erasure, events, _STAYS), before=over
        )


def _words(moment: datetime) -> Iterator[Piece]:
    over = PERIODS[Keep.EVENTS].before(moment)
    events = Event.objects.filter(at__lt=over).exclude(data={}).exclude(kind__startswith="privacy.")
    events = events.exclude(data__has_key="erased")
    if held := schools_held():
        events = events.exclude(organisation__in=held)
    if count := erasing.how_many_say_more(events):
        yield Piece("words in the record", count, lambda erasure: old_words(erasure, events), before=over)


def _names(moment: datetime) -> Iterator[Piece]:
    closed = Erasure.objects.filter(what="account", finished_at__lt=PERIODS[Keep.EVENTS].before(moment))
    keys = [key for each in closed for key in each.targets]
    rows = Person.objects.filter(key__in=keys, is_active=False).exclude(name=NOBODY)
    if count := rows.count():
        yield Piece("names of closed accounts", count, lambda _erasure: {"names": rows.update(name=NOBODY)})


RULES = (
    Rule("Sessions that have ended", "sessions", _sessions, is_technical=True),
    Rule("Emails kept by a demonstration", "emails", _emails, is_technical=True),
    Rule("Jobs that are finished", "jobs", _jobs, is_technical=True),
    Rule("Invitations that are past", "invitations", _invitations),
    Rule("Tokens that are past", "tokens", _tokens),
    Rule("Network addresses in the record", "events", _addresses),
    Rule("Words in the record", "events", _words),
    Rule("Names of people whose accounts are closed", "people", _names),
)
"""What is let go on both sides."""
