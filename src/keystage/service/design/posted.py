"""What a form is filled with."""

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, QueryDict
from django.utils.datastructures import MultiValueDict


def posted(request: HttpRequest) -> tuple[QueryDict | None, "MultiValueDict[str, UploadedFile[bytes]] | None"]:
    """Return what was sent and the files with it; nothing where a page is only looked at.

    An empty answer is an answer: it is told what is missing.
    """
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)
