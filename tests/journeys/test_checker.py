"""The page that checks files in the browser: what it finds, that nothing leaves, and that it needs no network."""

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from cli.made import ADA, BEN, CAI, CLASS, GOOD_NAME, ctf, put, with_codes
from journeys.checker import READY, check, command_line, json_of, loaded, plain_folder, served
from keystage.ctf.reader import read
from keystage.sheets import write_template
from keystage.simulate import DIALECTS, Plan, a_file, a_return, make_school
from keystage.years import held, load
from service.browsing import a_recorded_browser, violations
from service.running import Server

pytestmark = pytest.mark.timeout(600)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return plain_folder(tmp_path_factory.mktemp("plain") / "checker")


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    with served(folder) as running:
        yield running


@pytest.fixture(scope="module")
def page(browser: Browser, address: str) -> Iterator[Page]:
    """One loaded page for the module; nothing may ever go wrong in it unseen."""
    context = browser.new_context(locale="en-GB", timezone_id="Europe/London")
    made = context.new_page()
    faults: list[str] = []
    made.on("pageerror", lambda fault: faults.append(str(fault)))
    made.on("console", lambda each: faults.append(each.text) if each.type == "error" else None)
    yield loaded(made, address)
    context.close()
    assert faults == []


# -- the same findings -------------------------------------------------------------------------------------------
def test_every_dialect_and_year_says_what_the_command_line_says(page: Page, tmp_path: Path) -> None:
    paths = [
        put(tmp_path, f"{name}/{9_990_000 + index}_KS2_NAALLLL_001.xml", a_file(pupils=20, dialect=name, index=index))
        for index, name in enumerate(DIALECTS)
    ]
    paths += [put(tmp_path, f"{year}.xml", a_file(pupils=10, year=year, seed=year)) for year in held()]
    check(page, *paths)
    assert json_of(page) == command_line(paths)


def test_faults_say_what_the_command_line_says(page: Page, tmp_path: Path) -> None:
    schools = [make_school(Plan(load(2026), 11, 0.3, pupils=15), index) for index in range(40)]
    paths = [put(tmp_path, f"{index}/{each.file_name}", each.file) for index, each in enumerate(schools)]
    check(page, *paths)
    found = json_of(page)
    assert found == command_line(paths)
    assert len({finding["code"] for file in found["files"] for finding in file["findings"]}) > 20


def test_a_register_and_the_last_file_say_what_they_say_on_the_command_line(page: Page, tmp_path: Path) -> None:
    schools = (make_school(Plan(load(2026), 5, 0.1, previous=True, pupils=25), index) for index in range(20))
    school = next(each for each in schools if each.previous)
    path = put(tmp_path, school.file_name, school.file)
    register = put(tmp_path, school.register.name, school.register_csv)
    previous = put(tmp_path, f"before/{school.previous_name}", school.previous)
    check(page, path, register=register, previous=previous)
    found = json_of(page)
    assert found == command_line([path], "--register", register, "--previous", previous)
    assert {each["code"] for each in found["files"][0]["checks"]["not_run"]}.isdisjoint({"C01", "D01"})
    expect(page.locator(".ks-check__facts")).to_contain_text("Expected numbers")
    expect(page.get_by_role("heading", name="What changed since the last file")).to_be_visible()


def test_spreadsheets_and_zips_say_what_the_command_line_says(page: Page, tmp_path: Path) -> None:
    year = load(2026)
    template, csv = tmp_path / "9992000_template.xlsx", tmp_path / "9992000_template.csv"
    for path in (template, csv):
        with path.open("wb") as sink:
            write_template(a_return(pupils=12), year, sink, kind=path.suffix[1:])
    archive = tmp_path / "returns.zip"
    with zipfile.ZipFile(archive, "w") as made:
        for index in range(3):
            school = make_school(Plan(year, 3, 0.2, pupils=8), index)
            made.writestr(f"in/{school.file_name}", school.file)
            made.writestr(f"in/{school.register.name}", school.register_csv)
        made.writestr("9992000.xlsx", template.read_bytes())
    register = put(tmp_path, "9992000_register.csv", make_school(Plan(year, 3, pupils=8)).register_csv)
    paths = [template, csv, archive, register]
    check(page, *paths)
    assert json_of(page) == command_line(paths)
    expect(page.locator("#results")).to_contain_text("3 other files were left alone")


def test_what_is_no_return_says_what_the_command_line_says(page: Page, tmp_path: Path) -> None:
    made = {
        "empty.xml": b"",
        "binary.xml": bytes(range(256)) * 400,
        "picture.png": b"\x89PNG\r\n\x1a\n" + bytes(2_000),
        "other.xml": "<html><body>not a transfer file</body></html>",
        "cut.xml": ctf(*CLASS)[:900],
        "entity.xml": '<!DOCTYPE a [<!ENTITY b "c">]><CTfile>&b;</CTfile>',
        "laughs.xml": '<!DOCTYPE z [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><z>&b;</z>',
        "deep.xml": "<CTfile>" + "<a>" * 5_000,
        "letters.xml": ctf(*CLASS).encode().replace(b"Example", b"Ex\xe9mple"),
        "none.zip": b"PK\x03\x04 and nothing more",
        "none.xlsx": b"PK\x03\x04 and nothing more",
        "old.xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(3_000),
        "sums.csv": "=1+1,@x\n",
    }
    paths = [put(tmp_path, name, content) for name, content in made.items()]
    check(page, *paths)
    found = json_of(page)
    assert found == command_line(paths)
    assert sum(each["verdict"] == "unreadable" for each in found["files"]) >= 9


def test_what_would_fill_the_memory_is_refused_in_the_words_of_the_command_line(page: Page, tmp_path: Path) -> None:
    large = tmp_path / "large.xml"
    with large.open("wb") as file:
        file.truncate(100_000_001)
    bomb, book = tmp_path / "bomb.zip", tmp_path / "bomb.xlsx"
    with (
        zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as made,
        made.open("9992000.xml", "w", force_zip64=True) as member,
    ):
        for _ in range(120):
            member.write(bytes(1_000_000))
    with zipfile.ZipFile(book, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("[Content_Types].xml", "<Types/>")
        with made.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as member:
            for _ in range(120):
                member.write(bytes(1_000_000))
    paths = [large, bomb, book]
    check(page, *paths)
    found = json_of(page)
    assert found == command_line(paths)
    assert [each["verdict"] for each in found["files"]] == ["unreadable"] * 3


# -- what a person does ------------------------------------------------------------------------------------------
def test_one_fault_of_many_pupils_is_one_line_and_each_pupil_can_be_seen(page: Page, tmp_path: Path) -> None:
    check(page, put(tmp_path, GOOD_NAME, ctf(*(with_codes(each, SCI="2B") for each in CLASS))))
    expect(page.locator(".ks-check__verdict")).to_contain_text("Not ready to send: 5 errors")
    expect(page.locator("#results-title")).to_be_focused()
    expect(page.get_by_role("heading", name="science: 5 pupils")).to_have_count(1)
    expect(page.locator(".ks-check__group").get_by_text("Allowed: ").first).to_be_visible()
    page.get_by_role("button", name="By pupil").click()
    expect(page.get_by_role("button", name="By pupil")).to_be_focused()
    expect(page.get_by_role("heading", name="Example, Ada (P999999919001)")).to_be_visible()
    assert violations(page) == []
    page.get_by_role("button", name="By fault").click()
    assert violations(page) == []


def test_only_the_repairs_that_are_chosen_are_in_the_new_file(page: Page, tmp_path: Path) -> None:
    faulty = ctf(with_codes(ADA, WRI=" exs "), with_codes(BEN, SCI="hnm"), CAI)
    check(page, put(tmp_path, GOOD_NAME, faulty))
    expect(page.get_by_role("checkbox")).to_have_count(2)
    assert violations(page) == []
    page.get_by_role("checkbox").first.uncheck(force=True)
    with page.expect_download() as download:
        page.get_by_role("button", name="Save the repaired file").click()
    download.value.save_as(tmp_path / "new.xml")
    content = (tmp_path / "new.xml").read_bytes()
    assert download.value.suggested_filename == GOOD_NAME
    assert (b"> exs <" in content, b">HNM<" in content) == (True, True)
    assert len(read(content).pupils) == 3


def test_a_file_that_cannot_be_read_is_repaired_where_that_is_safe(page: Page, tmp_path: Path) -> None:
    check(page, put(tmp_path, GOOD_NAME, ctf(*CLASS).encode().replace(b"Example", b"Ex\xe9mple")))
    expect(page.locator(".ks-check__verdict")).to_have_text("Cannot be read: 1 error")
    expect(page.locator(".ks-check__repairs")).to_contain_text("These letters were read as windows-1252: look at them.")
    before = page.locator("html").get_attribute("data-checked") or ""
    page.get_by_role("button", name="Check the repaired file here").click()
    expect(page.locator("html")).not_to_have_attribute("data-checked", before, timeout=READY)
    expect(page.locator(".ks-check__verdict")).to_contain_text("Nothing found wrong")


def test_a_repaired_file_can_be_checked_at_once(page: Page, tmp_path: Path) -> None:
    check(page, put(tmp_path, GOOD_NAME, ctf(*CLASS[1:], with_codes(ADA, WRI="exs"))))
    before = page.locator("html").get_attribute("data-checked") or ""
    page.get_by_role("button", name="Check the repaired file here").click()
    expect(page.locator("html")).not_to_have_attribute("data-checked", before, timeout=READY)
    expect(page.get_by_role("button", name="Save the repaired file")).to_have_count(0)


@pytest.mark.parametrize(("button", "name"), [("Save as Excel", "findings.xlsx"), ("Save as CSV", "findings.csv")])
def test_findings_can_be_saved(page: Page, tmp_path: Path, button: str, name: str) -> None:
    check(page, put(tmp_path, GOOD_NAME, ctf(with_codes(ADA, WRI="2B"))))
    with page.expect_download() as download:
        page.get_by_role("button", name=button).click()
    download.value.save_as(tmp_path / name)
    assert download.value.suggested_filename == name
    assert (tmp_path / name).stat().st_size > 300
    expect(page.locator("#status")).to_have_text(f"Saved {name}.")


def test_without_a_file_the_page_says_what_to_choose(page: Page) -> None:
    page.locator("#files").set_input_files([])
    page.locator("#check").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose a file to check")
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    assert violations(page) == []


def test_a_check_that_takes_too_long_can_be_stopped_and_the_next_one_runs(page: Page, tmp_path: Path) -> None:
    whole = a_file(pupils=3_000)
    paths = [put(tmp_path, f"{index}/large.xml", whole) for index in range(40)]
    page.locator("#files").set_input_files([str(path) for path in paths])
    page.locator("#check").click()
    page.locator("#stop").click()
    expect(page.locator("#status")).to_have_text("Stopped. Nothing was changed. The checks are being made ready again.")
    expect(page.locator("#getting-ready")).to_be_hidden(timeout=READY)
    check(page, put(tmp_path, GOOD_NAME, ctf(*CLASS)))
    expect(page.locator(".ks-check__verdict")).to_have_text("Nothing found wrong")


def test_the_keyboard_alone_is_enough(page: Page) -> None:
    page.locator("#example").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#results-title")).to_be_focused(timeout=READY)
    expect(page.locator("#status")).to_contain_text("Checked. Not ready to send")


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("colours", [{}, {"forced_colors": "active"}, {"color_scheme": "dark"}])
def test_results_are_accessible_and_no_wider_than_the_window(page: Page, width: int, colours: dict[str, str]) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(forced_colors="none", color_scheme="light")
    page.emulate_media(**colours)  # type: ignore[arg-type]
    before = page.locator("html").get_attribute("data-checked") or ""
    page.locator("#example").click()
    expect(page.locator("html")).not_to_have_attribute("data-checked", before, timeout=READY)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


# -- nothing leaves, and no network is needed --------------------------------------------------------------------
def test_once_ready_nothing_is_asked_of_any_network_and_none_is_needed(
    browser: Browser, folder: Path, tmp_path: Path
) -> None:
    record = tmp_path / "network.json"
    path = put(tmp_path, GOOD_NAME, ctf(with_codes(ADA, WRI=" 2b "), BEN))
    with a_recorded_browser(browser, record) as chromium:
        context = chromium.new_context()
        page = context.new_page()
        with served(folder) as address:
            loaded(page, address)
            ready: float = page.evaluate("Date.now()")
            check(page, path)
            with page.expect_download() as download:
                page.get_by_role("button", name="Save as Excel").click()
            download.value.path()
            page.get_by_role("button", name="By pupil").click()
        # Its server is gone: as with the cable out.
        page.reload()
        loaded(page)
        check(page, path)
        assert json_of(page) == command_line([path])
        ended: float = page.evaluate("Date.now()")
        foreign = "() => fetch('https://example.org/').then(() => 'sent', () => 'refused')"
        assert page.evaluate(foreign) == "refused"
        context.close()
    requests = _requests(record, address)
    assert [url for _, url in requests if not url.startswith(address)] == []
    assert any(url.endswith("python.bin") and moment < ready for moment, url in requests)
    # The browser itself asks once whether there is a newer keeper; it takes with it nothing but that question.
    assert {url for moment, url in requests if ready < moment < ended} <= {f"{address}sw.js"}


def _requests(record: Path, address: str) -> list[tuple[float, str]]:
    """Return what a page asked for, by Chromium's own record of its network: milliseconds since 1970, and the address.

    What Chromium asks for by itself, such as its own updates, has no page as its initiator.
    """
    found = json.loads(record.read_text(encoding="utf-8"))
    started = found["constants"]["logEventTypes"]["URL_REQUEST_START_JOB"]
    offset = int(found["constants"]["timeTickOffset"])
    events = [(int(each["time"]), each.get("params", {})) for each in found["events"] if each["type"] == started]
    return [
        (offset + moment, params["url"])
        for moment, params in events
        if params.get("url", "").startswith(address) or params.get("initiator") == address.rstrip("/")
    ]


def test_the_worker_cannot_send_even_if_it_wanted(page: Page) -> None:
    """Asked of the very worker that holds the file: each means of sending is refused."""
    (worker,) = page.workers
    tried = worker.evaluate(
        """async () => {
            const ways = [
                () => fetch("/"), () => new XMLHttpRequest(), () => new WebSocket("ws://localhost/"),
                () => new EventSource("/"), () => new Worker("/"), () => importScripts("/"),
            ];
            const words = (fault) => fault.message;
            return Promise.all(ways.map((way) => Promise.resolve().then(way).then(() => "sent", words)));
        }"""
    )
    assert set(tried) == {"Nothing is sent from here."}


# -- where it cannot run -----------------------------------------------------------------------------------------
@pytest.mark.parametrize("lacking", ["WebAssembly", "Worker", "DecompressionStream"])
def test_a_browser_that_cannot_run_it_says_so_and_what_to_do(browser: Browser, address: str, lacking: str) -> None:
    context = browser.new_context()
    context.add_init_script(f"delete globalThis.{lacking}")
    page = context.new_page()
    page.goto(address)
    expect(page.locator("#cannot")).to_contain_text("keystage check FILE")
    expect(page.locator("#cannot-why")).to_contain_text("It has no")
    expect(page.locator("#checker")).to_be_hidden()
    assert violations(page) == []
    context.close()


def test_without_scripts_it_says_so_too(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    expect(page.locator("#cannot")).to_be_visible()
    expect(page.locator("#cannot-why")).to_have_text("The page needs JavaScript.")
    context.close()


# -- served by Keystage ------------------------------------------------------------------------------------------
def test_keystage_serves_it_to_everybody_under_its_own_policy(browser: Browser, server: Server, tmp_path: Path) -> None:
    context = browser.new_context(base_url=server.address)
    page = context.new_page()
    page.goto("/")
    page.get_by_role("link", name="Check a file without signing in").click()
    loaded(page)
    assert page.url.endswith("/check/")
    path = put(tmp_path, GOOD_NAME, ctf(with_codes(ADA, WRI="2B")))
    check(page, path)
    assert json_of(page) == command_line([path])
    assert violations(page) == []
    assert [cookie["name"] for cookie in context.cookies() if cookie["path"].startswith("/check")] == []
    context.set_offline(True)
    page.reload()
    loaded(page)
    context.close()
