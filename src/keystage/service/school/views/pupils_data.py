"""Everything that is held about one pupil: looking at it, giving it out, holding and erasing it."""

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import path

from keystage.service.accounts.roles import Permission
from keystage.service.personal.pages import Side, data_page, erase_page
from keystage.service.school.models import Expected, Pupil
from keystage.service.school.personal.entries import ENTRIES
from keystage.service.school.personal.finding import subject_of
from keystage.service.school.services import personal
from keystage.service.school.views.pupils_editing import pupil_href
from keystage.service.school.views.visiting import YearVisit, of_year


@of_year(Permission.GIVE_DATA)
def data(request: HttpRequest, at: YearVisit, key: str) -> HttpResponseBase:
    """Show what is held of a pupil, and give it out."""
    return data_page(request, _side(at, key))


@of_year(Permission.ERASE_DATA)
def erase(request: HttpRequest, at: YearVisit, key: str) -> HttpResponseBase:
    """Erase a pupil, after showing what goes and asking twice."""
    return erase_page(request, _side(at, key))


def _side(at: YearVisit, key: str) -> Side:
    about: Pupil | Expected | None = None
    for model in (Pupil, Expected):
        found = model.objects.filter(school_return=at.school_return, key=key)
        about = about or found.select_related("school_return__organisation").first()
    if about is None:
        raise Http404
    subject = about
    return Side(
        subject=subject_of(subject), key=key, school=at.school, entries=ENTRIES, by=at.person,
        copy=lambda: personal.copy_for(subject, by=at.person),
        preview=lambda: personal.preview(subject),
        erase=lambda reason: personal.erase_pupil(subject, reason, by=at.person),
        may_erase=at.may(Permission.ERASE_DATA),
        href=pupil_href(at, "pupil-data", key), erase_href=pupil_href(at, "pupil-erase", key),
        back_href=pupil_href(at, "pupil", key), back_text="The pupil", after_href=pupil_href(at, "pupils"),
    )  # fmt: skip


urlpatterns = [path("<str:key>/data/", data, name="pupil-data"), path("<str:key>/erase/", erase, name="pupil-erase")]
