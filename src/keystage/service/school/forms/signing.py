"""What a person fills in to sign, to say that they cannot confirm, and to let somebody sign in their place."""

from collections.abc import Iterable

from django import forms

from keystage.service.accounts.models import Person


class SignForm(forms.Form):
    """The statement on a class or on the return."""

    seen = forms.CharField(widget=forms.HiddenInput)
    words = forms.CharField(
        label="Why do you sign without the class teacher?",
        required=False,
        max_length=1000,
        widget=forms.Textarea,
        error_messages={"max_length": "The reason must be 1,000 characters or fewer"},
    )
    confirmed = forms.BooleanField(error_messages={"required": "Tick the box to confirm, or say below why you cannot"})

    def __init__(self, *args: object, statement: str, needs_words: str = "", **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["confirmed"].label = statement
        if needs_words:
            self.fields["words"].required = True
            self.fields["words"].help_text = f"Not signed: {needs_words}. The reason is shown beside your signature."
            self.fields["words"].error_messages["required"] = "Say why you sign without the class teacher"
        else:
            del self.fields["words"]


class CannotConfirmForm(forms.Form):
    """Why somebody does not sign."""

    seen = forms.CharField(widget=forms.HiddenInput)
    words = forms.CharField(
        label="What can you not confirm, and why?",
        help_text="Everybody at the school who works on the return sees this.",
        max_length=1000,
        widget=forms.Textarea,
        error_messages={
            "required": "Say what you cannot confirm, and why",
            "max_length": "The words must be 1,000 characters or fewer",
        },
    )


class DelegateForm(forms.Form):
    """Who may sign in the headteacher's place."""

    deputy = forms.ChoiceField(
        label="Who may sign in your place?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose who may sign in your place"},
    )
    job_title = forms.CharField(
        label="What is their job title?",
        help_text="It stands beside their signature, for example “Deputy headteacher”.",
        max_length=80,
        error_messages={
            "required": "Enter their job title",
            "max_length": "The job title must be 80 characters or fewer",
        },
    )

    def __init__(self, *args: object, people: Iterable[Person], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.people = {person.key: person for person in people}
        field = self.fields["deputy"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type checker which field it is
        field.choices = [(key, str(person)) for key, person in self.people.items()]

    @property
    def chosen(self) -> Person:
        """The person who was chosen."""
        return self.people[self.cleaned_data["deputy"]]
