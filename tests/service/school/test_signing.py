"""Signing: who may, on what, what stands in the way, and what a later change does."""

from dataclasses import replace

import pytest

from keystage.service.accounts.models import Membership
from keystage.service.accounts.roles import Role
from keystage.service.accounts.services.people import give_roles, remove
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.events.kinds import Kind
from keystage.service.events.models import Event
from keystage.service.school.models import Delegation, Expected, Pupil, SchoolReturn, Signature, Stage
from keystage.service.school.services.pupils import change, details_of
from keystage.service.school.services.queries import answer
from keystage.service.school.services.returns import content_changed, lock_open, move
from keystage.service.school.services.signing import Statement, delegate, delegations, end_delegation, state
from keystage.service.school.signatures import Signing
from keystage.years.subjects import Subject
from service.made import MadeSchool
from service.ready import SCIENCE, WRITING, fill, judge, judged, records_of, sign_class, sign_everything, sign_return

REASON = "Elm's teacher is in hospital."


def signing(school: MadeSchool) -> Signing:
    return Signing.of(records_of(school))


def signed_classes(school: MadeSchool) -> list[str]:
    return [part.class_name for part in signing(school).classes if part.signed]


def test_a_teacher_signs_for_a_class_and_what_was_signed_is_kept(school: MadeSchool) -> None:
    fill(school)
    made = sign_class(school, "Oak")
    assert signed_classes(school) == ["Oak"]
    assert [pupil["forename"] for pupil in made.content["pupils"]] == ["Ada", "Bea"]
    assert made.content["pupils"][0]["cells"]["writing"] == ["required", "EXS"]
    assert made.version == 6  # two judgements of each of three pupils
    event = Event.objects.get(kind=Kind.SIGNED)
    assert (event.target, event.part, event.data["class"]) == (made.key, "teacher", "Oak")
    assert event.data["fingerprint"] == made.fingerprint


def test_the_headteacher_signs_what_the_teachers_signed(school: MadeSchool) -> None:
    fill(school)
    sign_class(school, "Elm")
    sign_class(school, "Oak")
    made = sign_return(school)
    assert signing(school).whole.signed == made
    assert [each["class"] for each in made.content["signatures"]] == ["Elm", "Oak"]


def test_the_headteacher_must_say_why_they_sign_without_a_teacher(school: MadeSchool) -> None:
    fill(school)
    sign_class(school, "Oak")
    with pytest.raises(NotAllowedNow, match=r"Not signed by a class teacher: Elm\. Say why"):
        sign_return(school)
    assert sign_return(school, words=REASON).words == REASON


def test_nobody_signs_what_they_did_not_see(school: MadeSchool) -> None:
    fill(school)
    seen = signing(school).whole.fingerprint
    judge(school, "Ada", WRITING, "GDS")
    statement = Statement(Role.HEAD, seen, words=REASON)
    with pytest.raises(NotAllowedNow, match="changed while you were looking at it, so nothing was signed"):
        state(school.school_return, statement, by=school.people[Role.HEAD])
    assert not Signature.objects.exists()


def test_a_teacher_does_not_sign_for_a_class_of_somebody_else(school: MadeSchool) -> None:
    fill(school)
    part = signing(school).part(Role.TEACHER, "Elm")
    statement = Statement(Role.TEACHER, part.fingerprint, class_name="Elm")
    with pytest.raises(NotAllowedNow, match="your own classes only"):
        state(school.school_return, statement, by=school.people[Role.TEACHER], classes=frozenset({"Oak"}))


def test_a_missing_judgement_stands_in_the_way_of_its_class_and_of_the_return(school: MadeSchool) -> None:
    fill(school)
    judge(school, "Cal", SCIENCE, "")
    with pytest.raises(NotAllowedNow, match=r"cannot be signed yet: 1 judgement missing\."):
        sign_class(school, "Elm")
    with pytest.raises(NotAllowedNow, match="1 judgement missing"):
        sign_return(school, words=REASON)
    sign_class(school, "Oak")
    assert signed_classes(school) == ["Oak"]


def test_an_error_stands_in_the_way(school: MadeSchool) -> None:
    fill(school)
    judge(school, "Ada", WRITING, "L")  # and not in science
    with pytest.raises(NotAllowedNow, match="1 error to put right"):
        sign_class(school, "Oak")


def test_a_query_stands_in_the_way_until_it_is_answered(school: MadeSchool) -> None:
    fill(school)
    judge(school, "Ada", WRITING, "PK6")  # science is EXS: asked about
    with pytest.raises(NotAllowedNow, match="1 query to answer"):
        sign_class(school, "Oak")
    (query,) = records_of(school).open_queries
    answer(school.school_return, [query.hash], "She told it aloud.", by=school.people[Role.TEACHER])
    sign_class(school, "Oak")


def test_a_pupil_to_decide_about_stands_in_the_way(school: MadeSchool) -> None:
    fill(school)
    school.pupil("Dot", "Doubtful", expected=None)
    assert records_of(school).undecided
    with pytest.raises(NotAllowedNow, match="1 pupil to decide about"):
        sign_class(school, "Oak")
    sign_class(school, "Elm")


def test_an_empty_return_is_not_signed(school: MadeSchool) -> None:
    with pytest.raises(NotAllowedNow, match="There is nobody in the return"):
        sign_return(school)


def test_what_is_signed_is_not_signed_again(school: MadeSchool) -> None:
    fill(school)
    sign_class(school, "Oak")
    with pytest.raises(NotAllowedNow, match="Tamsin Ash has signed this already"):
        sign_class(school, "Oak")


def test_a_closed_year_is_not_signed(school: MadeSchool) -> None:
    fill(school)
    move(school.school_return, Stage.CLOSED, by=None)
    with pytest.raises(NotAllowedNow, match="is closed"):
        sign_class(school, "Oak")


def test_who_cannot_confirm_says_why_and_it_is_shown(school: MadeSchool) -> None:
    fill(school)
    with pytest.raises(NotAllowedNow, match="Say why"):
        sign_return(school, is_confirmed=False, words="  ")
    made = sign_return(school, is_confirmed=False, words="Bea's writing was not moderated.")
    assert signing(school).whole.refused == made
    assert signing(school).whole.signed is None
    assert Event.objects.filter(kind=Kind.NOT_CONFIRMED, target=made.key).exists()


def test_gaps_do_not_stand_in_the_way_of_saying_that_one_cannot_confirm(school: MadeSchool) -> None:
    fill(school)
    judge(school, "Cal", SCIENCE, "")
    sign_class(school, "Elm", is_confirmed=False, words="I have not seen Cal since March.")


def test_a_refusal_ends_an_earlier_signature(school: MadeSchool) -> None:
    fill(school)
    before = sign_class(school, "Oak")
    sign_class(school, "Oak", is_confirmed=False, words="I was shown other work since.")
    before.refresh_from_db()
    assert before.voided_at is not None
    assert signed_classes(school) == []


# -- a change afterwards ---------------------------------------------------------------------------------------------


def test_a_later_change_voids_just_the_class_and_the_return_and_names_the_cell(school: MadeSchool) -> None:
    fill(school)
    sign_everything(school)
    judge(school, "Ada", WRITING, "GDS")
    assert signed_classes(school) == ["Elm"]
    part = signing(school).part(Role.TEACHER, "Oak")
    since = part.since(part.latest)
    assert [(each.pupil, each.subject, each.before, each.after) for each in since.cells] == [
        ("Example, Ada", Subject.WRITING, "EXS", "GDS")
    ]
    assert since.others == ()
    assert signing(school).whole.signed is None


def test_pupils_and_details_that_changed_are_named(school: MadeSchool) -> None:
    fill(school)
    sign_everything(school)
    Pupil.objects.filter(pk=school.pupils["Ada"].pk).update(forename="Adeline", sex="M")
    Expected.objects.filter(upn=school.pupils["Ada"].upn).update(forename="Adeline", sex="M")
    Pupil.objects.filter(pk=school.pupils["Cal"].pk).update(class_name="Oak")
    judged(school, "Eve", "Newcomer")
    content_changed(lock_open(school.school_return), None, by=None)
    part = signing(school).part(Role.TEACHER, "Oak")
    assert part.since(part.latest).others == (
        "Newcomer, Eve was added",
        "Specimen, Cal was added",
        "Example, Adeline: forename was Ada, is now Adeline",
        "Example, Adeline: sex was F, is now M",
    )


def test_a_signature_does_not_stand_for_other_content_even_where_nobody_voided_it(school: MadeSchool) -> None:
    fill(school)
    sign_everything(school)
    Pupil.objects.filter(pk=school.pupils["Ada"].pk).update(surname="Changed")  # past the services
    assert signing(school).whole.signed is None
    assert signed_classes(school) == ["Elm"]


# -- in the headteacher's place --------------------------------------------------------------------------------------


def let(school: MadeSchool) -> Delegation:
    deputy, head = school.people[Role.DATA_MANAGER], school.people[Role.HEAD]
    return delegate(school.organisation, deputy, "Deputy headteacher", by=head)


def sign_as_deputy(school: MadeSchool) -> Signature:
    statement = Statement(Role.HEAD, records_of(school).fingerprint, words=REASON, in_place_of=school.people[Role.HEAD])
    return state(school.school_return, statement, by=school.people[Role.DATA_MANAGER])


def test_a_deputy_signs_in_place_of_the_headteacher(school: MadeSchool) -> None:
    fill(school)
    let(school)
    made = sign_as_deputy(school)
    assert (made.in_place_of, made.content["job_title"]) == (school.people[Role.HEAD], "Deputy headteacher")
    assert Event.objects.get(kind=Kind.SIGNING_DELEGATED).data == {"job_title": "Deputy headteacher"}


def test_nobody_signs_in_place_of_the_headteacher_unasked(school: MadeSchool) -> None:
    fill(school)
    with pytest.raises(NotAllowedNow, match="no longer sign in place"):
        sign_as_deputy(school)


def test_after_it_is_ended_the_deputy_may_not_and_the_signature_stays(school: MadeSchool) -> None:
    fill(school)
    delegation = let(school)
    made = sign_as_deputy(school)
    end_delegation(school.organisation, delegation.pk, by=school.people[Role.HEAD])
    assert signing(school).whole.signed == made
    assert not delegations(school.organisation)
    judge(school, "Ada", WRITING, "GDS")
    with pytest.raises(NotAllowedNow, match="no longer"):
        sign_as_deputy(school)
    with pytest.raises(NotAllowedNow, match="ended already"):
        end_delegation(school.organisation, delegation.pk, by=school.people[Role.HEAD])


def test_a_delegation_by_somebody_who_is_no_longer_head_does_not_hold(school: MadeSchool) -> None:
    let(school)
    held = Membership.objects.get(person=school.people[Role.HEAD])
    held.ended_at = held.since
    held.save()
    assert not delegations(school.organisation)


def test_the_headteacher_cannot_be_their_own_deputy_nor_let_the_same_person_twice(school: MadeSchool) -> None:
    head = school.people[Role.HEAD]
    with pytest.raises(NotAllowedNow, match="as yourself"):
        delegate(school.organisation, head, "Head", by=head)
    let(school)
    with pytest.raises(NotAllowedNow, match="may sign in your place already"):
        let(school)


def test_who_leaves_the_school_signs_in_nobodys_place_any_more(school: MadeSchool) -> None:
    head, teacher = school.people[Role.HEAD], school.people[Role.TEACHER]
    delegate(school.organisation, teacher, "Deputy head", by=head)
    remove(school.organisation, teacher, by=head)
    (delegation,) = Delegation.objects.all()
    assert delegation.ended_at is not None
    assert Event.objects.filter(kind=Kind.DELEGATION_ENDED, target=teacher.key).count() == 1


def test_a_upn_that_now_stands_twice_voids_the_signature_of_the_other_pupils_class(school: MadeSchool) -> None:
    SchoolReturn.objects.update(register_loaded_at=None)
    fill(school)
    sign_class(school, "Oak")
    cal, ada = school.pupils["Cal"], school.pupils["Ada"]
    twice = replace(details_of(cal), upn=ada.upn)
    change(school.school_return, cal.key, twice, version=cal.version, by=school.people[Role.DATA_MANAGER])
    assert "Ada" not in [line.pupil.forename for line in records_of(school).lines]
    assert Signature.objects.get(class_name="Oak").voided_at is not None


def test_a_change_in_one_class_leaves_the_signature_of_another(school: MadeSchool) -> None:
    fill(school)
    sign_class(school, "Oak")
    cal = school.pupils["Cal"]
    renamed = replace(details_of(cal), surname="Speciman")
    change(school.school_return, cal.key, renamed, version=cal.version, by=school.people[Role.DATA_MANAGER])
    assert signed_classes(school) == ["Oak"]


def test_what_the_core_says_of_the_signatures_is_what_the_page_of_signing_says(school: MadeSchool) -> None:
    fill(school)
    sign_class(school, "Elm")
    assert [each.code for each in signing(school).findings] == ["S01", "S01"]
    sign_return(school, words=REASON)
    assert signing(school).findings == ()
    content_changed(lock_open(school.school_return), {"Elm"}, by=None)  # and back again: what was voided stays void
    found = signing(school)
    assert [(each.code, each.message.partition(",")[0]) for each in found.findings] == [
        ("S01", "The teacher of class Oak has not signed the judgements."),
        ("S02", "The return was changed"),
    ]
    assert not any(part.signed for part in found.parts)


def test_a_head_who_is_it_no_longer_is_signed_for_by_nobody(school: MadeSchool) -> None:
    head, teacher = school.people[Role.HEAD], school.people[Role.TEACHER]
    delegate(school.organisation, teacher, "Deputy head", by=head)
    give_roles(school.organisation, head, [Role.DATA_MANAGER], [], by=school.people[Role.ACCOUNT_MANAGER])
    (delegation,) = Delegation.objects.all()
    assert delegation.ended_at is not None
