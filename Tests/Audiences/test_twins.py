"""Two posts with one name, one of them hidden: until the mistake is fixed, the public post reveals nothing of the hidden one."""

import pytest

from conftest import run

SETTINGS = "title: T\nurl: https://t.example\nhighlight: none\nsearch: none\nhistory: none\naudiences: [team, public]\n"
POST = "---\ntitle: {}\nauthor: a\ndate: 2026-01-01\n{}---\n\n{}\n"


@pytest.mark.parametrize("hidden", ["audience: team\n", "audience: publik\n", "audience: public\ndraft: true\n"])
@pytest.mark.parametrize("files", [("posts/x.md", "posts/2026/x/index.md"), ("posts/x/index.md", "posts/2026/x/index.md")])
def test_twins(stoa, tmp_path, hidden, files):
    shown, secret = (tmp_path / "content" / file for file in files)
    for folder in (shown.parent, secret.parent, tmp_path / "content/responses/x"):
        folder.mkdir(parents=True, exist_ok=True)
    (tmp_path / "stoa.yml").write_text(SETTINGS)
    shown.write_text(POST.format("Shown", "audience: public\n", "Open words."))
    secret.write_text(POST.format("Secret", hidden, "Whispered words. ![](whisper.png)"))
    (secret.parent / "whisper.png").write_bytes(b"whispered pixels")
    (tmp_path / "content/responses/x/r1.md").write_text("---\nguest: G\ndate: 2026-01-02\n---\n\nA whispered answer.\n")
    (tmp_path / "content/responses/x/whisper.txt").write_text("whispered notes")
    done = run(stoa, "build", "--source", tmp_path, "--audience", "public", "--keep-going", check=False)
    site = tmp_path / "site"
    assert "Open words." in (site / "posts/x/index.html").read_text()
    for path in site.rglob("*"):
        assert "whisper" not in path.name
        if path.is_file():
            assert b"hispered" not in path.read_bytes(), path
    # A post whose audience cannot be read is an error in every build; a hidden one is treated as missing.
    if "publik" in hidden:
        assert done.returncode == 1
    else:
        assert done.returncode == 0 and "whisper" not in done.stderr
