"""A school in each state that the pages from checks to sending have; plain values for the browser."""

from typing import Any

from keystage.service.accounts.roles import Role
from keystage.service.school.services.queries import answer
from keystage.service.school.services.sent import ReceiptFile, uploaded_by_hand
from service.made import MadeSchool, a_school
from service.ready import SCIENCE, WRITING, fill, judge, make, records_of, sign_class, sign_everything, sign_return
from service.seeds import session_of


def pages() -> list[dict[str, str]]:
    """Return the pages to look at, each with a name and the session of somebody who may see it."""
    return [*_unfinished(), *_ready(), *_signed(), *_changed(), *_sent()]


def _page(school: MadeSchool, name: str, role: Role, rest: str = "", *, of_year: bool = True) -> dict[str, Any]:
    base = school.base if of_year else f"/schools/{school.organisation.key}/"
    return {"name": name, "address": base + rest, "session": session_of(school.people[role])}


def _unfinished() -> list[dict[str, Any]]:
    school = a_school(number="9992001")
    fill(school)
    for forename in ("Ada", "Bea"):
        judge(school, forename, WRITING, "PK6")
    (query, _) = records_of(school).open_queries
    answer(school.school_return, [query.hash], "She told it aloud.", by=school.people[Role.TEACHER])
    judge(school, "Bea", WRITING, "PK5")
    judge(school, "Cal", SCIENCE, "")
    sign_class(
        school, "Oak", is_confirmed=False, words="Bea’s book was lost, and I have not seen her work since March."
    )
    return [
        _page(school, "checks", Role.TEACHER, "checks/"),
        _page(school, "signing-unfinished", Role.TEACHER, "sign/"),
        _page(school, "sign-unfinished", Role.TEACHER, "sign/class/?class=Elm"),
        _page(school, "send-unfinished", Role.HEAD, "send/"),
        _page(school, "years", Role.DATA_MANAGER, of_year=False),
        _page(school, "close", Role.DATA_MANAGER, "close/"),
        _page(school, "nil", Role.DATA_MANAGER, "nil/"),
        _page(school, "settings", Role.DATA_MANAGER, "settings/", of_year=False),
        _page(school, "number", Role.DATA_MANAGER, "settings/number/", of_year=False),
    ]


def _ready() -> list[dict[str, Any]]:
    school = a_school(number="9992002")
    fill(school)
    return [
        _page(school, "checks-clean", Role.HEAD, "checks/"),
        _page(school, "sign-class", Role.TEACHER, "sign/class/?class=Oak"),
        _page(school, "sign-return", Role.HEAD, "sign/return/"),
        _page(school, "delegate", Role.HEAD, "sign/delegate/"),
    ]


def _signed() -> list[dict[str, Any]]:
    school = a_school(number="9992003")
    fill(school)
    sign_everything(school)
    made = make(school)
    return [
        _page(school, "tasks", Role.HEAD),
        _page(school, "send", Role.DATA_MANAGER, "send/"),
        _page(school, "make", Role.DATA_MANAGER, "send/make/?leave=yes"),
        _page(school, "log", Role.DATA_MANAGER, f"send/{made.key}/"),
        _page(school, "uploaded", Role.DATA_MANAGER, f"send/{made.key}/uploaded/"),
    ]


def _changed() -> list[dict[str, Any]]:
    school = a_school(number="9992004")
    fill(school)
    sign_class(school, "Elm")
    signed = sign_return(school, words="Oak’s teacher left in May.")
    judge(school, "Ada", WRITING, "GDS")
    return [
        _page(school, "signing-changed", Role.HEAD, "sign/"),
        _page(school, "sheet", Role.HEAD, f"sign/{signed.key}/"),
    ]


def _sent() -> list[dict[str, Any]]:
    school = a_school(number="9992005")
    fill(school)
    sign_everything(school)
    first = make(school)
    receipt = ReceiptFile("receipt.pdf", b"%PDF made up")
    uploaded_by_hand(first, at=first.at, words="Reference 12", receipt=receipt, by=school.people[Role.HEAD])
    judge(school, "Ada", SCIENCE, "HNM")
    sign_class(school, "Oak")
    sign_return(school)
    second = make(school)
    return [
        _page(school, "log-sent", Role.DATA_MANAGER, f"send/{first.key}/"),
        _page(school, "log-differs", Role.DATA_MANAGER, f"send/{second.key}/"),
        _page(school, "send-again", Role.DATA_MANAGER, "send/"),
    ]
