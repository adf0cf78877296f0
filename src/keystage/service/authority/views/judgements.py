"""Every judgement that the gateway holds of an authority's schools, as one file."""

import csv
from collections.abc import Iterator

from django.http import HttpRequest, StreamingHttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from keystage.service.authority.views.visiting import of_schools
from keystage.service.gateway.models import HeldPupil
from keystage.service.gateway.queries import judgements_of
from keystage.service.gateway.services.downloads import taken_of_schools
from keystage.service.gateway.views.visiting import CollectionVisit
from keystage.sheets.guard import guard

_HEAD = (
    *("School number", "School", "UPN", "Surname", "Forename", "Date of birth", "Sex"),
    *("Reading TA", "Writing TA", "Maths TA", "Science TA", "Accepted"),
)


class _Echo:
    def write(self, value: str) -> str:
        return value


@of_schools()
@require_safe
def judgements(request: HttpRequest, at: CollectionVisit) -> StreamingHttpResponse:
    """Give every judgement that counts, a pupil a line, as a CSV file that Excel opens; it is recorded who took it."""
    name = f"judgements-{at.collection.year}-{timezone.localdate():%Y-%m-%d}.csv"
    taken_of_schools(at.collection, at.organisation, name, by=at.person)
    rows = _rows(judgements_of(at.collection, at.organisation))
    response = StreamingHttpResponse(rows, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _rows(found: Iterator[HeldPupil]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield "\ufeff" + str(writer.writerow(_HEAD))
    for each in found:
        yield str(writer.writerow([guard(text) for text in _row(each)]))


def _row(each: HeldPupil) -> tuple[str, ...]:
    returned = each.gateway_return
    return (
        *(returned.number, returned.school.name, each.upn, each.surname, each.forename),
        each.birth_date.isoformat() if each.birth_date else "",
        *(each.sex, each.reading, each.writing, each.maths, each.science),
        timezone.localtime(each.accepted_at).strftime("%Y-%m-%d %H:%M:%S"),
    )
