"""Cases about the reply form: its file builds, under a free name, with the text as typed, and answers the right document."""

import re
import shutil
import urllib.parse

import pytest

from Browser.site_server import SiteServer
from conftest import run


@pytest.fixture
def case(stoa, shared, tmp_path):
    """Builds a case and serves it."""
    servers = []

    def start(name):
        folder = tmp_path / name
        shutil.copytree(shared / "cases" / name, folder)
        run(stoa, "build", "--source", folder, "--quiet", "--keep-going", check=False)
        servers.append(SiteServer(folder / "site"))
        return folder, servers[-1].__enter__()

    yield start
    for server in servers:
        server.__exit__(None, None, None)


@pytest.fixture
def sent(browser):
    """A page in a browser, and the result of its form: the path of the new file and its text."""
    contexts = []

    def start(**options):
        context = browser.new_context(**options)
        contexts.append(context)
        files = []

        def answer(route):
            url = urllib.parse.urlsplit(route.request.url)
            values = urllib.parse.parse_qs(url.query)
            folder = urllib.parse.unquote(url.path).partition("/new/main/")[2]
            files.append((f"{folder}/{values['filename'][0]}", values["value"][0].replace("\r\n", "\n")))
            route.fulfill(body="the forge", content_type="text/plain")

        context.route(re.compile(r"^https://github\.com/"), answer)
        page = context.new_page()
        page.set_default_timeout(10_000)
        return page, files

    yield start
    for context in contexts:
        context.close()


def put(folder, file):
    path, text = file
    assert not (folder / path).exists()
    (folder / path).write_text(text)


@pytest.mark.parametrize("scripts", [True, False])
def test_what_the_form_makes_builds_without_history(scripts, stoa, case, sent):
    folder, server = case("form-under-history-none")
    for file in (folder / "content/responses/hello").iterdir():
        file.unlink()
    page, files = sent(java_script_enabled=scripts)
    page.goto(server.url("/posts/hello/"))
    if scripts:
        page.fill("#reply-name", "Bo")
        page.fill("#reply-text", "A bowline.")
    else:
        page.fill("#reply-text", page.input_value("#reply-text").replace("Your name", "Bo") + "A bowline.\n")
    page.click(".reply-form button:not(.quiet)")
    page.wait_for_url("https://github.com/**")
    put(folder, files[0])
    # The browser's clock may be later than the day of the tests.
    run(stoa, "build", "--source", folder, "--strict", "--as-of", "2999-01-01")
    assert "A bowline." in (folder / "site/posts/hello/index.html").read_text()


@pytest.mark.parametrize("way", [".reply-form button", "#response-your-name-1 a.reply-to", "#response-your-name-3 a.reply-to"])
def test_without_a_script_the_name_of_the_file_is_free(way, stoa, case, sent):
    folder, server = case("noscript-name")
    page, files = sent(java_script_enabled=False)
    page.goto(server.url("/posts/hello/"))
    page.click(way)
    page.wait_for_url("https://github.com/**")
    put(folder, files[0])
    run(stoa, "build", "--source", folder, "--quiet")
    with SiteServer(folder / "site") as server:
        page.goto(server.url("/posts/hello/"))
        page.click(way)
        page.wait_for_url("https://github.com/**")
    assert files[1][0] != files[0][0]
    put(folder, files[1])


@pytest.mark.parametrize("storage", [True, False])
def test_going_back_finds_text_and_target_or_neither(storage, case, sent):
    folder, server = case("target-lost-on-back")
    page, files = sent()
    if not storage:
        page.add_init_script("Storage.prototype.setItem = () => { throw new Error('private') }")
    # A page with this handler is not kept in the browser's back/forward cache.
    page.add_init_script("addEventListener('unload', () => {})")
    page.goto(server.url("/posts/hello/"))
    page.click("#response-one a.reply-to")
    page.fill("#reply-name", "Cy")
    page.fill("#reply-text", "Tested in the wet.")
    page.goto(server.url("/"))
    page.go_back()
    page.wait_for_timeout(300)
    hasText, hasTarget = page.input_value("#reply-text") != "", page.locator(".reply-target").is_visible()
    assert hasText == hasTarget
    assert hasText or not storage
    if hasText:
        page.click(".reply-form button:not(.quiet)")
        page.wait_for_url("https://github.com/**")
        assert "\nreply-to: one\n" in files[0][1]


def test_lines_that_were_typed_are_lines(stoa, case, sent):
    typed = "Three knots that held:\nbowline\nsheet bend\nfigure eight\n\n```\na\nb\n```\n\n- c\n- d\n\n| e | f |\n| - | - |\n| g | h |"
    folder, server = case("form-under-history-none")
    page, files = sent()
    page.goto(server.url("/posts/hello/"))
    page.fill("#reply-name", "Bo")
    page.fill("#reply-text", typed)
    page.click(".reply-form button:not(.quiet)")
    page.wait_for_url("https://github.com/**")
    assert files[0][1].partition("---\n\n")[2] == typed.replace(":\n", ":  \n").replace("line\n", "line  \n").replace("bend\n", "bend  \n") + "\n"
    for file in (folder / "content/responses/hello").iterdir():
        file.unlink()
    put(folder, files[0])
    run(stoa, "build", "--source", folder, "--quiet", "--as-of", "2999-01-01")
    html = (folder / "site/posts/hello/index.html").read_text()
    assert "<p>Three knots that held:<br>\nbowline<br>\nsheet bend<br>\nfigure eight</p>" in html.replace("<br />", "<br>")
