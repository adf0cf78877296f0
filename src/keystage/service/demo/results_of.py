"""Made-up results of every practice school that is registered for a year, as a national results file has them."""

from keystage.service.config.years import load
from keystage.service.demo.results import SchoolToResult, national_csv
from keystage.service.gateway.models import GatewayReturn
from keystage.service.gateway.register import held_of, register_of, registered_of, return_of
from keystage.service.school.models import SchoolReturn


def results_of(year: int, *, reviewed: bool = False) -> bytes:
    """Return the results of a year; ``reviewed`` after made-up marking reviews."""
    returns = GatewayReturn.objects.filter(collection__is_practice=True, collection__year=year).order_by("number")
    practising = set(SchoolReturn.objects.filter(year=year).values_list("organisation_id", flat=True))
    schools = [
        SchoolToResult(
            each.number, register_of(registered_of(each)), return_of(each, held_of(each)), each.school_id in practising
        )
        for each in returns.select_related("collection", "school")
    ]
    return national_csv(schools, load(year), reviewed=reviewed)
