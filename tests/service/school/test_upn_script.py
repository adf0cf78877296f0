"""The script that explains a UPN as it is typed, in a real browser."""

from playwright.sync_api import Browser, expect

from service.browsing import signed_in, violations
from service.running import Server


def test_a_wrong_upn_is_explained_while_it_is_typed_and_the_words_go_once_it_is_right(
    browser: Browser, server: Server
) -> None:
    made = server.seed("service.seeds:practice_school")
    session = next(session for what, session in made["sessions"].items() if "data manager" in what)
    page = signed_in(browser, server, session).new_page()
    page.goto(f"/{made['base'].lstrip('/')}pupils/add/")
    field, advice = page.get_by_label("UPN", exact=True), page.locator("#id_upn-advice")
    field.press_sequentially("A99920011")
    page.wait_for_timeout(500)
    expect(advice).to_be_empty()  # not while it is still being typed
    field.press_sequentially("0001")
    expect(advice).to_contain_text("It begins with A, but its other 12 characters need G.")
    assert not violations(page)
    field.fill("G999200110001")
    expect(advice).to_be_empty()
