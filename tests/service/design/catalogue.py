"""The catalogue of components: made-up forms and lists that show each of them in each of its states."""

from datetime import date
from pathlib import Path

from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.paginator import Paginator
from django.template.backends.jinja2 import Jinja2

from keystage.service.design.forms import Form

HERE = Path(__file__).parent
COLOURS = ("grey", "green", "teal", "purple", "magenta", "red", "orange", "yellow")

engine = Jinja2(
    {
        "NAME": "catalogue",
        "DIRS": [str(HERE / "jinja2")],
        "APP_DIRS": True,
        "OPTIONS": {"environment": "keystage.service.design.rendering.environment"},
    }
)


class PupilForm(Form):
    forename = forms.CharField(help_text="As it is on the register.", error_messages={"required": "Enter a forename"})
    upn = forms.CharField(label="Unique pupil number", max_length=13, help_text="13 characters, like A801200001001.")
    left_on = forms.DateField(label="Date the pupil left", required=False, help_text="Like 24/06/2026.")
    count = forms.IntegerField(label="How many pupils?", min_value=0)
    reason = forms.ChoiceField(
        choices=[("moved", "Moved to another school"), ("home", "Educated at home"), ("other", "Something else")],
        widget=forms.RadioSelect,
        label="Why is the pupil not in the return?",
        error_messages={"required": "Select a reason"},
    )
    inline = forms.ChoiceField(choices=[("y", "Yes"), ("n", "No")], widget=forms.RadioSelect, label="Still here?")
    classes = forms.MultipleChoiceField(
        choices=[("6A", "Class 6A"), ("6B", "Class 6B")], widget=forms.CheckboxSelectMultiple, label="Which classes?"
    )
    subject = forms.ChoiceField(choices=[("", "Choose a subject"), ("r", "Reading"), ("w", "Writing")])
    agree = forms.BooleanField(label="I have read this", help_text="The whole of it.")
    note = forms.CharField(widget=forms.Textarea, required=False)
    password = forms.CharField(widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}))
    head_email = forms.EmailField(label="Email address", widget=forms.EmailInput(attrs={"autocomplete": "email"}))
    file = forms.FileField(label="File with the roll", help_text="CTF, CSV or Excel.")
    token = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["reason"].choice_hints = {"home": "Since before the test week."}  # type: ignore[attr-defined]

    def clean(self) -> None:
        raise forms.ValidationError("This pupil is on the roll already")


class FilterForm(Form):
    group = forms.ChoiceField(choices=[("", "All classes"), ("6A", "6A")], required=False, label="Class")
    find = forms.CharField(required=False, label="Name or UPN")


SENT = {
    "forename": "",
    "upn": "A8012",
    "left_on": "31/02/2026",
    "count": "some",
    "classes": ["6A"],
    "note": "\n One\n  two",
}


def pages() -> dict[str, str]:
    """Return each page of the catalogue by its name, as a server would send it."""
    around = {
        "organisation_name": "Beech Lane Primary School",
        "account_name": "Asha Okafor",
        "account_href": "#account",
        "sign_out_href": "#out",
        "csrf_input": "",
        "practice": True,
        "nav": [
            {"text": "Tasks", "href": "#tasks", "active": True},
            *({"text": each, "href": f"#{each}"} for each in ("Pupils", "Marksheet", "Checks", "Sign-off", "Export")),
        ],
        "footer_links": [{"text": "Accessibility statement", "href": "#a11y"}, {"text": "Privacy", "href": "#privacy"}],
    }
    return {
        "catalogue": draw("catalogue.html", around | {"breadcrumbs": _CRUMBS} | _lists() | _forms()),
        "done": draw(
            "done.html", around | {"back_href": "#back", "head": list("ABC"), "rows": [["Pupil", "EXS", 1]] * 90}
        ),
        "sure": draw(
            "sure.html", around | {"question": "Remove Bramwell Featherstonehaugh-Cholmondeley from the roll?"}
        ),
        **{name: draw(f"{name}.html", {}) for name in ("400", "403", "403_csrf", "404", "429", "500", "503")},
    }


def draw(template: str, context: dict[str, object]) -> str:
    """Return a page drawn from a template."""
    return str(engine.get_template(template).render(context))


def say(source: str, **context: object) -> str:
    """Return what a piece of template says, with every component at hand as `c`."""
    return str(engine.from_string('{% import "design/components.html" as c %}' + source).render(context))


_CRUMBS = [{"text": "Tasks", "href": "#tasks"}, {"text": "Catalogue"}]


def _forms() -> dict[str, object]:
    sent = PupilForm(SENT, {"file": SimpleUploadedFile("empty.csv", b"")}, auto_id="sent_%s")
    return {
        "form": sent,
        "fresh": PupilForm(initial={"left_on": date(2026, 6, 4)}),
        "filters": FilterForm(),
        "filters_again": FilterForm(prefix="again"),
    }


def _lists() -> dict[str, object]:
    name = "Featherstonehaugh-Cholmondeley, Bramwell"
    pupil = {"text": name, "href": "#pupil", "about": "in class 6A"}
    why = {"text": "Why", "href": "#why", "about": "this UPN"}
    change = {"text": "Change", "href": "#change", "about": "name"}
    return {
        "colours": COLOURS,
        "page": Paginator(range(400), 20).page(7),
        "facts": [
            {"key": "Name", "value": name, "actions": [change]},
            {"key": "UPN", "value": "A801200001001", "actions": [change, why]},
            {"key": "Class", "value": "6A"},
        ],
        "groups": [
            {
                "heading": "Before you enter anything",
                "items": [
                    {"text": "Bring the roll in", "href": "#roll", "status": "Completed"},
                    {
                        "text": "Settle the cohort",
                        "href": "#cohort",
                        "hint": "2 pupils to decide about",
                        "status": "In progress",
                        "colour": "teal",
                    },
                ],
            },
            {
                "heading": "Sign and send",
                "items": [{"text": "Headteacher signs", "hint": "Waits for 7 judgements", "status": "Not yet"}],
            },
        ],
        "rows": [
            [pupil, "6A", "EXS", "GDS", None, "EXS", "24 June 2026 at 2:05pm", 1],
            ["Ní Bhriain, Aoife", "6B", "WTS", "EXS", "EXS", "HNM", "", 0],
        ],
    }
