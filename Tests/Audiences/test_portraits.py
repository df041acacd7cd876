"""A portrait is hidden if all people whose files name it are hidden."""

import shutil

import pytest

from conftest import run

SETTINGS = "title: T\nurl: https://t.example\nhighlight: none\nsearch: none\nhistory: none\naudiences: [team, public]\n"
POST = "---\ntitle: Open\nauthor: bo\ndate: 2026-01-01\naudience: public\n---\n\nWords.\n"


@pytest.mark.parametrize("isempty", [False, True])
def test_a_hidden_portrait_changes_nothing(stoa, tmp_path, isempty):
    """Hidden files affect neither whether there is anything to show, nor the hash of the site in its parts."""
    said = []
    for hides in (True, False):
        root = tmp_path / str(hides)
        (root / "content/posts").mkdir(parents=True)
        (root / "stoa.yml").write_text(SETTINGS)
        if not isempty:
            (root / "content/posts/open.md").write_text(POST)
        if hides:
            (root / "content/contributors").mkdir()
            (root / "content/contributors/eve.md").write_text("---\nname: Eve\nimage: eve.png\naudience: team\n---\n")
            (root / "content/contributors/eve.png").write_bytes(b"whispered pixels")
        options = ["--source", root, "--audience", "public", "--as-of", "2026-06-21"]
        done = run(stoa, "build", *options, "--part", "1/1", "--output", root / "site", check=False)
        files = {str(path.relative_to(root)): path.read_bytes() for path in (root / "site").rglob("*") if path.is_file()}
        said.append((done.returncode, done.stderr, files))
        shutil.rmtree(root)
    assert said[0] == said[1]
    assert ("missing-content" in said[0][1]) == isempty
