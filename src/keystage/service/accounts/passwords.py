"""What a password must be, in our words."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.password_validation import (
    CommonPasswordValidator,
    MinimumLengthValidator,
    UserAttributeSimilarityValidator,
)
from django.core.exceptions import ValidationError

SHORTEST = 12
HINT = f"At least {SHORTEST} characters. Three words that do not belong together are easy to keep in mind."


class LongEnough(MinimumLengthValidator):
    """At least twelve characters."""

    def __init__(self) -> None:
        super().__init__(SHORTEST)

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:  # noqa: ARG002
        """Refuse a short password."""
        if len(password) < self.min_length:
            raise ValidationError(f"Password must have at least {SHORTEST} characters", code="password_too_short")


class NotCommon(CommonPasswordValidator):
    """Not one of twenty thousand that everybody uses."""

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:  # noqa: ARG002
        """Refuse a password that is tried first by anybody who guesses."""
        if password.lower().strip() in self.passwords:
            raise ValidationError("Choose a password that is harder to guess", code="password_too_common")


class NotLikeTheirName(UserAttributeSimilarityValidator):
    """Not much like the person's name or email address."""

    def __init__(self) -> None:
        super().__init__(user_attributes=("email", "name"))

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        """Refuse a password that is the person's name with a figure behind it."""
        try:
            super().validate(password, user)  # type: ignore[arg-type]
        except ValidationError:
            raise ValidationError(
                "Choose a password that is less like your name or email address", code="password_too_similar"
            ) from None
