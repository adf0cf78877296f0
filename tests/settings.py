"""Django's settings for tests and for the type checker: nothing is written where the project lies."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("KEYSTAGE_SECRET_KEY", "for tests only")
os.environ.setdefault("KEYSTAGE_DATA", str(Path(tempfile.gettempdir()) / "keystage-tests"))

from keystage.service.config.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
