import json

from keystage.offline.desk import Desk
from keystage.offline.example import lay_out


def test_the_made_up_school_shows_what_the_page_is_for(tmp_path):
    paths = json.loads(lay_out(str(tmp_path)))
    desk = Desk()
    desk.begin(json.dumps({"year": None, "register": paths["register"], "previous": None}))
    (answer,) = json.loads(desk.check(paths["file"]))["answers"]
    assert answer["shown"]["verdict"] == "errors"
    assert answer["shown"]["expected"]


def test_it_is_the_same_each_time(tmp_path):
    for folder in ("one", "other"):
        lay_out(str(tmp_path / folder))
    one, other = ({path.name: path.read_bytes() for path in (tmp_path / each).iterdir()} for each in ("one", "other"))
    assert one == other
