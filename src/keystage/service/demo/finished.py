"""Years that are over, on both sides: what people see of a finished year is there at once, over several years.

They are made in steps, because what is loaded is worked through in the background, and the next step waits for that.
"""

from collections.abc import Callable, Iterator

from django.db import transaction

from keystage.service.demo.gateway import DemoGateway
from keystage.service.demo.home import bring_home, fill_year
from keystage.service.demo.past import YEARS, load_results, prepare_results, release_results, take_returns
from keystage.service.demo.seed import DemoSchool
from keystage.service.gateway.models import Collection


def steps(school: DemoSchool, gateway: DemoGateway) -> Iterator[Callable[[], None]]:
    """Yield what makes the finished years, step by step; what waits in the background is to be done after each.

    Where they are there already, nothing is left to do.
    """
    if Collection.objects.filter(year__in=YEARS, is_practice=True).exists():
        return
    yield lambda: _each(lambda year: fill_year(school, year))
    yield lambda: _each(lambda year: take_returns(school, gateway, year))
    yield lambda: _each(lambda year: load_results(gateway, year))
    yield lambda: _each(lambda year: prepare_results(gateway, year))
    yield lambda: _each(release_results)
    yield lambda: _each(lambda year: bring_home(school, year))


def _each(do: Callable[[int], None]) -> None:
    for year in YEARS:
        with transaction.atomic():
            do(year)
