"""A reply from a page of the site in a browser: with and without scripts, with the keyboard only, and accessible to everybody."""

import functools
import http.server
import re
import socket
import threading
import time

import pytest
from axe_playwright_python.sync_playwright import Axe

from conftest import run
from Intake.service import Service, make_community, texts


@pytest.fixture(scope="module")
def place(stoa, tmp_path_factory):
    """A site on one port, its service on another."""
    root = make_community(tmp_path_factory.mktemp("browser") / "bells")
    with socket.socket() as one, socket.socket() as two:
        one.bind(("127.0.0.1", 0))
        two.bind(("127.0.0.1", 0))
        site, port = one.getsockname()[1], two.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    settings = root / "stoa.yml"
    settings.write_text(re.sub(r"https://bells\.example", f"http://127.0.0.1:{site}", settings.read_text()).replace("https://replies.example", address))
    run(stoa, "build", "--source", root, "--output", root / "site")
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=root / "site")
    server = http.server.ThreadingHTTPServer(("127.0.0.1", site), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    (root / "mail").mkdir()
    (root / "sendmail").write_text(f"#!/bin/sh\ncat >$(mktemp {root}/mail/new.XXXXXX)\n")
    (root / "sendmail").chmod(0o755)
    service = Service(stoa, root, port, f"proposals: none\nsendmail: {root}/sendmail\nmail-from: replies@bells.example\nmoderators: mo@bells.example\n", url=address)
    service.site = f"http://127.0.0.1:{site}/posts/a/"
    yield service
    service.kill()
    server.shutdown()


def page_of(browser, **options):
    page = browser.new_context(**options).new_page()
    page.problems = []
    page.on("console", lambda message: page.problems.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: page.problems.append(str(error)))
    return page


def sound(page):
    violations = Axe().run(page).response["violations"]
    assert not violations, [(violation["id"], [node["html"] for node in violation["nodes"]]) for violation in violations]


def test_without_a_script_a_reply_is_looked_at_and_sent(place, browser):
    page = page_of(browser, java_script_enabled=False)
    page.goto(place.site)
    page.get_by_label("Your name").fill("Zoë")
    page.get_by_label("Your response").fill("Why *so*?\nHow?")
    page.get_by_role("button", name="Send").click()
    assert "This is how it will look" in page.content() and page.locator(".previewed em").inner_text() == "so"
    # Line ends in the form are kept.
    assert page.locator(".previewed br").count() == 1
    assert page.locator(".trap").bounding_box()["width"] <= 1
    page.get_by_label("Your response").fill("Why *so*?\nHow, without a script?")
    page.get_by_role("button", name="Preview").click()
    assert "without a script" in page.locator(".previewed").inner_text() and place.all_kept() == []
    time.sleep(3.2)
    page.get_by_role("button", name="Send").click()
    assert page.locator("h1").inner_text() == "Thank you" and texts(place.kept())[-1] == "How, without a script?"
    page.get_by_role("link", name="Back to the conversation").click()
    assert page.url.startswith(place.site) and not page.problems
    page.context.close()


def test_without_a_script_a_response_is_answered_on_a_page_that_quotes_it(place, browser):
    page = page_of(browser, java_script_enabled=False)
    page.goto(place.site)
    page.locator("#response-one a.reply-to").click()
    assert page.locator("h1").inner_text() == "Reply to Bo" and "Tin & lead." in page.locator(".answered").inner_text()
    page.get_by_label("Your name").fill("Cy")
    page.get_by_label("Your response").fill("Lead it is.")
    time.sleep(3.2)
    page.get_by_role("button", name="Send").click()
    assert page.locator("h1").inner_text() == "Thank you"
    kept = next(path for path in place.kept() if "Lead it is." in path.read_text())
    assert "reply-to: one" in kept.read_text()
    page.context.close()


def test_what_is_wrong_stands_at_its_field_with_all_that_was_typed(place, browser):
    page = page_of(browser, java_script_enabled=False)
    page.goto(place.site)
    page.get_by_label("Your name").fill("ann@bells.example")
    page.get_by_label("Your response").fill("Kept.")
    page.get_by_label("Your e-mail address").fill("ann@bells.example")
    page.get_by_label("Tell me of answers").check()
    page.get_by_role("button", name="Send").click()
    assert "This would publish a mail address" in page.locator("#reply-name-problem").inner_text()
    assert page.get_by_label("Your response").input_value() == "Kept." and page.get_by_label("Tell me of answers").is_checked()
    assert page.get_by_label("Your e-mail address").input_value() == "ann@bells.example"
    page.context.close()


def test_with_a_script_the_keyboard_alone_sends_at_once(place, browser):
    page = page_of(browser)
    page.goto(place.site)
    sound(page)
    with page.expect_response(lambda answer: "/token" in answer.url):
        page.get_by_label("Your name").focus()
        page.keyboard.type("Ada")
    # Tab reaches name, website, text, stance, address and checkbox; the hidden field is skipped.
    for field in ("website", "text", "stance", "mail", "tell"):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.name") == field
        if field == "text":
            page.keyboard.type("By the keyboard.")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Send"
    time.sleep(3.2)
    page.keyboard.press("Enter")
    page.wait_for_url("**/sent?post=a")
    sound(page)
    assert any("By the keyboard." in path.read_text() for path in place.kept()) and not page.problems
    page.context.close()


def test_every_page_of_the_service_is_sound(place, browser):
    page = page_of(browser)
    address = place.site.rpartition("/posts")[0]
    service = f"http://127.0.0.1:{place.port}"
    page.goto(f"{service}/reply?post=a&reply-to=one")
    sound(page)
    page.get_by_label("Your name").fill("Di")
    page.get_by_label("Your response").fill("Look.")
    page.get_by_role("button", name="Preview").click()
    assert "This is how it will look" in page.content()
    sound(page)
    # None of its pages makes a request to another host.
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.reload()
    assert all(url.startswith((service, address)) for url in asked)
    page.context.close()
