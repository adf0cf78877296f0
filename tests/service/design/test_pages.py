import re
from pathlib import Path

import pytest
from django.template.backends.jinja2 import Jinja2
from django.template.loader import get_template
from django.test import RequestFactory, override_settings
from django.views import defaults

from keystage.service.design.rendering import static_url, url
from service.design.catalogue import SENT, PupilForm, draw, engine, pages

TEMPLATES = Path(__file__).parents[3] / "src/keystage/service/design/jinja2"
OPTIONS = {"environment": "keystage.service.design.rendering.environment"}
BASE = (
    '{% extends "design/base.html" %}{% block title %}Pupils{% endblock %}{% block main %}<h1>Pupils</h1>{% endblock %}'
)


def base(**context: object) -> str:
    return str(engine.from_string(BASE).render(context))


def title(page: str) -> str:
    found = re.search("<title>(.*?)</title>", page, re.DOTALL)
    assert found
    return found[1]


def test_the_title_says_the_page_the_school_and_the_service() -> None:
    assert title(base(organisation_name="Beech Lane")) == "Pupils – Beech Lane – Keystage"
    assert title(base()) == "Pupils – Keystage"


def test_the_title_begins_with_error_where_a_form_has_errors() -> None:
    assert title(base(form=PupilForm(SENT))) == "Error: Pupils – Keystage"
    assert title(base(has_errors=True)) == "Error: Pupils – Keystage"
    assert title(base(form=PupilForm())) == "Pupils – Keystage"


def test_a_page_begins_with_the_document_type_and_the_language() -> None:
    assert base().startswith('<!DOCTYPE html>\n<html lang="en-GB"')


def test_signing_out_is_a_form_with_a_token() -> None:
    page = base(sign_out_href="/out", csrf_input="TOKEN")
    assert re.search(r'<form[^>]*method="post" action="/out">TOKEN<button', page)
    assert "Sign out" not in base()


def test_practice_is_marked_on_the_page_only_where_it_is_practice() -> None:
    assert "made-up data" in base(practice=True)
    assert "made-up data" not in base(practice=False)


def test_every_page_says_that_the_portal_was_never_tried() -> None:
    for page in [base(), *pages().values()]:
        assert "Keystage has not been tried against the real national portal." in page


def test_the_present_place_is_marked_in_the_navigation() -> None:
    page = base(nav=[{"text": "Pupils", "href": "/p", "active": True}, {"text": "Checks", "href": "/c"}])
    assert page.count("aria-current") == 1


def test_links_in_the_footer_stand_only_where_they_are_given() -> None:
    assert "ks-footer__links" not in base()
    assert 'href="/privacy">Privacy</a>' in base(footer_links=[{"text": "Privacy", "href": "/privacy"}])


@pytest.mark.parametrize("name", ["organisation_name", "account_name", "back_text"])
def test_names_around_the_page_are_escaped(name: str) -> None:
    page = base(**{name: "<b>x", "back_href": "/", "sign_out_href": "/"})
    assert "<b>x" not in page
    assert "&lt;b&gt;x" in page


@pytest.mark.parametrize("page", pages().values(), ids=pages())
def test_no_page_has_a_script_or_a_style_in_it(page: str) -> None:
    assert re.findall(r"<script(?![^>]* src=)", page) == []
    assert re.findall(r"<style|\sstyle=|\son[a-z]+=|javascript:", page) == []


@pytest.mark.parametrize("page", pages().values(), ids=pages())
def test_no_page_has_an_id_twice(page: str) -> None:
    ids = re.findall(r'\sid="([^"]*)"', page)
    assert sorted(ids) == sorted(set(ids))


@pytest.mark.parametrize("page", pages().values(), ids=pages())
def test_every_page_has_one_heading_of_the_first_level(page: str) -> None:
    assert page.count("<h1") == 1


def test_no_template_marks_data_as_safe() -> None:
    for path in TEMPLATES.rglob("*.html"):
        assert not re.search(r"\|\s*safe|autoescape|Markup", path.read_text()), path.name


def test_what_nobody_gave_prints_as_nothing_in_development_too() -> None:
    with override_settings(DEBUG=True):
        made = Jinja2({"NAME": "d", "DIRS": [], "APP_DIRS": True, "OPTIONS": OPTIONS})
        page = made.from_string(
            '{% from "design/components.html" import form_field %}{{ form_field(form["upn"]) }}[{{ nobody }}]'
        ).render({"form": PupilForm()})
    assert "{{" not in page
    assert "[]" in page


def test_a_static_file_that_the_manifest_lacks_has_its_plain_address(monkeypatch: pytest.MonkeyPatch) -> None:
    def lacks(path: str) -> str:
        raise ValueError(f"Missing staticfiles manifest entry for '{path}'")

    monkeypatch.setattr("keystage.service.design.rendering.static", lacks)
    assert static_url("keystage/keystage.css") == "/static/keystage/keystage.css"


def test_an_address_is_found_by_its_name() -> None:
    assert url("accounts:home") == "/"


def test_djangos_own_handlers_find_the_error_pages(rf: RequestFactory) -> None:
    request, fault = rf.get("/nowhere"), Exception("secret detail")
    answers = {
        400: defaults.bad_request(request, fault),
        403: defaults.permission_denied(request, fault),
        404: defaults.page_not_found(request, fault),
        500: defaults.server_error(request),
    }
    for status, answer in answers.items():
        page = answer.content.decode()
        assert answer.status_code == status
        assert "– Keystage</title>" in page
        assert "secret detail" not in page


@pytest.mark.parametrize("name", ["403_csrf", "429", "503"])
def test_the_other_error_pages_are_found_by_name(name: str) -> None:
    assert "– Keystage</title>" in get_template(f"{name}.html").render()


def test_a_page_that_takes_the_whole_window_says_so() -> None:
    assert 'class="govuk-template__body ks-wide"' in draw("done.html", {"head": ["A"], "rows": []})
    assert "ks-wide" not in base()
