"""Content goes when nothing speaks of it, and not under the hands of somebody who is putting it there."""

import time
from datetime import timedelta
from pathlib import Path

from keystage.service.accounts.roles import Role
from keystage.service.files import folder
from keystage.service.files.store import get, path_of, put
from keystage.service.personal.doomed import doom, take_away
from keystage.service.personal.models import Doomed
from keystage.service.school.services.files import store
from service.made import MadeSchool

AT_ONCE = timedelta(0)


def test_content_that_another_row_speaks_of_stays(school: MadeSchool) -> None:
    file = store(school.organisation, "a.csv", b"the same", by=school.people[Role.HEAD])
    doom([file.sha256])
    assert take_away(AT_ONCE) == 0
    assert get(file.sha256) == b"the same"
    assert not Doomed.objects.exists()


def test_content_that_nobody_speaks_of_goes(db: None) -> None:
    sha256 = put(b"alone")
    doom([sha256])
    assert take_away(AT_ONCE) == 1
    assert not path_of(sha256).exists()
    assert list(path_of(sha256).parent.iterdir()) == []


def test_content_that_is_put_there_again_meanwhile_stays_for_now(db: None) -> None:
    sha256 = put(b"alone")
    doom([sha256])
    Doomed.objects.update(at="2026-01-01T00:00Z")
    assert put(b"alone") == sha256  # its row is not written yet
    assert take_away(timedelta(minutes=10)) == 0
    assert get(sha256) == b"alone"
    assert Doomed.objects.exists()


def test_what_a_killed_process_had_moved_aside_goes(tmp_path: Path) -> None:
    sha256, _ = folder.write(tmp_path, [b"alone"])
    path = folder.path_in(tmp_path, sha256)
    path.replace(path.with_name(f"{sha256}.going"))
    assert folder.remove(tmp_path, sha256, before=time.time() + 1)
    assert list(path.parent.iterdir()) == []
