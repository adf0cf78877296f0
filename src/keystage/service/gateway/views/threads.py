"""What the school's and the agency's pages of a help thread share."""

import json
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string

from keystage.service.accounts.rates import MESSAGES, slow_down
from keystage.service.accounts.roles import Permission
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.gateway.forms.help import MessageForm
from keystage.service.gateway.models import GatewayReturn, Message
from keystage.service.gateway.presenters.help import news_of, standing, thread_of
from keystage.service.gateway.services.helping import look, write
from keystage.service.gateway.views.visiting import CollectionVisit


@dataclass(frozen=True)
class Side:
    """Somebody of one side at a thread."""

    at: CollectionVisit
    gateway_return: GatewayReturn
    is_helpdesk: bool

    @property
    def may_write(self) -> bool:
        """Whether they may write."""
        return self.at.may(Permission.ANSWER_SCHOOLS if self.is_helpdesk else Permission.ASK_HELP)


def thread_page(request: HttpRequest, side: Side, template: str, **more: object) -> HttpResponse:
    """Show a thread; take a message from its form."""
    form = MessageForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        _must_be_allowed(side)
        if form.is_valid() and _written(request, side, form):
            return redirect(f"{request.path}#messages")
    look(side.gateway_return, side.at.person)
    thread = thread_of(side.gateway_return, side.at.person, everything="all" in request.GET)
    context: dict[str, Any] = {
        "at": side.at, "side": side, "form": form, "thread": thread,
        "standing": standing(side.gateway_return, is_helpdesk=side.is_helpdesk), **more,
    }  # fmt: skip
    return render(request, template, context)


def thread_news(request: HttpRequest, side: Side) -> HttpResponse:
    """Answer the script of the page: what is new, or that a message was taken."""
    if request.method == "POST":
        return _taken(request, side)
    if "looking" in request.GET:
        look(side.gateway_return, side.at.person)
    found = news_of(side.gateway_return, side.at.person, request.GET.get("after", ""))
    if not found:
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    html = render_to_string("gateway/help/lines.html", {"lines": found, "side": side})
    others = [each.who for each in found if not each.is_mine]
    words = standing(side.gateway_return, is_helpdesk=side.is_helpdesk)
    return JsonResponse({"html": html, "last": found[0].key, "by": list(dict.fromkeys(others)), "standing": words})


def _taken(request: HttpRequest, side: Side) -> JsonResponse:
    _must_be_allowed(side)
    try:
        sent = json.loads(request.body)
    except (ValueError, RecursionError):
        sent = None
    if request.content_type != "application/json" or not isinstance(sent, dict):
        return JsonResponse({"why": "The request must be JSON."}, status=HTTPStatus.BAD_REQUEST)
    form = MessageForm({name: value for name in ("text", "key") if isinstance(value := sent.get(name), str)})
    if not form.is_valid():
        return JsonResponse({"why": form.errors.get("text", ["The message cannot be sent."])[0]}, status=422)
    made = _write(request, side, form)
    return JsonResponse({"key": made.key, "next": MessageForm.base_fields["key"].initial()}, status=HTTPStatus.CREATED)


def _written(request: HttpRequest, side: Side, form: MessageForm) -> bool:
    """Write what stands in a form; where it cannot be now, say so beside the text, which stays."""
    try:
        _write(request, side, form)
    except NotAllowedNow as refused:
        form.add_error("text", str(refused))
        return False
    return True


def _write(request: HttpRequest, side: Side, form: MessageForm) -> Message:
    slow_down(side.at.person, "sent", "message", MESSAGES)
    return write(
        side.gateway_return, form.cleaned_data["text"], by=side.at.person, is_helpdesk=side.is_helpdesk,
        base=request.build_absolute_uri("/").rstrip("/"), key=form.cleaned_data["key"],
    )  # fmt: skip


def _must_be_allowed(side: Side) -> None:
    if not side.may_write:
        raise PermissionDenied(f"You may not {Permission.ASK_HELP}.")
