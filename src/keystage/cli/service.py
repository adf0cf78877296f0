"""What the commands that run the web application share: a clear word where something is missing or wrong."""

import os
import socket
from contextlib import nullcontext
from dataclasses import dataclass

import click


@dataclass(frozen=True, slots=True)
class Serving:
    """The web application, ready to be served."""

    listening: socket.socket
    address: str

    def serve(self, threads: int = 8, *, worker: bool = True) -> None:
        """Answer requests until Ctrl+C, with a worker for background jobs as a process beside."""
        from django.conf import settings

        from keystage.service.config.serving import serve
        from keystage.service.work.beside import a_worker_beside

        behind_a_proxy = settings.ENVIRONMENT.https or bool(settings.ENVIRONMENT.proxies)
        with a_worker_beside() if worker else nullcontext():
            serve(self.listening, threads=threads, behind_a_proxy=behind_a_proxy)


def prepared(host: str, port: int) -> Serving:
    """Get the installation ready and take the port.

    Raises:
        click.ClickException: a part is not installed, a setting is wrong, or the port is taken.
    """
    set_up()
    from django.conf import settings

    from keystage.service.config.serving import address_of, listen

    try:
        listening = listen(host, port)
    except OSError as fault:
        wrong = f"Nothing can listen on {host}:{port} ({fault.strerror}). Try another --port."
        raise click.ClickException(wrong) from None
    return Serving(listening, address_of(listening, https=settings.ENVIRONMENT.https))


def set_up(*, migrate: bool = True) -> None:
    """Load the settings and bring the database up to date, or say what is wrong with them."""
    try:
        from django.core.exceptions import ImproperlyConfigured
        from django.db import DatabaseError
        from pydantic import ValidationError

        from keystage.service.config.starting import ready
        from keystage.service.config.wrong_settings import in_words, unknown
    except ImportError as missing:
        raise click.ClickException(
            f"The web application is not installed ({missing.name} is missing). Run: pip install “keystage[service]”"
        ) from None
    for line in unknown(os.environ) if migrate else ():  # others say it in their own way, or were started by one of us
        click.echo(f"keystage: {line}", err=True)
    try:
        ready(migrate=migrate)
    except ValidationError as wrong:
        said = "\n".join(f"  {line}" for line in in_words(wrong))
        raise click.ClickException(f"These settings are wrong:\n{said}") from None
    except (DatabaseError, ImproperlyConfigured, OSError) as fault:
        raise click.ClickException(f"The database cannot be used: {fault}") from None
