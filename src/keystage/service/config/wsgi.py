"""The WSGI application."""

import os
import sys

from django.core.wsgi import get_wsgi_application
from pydantic import ValidationError

from keystage.service.config.warm import warm_up
from keystage.service.config.wrong_settings import in_words

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "keystage.service.config.settings")

try:
    application = get_wsgi_application()
    warm_up()
except ValidationError as wrong:  # a web server shows the last line of a traceback, if that
    sys.exit("These settings of Keystage are wrong:\n" + "\n".join(f"  {line}" for line in in_words(wrong)))
