"""A Django that only keeps the bytes it is sent, and gives them back: what the gateway is measured against."""

import hashlib
import os
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path

FOLDER = Path(os.environ.get("BARE_FOLDER", "."))

if not settings.configured:
    settings.configure(
        SECRET_KEY="for benchmarks only",  # noqa: S106
        ALLOWED_HOSTS=["*"],
        ROOT_URLCONF="benchmarks.bare",
        FILE_UPLOAD_MAX_MEMORY_SIZE=10_000_000,
    )


def keep(request: HttpRequest) -> HttpResponse:
    """Write the file to disk, safely, and say its hash."""
    from keystage.service.files.folder import write

    sent = request.FILES["file"]
    assert isinstance(sent, UploadedFile)
    content = sent.read()
    sha256 = hashlib.sha256(content).hexdigest()
    write(FOLDER, [content])
    return JsonResponse({"sha256": sha256}, status=201)


def give(_request: HttpRequest, sha256: str) -> HttpResponse:
    """Give a file that was kept."""
    return HttpResponse((FOLDER / sha256[:2] / sha256).read_bytes(), content_type="text/csv")


urlpatterns = [path("files", keep), path("files/<str:sha256>", give)]
application = get_wsgi_application()
