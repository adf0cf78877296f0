"""The pages of reports for parents."""

import re


def words(response, status: int = 200) -> str:
    assert response.status_code == status, response.status_code
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_the_list_says_what_is_missing_and_what_was_made(manager, resulted):
    shown = words(manager.get(f"{resulted.base}reports/"))
    print(shown)
    for page in (
        "make/",
        "settings/",
        "import/",
        "import/sheet.xlsx",
        f"{resulted.pupils['Ada'].key}/",
        f"{resulted.pupils['Ada'].key}/preview/",
        f"{resulted.pupils['Ada'].key}/report.pdf",
    ):
        response = manager.get(f"{resulted.base}reports/{page}")
        assert response.status_code == 200, page
        if "html" in response["Content-Type"]:
            print(words(response))
    assert 0
