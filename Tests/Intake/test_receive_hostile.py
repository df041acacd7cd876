"""Hostile fields: each value is a clear error or harmless. STOA_HOSTILE_FIELDS sets the number of tries."""

import os
import random
import re
import urllib.parse


from conftest import run
from Intake.service import SITE, TYPED, Service, git, repository, root, service  # noqa: F401

COUNT = int(os.environ.get("STOA_HOSTILE_FIELDS", "60"))

PATHS = ["../../etc/passwd", "..", ".", "/etc/passwd", "a/../a", "a\x00b", "a%2e%2e", "a\n", "A", "a ", "～", "a/b", "a.md", "-o", "", "a" * 300, "one\r\nreply-to: two", "one#", "ａ"]
LINES = [
    "x\n---\nauthor: maren", "x\r\nauthor: maren", "'", '"', "'\n'", "- x", "[a, b]", "{a: b}", "&a", "*a", "!!binary x", "|\n x", ">", "# x", ": x", "x: y", "null",
    "~", "yes", "\ufeffx", "\u202eevil", "\u2066x", "x\u0000y", "\u0085x", "\u2028x", "a\u0301" * 30, "x" * 1_000_000, "<script>alert(1)</script>", "&lt;",
    "{{site.title}}", "{{{x}}}", "\x1b[31m", "\x07", "$(id)", "`id`", "; rm -rf /", "--upload-pack=x", "-", "%0d%0aBcc: x", "\U000e0001x", "\ud83d", "…", "ada@bells.example",
]
TEXTS = [
    "---\nauthor: maren\n---\nx", "---\n", "x\n---\n\n---\ny", "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "[x](javascript:alert(1))", "![x](https://evil.example/p.png)",
    "<<<<<<< HEAD\nx\n=======\ny\n>>>>>>> z", "\x01a0\x02", "\x00" * 50, "> " * 500, "[" * 3_000, "*" * 3_000, "a\u0300" * 5_000, "| a " * 2_000 + "|\n" + "|-" * 2_000 + "|", "\u202e" * 100,
    "[[../../etc/passwd]]", "@maren " * 3_000, "x" * 59_999, "x" * 70_000, "- " * 200, "```\n" * 51, "ada@bells.example", "</textarea><script>alert(1)</script>", "stoa-reply: a",
]
MAILS = ["a@b.example\r\nBcc: c@d.example", "a@b.example\nSubject: x", "a@b.example, c@d.example", "\"x\"@b.example", "a@b.example>", "<a@b.example", "-oQ/tmp@b.example", "a@[127.0.0.1]", "a@b", "@", "x" * 1_000_000 + "@b.example", "a@b.example\x00", "a\u202e@b.example"]


def cases():
    fields = [({"post": text}) for text in PATHS] + [({"reply-to": text}) for text in PATHS]
    fields += [{"name": text} for text in LINES] + [{"website": text} for text in LINES + ["https://x.example/" + text for text in LINES if "@" not in text]]
    fields += [{"stance": text} for text in LINES[:20]] + [{"text": text} for text in TEXTS] + [{"mail": text, "tell": "1"} for text in MAILS]
    chance = random.Random(3)
    kinds = [("name", LINES), ("text", TEXTS + LINES), ("website", LINES)]
    while len(fields) < 300:
        case = {}
        for name, texts in kinds:
            case[name] = chance.choice(texts)[:2_000] + chance.choice(texts)[:2_000]
        fields.append(case)
    chance.shuffle(fields)
    return fields[:COUNT]


def encoded(fields):
    return urllib.parse.urlencode(fields, errors="surrogatepass")


def test_every_hostile_field_is_a_clear_error_or_harmless(stoa, repository, tmp_path):
    mails = tmp_path / "mails"
    mails.mkdir()
    sendmail = tmp_path / "sendmail"
    sendmail.write_text(f'#!/bin/sh\ncat >$(mktemp {mails}/new.XXXXXX)\n')
    sendmail.chmod(0o755)
    service = Service(stoa, repository, more=f"proposals: none\nsendmail: {sendmail}\nmail-from: replies@bells.example\nmoderators: mo@bells.example\n")
    kept = 0
    try:
        token = service.form()["token"]
        for case in cases():
            body = encoded({**TYPED, "reply-to": "", "website": "", "token": token, **case})
            status, page, headers = service.ask("/reply", "POST", body, Content_Type="application/x-www-form-urlencoded", Origin=SITE)
            assert status in (200, 303, 413, 422), (status, case)
            if status == 303:
                kept += 1
                assert headers["location"].startswith("/sent?post=a")
            elif status == 422:
                assert 'role="alert"' in page and "<script>alert" not in page and "onerror=alert(1)>" not in page.replace("&lt;img src=x onerror=alert(1)&gt;", ""), case
        assert service.ask("/reply?post=a")[0] == 200 and kept
        service.until(lambda: list(mails.iterdir()))
    finally:
        service.kill()
    # All stored replies are content that builds without a diagnostic, and nothing outside changes.
    ids = set()
    for path in service.all_kept():
        head, _, file = path.read_bytes().partition(b"\n\n")
        id = re.search(rb"^id (\S+)$", head, re.M)[1].decode()
        ids.add(id)
        assert re.search(rb"^post a$", head, re.M)
        (repository / f"content/responses/a/{id}.md").write_bytes(file)
    assert len(ids) == len(service.all_kept())
    done = run(stoa, "build", "--source", repository, "--as-of", "2999-01-01", check=False)
    assert done.returncode == 0 and "author" not in done.stderr, done.stderr
    site = (repository / "site/posts/a/index.html").read_text()
    assert "<script>alert" not in site and "javascript:alert" not in re.sub(r">[^<]*<", "><", site)
    assert 'src="https://evil.example' not in site and "ada@bells.example" not in site
    for id in ids:
        assert f'id="response-{id}"' in site
    assert not (tmp_path / "etc").exists() and sorted(path.name for path in tmp_path.iterdir()) == ["bells", "mails", "sendmail"]
    for mail in mails.iterdir():
        head = mail.read_text().split("\n\n")[0]
        assert "\nBcc:" not in head and head.count("\nTo: ") == 1
