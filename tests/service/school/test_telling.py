"""What the school's side tells the accounts."""

from keystage.service.accounts import hooks
from service.made import MadeSchool, a_school


def test_the_classes_on_the_roll_are_told(school: MadeSchool) -> None:
    school.pupil("Ada", "Example", "Oak")
    school.pupil("Ben", "Example", "")
    school.pupil("Cal", "Example", "Elm")
    a_school(name="Ottermere School", number="9992002").pupil("Dee", "Example", "Ash")
    assert hooks.class_names(school.organisation) == ["Elm", "Oak"]


def test_a_pupils_key_is_told_as_a_name_to_the_pupils_own_school_alone(school: MadeSchool) -> None:
    ada = school.pupil("Ada", "Example")
    other = a_school(name="Ottermere School", number="9992002")
    assert hooks.target_names(school.organisation, {ada.key, "nobody"}) == {ada.key: "Ada Example"}
    assert hooks.target_names(other.organisation, {ada.key}) == {}
