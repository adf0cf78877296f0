"""Every text that is kept anywhere: in tables and in stored files, unpacked where they are zips or workbooks."""

from io import BytesIO
from zipfile import ZipFile, is_zipfile

from django.apps import apps
from django.db.models import CharField, JSONField, TextField

from keystage.service.files.store import get
from keystage.service.personal.models import Doomed
from keystage.service.personal.words import flat


def everything_said() -> str:
    """Return every text in every table but that of content that is to go, and in every stored file."""
    said = []
    for model in set(apps.get_models()) - {Doomed}:
        names = [
            each.name for each in model._meta.concrete_fields if isinstance(each, CharField | TextField | JSONField)
        ]
        said += sorted(flat(list(row)) for row in model._default_manager.values_list(*names))
        if "sha256" in names:
            hashes = sorted(set(model._default_manager.exclude(sha256="").values_list("sha256", flat=True)))
            said += [text_of(get(each)) for each in hashes]
    return "\n".join(sorted(said))


def text_of(content: bytes) -> str:
    """Return what a file says, with the members of a zip."""
    if is_zipfile(BytesIO(content)):
        return "\n".join(text_of(each) for each in unpacked(content).values())
    return content.decode("latin-1")


def unpacked(content: bytes) -> dict[str, bytes]:
    """Return the members of a zip by name."""
    with ZipFile(BytesIO(content)) as zipped:
        return {name: zipped.read(name) for name in zipped.namelist()}
