"""``python -m keystage.service.config.alive [PORT]``: does the service on this machine answer? For a container's check.

It asks as a proxy would, by a name that the service answers to, and needs nothing but the standard library.
"""

import http.client
import os
import sys
from collections.abc import Mapping

_PATIENCE = 4.0
"""Seconds to wait for an answer."""


def is_alive(port: int, settings: Mapping[str, str]) -> bool:
    """Say whether the service that listens on a port of this machine says that it is up."""
    name = settings.get("KEYSTAGE_HOSTS", "localhost").split(",")[0].strip().lstrip(".")
    asked = http.client.HTTPConnection("127.0.0.1", port, timeout=_PATIENCE)
    try:
        asked.request("GET", "/healthz", headers={"Host": name, "X-Forwarded-Proto": "https"})
        return asked.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        asked.close()


if __name__ == "__main__":
    sys.exit(
        0 if is_alive(int(sys.argv[1]) if len(sys.argv) > 1 else 8000, os.environ) else "Keystage does not answer."
    )
