"""Getting an installation ready: settings found, database up to date."""

import os

import django
from django.core.management import call_command


def ready(*, migrate: bool = True) -> None:
    """Load the settings and bring the database up to date.

    Raises:
        pydantic.ValidationError: a setting is wrong; its text names the setting.
        django.db.DatabaseError: the database does not answer.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "keystage.service.config.settings")
    django.setup()
    if migrate:
        from django.conf import settings

        settings.ENVIRONMENT.data.mkdir(parents=True, exist_ok=True)
        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)
