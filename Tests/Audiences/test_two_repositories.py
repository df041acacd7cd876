"""The guide's setup for keeping hidden content private: a private repository, and a public one with only the site."""

import re
import subprocess

from conftest import ROOT

GUIDE = ROOT / "content/posts/two-repositories.md"
SECRET = "the-night-it-went-wrong"


def git(folder, *arguments):
    identity = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main", "-c", "commit.gpgsign=false"]
    return subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True, text=True).stdout


def script():
    """The commands in the guide, unchanged."""
    text = GUIDE.read_text(encoding="utf-8")
    return re.search(r"```sh elsewhere\n(.*?publish.*?)```", text, re.DOTALL)[1]


def test_the_public_repository_holds_the_public_site_and_nothing_else(stoa, tmp_path):
    private, public = tmp_path / "private", tmp_path / "public.git"
    git(tmp_path, "init", "--quiet", "--bare", str(public))
    for folder in ("content/posts", "content/responses/open"):
        (private / folder).mkdir(parents=True)
    (private / "stoa.yml").write_text(
        "title: Two\nurl: https://two.example\nhighlight: none\nhistory: none\naudiences: [team, public]\ndefault-audience: team\n"
    )
    post = "---\ntitle: {}\nauthor: a\ndate: 2026-01-01\naudience: {}\n---\n\n{}\n"
    (private / "content/posts/open.md").write_text(post.format("Open", "public", f"See [[{SECRET}]].".replace(SECRET, "x")))
    (private / f"content/posts/{SECRET}.md").write_text(post.format(SECRET, "team", SECRET))
    (private / "content/responses/open/r1.md").write_text(f"---\nauthor: a\ndate: 2026-01-02\naudience: team\n---\n\n{SECRET}\n")
    git(private, "init", "--quiet")
    git(private, "add", "-A")
    git(private, "commit", "--quiet", "-m", f"Write {SECRET}")

    def publish():
        commands = script().replace("git@forge.example:community/site.git", str(public))
        commands = f"set -eu\nexport PATH={stoa.parent}:$PATH GIT_AUTHOR_NAME=A GIT_AUTHOR_EMAIL=a@example.org GIT_COMMITTER_NAME=A GIT_COMMITTER_EMAIL=a@example.org\n" + commands
        subprocess.run(["sh", "-c", commands], cwd=private, check=True, capture_output=True, text=True)

    publish()
    (private / "content/posts/open.md").write_text(post.format("Open", "public", "Other words."))
    publish()

    files = git(public, "ls-tree", "-r", "--name-only", "main").split()
    assert "index.html" in files and "posts/open/index.html" in files
    assert not [name for name in files if name.endswith(".md") or name.startswith((".stoa-", "content"))]
    assert "Other words." in git(public, "show", "main:posts/open/index.html")
    # Every object that was ever pushed, including messages.
    objects = git(public, "rev-list", "--objects", "--all").split("\n")
    for line in filter(None, objects):
        identity = line.split()[0]
        data = subprocess.run(["git", "cat-file", "-p", identity], cwd=public, check=True, capture_output=True).stdout
        assert SECRET.encode() not in data and SECRET not in line
