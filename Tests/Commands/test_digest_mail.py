"""`stoa digest --format eml`: Python's own mail library reads the message, and no title can change its structure."""

import email
import email.policy
import re

import lxml.html
import pytest

from conftest import run

HOSTILE = [
    r'"Rope\r\nBcc: everybody@evil.example\r\n\r\nHello"',
    '"Rope\u2028Bcc: everybody@evil.example"',
    "'<script>alert(1)</script> & <b>bold</b>'",
    "'--=_digest-2026-03'",
    "'=?utf-8?B?SGVsbG8=?= and Ἀγορά " + "long " * 60 + "'",
    "'.'",
]


def write(root, title, settings=""):
    posts = root / "content/posts"
    posts.mkdir(parents=True)
    (root / "stoa.yml").write_text(f"title: {title}\nurl: https://rope.example/notes\nhistory: none\n{settings}", encoding="utf-8")
    (posts / "first.md").write_text(f"---\ntitle: {title}\nauthor: maren\ndate: 2026-03-01\n---\n\nRope.\n", encoding="utf-8")
    (posts / "second.md").write_text("---\ntitle: Tar\nauthor: jun\ndate: 2026-03-02\n---\n\nTar.\n")
    responses = root / "content/responses/second"
    responses.mkdir(parents=True)
    (responses / "1.md").write_text("---\nguest: Ada\ndate: 2026-03-03\n---\n\nYes.\n")
    return root


def message(stoa, root, *options, check=True):
    done = run(stoa, "digest", "--source", root, "--month", "2026-03", "--format", "eml", *options, check=check)
    return email.message_from_bytes(done.stdout.encode(), policy=email.policy.default)


def test_a_message_has_a_head_and_the_month_in_two_forms(stoa, tmp_path):
    mail = message(stoa, write(tmp_path, "The Rope Walk"))
    assert not mail.defects and not any(part.defects for part in mail.walk())
    assert mail["Subject"] == "The Rope Walk: What happened in March 2026"
    assert mail["Message-ID"] == "<digest-2026-03@rope.example>" and mail["X-Unsent"] == "1"
    # The build's date, with the right weekday.
    assert mail["Date"].datetime.isoformat() == "2026-06-21T00:00:00+00:00" and mail["Date"].startswith("Sun, ")
    # The person who sends the mail adds sender and recipients.
    assert not any(name in mail for name in ("From", "To", "Cc", "Bcc"))
    assert mail.get_content_type() == "multipart/alternative"
    plain, html = mail.iter_parts()
    assert [part.get_content_type() for part in (plain, html)] == ["text/plain", "text/html"]
    assert [part.get_content_charset() for part in (plain, html)] == ["utf-8", "utf-8"]
    addresses = ["https://rope.example/notes/posts/first/", "https://rope.example/notes/posts/second/"]
    for address in addresses:
        assert address in plain.get_content()
    page = lxml.html.fromstring(html.get_content())
    assert set(addresses) < set(page.xpath("//a/@href"))
    assert page.xpath("//h1/text()") == ["What happened in March 2026"]
    # Both forms have the same content.
    words = lambda text: sorted(set(re.findall(r"\w+", text)))
    assert set(words(page.text_content())) - set(words(plain.get_content())) <= {"The", "Walk", "Rope"}


@pytest.mark.parametrize("title", HOSTILE)
def test_no_title_is_more_than_a_title(stoa, tmp_path, title):
    mail = message(stoa, write(tmp_path, title), check=False)
    if not mail.keys():
        # A title that no page can show is not a title.
        return
    assert not mail.defects
    assert mail.keys() == ["Date", "Message-ID", "Subject", "X-Unsent", "MIME-Version", "Content-Type"]
    assert "\n" not in mail["Subject"] and mail["Subject"].endswith(": What happened in March 2026")
    parts = list(mail.walk())
    assert [part.get_content_type() for part in parts] == ["multipart/alternative", "text/plain", "text/html"]
    page = lxml.html.fromstring(parts[2].get_content())
    assert not page.xpath("//script | //b | //style")
    assert {element.tag for element in page.iter() if isinstance(element.tag, str)} <= set("html head meta title body h1 h2 ul li a p".split())


def test_lines_are_as_mail_has_them(stoa, tmp_path):
    done = run(stoa, "digest", "--source", write(tmp_path, HOSTILE[4]), "--month", "2026-03", "--format", "eml")
    # Text mode has converted the line ends.
    assert all(len(line) <= 76 and line.isascii() for line in done.stdout.splitlines())


def test_a_hidden_post_is_in_no_letter(stoa, tmp_path):
    write(tmp_path, "T", "audiences: [team, public]\ndefault-audience: public\n")
    (tmp_path / "content/posts/secret.md").write_text("---\ntitle: Whisper\nauthor: jun\ndate: 2026-03-04\naudience: team\n---\n\nWhisper.\n")
    said = {audience: message(stoa, tmp_path, "--audience", audience) for audience in ("team", "public")}
    text = {audience: "".join(part.get_content() for part in mail.iter_parts()) for audience, mail in said.items()}
    assert "Whisper" in text["team"] and "Whisper" not in text["public"]
