"""Replies in a preview: with the keyboard only, with and without scripts, in Chromium."""

import pytest

from Browser.test_accessibility import problems_in
from Browser.test_replies import press_until
from Commands.preview import POST, Preview


@pytest.fixture
def preview(stoa, tmp_path, monkeypatch):
    # Without the name from the tester's git configuration.
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    root = tmp_path / "bells"
    (root / "content/posts").mkdir(parents=True)
    (root / "content/responses/a").mkdir(parents=True)
    (root / "stoa.yml").write_text("title: Bells\nhistory: none\n")
    (root / "content/posts/a.md").write_text(POST.format(title="Casting", text="Bronze."))
    (root / "content/posts/c.md").write_text(POST.format(title="Hanging", text="Ropes."))
    (root / "content/responses/a/one.md").write_text("---\nguest: Bo\ndate: 2026-03-05\n---\n\nTin.\n")
    preview = Preview(stoa, root)
    yield preview
    preview.process.kill()
    preview.process.communicate()


@pytest.mark.parametrize("scripts", [True, False])
def test_the_keyboard_leads_to_a_reply_in_its_thread(scripts, preview, new_page):
    page = new_page(java_script_enabled=scripts)
    page.goto(preview.address + "posts/a/")
    press_until(page, "a.reply-to") if scripts else page.locator("a.reply-to").focus()
    page.keyboard.press("Enter")
    if scripts:
        assert page.evaluate("document.activeElement.id") == "reply-name"
        assert page.inner_text(".reply-target strong") == "Reply to Bo"
    else:
        page.wait_for_url("**/.stoa-preview/reply?**")
        assert page.inner_text("h1") == "Reply to Bo"
        assert "Tin." in page.inner_text(".answered")
        page.locator("#reply-name").focus()
    page.keyboard.type("Ann")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("Three knots:\nbowline\nsheet bend")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/posts/a/#response-*")
    reply = page.locator(".thread .thread .response")
    assert reply.locator(".who").inner_text() == "Ann"
    assert reply.locator(".prose").inner_text().splitlines() == ["Three knots:", "bowline", "sheet bend"]
    assert page.input_value("#reply-text") == ""
    if scripts:
        assert page.evaluate("sessionStorage.length") == 0


@pytest.mark.parametrize("scripts", [True, False])
def test_what_is_wrong_stands_at_its_field(scripts, preview, new_page):
    page = new_page(java_script_enabled=scripts)
    page.goto(preview.address + ".stoa-preview/reply?post=a&reply-to=one")
    page.fill("#reply-name", "ann@bells.example")
    page.fill("#reply-text", "Kept.")
    page.click(".reply-form button")
    page.wait_for_selector("[role=alert]")
    assert page.get_attribute("#reply-name", "aria-invalid") == "true"
    assert "mail address" in page.inner_text("#reply-name-problem")
    assert page.input_value("#reply-text") == "Kept."
    page.click("[role=alert] a")
    page.fill("#reply-name", "Ann")
    page.click(".reply-form button")
    page.wait_for_url("**/posts/a/#response-*")
    assert page.locator(".thread .thread .response .who").inner_text() == "Ann"


def test_a_save_elsewhere_does_not_take_away_what_is_being_typed(preview, new_page):
    page = new_page()
    page.goto(preview.address + "posts/a/")
    page.click("a.reply-to")
    page.fill("#reply-name", "Ann")
    page.fill("#reply-text", "Half a thought")
    (preview.root / "content/posts/a.md").write_text(POST.format(title="Casting", text="Brass."))
    page.get_by_text("Brass.").wait_for()
    assert page.input_value("#reply-text") == "Half a thought"
    assert page.inner_text(".reply-target strong") == "Reply to Bo"
    page.click(".reply-form button")
    page.wait_for_url("**/posts/a/#response-*")
    assert page.locator(".thread .thread .response .who").inner_text() == "Ann"


def test_going_back_finds_text_and_target_or_neither(preview, new_page):
    page = new_page()
    page.goto(preview.address + "posts/a/")
    page.click("a.reply-to")
    page.fill("#reply-text", "Half a thought")
    page.goto(preview.address + "posts/c/")
    assert page.input_value("#reply-text") == "" and not page.locator(".reply-target").is_visible()
    page.go_back()
    assert page.input_value("#reply-text") == "Half a thought"
    assert page.inner_text(".reply-target strong") == "Reply to Bo"
    assert page.input_value("[name=reply-to]") == "one"


def test_axe_finds_nothing_in_form_and_pages(preview, new_page):
    page = new_page()
    page.goto(preview.address + ".stoa-preview/reply?post=a&reply-to=one")
    page.evaluate("document.querySelector('.reply-form').noValidate = true")
    page.select_option("#reply-stance", "differs")
    page.fill("#reply-website", "nowhere")
    page.click(".reply-form button")
    page.wait_for_selector("[role=alert]")
    found = {}
    for address in [None, "posts/a/", ".stoa-preview/reply?post=a&reply-to=one"]:
        if address:
            page.goto(preview.address + address)
        if results := problems_in(page):
            found[address] = results
        # The last view is the narrow one.
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert found == {}
