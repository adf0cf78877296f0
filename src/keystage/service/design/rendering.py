"""The Jinja environment that Django renders pages with.

In the settings: ``"BACKEND": "django.template.backends.jinja2.Jinja2"``, ``"APP_DIRS": True`` and
``"OPTIONS": {"environment": "keystage.service.design.rendering.environment"}``. Each app's templates
are in its folder ``jinja2``.
"""

from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from jinja2 import BaseLoader, ChoiceLoader, Environment, PackageLoader, PrefixLoader, Undefined

from keystage.service.design import fields, words


def environment(**options: Any) -> Environment:
    """Return the environment: Django's folders and GOV.UK's macros; what is unknown prints as nothing.

    Autoescaping is always on. GOV.UK's macros ask for values that nobody gave, so Django's ``DebugUndefined``, which
    prints a note in place of each, would spoil every page in development.
    """
    own: BaseLoader = options.pop("loader")
    govuk = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    options |= {"autoescape": True, "undefined": Undefined}
    made = Environment(loader=ChoiceLoader([own, govuk]), **options)  # noqa: S701 - autoescape is on
    made.globals |= {
        "static": static_url,
        "url": url,
        "view_field": fields.view_field,
        "form_errors": fields.form_errors,
    }
    made.filters |= {
        "date_words": words.date_words,
        "time_words": words.time_words,
        "moment_words": words.moment_words,
        "until_words": words.until_words,
        "plural": words.plural,
        "join_words": words.join_words,
        "name_in_sentence": words.name_in_sentence,
    }
    return made


def static_url(path: str) -> str:
    """Return the address of a static file; of one that the manifest lacks, its plain address.

    A page that says what went wrong must not itself fail because a style is missing.
    """
    try:
        return static(path)
    except ValueError:
        return f"{settings.STATIC_URL}{path}"


def url(name: str, *args: object, **kwargs: object) -> str:
    """Return the address of a named page: ``url("school:pupil", pk=7)``."""
    return reverse(name, args=args or None, kwargs=kwargs or None)
