"""What sign-in says: errors, messages and notices by email, by the names that the sign-in library has for them."""

ERRORS = {
    "email_password_mismatch": "The email address or the password is not right. Check both and try again",
    "incorrect_code": "The code is not right. Check it, or ask for a new one",
    "incorrect_password": "The password is not right",
    "enter_current_password": "The current password is not right",
    "too_many_login_attempts": "Too many wrong codes. Sign in again to get a new one",
    "invalid_or_expired_key": "This link is not valid any more. Ask for a new one",
    "invalid_password_reset": "This link is not valid any more. Ask for a new one",
    "rate_limited": "Wait a moment before you ask for another code",
    "account_inactive": "This account is closed",
    "same_as_current": "Enter something other than what it is now",
}
SECOND_STEP_ERRORS = {
    "incorrect_code": "The code is not right. Enter the code that the app shows now, or a recovery code",
    "cannot_delete_authenticator": "This cannot be removed",
    "cannot_generate_recovery_codes": "Set up an authenticator app or a passkey first",
    "unverified_email": "Confirm your email address first",
}
MESSAGES = {
    "logged_out.txt": "You have signed out.",
    "password_changed.txt": "Password changed. You have been signed out everywhere else.",
    "totp_activated.txt": "Authenticator app set up.",
    "totp_deactivated.txt": "Authenticator app removed.",
    "webauthn_added.txt": "Passkey added.",
    "webauthn_removed.txt": "Passkey removed.",
    "recovery_codes_generated.txt": "New recovery codes made. Keep them where only you can find them.",
}
"""A message that is not here is not said: the page that follows says it better."""
NOTICES = {
    "password_changed": "your password was changed",
    "password_reset": "your password was changed, with a link sent by email",
    "totp_activated": "an authenticator app was set up",
    "totp_deactivated": "your authenticator app was removed",
    "webauthn_added": "a passkey was added",
    "webauthn_removed": "a passkey was removed",
    "recovery_codes_generated": "new recovery codes were made",
    "email_changed": "the email address of your account was changed",
}
"""What a notice by email says of one's own account, so that nobody else can change it unseen."""


def wait_words(seconds: int) -> str:
    """Say how long to wait before the next attempt."""
    minutes = -(-seconds // 60)
    long = f"{seconds} seconds" if seconds < 60 else "1 minute" if minutes == 1 else f"{minutes} minutes"
    return f"Too many attempts have failed from here. Wait {long}, then try again. Your account is not locked"
