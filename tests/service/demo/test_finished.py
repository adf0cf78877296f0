"""The practice school put right and signed: its file is clean, as the first page of the README says."""

from keystage.checks.files import Options, check_content
from keystage.service.demo.seed import demo_school
from keystage.service.school.services.files import content_of
from service.finishing import put_right, records, signed
from service.ready import make


def test_what_a_newcomer_is_asked_to_do_ends_in_a_clean_file(db: None) -> None:
    school = demo_school()
    assert put_right(school) == 5
    export = make(signed(school))
    finished = records(school)
    options = Options(register=finished.register, school="9992001", today=finished.today)
    report = check_content(content_of(export.file), export.file.name, options)
    assert report.verdict == "clean", [finding.message for finding in report.findings]
    assert report.pupils == 41
