"""Seeds for what looks after an installation: called in processes of their own."""

from django.db import connection

from keystage.service.demo.seed import demo_school
from keystage.service.school.models import Judgement, Pupil, SchoolReturn, StoredFile
from keystage.service.school.services.files import store


def a_school_with_a_file(content: str) -> dict[str, object]:
    """Make the practice school, and keep a file of it."""
    school = demo_school()
    store(school.organisation, "sent.xml", content.encode(), by=school.people[0][0])
    return what_is_there()


def what_is_there() -> dict[str, object]:
    """Say what the database holds, in a few figures."""
    return {
        "pupils": [list(each) for each in Pupil.objects.order_by("pk").values_list("key", "upn")],
        "codes": Judgement.objects.count(),
        "file": StoredFile.objects.get(name="sent.xml").sha256,
    }


def what_was_carried() -> dict[str, object]:
    """Say what an old database holds after it was brought up."""
    pupils = Pupil.objects.order_by("upn").values_list("upn", "version", "disadvantaged")
    return {
        "pupils": [list(each) for each in pupils],
        "stage": SchoolReturn.objects.get().stage,
        "tables": len(connection.introspection.table_names()),
    }
