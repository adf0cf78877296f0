"""Inviting people, and what they are."""

from django import forms

from keystage.service.accounts.hooks import class_names
from keystage.service.accounts.models import Organisation
from keystage.service.accounts.roles import ROLES, OrganisationKind, Role

ROLE_HINTS = {
    Role.DATA_MANAGER: "Brings in the roll and the register, enters judgements, makes and sends the file",
    Role.TEACHER: "Enters judgements and signs for their classes",
    Role.HEAD: "Reads everything, signs the return, sends it, invites people",
    Role.ACCOUNT_MANAGER: "Invites and removes people, reads the record of who did what",
    Role.DATA_OFFICER: "Sees what the schools have sent, sends files for them, sets its date, downloads results",
    Role.MODERATION_MANAGER: "Sees what the authority’s schools have sent, records moderation",
    Role.ANALYST: "Sees the returns of the trust’s schools, downloads their results",
    Role.RESULTS_READER: "Downloads the results of the pupils who are coming",
    Role.OPERATOR: "Opens, moves and closes collections, answers schools, loads and releases results",
    Role.HELPDESK: "Sees the returns of the whole country, answers schools",
}


class RolesForm(forms.Form):
    """What a person is, and which classes a teacher has."""

    roles = forms.MultipleChoiceField(
        label="Role",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one role"},
    )
    classes = forms.MultipleChoiceField(
        label="Classes",
        help_text="For a teacher. Choose none for all classes.",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: object, organisation: Organisation, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        roles = ROLES[OrganisationKind(organisation.kind)]
        field = self.fields["roles"]
        field.choices = [(role.value, role.value.capitalize()) for role in roles]  # type: ignore[attr-defined]
        field.choice_hints = {role.value: ROLE_HINTS[role] for role in roles}  # type: ignore[attr-defined]
        held = list(self.initial.get("classes", ()))
        names = sorted({*class_names(organisation), *held})
        self.fields["classes"].choices = [(name, name) for name in names]  # type: ignore[attr-defined]
        if not names or Role.TEACHER not in roles:
            del self.fields["classes"]

    @property
    def chosen_roles(self) -> list[Role]:
        """The roles, once the form is valid."""
        return [Role(each) for each in self.cleaned_data["roles"]]

    @property
    def chosen_classes(self) -> list[str]:
        """The classes; none where the person is no teacher."""
        return list(self.cleaned_data.get("classes", ())) if Role.TEACHER in self.chosen_roles else []


class InviteForm(RolesForm):
    """Whom to invite, and as what."""

    email = forms.EmailField(
        label="Email address",
        help_text="A link is sent there. It works once, for seven days.",
        error_messages={
            "required": "Enter an email address",
            "invalid": "Enter an email address like name@example.com",
        },
    )
    field_order = ["email", "roles", "classes"]


class AcceptForm(forms.Form):
    """Who somebody invited is."""

    name = forms.CharField(
        label="Your name",
        help_text="As colleagues know you, for example Dana Marsh",
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": "Enter your name"},
    )
    password = forms.CharField(
        label="Choose a password",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": "Enter a password"},
    )

    def __init__(self, *args: object, email: str, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        from keystage.service.accounts.passwords import HINT

        self.email = email
        self.fields["password"].help_text = HINT

    def clean_name(self) -> str:
        """Take out what is not part of a name."""
        return " ".join(str(self.cleaned_data["name"]).split())

    def clean(self) -> dict[str, object]:
        """Check the password against the name and the email address."""
        from django.contrib.auth.password_validation import validate_password

        from keystage.service.accounts.models import Person

        cleaned = super().clean() or {}
        if password := cleaned.get("password"):
            try:
                validate_password(password, Person(email=self.email, name=str(cleaned.get("name", ""))))
            except forms.ValidationError as faults:
                self.add_error("password", faults.messages[0])
        return cleaned
