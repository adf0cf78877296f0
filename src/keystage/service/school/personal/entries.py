"""What the school's side keeps, of whom, why and for how long. Children stand before what they hang on."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet

from keystage.service.personal.kept import Keep, Kept, fields
from keystage.service.personal.subject import Subject
from keystage.service.school.models import (
    Delegation,
    Expected,
    Export,
    ExportSettings,
    GatewayToken,
    Incoming,
    IssuedReport,
    Judgement,
    Pupil,
    PupilReport,
    PupilResult,
    QueryNote,
    ReportSettings,
    ResultsLoad,
    SchoolReturn,
    Signature,
    StoredFile,
)

_RETURN = "The return that the school must make, and what it is checked with."
_PROOF = "Proof of what was signed and sent."
_GOES = "Deleted with the year."


def _of_pupil(model: Any) -> Any:
    return lambda subject: model.objects.filter(pupil__in=subject.pks("school.Pupil"))


def _of_returns(model: Any) -> Any:
    return lambda subject: model.objects.filter(school_return__organisation__in=subject.organisations)


def _issued(subject: Subject) -> QuerySet[StoredFile]:
    issued = IssuedReport.objects.filter(pupil__in=subject.pks("school.Pupil"))
    return StoredFile.objects.filter(pk__in=issued.values("file"))


def _files_of_many(subject: Subject) -> QuerySet[StoredFile]:
    found = StoredFile.objects.filter(organisation__in=subject.organisations).exclude(sha256="")
    return found.exclude(pk__in=IssuedReport.objects.values("file"))


def _results(subject: Subject) -> QuerySet[PupilResult]:
    rows = PupilResult.objects.filter(load__school_return__organisation__in=subject.organisations)
    theirs = Q(pupil__in=subject.pks("school.Pupil"))
    for upn in subject.words.upns:
        theirs |= Q(pupil=None, upn__iexact=upn)
    return rows.filter(theirs)


ENTRIES: Sequence[Kept] = (
    Kept(
        Judgement, "Judgements", _RETURN, Keep.SCHOOL, _GOES,
        pupil=fields("subject code"), people=fields("changed_by"), nothing=fields("version changed_at"),
        rows=_of_pupil(Judgement),
    ),
    Kept(
        QueryNote, "Answers to queries", _RETURN, Keep.SCHOOL, _GOES,
        pupil=fields("code subject text found"), people=fields("person"), nothing=fields("at withdrawn_at"),
        rows=_of_pupil(QueryNote),
    ),
    Kept(
        PupilReport, "What was written for the report to parents", "The yearly report that the school owes parents.",
        Keep.SCHOOL, _GOES,
        pupil=fields(
            "progress achievements engagement exempt_from reasons possible_sessions attended_sessions"
            " unauthorised_absences"
        ),
        people=fields("changed_by"), nothing=fields("version changed_at"), rows=_of_pupil(PupilReport),
    ),
    Kept(
        IssuedReport, "Reports made for parents", "What parents were given.", Keep.SCHOOL, _GOES,
        pupil=fields("parts fingerprint"), people=fields("by"), nothing=fields("at"), rows=_of_pupil(IssuedReport),
    ),
    Kept(
        StoredFile, "Files brought in or made", _PROOF, Keep.SCHOOL,
        "Its content is deleted; name, size and who brought or made it stay.",
        pupil=fields("name sha256"), people=fields("made_by"), nothing=fields("size at"),
        rows=_issued, mixed=_files_of_many,
    ),
    Kept(
        PupilResult, "Results of the tests", "Results that the school passes on to parents.", Keep.SCHOOL, _GOES,
        pupil=fields(
            "matched_by upn surname forename birth_date birth_text sex former_upn school tests ta"
        ),
        nothing=fields("place"), rows=_results,
    ),
    Kept(
        Signature, "What was signed", _PROOF, Keep.SCHOOL,
        "What was signed is taken out; who signed, when, and its fingerprint stay.",
        pupil=fields("content words"), people=fields("person in_place_of"),
        nothing=fields("role class_name at is_confirmed fingerprint version voided_at"), mixed=_of_returns(Signature),
    ),
    Kept(
        Export, "Files made for the gateway", _PROOF, Keep.SCHOOL,
        "Who was left out and the notes are taken out; number, fingerprint and what the gateway said stay.",
        pupil=fields("left_out notes receipt_words"), people=fields("made_by sent_by"),
        nothing=fields("serial fingerprint version pupils at sent_at sent_how"), mixed=_of_returns(Export),
    ),
    Kept(
        Expected, "The register of the tests", _RETURN, Keep.SCHOOL, _GOES,
        pupil=fields(
            "decision decision_reason upn former_upn surname forename birth_date sex reading maths gps status date_left"
            " moderated_writing"
        ),
        people=fields("decided_by"), nothing=fields("decided_at"),
        rows=lambda subject: Expected.objects.filter(pk__in=subject.pks("school.Expected")),
    ),
    Kept(
        Pupil, "The roll", _RETURN, Keep.SCHOOL, _GOES,
        pupil=fields(
            "decision decision_reason upn former_upn surname forename birth_date birth_text sex class_name year_group"
            " disadvantaged sen first_language joined left removed_reason"
        ),
        people=fields("decided_by"), nothing=fields("decided_at removed_at version"),
        rows=lambda subject: Pupil.objects.filter(pk__in=subject.pks("school.Pupil")),
    ),
    Kept(
        Incoming, "Files being looked at", "A file is shown before it is taken over.", Keep.REFUSED,
        "Deleted, with its content, where it was never taken over; else with the year.",
        people=fields("by"), nothing=fields("kind at accepted_at"),
    ),
    Kept(
        ResultsLoad, "Results that were accepted", _PROOF, Keep.SCHOOL, "Stays: it is numbers, and who accepted them.",
        people=fields("accepted_by undone_by undone_reason"), nothing=fields("serial accepted_at said undone_at"),
    ),
    Kept(
        ReportSettings, "What stands on every report", "The yearly report that the school owes parents.", Keep.SCHOOL,
        "The headteacher’s name and words are taken out.",
        people=fields("head_name head_words arrangements changed_by"),
        nothing=fields("language hidden_below version changed_at"),
    ),
    Kept(
        SchoolReturn, "Returns", _RETURN, Keep.ORGANISATION, "Stays: it says of nobody anything.",
        nothing=fields(
            "year number stage version nil_reason register_name register_loaded_at roll_loaded_at opened_at closed_at"
        ),
    ),
    Kept(
        ExportSettings, "How files are made", "The return.", Keep.ORGANISATION, "Stays.",
        nothing=fields("folder_name destination security_message include_former_upn"),
    ),
    Kept(
        Delegation, "Who may sign in the headteacher’s place", _PROOF, Keep.ORGANISATION, "Stays.",
        people=fields("head deputy job_title"), nothing=fields("since ended_at"),
    ),
    Kept(
        GatewayToken, "The token for the gateway", "Sending the return by program.", Keep.ORGANISATION,
        "Goes when it is taken away or replaced.", people=fields("set_by"), nothing=fields("sealed set_at"),
    ),
)  # fmt: skip
"""One for each model of the school's side."""
