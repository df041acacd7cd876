"""Ways to reply: with the keyboard only, with and without scripts, on each kind of forge."""

import re
import urllib.parse

import pytest
from playwright.sync_api import expect

from Browser.page_kinds import PAGE_KINDS
from Browser.site_server import SiteServer
from conftest import run

CONVERSATION = PAGE_KINDS["conversation"]
FOLDER = "/content/responses/weak-ties-at-work"
MOST_STEPS = 40


@pytest.fixture
def forge(new_page):
    """A page, and the URLs on other hosts that it opened; they are not requested."""

    def start(**options):
        page = new_page(**options)
        asked = []

        def answer(route):
            asked.append(route.request.url)
            route.fulfill(body="the forge", content_type="text/plain")

        page.context.route(re.compile(r"^https://(github\.com|.*\.example)/"), answer)
        return page, asked

    return start


def query(url):
    return {key: values[0] for key, values in urllib.parse.parse_qs(urllib.parse.urlsplit(url).query).items()}


def site(stoa, folder, settings):
    (folder / "content/posts").mkdir(parents=True)
    (folder / "content/responses/rope").mkdir(parents=True)
    (folder / "stoa.yml").write_text(f"title: Rope\nurl: https://rope.example\nhistory: none\n{settings}")
    (folder / "content/posts/rope.md").write_text("---\ntitle: Slack rope & more\nauthor: jun\ndate: 2026-03-01\n---\n\nText.\n")
    (folder / "content/responses/rope/first.md").write_text("---\nguest: Ann\ndate: 2026-03-02\n---\n\nIndeed.\n")
    run(stoa, "build", "--source", folder)
    return SiteServer(folder / "site")


def sent(url):
    """The text in a URL, without the date that a community without git's history needs."""
    text = query(url)["value"].replace("\r\n", "\n")
    return undated(text)


def undated(text):
    text, count = re.subn(r"^date: \d{4}-\d\d-\d\d(T\d\d:\d\d:\d\dZ)?\n", "", text, flags=re.M)
    assert count == 1
    return text


def press_until(page, matches):
    """Presses Tab until the focused element matches; returns the number of presses."""
    for steps in range(1, MOST_STEPS):
        page.keyboard.press("Tab")
        if page.evaluate(f"document.activeElement.matches({matches!r})"):
            return steps
    raise AssertionError(f"{matches} is not reached in {MOST_STEPS} steps")


def test_the_keyboard_leads_from_the_address_bar_to_a_reply(example, forge):
    page, asked = forge()
    page.goto(example.url(CONVERSATION))
    assert press_until(page, ".skip") == 1
    page.keyboard.press("Enter")
    press_until(page, "a[href='#responses']")
    page.keyboard.press("Enter")
    press_until(page, "a.reply-to")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "reply-name"
    page.keyboard.type("Zoë O'Neill")
    press_until(page, "textarea")
    page.keyboard.type("Yes & no:\n\n> 50 % of it = “fine” #1")
    press_until(page, ".reply-form button")
    page.keyboard.press("Enter")
    page.wait_for_url("https://github.com/**")
    url = urllib.parse.urlsplit(asked[0])
    assert url.path == f"/example/portico/new/main{FOLDER}"
    assert re.fullmatch(r"\d{8}-[0-9a-v]{8}\.md", query(asked[0])["filename"])
    first = re.search(r'id="response-([a-z0-9-]+)"', page_source(example)).group(1)
    assert sent(asked[0]) == (
        f'---\nguest: "Zoë O\'Neill"\nreply-to: {first}\n---\n\nYes & no:\n\n> 50 % of it = “fine” #1\n'
    )
    assert set(query(asked[0])) == {"filename", "value"}


def page_source(example):
    return (example.folder / CONVERSATION.strip("/") / "index.html").read_text(encoding="utf-8")


def test_the_form_answers_the_post_again_when_asked_to(example, forge):
    page, asked = forge()
    page.goto(example.url(CONVERSATION))
    page.locator("a.reply-to").nth(1).click()
    assert page.locator(".reply-target").is_visible()
    assert page.locator(".command").text_content().endswith(" --to 20260228-s0q3k7xv")
    page.click(".reply-target button")
    assert not page.locator(".reply-target").is_visible()
    assert page.locator(".command").text_content() == "stoa reply weak-ties-at-work"
    page.fill("#reply-name", "Ann")
    page.fill("#reply-website", "https://ann.example/?a=1&b=2")
    page.fill("#reply-text", "Well.")
    page.click(".reply-form button:not(.quiet)")
    page.wait_for_url("https://github.com/**")
    assert sent(asked[0]) == (
        '---\nguest: "Ann"\nurl: "https://ann.example/?a=1&b=2"\n---\n\nWell.\n'
    )


def test_a_reply_without_a_name_is_not_sent(example, forge):
    page, asked = forge()
    page.goto(example.url(CONVERSATION))
    page.fill("#reply-text", "Anonymous.")
    page.click(".reply-form button:not(.quiet)")
    assert page.locator("#reply-name:invalid").count() == 1
    assert asked == []


def test_what_is_too_long_for_an_address_is_copied(example, forge):
    page, asked = forge()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=example.origin)
    page.goto(example.url(CONVERSATION))
    page.fill("#reply-name", "Ann")
    page.fill("#reply-text", "A long thought. " * 1000)
    page.click(".reply-form button:not(.quiet)")
    expect(page.get_by_role("status")).to_contain_text("too long")
    assert undated(page.evaluate("navigator.clipboard.readText()")).startswith('---\nguest: "Ann"\n---\n\nA long thought.')
    assert asked == []
    page.click(".reply-form button:not(.quiet)")
    page.wait_for_url("https://github.com/**")
    assert set(query(asked[0])) == {"filename"}


def test_without_scripts_the_form_sends_a_whole_file(example, forge):
    page, asked = forge(java_script_enabled=False)
    page.goto(example.url(CONVERSATION))
    text = page.input_value("#reply-text").replace("Your name", "Ann") + "I think so.\n"
    page.fill("#reply-text", text)
    page.click(".reply-form button:not(.quiet)")
    page.wait_for_url("https://github.com/**")
    assert urllib.parse.urlsplit(asked[0]).path == f"/example/portico/new/main{FOLDER}"
    assert re.fullmatch(r"your-name-[0-9a-f]{8}\.md", query(asked[0])["filename"])
    assert sent(asked[0]) == "---\nguest: Ann\n---\n\nI think so.\n"


def test_without_scripts_a_response_has_a_link_that_answers_it(example, forge):
    page, asked = forge(java_script_enabled=False)
    page.goto(example.url(CONVERSATION))
    page.locator("#response-20260228-t4v9b2nf a.reply-to").click()
    page.wait_for_url("https://github.com/**")
    assert "\nreply-to: 20260228-t4v9b2nf\n" in query(asked[0])["value"]


def test_what_was_sent_is_a_response_that_builds(example, forge, stoa, tmp_path):
    page, asked = forge()
    with site(stoa, tmp_path, "forge: {kind: github, url: https://github.com/a/b}\n") as server:
        page.goto(server.url("/posts/rope/"))
        page.locator("a.reply-to").click()
        page.fill("#reply-name", 'A: "quoted" # \\name, ثريا')
        page.fill("#reply-text", "---\n\nA text that begins like front matter.")
        page.click(".reply-form button:not(.quiet)")
        page.wait_for_url("https://github.com/**")
    answer = query(asked[0])
    folder = urllib.parse.unquote(urllib.parse.urlsplit(asked[0]).path).removeprefix("/a/b/new/main/")
    (tmp_path / folder / answer["filename"]).write_text(
        re.sub(r"^date: .*", "date: 2026-03-03", answer["value"].replace("\r\n", "\n"), flags=re.M), encoding="utf-8")
    run(stoa, "build", "--source", tmp_path)
    with SiteServer(tmp_path / "site") as server:
        page.goto(server.url("/posts/rope/"))
        reply = page.locator(".thread .thread .response")
        assert reply.locator(".who").inner_text() == 'A: "quoted" # \\name, ثريا'
        assert "begins like front matter" in reply.locator(".prose").inner_text()


@pytest.mark.parametrize("settings, new_file", [
    ("forge: {kind: forgejo, url: https://forge.example/a/b, branch: trunk}\nreply: {forge: file}\n", "/a/b/_new/trunk/content/responses/rope"),
    ("forge: {kind: github, url: https://forge.example/a/b}\n", "/a/b/new/main/content/responses/rope"),
])
def test_forges_that_take_a_text_get_name_and_value(settings, new_file, stoa, tmp_path, forge):
    page, asked = forge(java_script_enabled=False)
    with site(stoa, tmp_path, settings) as server:
        assert page.goto(server.url("/posts/rope/")).headers["content-security-policy"].count("form-action 'self' https://forge.example;")
        page.click(".reply-form button")
        page.wait_for_url("https://forge.example/**")
    assert urllib.parse.urlsplit(asked[0]).path == new_file
    assert set(query(asked[0])) == {"filename", "value"}


@pytest.mark.parametrize("scripts", [True, False])
def test_gitlab_takes_a_name_and_the_text_is_copied(scripts, stoa, tmp_path, forge):
    page, asked = forge(java_script_enabled=scripts)
    with site(stoa, tmp_path, "forge: {kind: gitlab, url: https://gitlab.example/a/b}\nreply: {forge: file}\n") as server:
        page.goto(server.url("/posts/rope/"))
        if scripts:
            page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=server.origin)
            page.locator("a.reply-to").click()
            page.fill("#reply-name", "Ann")
            page.fill("#reply-text", "Well.")
            page.evaluate("document.querySelector('.button').addEventListener('click', event => event.preventDefault())")
            page.click(".button")
            expect(page.get_by_role("status")).to_have_text("Copied")
            assert undated(page.evaluate("navigator.clipboard.readText()")) == '---\nguest: "Ann"\nreply-to: first\n---\n\nWell.\n'
            url = page.get_attribute(".button", "href")
        else:
            assert undated(page.input_value("textarea")) == "---\nguest: Your name\n---\n\n"
            assert "reply-to:" in page.inner_text(".reply")
            url = page.get_attribute(".button", "href")
    assert urllib.parse.urlsplit(url).path == "/a/b/-/new/main/content/responses/rope"
    assert set(query(url)) == {"file_name"}


ISSUES = {
    "github": ("forge: {kind: github, url: https://forge.example/a/b}\nreply: {forge: issue}\n", "/a/b/issues/new",
               {"template": "reply.yml", "title": "Response to: Slack rope & more"}, "conversation", "text"),
    "forgejo": ("forge: {kind: forgejo, url: https://forge.example/a/b}\n", "/a/b/issues/new",
                {"template": ".forgejo/issue_template/reply.yml", "title": "Response to: Slack rope & more"}, "field:conversation", "field:text"),
    "gitlab": ("forge: {kind: gitlab, url: https://forge.example/a/b}\n", "/a/b/-/issues/new",
               {"issue[title]": "Response to: Slack rope & more"}, None, "issue[description]"),
}


def issue_of(url):
    return {key: value.replace("\r\n", "\n") for key, value in query(url).items()}


@pytest.mark.parametrize("kind", ISSUES)
@pytest.mark.parametrize("scripts", [True, False])
def test_a_form_opens_an_issue_that_says_what_it_answers(scripts, kind, stoa, tmp_path, forge):
    settings, path, fields, marker, text = ISSUES[kind]
    typed = "Yes & no:\n\n> 50 % of it = “fine” #1"
    page, asked = forge(java_script_enabled=scripts)
    with site(stoa, tmp_path, settings) as server:
        page.goto(server.url("/posts/rope/"))
        assert page.locator("#reply-name").count() == 0
        page.fill("#reply-text", page.input_value("#reply-text") + typed)
        # If the marker is a line of the text, only a script can add the stance.
        has_stance = scripts or marker is not None
        assert page.locator("#reply-stance").is_visible() == has_stance
        if has_stance:
            page.select_option("#reply-stance", label="Sees it differently")
        if scripts:
            page.click("a.reply-to")
            assert page.evaluate("document.activeElement.id") == "reply-text"
        page.click(".reply-form > button")
        page.wait_for_url("https://forge.example/**")
    assert urllib.parse.urlsplit(asked[0]).path == path
    line = "stoa-reply: rope" + ("#response-first" if scripts else "") + (" differs" if has_stance else "")
    said = {text: typed, marker: line} if marker else {text: f"<!-- {line} -->\n\n{typed}"}
    assert issue_of(asked[0]) == {**fields, **said}


@pytest.mark.parametrize("kind", ISSUES)
def test_a_response_has_a_link_that_opens_an_issue(kind, stoa, tmp_path, forge):
    settings, path, fields, marker, text = ISSUES[kind]
    page, asked = forge(java_script_enabled=False)
    with site(stoa, tmp_path, settings) as server:
        page.goto(server.url("/posts/rope/"))
        page.click("a.reply-to")
        page.wait_for_url("https://forge.example/**")
    line = "stoa-reply: rope#response-first"
    assert issue_of(asked[0]) == {**fields, **({marker: line} if marker else {text: f"<!-- {line} -->\n\n"})}
    assert urllib.parse.urlsplit(asked[0]).path == path


@pytest.mark.parametrize("kind", ISSUES)
@pytest.mark.parametrize("scripts", [True, False])
def test_a_text_that_is_too_long_for_an_address_is_bounded_or_copied(scripts, kind, stoa, tmp_path, forge):
    settings, _, _, marker, text = ISSUES[kind]
    page, asked = forge(java_script_enabled=scripts)
    with site(stoa, tmp_path, settings) as server:
        if scripts:
            page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=server.origin)
        page.goto(server.url("/posts/rope/"))
        page.locator("#reply-text").press("End")
        # Each takes nine characters of a URL.
        page.keyboard.insert_text("言" * 4000)
        page.click(".reply-form > button")
        if scripts:
            expect(page.get_by_role("status")).to_contain_text("too long")
            copied = page.evaluate("navigator.clipboard.readText()")
            assert copied == ("" if marker else "<!-- stoa-reply: rope -->\n\n") + "言" * 4000
            assert asked == []
            page.click(".reply-form > button")
        page.wait_for_url("https://forge.example/**")
    assert len(asked[0]) <= 8000
    assert (text in query(asked[0])) == (not scripts)
    if not scripts:
        assert query(asked[0])[text].count("言") > 500


def test_a_mail_names_the_conversation_and_what_it_answers(stoa, tmp_path, new_page):
    page = new_page()
    with site(stoa, tmp_path, "reply: {mail: stewards@rope.example, command: false}\n") as server:
        page.goto(server.url("/posts/rope/"))
        mail = [page.get_attribute(selector, "href") for selector in (".other-ways a", "a.reply-to")]
        assert page.locator(".reply-form").count() == page.locator(".command").count() == 0
    assert [urllib.parse.urlsplit(url).path for url in mail] == ["stewards@rope.example"] * 2
    assert [query(url)["subject"] for url in mail] == ["Response to: Slack rope & more"] * 2
    assert [query(url)["body"].strip() for url in mail] == [
        "https://rope.example/posts/rope/", "https://rope.example/posts/rope/#response-first"]


def test_a_command_alone_takes_the_response_that_was_chosen(stoa, tmp_path, new_page):
    page = new_page()
    with site(stoa, tmp_path, "reply: {command: true}\n") as server:
        page.goto(server.url("/posts/rope/"))
        assert page.inner_text(".command") == "stoa reply rope"
        page.click("a.reply-to")
        assert page.inner_text(".command") == "stoa reply rope --to first"
        assert page.url.endswith("#reply")


def test_a_closed_conversation_says_so_and_offers_nothing(example, new_page):
    page = new_page()
    page.goto(example.url(PAGE_KINDS["closed conversation"]))
    assert page.inner_text(".closed").startswith("This conversation is closed.")
    assert page.locator(".reply, .reply-to").count() == 0


def test_a_fragment_that_is_no_text_breaks_no_script(example, new_page):
    page = new_page()
    problems = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.goto(example.url(CONVERSATION) + "#%")
    expect(page.locator("form.reply-form, .reply form").first).to_be_attached()
    page.locator("main a[href]").first.hover()
    assert problems == []


@pytest.mark.parametrize("scripts", [True, False])
def test_a_question_is_asked_on_its_day(scripts, stoa, tmp_path, new_page):
    """Without scripts it has the day of the newest text, which is the last that a build knows."""
    with site(stoa, tmp_path, "forge: {kind: github, url: https://github.com/rope/rope}\n") as server:
        page = new_page(java_script_enabled=scripts)
        page.clock.set_fixed_time("2026-08-09T10:00:00Z")
        page.goto(server.url("/questions/"))
        text = query(page.locator("a.ask").get_attribute("href"))["value"]
        assert re.findall("^date: (.*)$", text, re.M) == ["2026-08-09" if scripts else "2026-03-02"]
