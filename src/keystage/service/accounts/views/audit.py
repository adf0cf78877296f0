"""The record of who did what, to read and to take away."""

import csv
from collections.abc import Iterator

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode

from keystage.service.accounts.models import Organisation
from keystage.service.accounts.presenters.audit import Line, all_lines, events_of, groups_of, lines, people_in_record
from keystage.service.accounts.roles import OrganisationKind, Permission
from keystage.service.accounts.visit import Visit, needs
from keystage.sheets.guard import guard

_PER_PAGE = 50


class _Filter(forms.Form):
    person = forms.ChoiceField(label="Person", required=False)
    about = forms.ChoiceField(label="About", required=False)

    def __init__(self, *args: object, organisation: Organisation) -> None:
        super().__init__(*args)  # type: ignore[arg-type]
        people, groups = (
            [("", "Everybody"), *people_in_record(organisation)],
            [("", "Everything"), *groups_of(organisation)],
        )
        self.fields["person"].choices, self.fields["about"].choices = people, groups  # type: ignore[attr-defined]

    @property
    def chosen(self) -> dict[str, str]:
        """What was chosen; a choice that is none counts as everything."""
        self.is_valid()
        return {"person": self.cleaned_data.get("person", ""), "group": self.cleaned_data.get("about", "")}


@needs(Permission.SEE_AUDIT, *OrganisationKind)
def audit(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show the record, the newest first."""
    form = _Filter(request.GET, organisation=visit.organisation)
    page = Paginator(events_of(visit.organisation, **form.chosen), _PER_PAGE).get_page(request.GET.get("page"))
    narrowed = {"person": form.chosen["person"], "about": form.chosen["group"]}
    context = {
        "filter": form,
        "page": page,
        "lines": lines(visit.organisation, page.object_list),
        "query": urlencode({name: value for name, value in narrowed.items() if value}),
    }
    return render(request, "accounts/audit.html", context)


@needs(Permission.SEE_AUDIT, *OrganisationKind)
def download(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Give the record, as narrowed down, as a CSV file that Excel opens."""
    form = _Filter(request.GET, organisation=visit.organisation)
    events = events_of(visit.organisation, **form.chosen)
    rows = _rows(all_lines(visit.organisation, events))
    response = StreamingHttpResponse(rows, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="record-{timezone.localdate():%Y-%m-%d}.csv"'
    return response


class _Echo:
    def write(self, value: str) -> str:
        return value


def _rows(found: Iterator[Line]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield "\ufeff" + str(writer.writerow(["When", "Who", "What", "Kind", "Year"]))
    for line in found:
        at = timezone.localtime(line.at).strftime("%Y-%m-%d %H:%M:%S")
        yield str(writer.writerow([at, *map(guard, (line.who, line.what, line.kind)), line.year or ""]))
