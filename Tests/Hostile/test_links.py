"""Folders of a community that are links out of it: no command makes, moves or changes a file behind one."""

import json
import shutil

import pytest

from conftest import run
from Hostile.test_names import POST, SETTINGS
from Hostile.test_swaps import SWAPS, swapping

# Commands that write, each with the folder of the community that is a link out of it.
WRITERS = {
    "new post": (["new", "post", "Out"], "content/posts"),
    "new page": (["new", "page", "Out"], "content/pages"),
    "new topic": (["new", "topic", "Out"], "content/topics"),
    "new contributor": (["new", "contributor", "Out"], "content/contributors"),
    "reply": (["reply", "plain", "--as", "a"], "content/responses/plain"),
    "mv": (["mv", "other", "out"], "content/responses/out"),
    "mv of a topic": (["mv", "topic:one", "out"], "content/topics"),
    "merge": (["merge", "topic", "one", "two"], "content/topics"),
    "share": (["share", "plain", "public"], "content/posts"),
    "remove": (["remove", "other#response-r"], "content/responses/other"),
    "erase": (["erase", "G"], "content/responses/other"),
    "receive issue": (["receive", "issue", "EVENT"], "content/responses/plain"),
}


@pytest.mark.parametrize("name", WRITERS)
def test_no_command_writes_through_a_link(stoa, tmp_path, name):
    words, link = WRITERS[name]
    root, outside = tmp_path / "community", tmp_path / "outside"
    outside.mkdir()
    (root / "content/posts").mkdir(parents=True)
    (root / "content/responses/other").mkdir(parents=True)
    (root / "stoa.yml").write_text(SETTINGS + "forge: {kind: github, url: https://github.com/a/b}\n")
    event = {"number": 7, "title": "Re", "body": "stoa-reply: plain\n\nWords.\n", "user": {"login": "x"}, "created_at": "2026-01-05T00:00:00Z"}
    (tmp_path / "event").write_text(json.dumps({"action": "opened", "issue": event}))
    words = [tmp_path / "event" if word == "EVENT" else word for word in words]
    for post in ("plain", "other"):
        (root / f"content/posts/{post}.md").write_text(POST.format(post, "Words.").replace("date:", "topics: [one, two]\ndate:"))
    (root / "content/responses/other/r.md").write_text("---\nguest: G\ndate: 2026-01-02\n---\n\nYes.\n")
    path = root / link
    if path.exists():
        path.rename(tmp_path / "moved")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.symlink_to(outside)
    before = {path: path.read_bytes() for path in root.rglob("*.md")}
    done = run(stoa, *words, "--source", root, check=False, EDITOR="true")
    assert not list(outside.iterdir()), done
    if done.returncode == 0:
        # It had nothing to write there.
        assert "moved" not in done.stdout or link not in done.stdout, done
    else:
        assert done.returncode in (64, 74) and (done.returncode == 64 or "symbolic link" in done.stderr), done
        assert all(path.read_bytes() == text for path, text in before.items())


def test_init_writes_through_no_link(stoa, tmp_path):
    root, outside = tmp_path / "community", tmp_path / "outside"
    root.mkdir()
    outside.mkdir()
    for folder in (".ci", ".github", "content"):
        (root / folder).symlink_to(outside)
    done = run(stoa, "init", root, check=False)
    assert done.returncode == 74 and "symbolic link" in done.stderr and not list(outside.iterdir()), done


def test_no_command_moves_a_file_behind_a_link_that_appears_meanwhile(stoa, tmp_path):
    root, outside = tmp_path / "community", tmp_path / "outside"
    (root / "content/posts").mkdir(parents=True)
    (root / "stoa.yml").write_text(SETTINGS + "audiences: [team, public]\n")
    for post in ("a", "b"):
        (root / f"content/posts/{post}.md").write_text(POST.format(post, "Words."))
        for number in range(3):
            path = root / f"content/responses/{post}/r{number}.md"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"---\nguest: G\ndate: 2026-01-0{number + 1}\n---\n\nYes {number}.\n")
    shutil.copytree(root, outside)
    before = {path: path.read_bytes() for path in outside.rglob("*") if path.is_file()}
    folders = ["content/responses/a", "content/responses/b", "content/posts"]
    with swapping(tmp_path, folders) as count:
        while count() < SWAPS // 4:
            for words in (["mv", "a", "c"], ["mv", "c", "a"], ["share", "b", "public"], ["mv", "b#response-r1", "a"], ["reply", "a", "--as", "a"]):
                done = run(stoa, *words, "--source", root, check=False, EDITOR="true")
                assert done.returncode in (0, 64, 74), done
    assert {path: path.read_bytes() for path in outside.rglob("*") if path.is_file()} == before
