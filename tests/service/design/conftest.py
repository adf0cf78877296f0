"""What the tests of the look share: a Django that knows nothing but the look, where no other is set up."""

import os

import django
from django.conf import settings

if "DJANGO_SETTINGS_MODULE" not in os.environ and not settings.configured:
    settings.configure(
        INSTALLED_APPS=["keystage.service.design"],
        LANGUAGE_CODE="en-gb",
        SECRET_KEY="tests alone",  # noqa: S106
        STATIC_URL="/static/",
        USE_TZ=True,
    )
    django.setup()
