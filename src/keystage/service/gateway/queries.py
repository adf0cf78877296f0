"""What others may read of the gateway: an authority's pages, trusts, the agency's tables. They read nothing else."""

from collections.abc import Iterator, Sequence

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from keystage.service.accounts.models import Membership, Organisation
from keystage.service.accounts.roles import OrganisationKind, Permission, roles_with
from keystage.service.events.kinds import Kind
from keystage.service.events.models import Event
from keystage.service.gateway.models import (
    AuthoritySettings,
    AuthorityUpload,
    Collection,
    CorrectionRequest,
    GatewayReturn,
    HeldPupil,
    RegisteredPupil,
    Release,
    ResendRequest,
    SchoolResults,
    Submission,
    UploadMember,
)
from keystage.service.gateway.register import held_of, registered_of
from keystage.service.gateway.same import Same
from keystage.service.gateway.services.settling import numbers

_REPORTS = ("latest__report", "counting__report")
"""Long, and never wanted in a list."""
LATELY = (
    *(Kind.FILE_RECEIVED, Kind.FILE_APPLIED, Kind.FILE_SET_ASIDE, Kind.RESEND_ASKED, Kind.RETURN_REMOVED),
    *(Kind.NIL_DECLARED, Kind.NIL_TAKEN_BACK, Kind.SCHOOL_EXTENDED, Kind.SCHOOL_MODERATED),
    *(Kind.WRONG_SAID, Kind.WRONG_MENDED, Kind.WRONG_IS_RIGHT, Kind.WRONG_TAKEN_BACK),
    *(Kind.SCHOOL_CHASED, Kind.VISIT_CHANGED),
)
"""What an authority is shown of what happened to its schools' returns."""


def collections_of(organisation: Organisation) -> QuerySet[Collection]:
    """Return the collections that an organisation takes part in, the latest first."""
    return Collection.objects.filter(is_practice=organisation.is_practice).order_by("-year")


def returns_in(collection: Collection) -> QuerySet[GatewayReturn]:
    """Return the returns of a collection with what lists show of them, by the school's name.

    Of each, ``is_asked`` says whether the school was asked to send again and has not.
    """
    asked = ResendRequest.objects.filter(gateway_return=OuterRef("pk"), answered_at=None)
    found = GatewayReturn.objects.filter(collection=collection).defer(*_REPORTS, "declaration")
    found = found.annotate(is_asked=Exists(asked))
    return found.select_related("school", "latest__file", "counting", "collection").order_by("school__name", "number")


def returns_of(collection: Collection, organisation: Organisation) -> QuerySet[GatewayReturn]:
    """Return the returns of an authority's or a trust's own schools, by the school's name; of others, none."""
    found = returns_in(collection)
    if organisation.is_practice != collection.is_practice:
        return found.none()
    if organisation.kind == OrganisationKind.AUTHORITY and organisation.number:
        return found.filter(authority_number=organisation.number)
    if organisation.kind == OrganisationKind.TRUST:
        return found.filter(school__trust=organisation)
    return found.none()


def named(returns: QuerySet[GatewayReturn], words: Sequence[str]) -> QuerySet[GatewayReturn]:
    """Return those of some returns whose school's name holds each word, or whose number begins with it."""
    for word in words:
        returns = returns.filter(Q(school__name__icontains=word) | Q(number__startswith=word.replace("/", "")))
    return returns


_COVERED = (
    *(
        "key",
        "number",
        "authority_number",
        "state",
        "expected",
        "received",
        "missing",
        "unexpected",
        "accepted",
        "differing",
    ),
    *("is_moderated", "visit_on", "extended_until", "declared_at", "waiting_for", "chased_at"),
    *("collection", "school__name", "latest__received_at", "latest__stage", "latest__errors", "latest__queries"),
    *("chased_by__name", "moderation__held_on", "moderation__moderator"),
)
"""What a list of hundreds of schools shows of each, and nothing else is read."""


def covered(collection: Collection, organisation: Organisation) -> QuerySet[GatewayReturn]:
    """Return the returns of an organisation's own schools, each with what the coverage page shows of it."""
    found = returns_of(collection, organisation).select_related(None)
    return found.select_related("school", "latest", "chased_by", "moderation").only(*_COVERED)


def moderated_returns(collection: Collection, organisation: Organisation) -> QuerySet[GatewayReturn]:
    """Return the returns of an organisation's moderated schools, each with its visit.

    Of each, ``in_sample`` says how many pupils are in its sample, and ``judged`` of how many a judgement is recorded.
    """
    found = covered(collection, organisation).filter(is_moderated=True)
    judged = Count("sample", filter=~Q(sample__registered__moderated_writing=""))
    return found.annotate(in_sample=Count("sample"), judged=judged)


def people_who_can_send(collection: Collection, organisation: Organisation) -> dict[int, int]:
    """Return how many people of each of an organisation's own schools can send files, by the school's primary key."""
    found = Membership.objects.filter(
        organisation__in=returns_of(collection, organisation).order_by().values("school"),
        role__in=roles_with(Permission.SUBMIT), ended_at=None, person__is_active=True,
    )  # fmt: skip
    counted = found.order_by().values("organisation").annotate(people=Count("person", distinct=True))
    return dict(counted.values_list("organisation", "people"))


def settings_of(collection: Collection, authority: Organisation) -> AuthoritySettings | None:
    """Return what an authority has set for itself; None where it has set nothing."""
    return AuthoritySettings.objects.filter(collection=collection, authority=authority).first()


def open_requests(gateway_return: GatewayReturn) -> list[ResendRequest]:
    """Return the requests to send again that no file has answered yet, the latest first."""
    return [each for each in requests_of(gateway_return) if each.answered_at is None]


def requests_of(gateway_return: GatewayReturn) -> QuerySet[ResendRequest]:
    """Return every request to a school to send again, the latest first."""
    found = ResendRequest.objects.filter(gateway_return=gateway_return).select_related("asked_by", "asked_for")
    return found.order_by("-pk")


def files_of(gateway_return: GatewayReturn) -> QuerySet[Submission]:
    """Return the files that came for a school, the latest first, with what lists show of them."""
    found = Submission.objects.filter(gateway_return=gateway_return).defer("report")
    return found.select_related("file__organisation", "by").order_by("-serial")


def who_of(gateway_return: GatewayReturn) -> Same[HeldPupil, RegisteredPupil]:
    """Return who counts and is expected; alone on the left who is not expected, on the right who is missing."""
    return numbers(held_of(gateway_return), registered_of(gateway_return))


def lately(collection: Collection, organisation: Organisation) -> QuerySet[Event]:
    """Return what happened to the returns of an organisation's schools, the latest first."""
    schools = returns_of(collection, organisation).order_by().values("school_id")
    found = Event.objects.filter(organisation__in=schools, year=collection.year, kind__in=LATELY)
    return found.select_related("person", "organisation").order_by("-id")


def judgements_of(collection: Collection, organisation: Organisation) -> Iterator[HeldPupil]:
    """Yield every pupil who counts at an organisation's schools, school by school."""
    returns = returns_of(collection, organisation).order_by().values("pk")
    found = HeldPupil.objects.filter(gateway_return__in=returns, removed_at=None)
    ordered = found.select_related("gateway_return__school").order_by(
        "gateway_return__number", "surname", "forename", "pk"
    )
    return ordered.defer("gateway_return__declaration").iterator(chunk_size=2000)


def held_by_school(collection: Collection, organisation: Organisation) -> QuerySet[HeldPupil]:
    """Return every pupil who counts at an organisation's schools, those of a school together, each with their file."""
    returns = returns_of(collection, organisation).order_by().values("pk")
    found = HeldPupil.objects.filter(gateway_return__in=returns, removed_at=None)
    ordered = found.select_related("gateway_return__school", "submission__file").order_by(
        "gateway_return__number", "gateway_return_id", "upn", "surname", "forename", "pk"
    )
    return ordered.defer("gateway_return__declaration", "submission__report")


def results_by_school(
    collection: Collection, organisation: Organisation, releases: Sequence[Release]
) -> list[SchoolResults]:
    """Return the results of an organisation's schools, by number, of each from the latest of some releases that has it.

    Args:
        collection: of which collection.
        organisation: whose schools.
        releases: what may be shown, the latest first.
    """
    returns = returns_of(collection, organisation).order_by().values("pk")
    found: dict[str, SchoolResults] = {}
    for release in releases:
        parts = SchoolResults.objects.filter(release=release, gateway_return__in=returns).defer("report", "changes")
        for each in parts.select_related("gateway_return__school", "release__file"):
            found.setdefault(each.number, each)
    return sorted(found.values(), key=lambda each: each.number)


def reported_by(returns: QuerySet[GatewayReturn]) -> QuerySet[CorrectionRequest]:
    """Return what some schools reported as wrong: what is open first, the oldest first; then what is closed."""
    found = CorrectionRequest.objects.filter(gateway_return__in=returns.order_by().values("pk"))
    named = found.select_related("gateway_return__school", "opened_by", "closed_by").defer(
        "gateway_return__declaration"
    )
    return named.order_by(F("closed_at").desc(nulls_first=True), "opened_at", "pk")


def uploads_of(collection: Collection, organisation: Organisation) -> QuerySet[AuthorityUpload]:
    """Return the zips that an authority sent, the latest first."""
    found = AuthorityUpload.objects.filter(collection=collection, organisation=organisation)
    return found.select_related("file", "by").order_by("-pk")


def members_of(upload: AuthorityUpload) -> QuerySet[UploadMember]:
    """Return the files of a zip that were worked through so far, in the zip's order."""
    found = UploadMember.objects.filter(upload=upload).order_by("position")
    return found.select_related("submission__gateway_return__school", "submission__file").defer("submission__report")
