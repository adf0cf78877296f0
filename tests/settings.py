"""Django's settings for tests and for the type checker: nothing is written where the project lies."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("KEYSTAGE_SECRET_KEY", "for tests only")
os.environ.setdefault("KEYSTAGE_DATA", str(Path(tempfile.gettempdir()) / "keystage-tests"))
if _postgresql := os.environ.get("KEYSTAGE_TEST_DATABASE"):
    os.environ["KEYSTAGE_DATABASE"] = _postgresql

from keystage.service.config.settings import *  # noqa: F403

if _postgresql:
    DATABASES["default"]["OPTIONS"] = {}  # noqa: F405 - a pool's own threads keep the test database from being dropped

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
