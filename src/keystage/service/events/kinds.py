"""What can happen, by name. A kind is never renamed: old events keep it."""

from enum import StrEnum


class Kind(StrEnum):
    """The kinds of event: what was done, as ``thing.done``."""

    # people and security
    SIGNED_IN = "person.signed-in"
    SIGNED_OUT = "person.signed-out"
    SIGN_IN_FAILED = "person.sign-in-failed"
    CODE_SENT = "person.code-sent"
    PASSWORD_CHANGED = "person.password-changed"  # noqa: S105 - the name of an event
    SECOND_STEP_CHANGED = "person.second-step-changed"
    SESSIONS_ENDED = "person.sessions-ended"
    NAME_CHANGED = "person.name-changed"
    EMAIL_CHANGED = "person.email-changed"
    INVITED = "person.invited"
    INVITED_AGAIN = "person.invited-again"
    INVITATION_WITHDRAWN = "person.invitation-withdrawn"
    JOINED = "person.joined"
    ROLE_GIVEN = "person.role-given"
    ROLE_REMOVED = "person.role-removed"
    CLASSES_CHANGED = "person.classes-changed"
    REMOVED = "person.removed"
    SIGNING_DELEGATED = "person.signing-delegated"
    DELEGATION_ENDED = "person.delegation-ended"
    # the school and its years
    ORGANISATION_CHANGED = "organisation.changed"
    NUMBER_CHANGED = "organisation.number-changed"
    YEAR_OPENED = "return.opened"
    YEAR_CLOSED = "return.closed"
    YEAR_REOPENED = "return.reopened"
    NIL_RETURN = "return.nil"
    SETTINGS_CHANGED = "settings.changed"
    # pupils
    FILE_BROUGHT_IN = "file.brought-in"
    ROLL_LOADED = "roll.loaded"
    REGISTER_LOADED = "register.loaded"
    PUPIL_ADDED = "pupil.added"
    PUPIL_CHANGED = "pupil.changed"
    PUPIL_REMOVED = "pupil.removed"
    PUPIL_DECIDED = "pupil.decided"
    # judgements
    JUDGEMENT_CHANGED = "judgement.changed"
    JUDGEMENTS_IMPORTED = "judgements.imported"
    QUERY_ANSWERED = "query.answered"
    ANSWER_WITHDRAWN = "query.answer-withdrawn"
    # signing and sending
    SIGNED = "return.signed"
    NOT_CONFIRMED = "return.not-confirmed"
    SIGNATURE_VOIDED = "return.signature-voided"
    EXPORTED = "return.exported"
    EXPORT_FAULTY = "return.export-faulty"
    DOWNLOADED = "file.downloaded"
    UPLOADED = "return.uploaded"
    SENT = "return.sent"
    SEND_FAILED = "return.send-failed"
    RECEIPT_KEPT = "return.receipt-kept"
