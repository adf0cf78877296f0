"""Provisional figures: what counts at the gateway at this moment, of writing and science alone; worked by hand."""

from keystage.measures import ALL, BY_KEY
from keystage.service.gateway.models import GatewayReturn
from keystage.service.gateway.provisional import (
    TA_MEASURES,
    coverage_of,
    provisional_counts,
    provisional_total,
    schools_with_anything,
)
from keystage.service.gateway.services.nil_returns import declare_nil
from keystage.service.gateway.services.removing import Ground, remove_pupil
from keystage.years import load
from keystage.years.subjects import Subject
from service.at_gateway import Gateway, SchoolThere, a_pupil, a_school_there, send
from service.made import YEAR

CODES = (("GDS", "EXS"), ("EXS", "HNM"), ("WTS", "EXS"))


def sent(there: SchoolThere) -> None:
    """One in greater depth, one at the standard, one working towards it; two of three at the standard in science."""
    pupils = [
        a_pupil(each, {Subject.WRITING: writing, Subject.SCIENCE: science})
        for each, (writing, science) in zip(there.pupils, CODES, strict=True)
    ]
    send(there, pupils)


def share(counts, key: str):  # type: ignore[no-untyped-def]
    return tuple(counts.share(BY_KEY[key]))


def test_only_writing_and_science_go_by_teacher_assessment() -> None:
    assert [each.key for each in TA_MEASURES] == ["writing.expected", "writing.higher", "science.expected"]


def test_what_counts_is_counted_school_by_school(gateway: Gateway, there: SchoolThere) -> None:
    sent(there)
    silent = a_school_there(gateway, number="9992002", name="Ottermere Primary School")
    found = provisional_counts(GatewayReturn.objects.all(), load(YEAR))
    assert silent.gateway_return.pk not in found
    all_ = found[there.gateway_return.pk][ALL]
    assert all_.pupils == 3
    assert share(all_, "writing.expected") == (2, 3)
    assert share(all_, "writing.higher") == (1, 3)
    assert share(all_, "science.expected") == (2, 3)
    assert share(all_, "reading.expected") == (0, 0)
    assert found[there.gateway_return.pk]["sex:F"].pupils == 3
    assert found[there.gateway_return.pk]["term:spring"].pupils == 3


def test_the_total_is_the_sum_of_the_schools(gateway: Gateway, there: SchoolThere) -> None:
    sent(there)
    send(a_school_there(gateway, number="9992002", name="Ottermere Primary School", pupils=2))
    total = provisional_total(GatewayReturn.objects.all(), load(YEAR))
    assert total.pupils == 5
    assert share(total, "writing.expected") == (4, 5)
    assert schools_with_anything(GatewayReturn.objects.all()) == 2


def test_a_pupil_who_is_removed_is_out_of_the_figures_at_once(there: SchoolThere) -> None:
    sent(there)
    held = there.gateway_return.held.order_by("pk").first()
    assert held is not None
    remove_pupil(there.gateway_return, held.key, Ground.DUPLICATE, "Twice", by=there.manager)
    assert provisional_total(GatewayReturn.objects.all(), load(YEAR)).pupils == 2


def test_a_school_with_a_nil_return_is_not_one_that_is_waited_for(gateway: Gateway, there: SchoolThere) -> None:
    nobody = a_school_there(gateway, number="9992002", name="Ottermere Infant School", pupils=0)
    declare_nil(nobody.gateway_return, "An infant school", by=nobody.manager)
    assert coverage_of(GatewayReturn.objects.all()) == (1, 1)
