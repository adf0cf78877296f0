"""What may stand in each setting. A text raised here follows the setting's name: “KEYSTAGE_FILES must be …”."""

import re
from email.utils import parseaddr
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

SIDES = frozenset({"school", "gateway"})
_OF_A_STORE = frozenset({"endpoint", "region"})
_HOST = re.compile(r"\.?[a-z0-9-]+(\.[a-z0-9-]+)*|\[[0-9a-f:.]+\]", re.IGNORECASE)


def data(value: Path) -> Path:
    """Take a folder, or one that is still to be made."""
    if value.exists() and not value.is_dir():
        raise ValueError("must be a folder; it is a file")
    return value


def period(value: int) -> int:
    """Take a number of years or days."""
    if not 1 <= value <= 36_525:
        raise ValueError("must be a whole number, 1 or more")
    return value


def folder(value: Path | None) -> Path | None:
    """Take a folder that is there."""
    if value is not None and not value.is_dir():
        raise ValueError("must be a folder that is there")
    return value


def database(value: str) -> str:
    """Take the address of a PostgreSQL database, or nothing."""
    if not value:
        return value
    parts = urlsplit(value)
    if parts.scheme not in ("postgresql", "postgres"):
        raise ValueError("must be empty, for SQLite, or begin with postgresql://")
    if not parts.path.strip("/"):
        raise ValueError("must end with the name of the database: postgresql://user:password@host:port/name")
    _port(value)
    if find_spec("psycopg") is None:
        raise ValueError("needs psycopg: pip install “keystage[postgres]”")
    return value


def store(value: str) -> str:
    """Take the address of an S3-compatible store, or nothing."""
    if not value:
        return value
    parts = urlsplit(value)
    if not (parts.scheme == "s3" and parts.netloc):
        raise ValueError("must be empty, for a folder, or begin with s3:// and the bucket")
    if not set(parse_qs(parts.query, keep_blank_values=True)) <= _OF_A_STORE:
        raise ValueError("may have endpoint= and region= after the question mark, and nothing else")
    if find_spec("boto3") is None:
        raise ValueError("needs boto3: pip install “keystage[s3]”")
    return value


def hosts(value: list[str]) -> list[str]:
    """Take the names of hosts: no addresses, no ports, and not every name there is."""
    if not value or not all(map(_HOST.fullmatch, value)):
        raise ValueError("must be names with commas between, without https:// and without ports: keystage.example.org")
    return value


def email(value: str) -> str:
    """Take the address of a server for email, or nothing."""
    if value and (urlsplit(value).scheme not in ("smtp", "smtps") or not urlsplit(value).hostname):
        raise ValueError("must be empty, or like smtp://user:password@host:587 or smtps://user:password@host")
    _port(value)
    return value


def sender(value: str) -> str:
    """Take who email comes from."""
    name, _, host = parseaddr(value)[1].partition("@")
    if not name or not host or "\n" in value:
        raise ValueError("must be an email address, or a name and an address: Keystage <keystage@example.org>")
    return value


def sides(value: list[str]) -> list[str]:
    """Take the sides that are served."""
    if not value or not set(value) <= SIDES:
        raise ValueError("must be school, gateway, or both with a comma between")
    return value


def gateway(value: str) -> str:
    """Take the address of a gateway, in which ``{year}`` may stand."""
    if set(re.findall(r"{[^}]*}?", value)) - {"{year}"}:
        raise ValueError("may have {year} in it, and no other braces")
    return address(value)


def address(value: str) -> str:
    """Take an address of the web, or nothing."""
    if value and (urlsplit(value).scheme not in ("http", "https") or not urlsplit(value).hostname):
        raise ValueError("must be empty, or begin with https:// and a host")
    _port(value)
    return value


def count(value: int | None) -> int | None:
    """Take a number of things."""
    if value is not None and value < 0:
        raise ValueError("must be a whole number, 0 or more")
    return value


def _port(value: str) -> None:
    try:
        _ = urlsplit(value).port
    except ValueError:
        raise ValueError("must have a port that is a number up to 65535; write special letters as %XX") from None
