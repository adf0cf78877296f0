from types import SimpleNamespace

import pytest
from django.core.paginator import Paginator
from markupsafe import escape

from service.design.catalogue import say

HOSTILE = "<script>alert('x')</script>"
ACTION = {"text": HOSTILE, "href": HOSTILE, "about": HOSTILE}
TASK = {"text": HOSTILE, "href": HOSTILE, "hint": HOSTILE, "status": HOSTILE, "colour": "red"}

CALLS = {
    "button": "c.button(x, attributes={'data-x': x})",
    "button link": "c.button(x, href=x)",
    "tag": "c.tag(x)",
    "inset": "c.inset(x)",
    "warning": "c.warning(x)",
    "details": "c.details(x, x)",
    "panel": "c.panel(x, x)",
    "progress_count": "c.progress_count(1, 2, x)",
    "empty_state": "c.empty_state(x, x, x, x)",
    "download": "c.download(x, x, x, x, x)",
    "banner": "c.banner(x, title=x)",
    "error_summary": "c.error_summary(errors=[x, {'text': x, 'href': x}])",
    "task_list": "c.task_list([{'heading': x, 'items': [task]}])",
    "summary_list": "c.summary_list([{'key': x, 'value': x, 'actions': [action]}])",
    "table": "c.table([x], [[x, {'text': x}, action]], x)",
    "back_link": "c.back_link(x, x)",
    "breadcrumb_list": "c.breadcrumb_list([{'text': x, 'href': x}, {'text': x}])",
    "confirm_page": "c.confirm_page('', x, x, x)",
}


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_every_text_is_escaped(call: str) -> None:
    page = say("{{ " + call + " }}", x=HOSTILE, action=ACTION, task=TASK)
    assert "<script" not in page
    assert str(escape(HOSTILE)) in page


def test_what_another_component_made_stays_markup() -> None:
    page = say("{{ c.summary_list([{'key': 'State', 'value': c.tag('Signed', 'green')}]) }}")
    assert '<strong class="govuk-tag govuk-tag--green">Signed</strong>' in page


def test_a_form_is_sent_by_post_with_its_token_and_leaves_checking_to_us() -> None:
    page = say("{% call c.post_form(csrf_input, files=true) %}x{% endcall %}", csrf_input="TOKEN")
    assert page.startswith('<form method="post" enctype="multipart/form-data" novalidate>')
    assert "TOKEN" in page


def test_a_button_is_pressed_once() -> None:
    assert 'data-prevent-double-click="true"' in say("{{ c.button('Sign') }}")


def test_the_bar_says_the_same_in_words_and_survives_nothing_to_do() -> None:
    assert "1,203 of 1,240 judgements entered" in say("{{ c.progress_count(1203, 1240, 'judgements entered') }}")
    assert 'value="0" max="1"' in say("{{ c.progress_count(0, 0) }}")


def test_a_task_is_described_by_its_hint_and_its_status() -> None:
    items = [{"text": "Roll", "href": "/roll", "hint": "31 pupils", "status": "Completed"}]
    page = say("{{ c.task_list([{'heading': '', 'items': items}]) }}", items=items)
    assert 'aria-describedby="task-1-1-hint task-1-1-status"' in page
    assert "govuk-tag" not in page


def test_a_task_that_cannot_be_started_is_no_link() -> None:
    page = say("{{ c.task_list([{'items': [{'text': 'Sign', 'status': 'Cannot start yet'}]}]) }}")
    assert "<a " not in page


def test_a_table_names_its_columns_and_its_rows() -> None:
    page = say("{{ c.table(['Pupil', 'Findings'], [['Bell, Ada', 0], ['Cole, Ben', none]], 'Pupils', numeric=[1]) }}")
    assert '<th scope="col" class="govuk-table__header govuk-table__header--numeric">Findings</th>' in page
    assert '<th scope="row" class="govuk-table__header">Bell, Ada</th>' in page
    assert '<td class="govuk-table__cell govuk-table__cell--numeric">0</td>' in page
    assert '<td class="govuk-table__cell govuk-table__cell--numeric"></td>' in page
    assert 'aria-labelledby="table-pupils-caption"' in page
    assert 'id="table-pupils-caption"' in page


def test_a_links_text_says_what_it_is_about() -> None:
    page = say("{{ c.summary_list([{'key': 'Name', 'value': 'Ada', 'actions': [a]}]) }}", a=ACTION | {"about": "name"})
    assert '<span class="govuk-visually-hidden"> name</span>' in page


def test_one_page_needs_no_pagination() -> None:
    assert say("{{ c.pagination(page) }}", page=Paginator(range(5), 20).page(1)).strip() == ""


def test_pages_keep_the_filter_in_their_addresses() -> None:
    page = say("{{ c.pagination(page, '?class=6A&page=') }}", page=Paginator(range(100), 20).page(2))
    assert 'href="?class=6A&amp;page=3"' in page
    assert 'aria-current="page"' in page


@pytest.mark.parametrize(
    ("level", "title", "role"),
    [("success", "Done", "alert"), ("error", "There is a problem", "alert"), ("info", "Important", "status")],
)
def test_a_message_says_of_what_kind_it_is(level: str, title: str, role: str) -> None:
    class Message(SimpleNamespace):
        def __str__(self) -> str:
            return HOSTILE

    page = say("{{ c.messages_list(messages) }}", messages=[Message(level_tag=level), Message(level_tag=level)])
    assert page.count(f'role="{role}"') == 2
    assert title in page
    assert 'id="message-2-title"' in page
    assert "<script" not in page


def test_only_the_first_message_takes_the_focus() -> None:
    messages = [SimpleNamespace(level_tag="success"), SimpleNamespace(level_tag="success")]
    page = say("{{ c.messages_list(messages) }}", messages=messages)
    assert page.index('data-disable-auto-focus="false"') < page.index('data-disable-auto-focus="true"')
