"""What the gateway keeps, of whom, why and for how long. Children stand before what they hang on."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet

from keystage.service.gateway.models import (
    AreaFigures,
    AttendanceRegister,
    AuthoritySettings,
    AuthorityUpload,
    Collection,
    Correction,
    CorrectionRequest,
    GatewayReturn,
    HeldPupil,
    Message,
    ModeratedPupil,
    ModerationVisit,
    PreparedFile,
    QueryAnswer,
    Receipt,
    ReceivedFile,
    RegisteredPupil,
    RegistrationLoad,
    Release,
    ResendRequest,
    SchoolFigures,
    SchoolResults,
    Submission,
    ThreadSeen,
    UploadMember,
)
from keystage.service.gateway.personal.finding import receivers
from keystage.service.personal.kept import Keep, Kept, fields
from keystage.service.personal.subject import Subject

_COLLECTS = "The collection of teacher assessments, and what it is checked with."
_PROOF = "Proof of what was received, and what became of it."
_RESULTS = "Results that are passed on to schools and authorities."
_GOES = "Deleted with the collection’s pupils."
_OUT = "What is said of pupils is taken out; the rest stays."


def _of_returns(model: Any) -> Any:
    return lambda subject: model.objects.filter(gateway_return__in=subject.returns)


def _with_upn(model: Any) -> Any:
    return lambda subject: model.objects.filter(gateway_return__in=subject.returns, upn__in=subject.words.upns)


def _with_another_upn(model: Any) -> Any:
    return lambda subject: model.objects.filter(gateway_return__in=subject.returns).exclude(upn__in=subject.words.upns)


def _held(subject: Subject) -> QuerySet[HeldPupil]:
    """Return the pupil where they count, also under another UPN, where it is known who on the register it is."""
    on_register = Q(registered__in=subject.pks("gateway.RegisteredPupil"))
    return HeldPupil.objects.filter(on_register | Q(pk__in=subject.pks("gateway.HeldPupil")))


def _corrections(subject: Subject) -> QuerySet[Correction]:
    return Correction.objects.filter(
        Q(held__in=_held(subject)) | Q(gateway_return__in=subject.returns, upn__in=subject.words.upns)
    )


def _collections(subject: Subject) -> QuerySet[Collection]:
    return Collection.objects.filter(returns__in=subject.returns)


def _files(subject: Subject) -> QuerySet[ReceivedFile]:
    """Return the files in which the pupil may stand: of the schools, of their authorities, and of the whole country."""
    sent = Submission.objects.filter(gateway_return__in=subject.returns)
    uploads = UploadMember.objects.filter(submission__in=sent)
    found = Q(pk__in=sent.values("file")) | Q(pk__in=AuthorityUpload.objects.filter(
        pk__in=uploads.values("upload")).values("file"))  # fmt: skip
    found |= Q(pk__in=RegistrationLoad.objects.filter(collection__in=_collections(subject)).values("file"))
    parts = SchoolResults.objects.filter(gateway_return__in=subject.returns)
    found |= Q(pk__in=Release.objects.filter(pk__in=parts.values("release")).values("file"))
    return ReceivedFile.objects.filter(found).exclude(sha256="")


def _prepared(subject: Subject) -> QuerySet[PreparedFile]:
    parts = SchoolResults.objects.filter(gateway_return__in=subject.returns)
    found = PreparedFile.objects.filter(release__in=parts.values("release"), organisation__in=receivers(subject))
    return found.exclude(sha256="")


ENTRIES: Sequence[Kept] = (
    Kept(
        QueryAnswer, "Answers to queries", _COLLECTS, Keep.GATEWAY, _GOES,
        pupil=fields("code upn subject found text"), people=fields("person"), nothing=fields("at withdrawn_at"),
        rows=_with_upn(QueryAnswer), mixed=_with_another_upn(QueryAnswer),
    ),
    Kept(
        Correction, "Corrections", _COLLECTS, Keep.GATEWAY, _GOES,
        pupil=fields("upn name field before after"), people=fields("by done_by"), nothing=fields("at done_at"),
        rows=_corrections,
    ),
    Kept(
        CorrectionRequest, "What a school reported as wrong", _COLLECTS, Keep.GATEWAY, _GOES,
        pupil=fields("upn name what shown says because"), people=fields("opened_by closed_by"),
        nothing=fields("opened_at closed_at closed_how"), rows=_with_upn(CorrectionRequest),
        mixed=_with_another_upn(CorrectionRequest),
    ),
    Kept(
        ModeratedPupil, "The sample of a moderation", "The moderation of writing.", Keep.GATEWAY, _GOES,
        pupil=fields("school_code judgement note"), people=fields("chosen_by judged_by"),
        nothing=fields("chosen_at judged_at"),
        rows=lambda subject: ModeratedPupil.objects.filter(registered__in=subject.pks("gateway.RegisteredPupil")),
    ),
    Kept(
        HeldPupil, "Pupils and judgements that count", _COLLECTS, Keep.GATEWAY, _GOES,
        pupil=fields(
            "upn former_upn surname forename birth_date sex reading writing maths science removed_reason"
        ),
        people=fields("removed_by"), nothing=fields("accepted_at removed_at"),
        rows=_held,
    ),
    Kept(
        RegisteredPupil, "The register", _COLLECTS, Keep.GATEWAY, _GOES,
        pupil=fields(
            "upn former_upn surname forename birth_date sex reading maths gps status date_joined date_left"
            " attended_reading attended_maths attended_gps moderated_writing next_school"
        ),
        nothing=fields("version added_at"),
        rows=lambda subject: RegisteredPupil.objects.filter(pk__in=subject.pks("gateway.RegisteredPupil")),
    ),
    Kept(
        Submission, "Files sent by schools", _PROOF, Keep.GATEWAY,
        "What the checks said of pupils is taken out; that it came, its fingerprint and its counts stay.",
        pupil=fields("report"), people=fields("by applied_by"),
        nothing=fields(
            "serial idempotency_key fingerprint is_sheet route received_at stage checked_at register_version"
            " held_version verdict pupils errors queries infos applied_at"
        ),
        mixed=_of_returns(Submission),
    ),
    Kept(
        Receipt, "Receipts", _PROOF, Keep.GATEWAY, "The pupils are taken out; number, fingerprint and counts stay.",
        pupil=fields("content"), people=fields("by"), nothing=fields("number at fingerprint"),
        mixed=_of_returns(Receipt),
    ),
    Kept(
        ReceivedFile, "Files received", _PROOF, Keep.GATEWAY,
        "Its content is deleted; name, size, who sent it and when stay.",
        pupil=fields("name sha256"), people=fields("by"), nothing=fields("size at"), mixed=_files,
    ),
    Kept(
        UploadMember, "Files in an authority’s zip", _PROOF, Keep.GATEWAY, _OUT,
        pupil=fields("name words"), nothing=fields("position school_number at"),
        mixed=lambda subject: UploadMember.objects.filter(submission__gateway_return__in=subject.returns),
    ),
    Kept(
        AuthorityUpload, "Zips from authorities", _PROOF, Keep.GATEWAY, _OUT,
        people=fields("by"), nothing=fields("at total started_at finished_at fault"),
    ),
    Kept(
        RegistrationLoad, "Registers of many schools", _COLLECTS, Keep.GATEWAY, _OUT,
        pupil=fields("faults"), people=fields("by accepted_by"),
        nothing=fields(
            "at stage fault_count plan loaded schools schools_done through accepted_at finished_at"
        ),
        mixed=lambda subject: RegistrationLoad.objects.filter(collection__in=_collections(subject)),
    ),
    Kept(
        SchoolResults, "Results of a school", _RESULTS, Keep.GATEWAY, "Content and report are deleted; counts stay.",
        pupil=fields("sha256 report changes"),
        nothing=fields("number pupils errors queries checked_at prepared_at"), mixed=_of_returns(SchoolResults),
    ),
    Kept(
        PreparedFile, "Prepared files of results", _RESULTS, Keep.PREPARED, "Its content is deleted.",
        pupil=fields("sha256"), nothing=fields("kind name size pupils"), mixed=_prepared,
    ),
    Kept(
        Release, "Releases of results", _RESULTS, Keep.GATEWAY, _OUT,
        pupil=fields("notes fault"), people=fields("loaded_by"),
        nothing=fields(
            "serial loaded_at stage release_at total done schools pupils errors queries by_check withdrawn_at"
            " withdrawn_reason was_released told_at"
        ),
        mixed=lambda subject: Release.objects.filter(collection__in=_collections(subject)),
    ),
    Kept(
        Message, "Messages with the helpdesk", "Help for schools.", Keep.GATEWAY, "Its text is taken out.",
        pupil=fields("text"), people=fields("by"), nothing=fields("is_helpdesk at"), mixed=_of_returns(Message),
    ),
    Kept(
        ModerationVisit, "Moderation visits", "The moderation of writing.", Keep.GATEWAY, "The notes are taken out.",
        pupil=fields("notes"), people=fields("moderator changed_by"), nothing=fields("held_on version changed_at"),
        mixed=_of_returns(ModerationVisit),
    ),
    Kept(
        ResendRequest, "Requests to send again", _COLLECTS, Keep.GATEWAY, _OUT,
        pupil=fields("reason"), people=fields("asked_by"), nothing=fields("asked_at answered_at"),
        mixed=_of_returns(ResendRequest),
    ),
    Kept(
        GatewayReturn, "Returns", _COLLECTS, Keep.ORGANISATION, "Stays: states, dates and counts.",
        pupil=fields("extension_reason removed_reason nil_reason"),
        people=fields("registration_submitted_by declared_by declaration nil_by chased_by"),
        nothing=fields(
            "number authority_number extended_until is_moderated visit_on register_version registration_loaded_at"
            " registration_submitted_at declared_at nil_at state expected received missing unexpected accepted"
            " differing settled_at removed_at chased_at waiting_for waiting_since opened_at"
        ),
        mixed=lambda subject: GatewayReturn.objects.filter(pk__in=subject.returns),
    ),
    Kept(
        AttendanceRegister, "Attendance registers submitted", _PROOF, Keep.ORGANISATION, "Stays.",
        people=fields("submitted_by"), nothing=fields("test submitted_at"),
    ),
    Kept(
        ThreadSeen, "How far somebody read a thread", "Emails about what is new.", Keep.GATEWAY, "Deleted.",
        people=fields("person open_at emailed_at"),
    ),
    Kept(
        Collection, "Collections", "Nobody’s data.", Keep.FOREVER, "Stays.",
        people=fields("opened_by"),
        nothing=fields(
            "year is_practice registration_opens_at registration_due_at registration_closes_at opens_at closes_at"
            " accepts_single_pupils opened_at closed_at"
        ),
    ),
    Kept(
        AuthoritySettings, "What an authority has set", "Nobody’s data.", Keep.FOREVER, "Stays.",
        nothing=fields("due_at emails early_figures hidden_below"),
    ),
    Kept(
        SchoolFigures, "Figures of schools", _RESULTS, Keep.FOREVER, "Stays: counts.", nothing=fields("number counts")
    ),
    Kept(
        AreaFigures, "Figures of areas", _RESULTS, Keep.FOREVER, "Stays: counts.", nothing=fields("area schools counts")
    ),
)  # fmt: skip
"""One for each model of the gateway."""
