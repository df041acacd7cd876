"""Content that looks like git's own folder: git obeys the configuration of a repository, which can name programs.

A commit can contain a bare repository: git treats any folder with HEAD, objects and refs as one.
"""

import shutil
import subprocess

import pytest

from Commands.preview import Preview
from conftest import run

POST = "---\ntitle: Plain\nauthor: ada\ndate: 2026-01-01\n---\n\nWords.\n"
PLACES = ["content", "content/posts", "content/posts/bundle", "content/responses/plain", "content/static", "templates"]


def look_like_a_repository(folder, mark):
    """Files that make git fetch a missing commit, by a program that creates `mark`."""
    for name in ("objects", "refs/heads"):
        (folder / name).mkdir(parents=True)
    (folder / "objects/keep").write_text("")
    (folder / "HEAD").write_text("ref: refs/heads/main\n")
    (folder / "refs/heads/main").write_text(f"{'12345678' * 5}\n")
    (folder / "config").write_text(
        "[core]\n\trepositoryformatversion = 1\n\tbare = false\n\tworktree = .\n[extensions]\n\tpartialClone = other\n"
        f'[remote "other"]\n\tpromisor = true\n\turl = "ext::touch {mark}"\n[protocol "ext"]\n\tallow = always\n'
    )


def git(folder, *words):
    return run("git", "-C", folder, "-c", "user.name=Ada", "-c", "user.email=ada@portico.example", *words)


@pytest.fixture
def proposal(tmp_path):
    """A clone of a repository in which somebody has committed files that look like repositories."""
    root = tmp_path / "origin"
    (root / "content/posts/bundle").mkdir(parents=True)
    (root / "stoa.yml").write_text("title: N\nurl: https://n.example\nhighlight: none\nhistory: required\n")
    (root / "content/posts/plain.md").write_text(POST)
    (root / "content/posts/bundle/index.md").write_text(POST)
    git(tmp_path, "init", "-q", "-b", "main", root)
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "Begin")
    for place in PLACES:
        look_like_a_repository(root / place, tmp_path / "taken")
    git(root, "add", "-A", "-f")
    git(root, "commit", "-q", "-m", "Propose")
    git(tmp_path, "clone", "-q", root, "clone")
    return tmp_path / "clone"


def test_git_does_take_it_for_a_repository(proposal):
    """Otherwise the tests below would pass for another reason."""
    subprocess.run(["git", "-C", proposal / "content", "rev-parse", "--verify", "HEAD^{commit}"], capture_output=True)
    assert (proposal.parent / "taken").exists()


@pytest.mark.parametrize("command", [
    ["build", "--keep-going"], ["check"], ["check", "--changed-since", "HEAD^"], ["list", "unanswered"], ["search", "words"],
    ["new", "topic", "Rope"], ["reply", "plain", "--as", "ada"], ["mv", "plain", "smooth"], ["export", "json", "out.jsonl"],
])
def test_no_command_runs_what_content_names(stoa, proposal, command):
    done = run(stoa, *command, "--source", proposal, cwd=proposal.parent, check=False, EDITOR="true")
    assert done.returncode in (0, 1), done.stderr
    assert not (proposal.parent / "taken").exists(), done.stderr
    if command[0] == "build":
        # The history is that of the clone.
        assert "2026" in (proposal / "site/posts/plain/index.html").read_text() and "history" not in done.stderr


def test_no_preview_does(stoa, proposal):
    preview = Preview(stoa, proposal)
    try:
        assert preview.ask("/")[0] == 200
        (proposal / "content/posts/plain.md").write_text(POST.replace("Words", "Other words"))
        preview.shows("/posts/plain/", "Other words")
    finally:
        preview.end()
    assert not (proposal.parent / "taken").exists()


@pytest.mark.parametrize("inside", ["", ".git"])
def test_no_import_of_a_vault_does(stoa, tmp_path, inside):
    vault, root = tmp_path / "vault", tmp_path / "notes"
    (vault / inside).mkdir(parents=True)
    (vault / "Rope.md").write_text("Tar keeps off rot.\n")
    look_like_a_repository(vault / inside, tmp_path / "taken")
    config = vault / inside / "config"
    config.write_text(config.read_text().replace("worktree = .\n", f"worktree = {vault}\n"))
    run(stoa, "init", root)
    done = run(stoa, "import", "vault", vault, "--into", root, check=False)
    assert done.returncode == 0, done.stderr
    assert (root / "content/posts/rope.md").exists() and not (tmp_path / "taken").exists()


def test_content_that_is_a_repository_of_its_own_has_its_history(stoa, tmp_path):
    """As a submodule: its folder has .git, which no commit can contain."""
    root = tmp_path / "notes"
    (root / "content/posts").mkdir(parents=True)
    (root / "stoa.yml").write_text("title: N\nurl: https://n.example\nhighlight: none\nhistory: required\n")
    (root / "content/posts/plain.md").write_text(POST)
    git(tmp_path, "init", "-q", root / "content")
    git(root / "content", "add", "-A")
    git(root / "content", "commit", "-q", "-m", "Begin")
    done = run(stoa, "build", "--source", root, check=False)
    assert done.returncode == 0, done.stderr
    shutil.rmtree(root / "content/.git")
    assert "missing-history" in run(stoa, "build", "--source", root, check=False).stderr
