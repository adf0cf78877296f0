"""Django's settings, from the environment of the installation."""

from datetime import timedelta

from csp.constants import NONE, SELF

from keystage.service.config.environment import Environment
from keystage.service.config.outside import email_settings, oidc_providers

ENVIRONMENT = Environment()

SECRET_KEY = ENVIRONMENT.key()
DEBUG = False
ALLOWED_HOSTS = ENVIRONMENT.hosts
ROOT_URLCONF = "keystage.service.config.urls"
WSGI_APPLICATION = "keystage.service.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "keystage.service.design",
    "keystage.service.events",
    "keystage.service.accounts",
    "keystage.service.personal",
    "keystage.service.guides",
    "keystage.service.school",
    "keystage.service.gateway",
    "keystage.service.authority",
    "keystage.service.api",
    "keystage.service.demo",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "keystage.service.config.middleware.not_kept",
    "keystage.service.api.refusals.in_words",
    "keystage.service.config.middleware.no_nul",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "keystage.service.accounts.middleware.sessions_end",
    "keystage.service.accounts.middleware.takes_a_form",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "keystage.service.accounts.middleware.MailMayFail",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": True,
        "OPTIONS": {
            "environment": "keystage.service.design.rendering.environment",
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "keystage.service.accounts.frame.frame",
                "keystage.service.school.navigation.navigation",
                "keystage.service.gateway.navigation.navigation",
                "keystage.service.authority.navigation.navigation",
            ],
        },
    },
    # The last resort: email texts and widgets of the libraries.
    {"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True},
]

DATABASES = ENVIRONMENT.databases
ATOMIC_REQUESTS = False
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        # What is counted to slow down those who guess, and signs of life, must not be thrown out for room.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# -- language and time -----------------------------------------------------------------------------------------------
LANGUAGE_CODE = "en-gb"
USE_I18N = False
USE_TZ = True
TIME_ZONE = "Europe/London"

# -- files -----------------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = None  # served from where they are installed, by WhiteNoise
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
FILES_ROOT = ENVIRONMENT.data / "files"
DATA_UPLOAD_MAX_MEMORY_SIZE = 10_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 25_000  # a box to tick for each pupil of the largest file
FILE_UPLOAD_MAX_MEMORY_SIZE = 10_000_000

# -- people ----------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "keystage.service.accounts.passwords.LongEnough"},
    {"NAME": "keystage.service.accounts.passwords.NotCommon"},
    {"NAME": "keystage.service.accounts.passwords.NotLikeTheirName"},
]
PASSWORD_RESET_TIMEOUT = int(timedelta(hours=1).total_seconds())
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "accounts:home"
SESSION_LENGTH = timedelta(hours=12)
SESSION_IDLE = timedelta(minutes=60)
SESSION_COOKIE_AGE = int(SESSION_LENGTH.total_seconds())
SESSION_COOKIE_NAME = "keystage_session"
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_NAME = "keystage_csrf"
DEMO = ENVIRONMENT.demo

# The library that carries sign-in. Its own limits are off where they would count by account: see accounts/limits.py.
ACCOUNT_ADAPTER = "keystage.service.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # an invitation, or a code to a new address, has made sure of it
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_LOGIN_BY_CODE_REQUIRED = True
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"numeric": True, "length": 6, "dashed": False}
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = int(timedelta(minutes=15).total_seconds())
ACCOUNT_LOGIN_TIMEOUT = int(timedelta(minutes=30).total_seconds())
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = 3
ACCOUNT_REAUTHENTICATION_TIMEOUT = int(timedelta(minutes=10).total_seconds())
ACCOUNT_RATE_LIMITS = {"login": None, "reset_password": "60/h/ip"}
ACCOUNT_FORMS = {
    "login": "keystage.service.accounts.forms.sign_in.SignInForm",
    "confirm_login_code": "keystage.service.accounts.forms.sign_in.CodeForm",
    "reauthenticate": "keystage.service.accounts.forms.sign_in.AgainForm",
    "reset_password": "keystage.service.accounts.forms.sign_in.ForgottenForm",
    "reset_password_from_key": "keystage.service.accounts.forms.sign_in.NewPasswordForm",
    "change_password": "keystage.service.accounts.forms.sign_in.ChangePasswordForm",
}
MFA_ADAPTER = "keystage.service.accounts.adapter.SecondStepAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_TOTP_ISSUER = "Keystage"
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "keystage.service.accounts.forms.second_step.AppCodeForm",
    "reauthenticate": "keystage.service.accounts.forms.second_step.AppCodeAgainForm",
    "activate_totp": "keystage.service.accounts.forms.second_step.SetUpAppForm",
    "add_webauthn": "keystage.service.accounts.forms.second_step.AddPasskeyForm",
    "edit_webauthn": "keystage.service.accounts.forms.second_step.NamePasskeyForm",
}
SOCIALACCOUNT_ADAPTER = "keystage.service.accounts.adapter.ProviderAdapter"
SOCIALACCOUNT_LOGIN_ON_GET = True  # a form's answer may not lead elsewhere (form-action), a link may
SOCIALACCOUNT_PROVIDERS = oidc_providers(ENVIRONMENT)
OIDC_NAME = ENVIRONMENT.oidc_name if ENVIRONMENT.oidc_issuer else ""
OIDC_TRUSTS_SECOND_STEP = ENVIRONMENT.oidc_trusts_second_step
ALLAUTH_TRUSTED_PROXY_COUNT = ENVIRONMENT.proxies if ENVIRONMENT.proxies is not None else int(ENVIRONMENT.https)

# -- email ----------------------------------------------------------------------------------------------------------
DEFAULT_FROM_EMAIL = SERVER_EMAIL = ENVIRONMENT.email_from
globals().update(email_settings(ENVIRONMENT))

# -- security --------------------------------------------------------------------------------------------------------
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENVIRONMENT.https
SECURE_HSTS_SECONDS = int(timedelta(days=365).total_seconds()) if ENVIRONMENT.https else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENVIRONMENT.https else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

# -- practice --------------------------------------------------------------------------------------------------------
PRACTICE_FILL = "keystage.service.demo.seed.fill_practice"
"""What puts made-up pupils into a practice school; named here, as the school's side does not know the demonstration."""
