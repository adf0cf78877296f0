"""What a school says about its files: why something is right, why a file is set aside, why a pupil is removed."""

from django import forms

from keystage.service.gateway.services.removing import Ground


class AnswerForm(forms.Form):
    """Why what a check asks about is right."""

    note = forms.CharField(
        label="Why is it right?",
        help_text="It is kept with your name, and holds in your next file where the same is asked.",
        widget=forms.Textarea,
        max_length=1000,
        error_messages={
            "required": "Say why it is right",
            "max_length": "The note must be 1,000 characters or fewer",
        },
    )


class ReasonForm(forms.Form):
    """Why a file is set aside."""

    reason = forms.CharField(
        label="Why should this file not count?",
        help_text="It is kept with your name.",
        max_length=300,
        error_messages={
            "required": "Say why the file should not count",
            "max_length": "The reason must be 300 characters or fewer",
        },
    )


class RemovalForm(forms.Form):
    """Why a pupil is removed."""

    ground = forms.ChoiceField(
        label="Why is the pupil removed?",
        widget=forms.RadioSelect,
        choices=[(ground, str(ground).capitalize()) for ground in Ground],
        error_messages={
            "required": "Select why the pupil is removed",
            "invalid_choice": "Select why the pupil is removed",
        },
    )
    reason = forms.CharField(
        label="Say more",
        help_text="For example, when the pupil moved and to which school. It is kept with your name.",
        widget=forms.Textarea,
        max_length=200,
        error_messages={
            "required": "Say more about why the pupil is removed",
            "max_length": "What you say must be 200 characters or fewer",
        },
    )
