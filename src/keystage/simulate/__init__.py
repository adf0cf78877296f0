"""Made-up schools, pupils, judgements, results and faults, repeatable by seed; with no real person in them."""

from keystage.simulate.country import MadeSchool, Plan, make_school, today
from keystage.simulate.dialects import DIALECTS, Dialect, DialectUnknown
from keystage.simulate.manifest import Made
from keystage.simulate.one import a_file, a_register, a_return
from keystage.simulate.schools import Kind, School
from keystage.simulate.write import simulate

__all__ = [
    "DIALECTS",
    "Dialect",
    "DialectUnknown",
    "Kind",
    "Made",
    "MadeSchool",
    "Plan",
    "School",
    "a_file",
    "a_register",
    "a_return",
    "make_school",
    "simulate",
    "today",
]
