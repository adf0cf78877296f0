"""What happened, in plain words: a sentence for each kind of event. It begins after the name of who did it."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from keystage.service.design.words import date_words, join_words
from keystage.service.events.kinds import Kind
from keystage.service.events.models import Event

Data = Mapping[str, Any]
Says = Callable[[Event, str, Data], str]
"""Takes the event, the name of what it was done to, and its data."""

_WAYS = {
    "password": "password",
    "code": "code by email",
    "totp": "authenticator app",
    "webauthn": "passkey",
    "recovery_codes": "recovery code",
    "socialaccount": "the sign-in provider",
}
_HOW = {
    "pasted": " (pasted)",
    "filled": " (filled down)",
    "undone": " (undone)",
    "chosen": " (chosen after somebody else had changed it)",
    "imported": " (imported)",
}


def sentence(event: Event, who: str, target: str) -> str:
    """Return what an event says: ``Dana Marsh changed writing of Ada Example from EXS to GDS.``"""
    try:
        says = SENTENCES[Kind(event.kind)]
    except (KeyError, ValueError):
        return f"{who}: {_kind_words(event)}" + (f", {target}." if target else ".")
    if "erased" in event.data:
        return f"{who}: {_kind_words(event)}. The details of it were erased."
    said = f"{who} {says(event, target, event.data)}"
    return said if said.endswith((".", "?", "!")) else f"{said}."  # somebody's own words may end with a stop


def _kind_words(event: Event) -> str:
    thing, _, done = event.kind.partition(".")
    return f"{thing} {done.replace('-', ' ')}"


def _plain(text: str) -> Says:
    """Return a sentence with ``{target}``, ``{part}``, ``{year}`` and values of the data; none where one is missing."""
    return lambda event, target, data: text.format_map(
        _Known({**data, "target": target, "part": event.part, "year": event.year or ""})
    ).rstrip(" :,")


class _Known(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return ""


def _signed_in(_event: Event, _target: str, data: Data) -> str:
    ways = join_words([_WAYS.get(way, way) for way in data.get("ways", ())])
    return f"signed in{f' with {ways}' if ways else ''}{_from(data)}"


def _failed(_event: Event, target: str, data: Data) -> str:
    return f"tried to sign in as {target} with a wrong {data.get('what', 'password')}{_from(data)}"


def _code_sent(_event: Event, target: str, data: Data) -> str:
    return f"sent {target} a code by email, asked for{_from(data)}"


def _from(data: Data) -> str:
    return f" from {data['address']}" if data.get("address") else ""


def _signed_out(_event: Event, _target: str, data: Data) -> str:
    return "was signed out: the session had ended" if data.get("how") == "ended" else "signed out"


def _password(_event: Event, _target: str, data: Data) -> str:
    return "chose a new password" + (", with a link sent by email" if data.get("how") == "reset" else "")


def _moderated(_event: Event, target: str, data: Data) -> str:
    before, after = data.get("before"), data.get("after")
    if before == after:
        return f"changed the note on the moderated judgement of {target} in writing"
    if not after:
        return f"took back the moderated judgement of {target} in writing, which was {before}"
    changed = f", which was {before}" if before else ""
    return f"recorded the moderated judgement of {target} in writing: {after}{changed}"


def _noted(event: Event, _target: str, data: Data) -> str:
    if not data.get("is_moderated"):
        return f"noted that the school is not moderated for {event.year}"
    day = data.get("visit_on")
    visit = f", with a visit on {date_words(date.fromisoformat(day))}" if day else ""
    return f"noted that the school is moderated for {event.year}{visit}"


def _applied(event: Event, _target: str, data: Data) -> str:
    late = " after files were taken no more: it had arrived in time" if data.get("late") else ""
    return f"had {data.get('file', '')} accepted at the gateway for {event.year}{late}"


def _device(_event: Event, _target: str, data: Data) -> str:
    what, device = data.get("what", "changed"), data.get("device", "second step")
    return f"{'had' if what == 'made anew' else what} {device}{' made anew' if what == 'made anew' else ''}"


def _invited(event: Event, _target: str, data: Data) -> str:
    again = " again" if event.kind == Kind.INVITED_AGAIN else ""
    roles = f" as {join_words(data['roles'])}" if data.get("roles") else ""
    return f"invited {data.get('email', '')}{again}{roles}"


def _role_given(event: Event, target: str, data: Data) -> str:
    classes = f" of {join_words(data['classes'])}" if data.get("classes") else ""
    return f"made {target} {event.part}{classes}"


def _classes(_event: Event, target: str, data: Data) -> str:
    return f"changed the classes of {target} from {_listed(data, 'before')} to {_listed(data, 'after')}"


def _listed(data: Data, name: str) -> str:
    return join_words(data.get(name) or ["all"])


def _judgement(event: Event, target: str, data: Data) -> str:
    before, after = data.get("from") or "nothing", data.get("to") or "nothing"
    return f"changed {event.part} of {target} from {before} to {after}{_HOW.get(str(data.get('how')), '')}"


def _signed(event: Event, _target: str, data: Data) -> str:
    return f"signed the return of {event.year}{_for_class(event, data)}"


def _not_confirmed(event: Event, _target: str, data: Data) -> str:
    return f"could not confirm the return of {event.year}{_for_class(event, data)}"


def _voided(event: Event, _target: str, data: Data) -> str:
    return f"made a change that the signature of the {event.part}{_for_class(event, data)} does not cover any more"


def _for_class(_event: Event, data: Data) -> str:
    return f" for {data['class']}" if data.get("class") else ""


SENTENCES: Mapping[Kind, Says] = {
    Kind.SIGNED_IN: _signed_in,
    Kind.SIGNED_OUT: _signed_out,
    Kind.SIGN_IN_FAILED: _failed,
    Kind.CODE_SENT: _code_sent,
    Kind.PASSWORD_CHANGED: _password,
    Kind.SECOND_STEP_CHANGED: _device,
    Kind.SESSIONS_ENDED: _plain("signed out everywhere"),
    Kind.NAME_CHANGED: _plain("changed their name from {before} to {after}"),
    Kind.EMAIL_CHANGED: _plain("changed their email address from {before} to {after}"),
    Kind.INVITED: _invited,
    Kind.INVITED_AGAIN: _invited,
    Kind.INVITATION_WITHDRAWN: _plain("withdrew the invitation to {email}"),
    Kind.JOINED: _plain("accepted the invitation"),
    Kind.ROLE_GIVEN: _role_given,
    Kind.ROLE_REMOVED: _plain("took the role of {part} from {target}"),
    Kind.CLASSES_CHANGED: _classes,
    Kind.REMOVED: _plain("removed {target}"),
    Kind.SIGNING_DELEGATED: _plain("let {target} sign in their place"),
    Kind.DELEGATION_ENDED: _plain("ended that {target} may sign in their place"),
    Kind.ORGANISATION_CHANGED: _plain("changed the details of the school"),
    Kind.NUMBER_CHANGED: _plain("changed the number of the school from {before} to {after}"),
    Kind.YEAR_OPENED: _plain("opened the year {year}"),
    Kind.YEAR_CLOSED: _plain("closed the year {year}"),
    Kind.YEAR_REOPENED: _plain("opened the year {year} again: {reason}"),
    Kind.NIL_RETURN: _plain("declared for {year} that there are no pupils to report: {reason}"),
    Kind.SETTINGS_CHANGED: _plain("changed the settings"),
    Kind.GATEWAY_TOKEN_SET: _plain("entered the token with which the gateway knows the school"),
    Kind.GATEWAY_TOKEN_REMOVED: _plain("took out the token with which the gateway knows the school"),
    Kind.FILE_BROUGHT_IN: _plain("brought in a file for {year} to look at: {name}"),
    Kind.ROLL_LOADED: _plain("loaded the roll for {year} {name}"),
    Kind.REGISTER_LOADED: _plain("loaded the register for {year} {name}"),
    Kind.PUPIL_ADDED: _plain("added {target}"),
    Kind.PUPIL_CHANGED: _plain("changed details of {target}"),
    Kind.PUPIL_REMOVED: _plain("took {target} off the roll: {reason}"),
    Kind.PUPIL_DECIDED: _plain("decided about {target}: {decision}"),
    Kind.JUDGEMENT_CHANGED: _judgement,
    Kind.JUDGEMENTS_IMPORTED: _plain("imported judgements for {year} {name}"),
    Kind.RESULTS_IMPORTED: _plain("imported the results {year} {name}"),
    Kind.RESULTS_UNDONE: _plain("undid the import of the results {year} {name}: {reason}"),
    Kind.QUERY_ANSWERED: _plain("answered a query about {target}"),
    Kind.ANSWER_WITHDRAWN: _plain("took back the answer to a query about {target}"),
    Kind.SIGNED: _signed,
    Kind.NOT_CONFIRMED: _not_confirmed,
    Kind.SIGNATURE_VOIDED: _voided,
    Kind.EXPORTED: _plain("made the file for {year} {name}"),
    Kind.EXPORT_FAULTY: _plain("tried to make the file for {year}, which the checks refused"),
    Kind.DOWNLOADED: _plain("downloaded a file for {year} {name}"),
    Kind.UPLOADED: _plain("recorded that the file for {year} was uploaded"),
    Kind.SENT: _plain("sent the file for {year} to the gateway"),
    Kind.SEND_FAILED: _plain("could not send the file for {year} to the gateway"),
    Kind.RECEIPT_KEPT: _plain("kept the receipt for {year}"),
    Kind.REPORT_WRITTEN: _plain("wrote in the report of {target} for {year}"),
    Kind.REPORTS_IMPORTED: _plain("imported words for reports of {year}: {name}"),
    Kind.REPORT_SETTINGS_CHANGED: _plain("changed what stands on every report of {year}"),
    Kind.REPORT_MADE: _plain("made the report of {target} for {year} to be given to parents"),
    Kind.COLLECTION_OPENED: _plain("opened the collection {year}"),
    Kind.COLLECTION_CHANGED: _plain("changed the dates of the collection {year}"),
    Kind.COLLECTION_CLOSED: _plain("closed the collection {year}"),
    Kind.COLLECTION_REOPENED: _plain("opened the collection {year} again"),
    Kind.SCHOOL_EXTENDED: _plain("let the school send for {year} until {until}: {reason}"),
    Kind.SCHOOL_MODERATED: _noted,
    Kind.AUTHORITY_DATE_SET: _plain("set the authority's own date for {year}"),
    Kind.AUTHORITY_EMAILS_SET: _plain("set what the authority is told by email for {year}"),
    Kind.AUTHORITY_FIGURES_SET: _plain(
        "set who sees figures for {year} before the results are released ({early}), and that those of fewer than"
        " {below} pupils are hidden"
    ),
    Kind.REGISTRATION_LOADED: _plain("loaded the registration for {year} at the gateway"),
    Kind.REGISTRATION_SUBMITTED: _plain("submitted the registration for {year}"),
    Kind.EXPECTED_ADDED: _plain("registered {target} for {year}"),
    Kind.EXPECTED_CHANGED: _plain("changed the registration of {target} for {year}"),
    Kind.ATTENDANCE_CHANGED: _plain("changed the attendance register of {target} for {part}"),
    Kind.ATTENDANCE_SUBMITTED: _plain("submitted the attendance register for {part}"),
    Kind.DECLARED: _plain("made the headteacher's declaration for {year}"),
    Kind.NIL_DECLARED: _plain("sent a nil return for {year}: {reason}"),
    Kind.NIL_TAKEN_BACK: _plain("took back the nil return for {year}"),
    Kind.FILE_RECEIVED: _plain("sent {file} to the gateway for {year}"),
    Kind.FILE_CHECKED: _plain("had {file} checked at the gateway: {stage}"),
    Kind.FILE_APPLIED: _applied,
    Kind.FILE_SET_ASIDE: _plain("set {file} aside at the gateway"),
    Kind.FILE_TAKEN: _plain("downloaded {file} from the gateway"),
    Kind.GATEWAY_QUERY_ANSWERED: _plain("answered a query of the gateway for {year}"),
    Kind.GATEWAY_ANSWER_WITHDRAWN: _plain("took back the answer to a query of the gateway for {year}"),
    Kind.HELD_REMOVED: _plain("removed {target} from the return at the gateway for {year}: {reason}"),
    Kind.RETURN_REMOVED: _plain("removed the return for {year} at the gateway: {reason}"),
    Kind.CORRECTION_DONE: _plain("marked a correction for {year} as done in the school's records"),
    Kind.WRONG_SAID: _plain("reported something as wrong in the provisional report for {year}: {part}"),
    Kind.WRONG_MENDED: _plain("changed what was reported as wrong for {year} ({part}): {how}"),
    Kind.WRONG_IS_RIGHT: _plain("marked as right what was reported as wrong for {year} ({part}), because {because}"),
    Kind.WRONG_TAKEN_BACK: _plain("took back what was reported as wrong for {year}: {part}"),
    Kind.RECEIPT_TAKEN: _plain("downloaded the receipt {number} for {year}"),
    Kind.RESEND_ASKED: _plain("asked the school to send again for {year}: {reason}"),
    Kind.SCHOOL_CHASED: _plain("reminded the school of its return for {year}: {owes}"),
    Kind.VISIT_CHANGED: _plain("changed the moderation visit of the school for {year}: {what}"),
    Kind.SAMPLE_CHOSEN: _plain("chose {target} for the moderation of writing, {how}"),
    Kind.SAMPLE_LEFT: _plain("left {target} out of the moderation of writing"),
    Kind.MODERATED: _moderated,
    Kind.ZIP_RECEIVED: _plain("sent a zip of schools' files for {year}: {file}"),
    Kind.ZIP_FINISHED: _plain("worked through a zip of schools' files for {year}: {file}"),
    Kind.MESSAGE_WRITTEN: _plain("wrote on the help thread for {year}"),
    Kind.HELP_SETTLED: _plain("marked the help thread for {year} as needing no answer"),
    Kind.RESULTS_LOADED: _plain("loaded the results {year}: {file}"),
    Kind.RESULTS_CHECKED: _plain("checked the results {year}: {file}"),
    Kind.PREPARING_ASKED: _plain("had the files of the results {year} prepared"),
    Kind.RESULTS_PREPARED: _plain("prepared the files of the results {year}: {files}"),
    Kind.RELEASE_SET: _plain("set the time when the results {year} are released: {at}"),
    Kind.RELEASE_TOLD: _plain("told {organisations} schools and others by email that the results {year} are released"),
    Kind.RELEASE_WITHDRAWN: _plain("withdrew the results {year}: {reason}"),
    Kind.RESULTS_TAKEN: _plain("downloaded the results {year}: {file}"),
    Kind.TOKEN_MADE: _plain("made the token “{name}”"),
    Kind.TOKEN_REVOKED: _plain("revoked the token “{name}”"),
    Kind.PUPIL_COPIED: _plain("downloaded everything that is held about {target}"),
    Kind.PUPIL_ERASED: _plain("erased a pupil: {reason}"),
    Kind.HOLD_SET: _plain("set a legal hold on {what}: {reason}"),
    Kind.HOLD_ENDED: _plain("ended a legal hold on {what}"),
    Kind.RETENTION_DONE: _plain("deleted what was kept for as long as it should be: {reason}"),
    Kind.OWN_COPIED: _plain("downloaded what is held about them"),
    Kind.ACCOUNT_CLOSED: _plain("closed their account"),
}
