"""A post with four nested replies by three guests and the author, as in the site `four-replies`, sent through the form."""

import re
import shutil
import time

from conftest import ROOT, run
from Intake.service import Service, git, make_repository

SITE = ROOT / "Tests/Sites/valid/four-replies"
POST = "the-quiet-bell"


def parts(text):
    head, _, body = text.removeprefix("---\n").partition("---\n\n")
    matter = dict(line.split(": ", 1) for line in head.splitlines())
    return {key: value.strip("'") for key, value in matter.items()}, body


def test_a_page_and_its_four_replies_come_out_of_the_form(stoa, tmp_path, monkeypatch):
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    root = tmp_path / "bells"
    shutil.copytree(SITE, root, ignore=shutil.ignore_patterns("expected*", "responses"))
    (root / "content/contributors/maren.md").write_text("---\nname: Maren Osei\n---\n")
    make_repository(root)
    service = Service(stoa, root)
    ids = {}
    try:
        for path in sorted((SITE / f"content/responses/{POST}").iterdir()):
            matter, body = parts(path.read_text())
            parent = ids.get(matter.get("reply-to"), "")
            # The text as typed, without the spaces that make hard line breaks.
            typed = "\r\n".join(line.rstrip(" ") for line in body.rstrip("\n").split("\n"))
            fields = {
                "post": POST, "reply-to": parent, "name": matter["guest"], "website": matter.get("url", ""), "stance": matter.get("stance", ""), "text": typed}
            # The service knows the answered response.
            service.until(lambda: service.ask(f"/reply?post={POST}&reply-to={parent}")[1].count("answered") == bool(parent))
            form = service.form(POST)
            assert service.send({**fields, "token": form["token"]})[0] == 303
            # Replies of the same second are sorted by id, so the next one is sent in a later second.
            second = int(time.time())
            service.until(lambda: int(time.time()) > second)
            kept, = service.kept()
            id = re.search(r"^id (.*)$", kept.read_text(), re.M)[1]
            run(stoa, "intake", "accept", id, "--config", root / "receive.yml")
            ids[path.stem] = id
            sent_matter, sent_body = parts((root / f"content/responses/{POST}/{id}.md").read_text())
            assert sent_body == body
            expected = {**matter, "date": sent_matter["date"], **({"reply-to": parent} if parent else {})}
            assert sent_matter == expected
    finally:
        service.kill()
    author = ids["20260504-b83d0f5a61"]
    (root / "content/contributors/maren.md").write_text(f"---\nname: Maren Osei\nclaims: [{POST}#response-{author}]\n---\n")
    assert git(root, "rev-list", "--count", "main") == "5"
    run(stoa, "build", "--source", root, "--strict", "--as-of", "2999-01-01")
    page = (root / f"site/posts/{POST}/index.html").read_text()
    assert "4 Responses to" in page and page.count('class="thread"') >= 1
    places = [page.index(f'id="response-{ids[name]}"') for name in ids]
    assert places == sorted(places)
