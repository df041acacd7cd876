"""Replies to `stoa serve`: which become files, and which are refused."""

import concurrent.futures
import html
import re
import urllib.parse

import pytest

from Commands.preview import POST, Preview
from conftest import run

DOOR = "/.stoa-preview/reply"


@pytest.fixture
def root(tmp_path, monkeypatch):
    """A community with an open conversation of one response, and a closed one."""
    # Without the name from the tester's git configuration.
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    root = tmp_path / "bells"
    (root / "content/posts").mkdir(parents=True)
    (root / "content/responses/a").mkdir(parents=True)
    (root / "stoa.yml").write_text("title: Bells\nhistory: none\n")
    (root / "content/posts/a.md").write_text(POST.format(title="Casting", text="Bronze."))
    closed = POST.format(title="Closed", text="Done.").replace("date:", "responses: closed\ndate:")
    (root / "content/posts/b.md").write_text(closed)
    (root / "content/responses/a/one.md").write_text("---\nguest: Bo\ndate: 2026-03-05\n---\n\nTin & lead.\n")
    return root


@pytest.fixture
def preview(stoa, root):
    preview = Preview(stoa, root)
    yield preview
    preview.process.kill()
    preview.process.communicate()


def token(preview, path="/posts/a/"):
    return html.unescape(re.search(r'name="token" value="([^"]+)"', preview.page(path))[1])


def send(preview, fields, token_value=None, **headers):
    """Sends the form as a browser does; returns status, body and the redirect's target."""
    fields = {"post": "a", "token": token_value or token(preview), "name": "Ann", "text": "Well.", **fields}
    headers = {"Origin": preview.address.rstrip("/"), "Content_Type": "application/x-www-form-urlencoded", **headers}
    status, body = preview.ask(DOOR, "POST", urllib.parse.urlencode(fields), **{name: value for name, value in headers.items() if value is not None})
    return status, body, preview.headers.get("location")


def written(root):
    return sorted(path for path in (root / "content/responses").rglob("*") if path.is_file() and path.name != "one.md")


def test_a_reply_is_a_file_and_on_its_page(preview, root, stoa):
    fields = {"name": "Zoë: a # guest", "website": "https://zoe.example/", "reply-to": "one", "stance": "asks", "text": "Why?\r\nHow?\r\n"}
    status, _, location = send(preview, fields)
    file, = written(root)
    assert (status, location) == (303, f"/posts/a/#response-{file.stem}")
    assert re.fullmatch(r"20260621-[0-9a-z]{8}", file.stem)
    assert file.read_text() == (
        "---\nguest: 'Zoë: a # guest'\nurl: 'https://zoe.example/'\ndate: 2026-06-21T00:00:00Z\nreply-to: one\nstance: asks\n---\n\n"
        "Why?  \nHow?\n"
    )
    # The redirect is sent when the page shows the reply.
    assert f'id="response-{file.stem}"' in preview.page("/posts/a/")
    run(stoa, "check", "--source", root, "--strict")


def test_a_user_whom_git_knows_is_an_author_and_others_are_guests(stoa, root):
    run("git", "init", "-q", root)
    run("git", "-C", root, "config", "user.name", "Maren Holt")
    (root / "content/contributors").mkdir()
    (root / "content/contributors/maren.md").write_text("---\nname: Maren Holt\n---\n")
    for options, lines in [((), {"author: maren", "guest: Ann"}), (("--bind", "0.0.0.0"), {"guest: Maren Holt", "guest: Ann"})]:
        preview = Preview(stoa, root, *options)
        try:
            assert ('value="Maren Holt"' in preview.page("/posts/a/")) == (not options)
            for name in ["Maren Holt", "Ann"]:
                assert send(preview, {"name": name}, Host=f"127.0.0.1:{preview.port}", Origin=f"http://127.0.0.1:{preview.port}")[0] == 303
        finally:
            preview.process.kill()
            preview.process.communicate()
        assert {file.read_text().splitlines()[1] for file in written(root)} == lines
        for file in written(root):
            file.unlink()


def test_two_hundred_at_once_are_two_hundred_files(preview, root):
    value = token(preview)
    with concurrent.futures.ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(lambda number: send(preview, {"text": f"Number {number}."}, value)[0], range(200)))
    assert set(answers) == {303} and len(written(root)) == 200
    assert {file.read_text().splitlines()[-1] for file in written(root)} == {f"Number {number}." for number in range(200)}


@pytest.mark.parametrize("headers", [
    {"Origin": None}, {"Origin": "null"}, {"Origin": "https://evil.example"}, {"Origin": "http://localhost:1"},
    {"Host": "evil.example"}, {"Host": "evil.example", "Origin": "http://evil.example"},
])
def test_another_site_cannot_send(headers, preview, root):
    assert send(preview, {}, **headers)[0] in (403, 421)
    assert written(root) == []


@pytest.mark.parametrize("path", ["/", "/posts/a/", f"{DOOR}?post=a&name=Ann&text=Typed%20by%20another%20page", "/nothing/"])
def test_no_other_page_has_it_in_a_frame(path, preview):
    """A frame in which a visitor could be led to send a reply that they did not write."""
    preview.ask(path)
    assert preview.headers["x-frame-options"] == "SAMEORIGIN"
    assert preview.headers["content-security-policy"] == "frame-ancestors 'self'"


@pytest.mark.parametrize("value", ["", "0", "a b"])
def test_a_form_without_the_token_comes_back_with_all_that_was_typed(value, preview, root):
    fields = {"token": value, "name": "Ann <b>", "website": "https://ann.example/", "reply-to": "one", "stance": "differs", "text": "\n</textarea>Kept & whole"}
    status, body, _ = send(preview, fields)
    assert status == 422 and written(root) == []
    assert 'value="Ann &lt;b&gt;"' in body and 'value="https://ann.example/"' in body and 'value="differs" selected' in body
    assert "\n\n&lt;/textarea&gt;Kept &amp; whole</textarea>" in body
    assert 'name="reply-to" value="one"' in body and "Tin &amp; lead." in body
    assert "send it again" in body
    # The returned form can be sent again.
    assert send(preview, {**fields, "token": html.unescape(re.search(r'name="token" value="([^"]+)"', body)[1])})[0] == 303


@pytest.mark.parametrize("fields, words", [
    ({"post": "../../etc"}, "There is no such conversation here."),
    ({"post": "a/../b"}, "There is no such conversation here."),
    ({"post": "b"}, "This conversation has been closed."),
    ({"reply-to": "../one"}, "What you wrote answers the post now."),
    ({"name": " "}, "Write your name."),
    ({"name": "n" * 100_000}, "This name is too long."),
    ({"name": "ann@bells.example"}, "This would publish a mail address."),
    ({"website": "javascript:alert(1)"}, "This is not the address of a page"),
    ({"stance": "loud"}, "Choose one of the words."),
    ({"text": "\x00 \r\n"[2:]}, "Write something."),
    ({"text": "a" * 60_001}, "This is longer than a response may be."),
    ({"text": "<<<<<<< a\n=======\n>>>>>>> b"}, "git would take for a conflict"),
    ({"text": "> " * 101 + "x"}, "This is nested too deep, or too complicated to show."),
])
def test_what_is_wrong_is_said_and_nothing_is_written(fields, words, preview, root):
    status, body, _ = send(preview, fields)
    assert status == 422 and written(root) == []
    assert html.escape(words, quote=False) in body
    assert html.escape({"text": "Well.", **fields}["text"]).strip("\r\n") in body


def test_front_matter_cannot_be_injected(preview, root):
    assert send(preview, {"name": "Bo\n---\nauthor: maren", "website": "https://a.example/\nauthor: maren"})[0] == 422
    assert send(preview, {"name": "Bo\n---\nauthor: maren", "text": "---\nauthor: maren\n---"})[0] == 303
    file, = written(root)
    assert file.read_text().startswith("---\nguest: 'Bo --- author: maren'\ndate: ")


@pytest.mark.parametrize("method, headers, body, status", [
    ("POST", {"Content_Type": "text/plain"}, "post=a", 415),
    ("POST", {}, "&".join(["post=a"] * 100), 415),
    ("POST", {}, "text=" + "a" * (1 << 20), 413),
    ("PUT", {}, "post=a", 405),
    ("DELETE", {}, None, 405),
])
def test_what_is_no_form_is_refused(method, headers, body, status, preview, root):
    headers = {"Origin": preview.address.rstrip("/"), "Content_Type": "application/x-www-form-urlencoded", **headers}
    assert preview.ask(DOOR, method, body, **headers)[0] == status
    assert preview.ask("/posts/a/", "POST", "post=a", **headers)[0] == 405
    assert written(root) == []


def test_a_link_that_replies_leads_to_a_page_that_quotes(preview):
    link = html.unescape(re.search(r'class="reply-to" href="([^"]+)"', preview.page("/posts/a/"))[1])
    body = preview.page(link)
    assert "Tin &amp; lead." in body and 'name="reply-to" value="one"' in body and 'name="post" value="a"' in body
    assert "<script src=\"/.stoa-preview" not in body, "the page would be sent again when it reloads"
    assert preview.ask(f"{DOOR}?post=nothing")[0] == 404


def test_a_full_disk_is_said_and_the_text_kept(stoa, root):
    folder = root / "content/responses/a"
    preview = Preview(stoa, root)
    try:
        folder.chmod(0o500)
        (folder / "probe").touch()
    except PermissionError:
        status, body, _ = send(preview, {"text": "Kept."})
        assert status == 500 and "Kept.</textarea>" in body
    else:
        pytest.skip("the superuser may write everywhere")
    finally:
        folder.chmod(0o700)
        preview.process.kill()
        preview.process.communicate()


def test_a_folder_that_is_a_link_is_not_written_through(preview, root, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    (root / "content/responses/a").rename(elsewhere)
    (root / "content/responses/a").symlink_to(elsewhere)
    value = token(preview, "/posts/a/")
    assert send(preview, {}, value)[0] == 500
    assert [path.name for path in elsewhere.iterdir()] == ["one.md"]


def test_no_form_is_offered_or_taken_where_replies_are_off(stoa, root):
    preview = Preview(stoa, root, "--no-replies")
    try:
        assert "reply-form" not in preview.page("/posts/a/")
        assert preview.ask(DOOR)[0] == 404
        assert send(preview, {}, "x")[0] == 405
    finally:
        preview.process.kill()
        preview.process.communicate()
    assert written(root) == []
