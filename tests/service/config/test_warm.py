"""A server is ready when it says so: the first who ask wait for nothing that could have been loaded before."""

import os
import subprocess
import sys
from pathlib import Path

PROGRAM = """
import sys
import keystage.service.config.wsgi
from django.urls import get_resolver, reverse
before = set(sys.modules)
assert "keystage.service.gateway.views.file" in before and "keystage.service.api.v1" in before
reverse("api-v1:files", kwargs={"year": 2026})
get_resolver().resolve("/api/v1/returns/2026/files")
print(sorted(each for each in set(sys.modules) - before if each.startswith("keystage")))
"""


def test_a_server_has_loaded_every_page_before_the_first_request(tmp_path: Path) -> None:
    others = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    environment = others | {"KEYSTAGE_DATA": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", PROGRAM], env=environment, capture_output=True, text=True, timeout=120)
    assert (done.stdout, done.returncode) == ("[]\n", 0), done.stderr
