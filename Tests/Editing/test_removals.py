"""Communities after stoa merge and stoa remove."""

from conftest import run
from test_moves import FILES, act, build, make, text


def test_two_topics_become_one(stoa, tmp_path):
    files = dict(FILES)
    files["content/topics/rigging.md"] = "---\ntitle: Rigging\nparent: knots\norder: [wire]\n---\n\nHow masts stand.\n"
    files["content/posts/wire/index.md"] = files["content/posts/wire/index.md"].replace("kind: practice", "topics: [Rigging, sea]\nkind: practice")
    folder = make(tmp_path / "c", files)
    _, after, said = act(stoa, folder, "merge", "topic", "Rigging", "topic:sea")
    assert "topics: [sea]" in text(folder, "content/posts/wire/index.md")
    assert text(folder, "content/topics/sea.md") == (
        "---\ntitle: Sea\nparent: knots\norder: [rope, wire]\naliases:\n  - rigging\n---\n\nHow masts stand.\n"
    )
    assert not (folder / "content/topics/rigging.md").exists()
    assert "content/topics/rigging.md: its “parent” is not copied; git's history keeps it" in said
    assert b"/notes/topics/sea/" in after["topics/rigging/index.html"]


def test_two_contributors_become_one(stoa, tmp_path):
    folder = make(tmp_path / "c", FILES)
    act(stoa, folder, "merge", "contributor", "ada", "Bo")
    assert "author: [bo]" in text(folder, "content/posts/wire/index.md")
    assert text(folder, "content/contributors/bo.md") == "---\nname: Bo\naliases:\n  - ada\n---\n\nI know @bo.\n"
    assert "[[@bo]] ada@ada.example" in text(folder, "content/posts/links.md")
    assert run(stoa, "merge", "contributor", "ada", "bo", "--source", folder, check=False).returncode == 64


def test_an_answered_response_leaves_a_line(stoa, tmp_path):
    folder = make(tmp_path / "c", FILES)
    act(stoa, folder, "remove", "rope#two", "--reason", "at its author's request")
    assert text(folder, "content/responses/rope/two.md") == (
        "---\ndate: 2026-01-05\nreply-to: one\naliases: [comment-2]\nremoved: 'at its author''s request'\n---\n"
    )
    assert "answer" not in text(folder, "content/posts/rope.md")


def test_what_nobody_answered_goes(stoa, tmp_path):
    folder = make(tmp_path / "c", FILES)
    said = run(stoa, "remove", "rope#three", "--reason", "spam", "--source", folder).stdout
    assert said == "removed content/responses/rope/three.md\n"
    assert run(stoa, "remove", "rope#two", "--reason", " ", "--source", folder, check=False).returncode == 64


def test_an_answered_post_keeps_its_place(stoa, tmp_path):
    folder = make(tmp_path / "c", FILES)
    run(stoa, "remove", "rope", "--reason", "it was wrong", "--source", folder)
    after = build(stoa, folder)
    assert text(folder, "content/posts/rope.md") == (
        "---\ntitle: Rope\ndate: 2026-01-01\nkind: question\nanswer: two\ntopics: [knots, Sea]\nremoved: it was wrong\n---\n"
    )
    page = after["posts/rope/index.html"].decode()
    assert "it was wrong" in page and "A splice" not in page and 'id="response-two"' in page


def test_a_post_that_nobody_answered_goes_with_its_files(stoa, tmp_path):
    folder = make(tmp_path / "c", FILES)
    said = run(stoa, "remove", "wire", "--reason", "a draft", "--source", folder).stdout
    assert not (folder / "content/posts/wire").exists()
    assert "order: [rope]" in text(folder, "content/topics/sea.md")
    assert "content/posts/links.md:15: this link leads nowhere now" in said or "links.md" in said
    assert "gone:\n  /posts/wire/: a draft\n" in text(folder, "stoa.yml")
    page = build(stoa, folder)["posts/wire/index.html"].decode()
    assert "a draft" in page and "pic.png" not in page
