"""For whose reports a person may write: a teacher of some classes writes for those."""

from keystage.service.accounts.roles import Permission, Role, roles_with
from keystage.service.school.views.visiting import YearVisit


def classes_to_write(at: YearVisit) -> frozenset[str] | None:
    """Return the classes for which the person may write; None for all, as for whoever has another role that writes."""
    others = set(roles_with(Permission.WRITE_REPORTS)) - {Role.TEACHER}
    return None if others & set(at.visit.roles) else at.visit.classes


def may_write(at: YearVisit, class_name: str) -> bool:
    """Say whether the person may write for the pupils of a class."""
    classes = classes_to_write(at)
    return at.may(Permission.WRITE_REPORTS) and (classes is None or class_name in classes)
