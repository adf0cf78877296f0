"""A setting that is wrong is named at the start, with what is allowed; one that does not exist is mentioned."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import ValidationError

from keystage.service.config.environment import Environment
from keystage.service.config.wrong_settings import in_words, unknown

WRONG = [
    ("DATABASE", "mysql://host/name", "must be empty, for SQLite, or begin with postgresql://"),
    ("DATABASE", "postgresql://user@host", "must end with the name of the database"),
    ("DATABASE", "postgresql://user:pa/ss@host:5432/name", "must have a port that is a number"),
    ("DATABASE", "postgresql://host:port/name", "must have a port that is a number"),
    ("FILES", "https://bucket", "must be empty, for a folder, or begin with s3:// and the bucket"),
    ("FILES", "s3://bucket?regoin=here", "may have endpoint= and region= after the question mark"),
    ("HOSTS", "", "must be names with commas between"),
    ("HOSTS", "https://keystage.example.org", "without https:// and without ports"),
    ("HOSTS", "keystage.example.org:8000", "without https:// and without ports"),
    ("HOSTS", "*", "must be names"),
    ("HTTPS", "maybe", "must be true or false"),
    ("DEMO", "2", "must be true or false"),
    ("EMAIL", "mail.example.org", "must be empty, or like smtp://"),
    ("EMAIL", "smtp://mail.example.org:smtp", "must have a port that is a number"),
    ("EMAIL_FROM", "Keystage", "must be an email address"),
    ("EMAIL_FROM", "Keystage <a@example.org>\nBcc: b@example.org", "must be an email address"),
    ("SIDES", "schools", "must be school, gateway, or both"),
    ("GATEWAY", "gateway.example.org", "must be empty, or begin with https:// and a host"),
    ("GATEWAY", "https://gateway.example.org/{yaer}", "may have {year} in it, and no other braces"),
    ("OIDC_ISSUER", "login.example.org", "must be empty, or begin with https:// and a host"),
    ("OIDC_TRUSTS_SECOND_STEP", "perhaps", "must be true or false"),
    ("PROXIES", "one", "must be a whole number"),
    ("PROXIES", "-1", "must be a whole number, 0 or more"),
    ("YEARS_DIR", "/nowhere/at/all", "must be a folder that is there"),
    *(
        (f"KEEP_{each}", "0", "must be a whole number, 1 or more")
        for each in (
            *("SCHOOL_YEARS", "GATEWAY_YEARS", "EVENT_YEARS", "REFUSED_DAYS", "PREPARED_DAYS"),
            *("INVITATION_DAYS", "ADDRESS_DAYS", "EMAIL_DAYS"),
        )
    ),
    ("KEEP_JOB_DAYS", "a week", "must be a whole number"),
    ("RETENTION", "sometimes", "must be true or false"),
]
RIGHT = [
    ("DATABASE", "postgresql://us%2Fer:p%40ss@host:5432/name"),
    ("FILES", "s3://bucket/folder?endpoint=https://store.example.org&region=here"),
    ("HOSTS", "keystage.example.org, .example.org, 127.0.0.1, [::1]"),
    ("HTTPS", "true"),
    ("EMAIL", "smtps://user:p%40ss@mail.example.org"),
    ("EMAIL_FROM", "keystage@example.org"),
    ("GATEWAY", "https://gateway.example.org/api/v1/returns/{year}/files"),
    ("PROXIES", "2"),
    ("PROXIES", ""),
    ("YEARS_DIR", ""),
]


def said(monkeypatch: pytest.MonkeyPatch, **settings: str) -> list[str]:
    for name, value in settings.items():
        monkeypatch.setenv(f"KEYSTAGE_{name}", value)
    with pytest.raises(ValidationError) as wrong:
        Environment()
    return in_words(wrong.value)


@pytest.mark.parametrize(("name", "value", "says"), WRONG)
def test_a_wrong_setting_is_named_with_what_is_allowed(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, says: str
) -> None:
    (line,) = said(monkeypatch, **{name: value})
    assert line.startswith(f"KEYSTAGE_{name} m")
    assert says in line
    assert line.endswith(".")


@pytest.mark.parametrize(("name", "value"), RIGHT)
def test_what_is_right_is_taken(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv("KEYSTAGE_SECRET_KEY", "made up for the tests and long enough")
    monkeypatch.setenv(f"KEYSTAGE_{name}", value)
    Environment()


def test_every_setting_that_can_be_wrong_is_tried() -> None:
    any_text = {"secret_key", "gateway_token", "oidc_name", "oidc_client", "oidc_secret", "data"}
    assert {name.lower() for name, _, _ in WRONG} == set(Environment.model_fields) - any_text


def test_a_data_folder_that_is_a_file_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "data").write_bytes(b"")
    assert said(monkeypatch, DATA=str(tmp_path / "data")) == ["KEYSTAGE_DATA must be a folder; it is a file."]


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({"HTTPS": "true", "SECRET_KEY": "short"}, "KEYSTAGE_SECRET_KEY must have at least 32 characters"),
        ({"OIDC_ISSUER": "https://login.example.org"}, "KEYSTAGE_OIDC_CLIENT must be set"),
        ({"GATEWAY_TOKEN": "ks_made_up"}, "KEYSTAGE_GATEWAY must be set"),
    ],
)
def test_settings_that_do_not_go_together_are_named(
    monkeypatch: pytest.MonkeyPatch, settings: dict[str, str], says: str
) -> None:
    (line,) = said(monkeypatch, **settings)
    assert line.startswith(says)


def test_all_that_is_wrong_is_said_at_once_and_no_password_is_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = said(monkeypatch, HTTPS="maybe", EMAIL="smtp:user:hunter2", DATABASE="mysql://user:hunter2@host/name")
    assert [line.split()[0] for line in lines] == ["KEYSTAGE_DATABASE", "KEYSTAGE_HTTPS", "KEYSTAGE_EMAIL"]
    assert "hunter2" not in " ".join(lines)


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("KEYSTAGE_HOST", " Did you mean KEYSTAGE_HOSTS?"),
        ("KEYSTAGE_DATABSE", " Did you mean KEYSTAGE_DATABASE?"),
        ("KEYSTAGE_E_MAIL", " Did you mean KEYSTAGE_EMAIL?"),
        ("KEYSTAGE_COLOUR_OF_THE_SKY", ""),
    ],
)
def test_a_variable_that_is_no_setting_is_mentioned_with_the_nearest(name: str, meant: str) -> None:
    assert list(unknown([name])) == [f"{name} is not a setting of Keystage and does nothing.{meant}"]


def test_settings_and_the_variables_of_others_are_not_mentioned() -> None:
    assert list(unknown(["PATH", "KEYSTAGE_DATA", "KEYSTAGE_OIDC_TRUSTS_SECOND_STEP", "KEYSTAGE_DEBUG"])) == []


def started(command: list[str], data: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    told = {f"KEYSTAGE_{name}": value for name, value in {"DATA": str(data), **settings}.items()}
    environment = {**{n: v for n, v in os.environ.items() if n != "DJANGO_SETTINGS_MODULE"}, **told}
    return subprocess.run([sys.executable, *command], env=environment, capture_output=True, text=True, timeout=120)


def test_the_command_ends_with_the_names_and_no_traceback(tmp_path: Path) -> None:
    done = started(["-m", "keystage", "work", "--once"], tmp_path, HTTPS="maybe", HOST="keystage.example.org")
    assert done.returncode == 1
    assert done.stderr == (
        "keystage: KEYSTAGE_HOST is not a setting of Keystage and does nothing. Did you mean KEYSTAGE_HOSTS?\n"
        "Error: These settings are wrong:\n  KEYSTAGE_HTTPS must be true or false.\n"
    )


def test_a_web_server_that_loads_the_application_ends_with_the_names_too(tmp_path: Path) -> None:
    done = started(["-c", "import keystage.service.config.wsgi"], tmp_path, PROXIES="one")
    assert done.returncode == 1
    assert done.stderr.endswith("These settings of Keystage are wrong:\n  KEYSTAGE_PROXIES must be a whole number.\n")
    assert "Traceback" not in done.stderr
