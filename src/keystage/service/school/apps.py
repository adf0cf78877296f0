"""The school's side as a Django application."""

from django.apps import AppConfig
from django.conf import settings


class SchoolConfig(AppConfig):
    """The school's side."""

    name = "keystage.service.school"
    label = "school"

    def ready(self) -> None:
        """Tell the accounts what they cannot know: classes, and what keys in the record stand for."""
        from keystage.service.accounts import hooks
        from keystage.service.school import telling

        if "school" in settings.ENVIRONMENT.sides:
            hooks.tell_places(telling.places)
        hooks.tell_class_names(telling.class_names)
        hooks.tell_target_names(telling.target_names)
        hooks.person_left.connect(telling.somebody_left)
        hooks.role_ended.connect(telling.role_ended)
