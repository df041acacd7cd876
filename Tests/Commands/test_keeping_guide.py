"""The commands in the guide's page Keeping the place do what it says."""

import re

from conftest import ROOT, run

FILES = {
    "stoa.yml": "title: Knots\nurl: https://knots.example\n",
    "content/posts/slack-rope.md": "---\ntitle: Slack rope\nauthor: jonas\ndate: 2026-01-01\n---\n\nText.\n",
    "content/posts/index-of-knots.md": (
        "---\ntitle: Index\nauthor: [mara, jonas]\ndate: 2026-01-02\ntopics: [splices, splicing]\n---\n\n"
        "[[slack-rope]], [again](slack-rope.md), [once more](/posts/slack-rope/). Thanks to @jonas. `[[slack-rope]]`\n"
    ),
    "content/responses/slack-rope/first.md": "---\nauthor: mara\ndate: 2026-01-03\n---\n\nYes.\n",
    "content/responses/slack-rope/second.md": "---\nauthor: mara\ndate: 2026-01-04\nreply-to: first\n---\n\nNo.\n",
}


def test_the_page_shows_what_the_commands_print(stoa, tmp_path):
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    page = (ROOT / "content/posts/keeping-the-place.md").read_text()
    blocks = re.findall(r"```console\n(.*?)```", page, re.S)
    assert blocks
    for block in blocks:
        for command, output in re.findall(r"\$ stoa (.*)\n((?:(?!\$ ).*\n)*)", block):
            words = [word.strip('"') for word in re.findall(r'"[^"]*"|\S+', command)]
            result = run(stoa, *words, cwd=tmp_path, check=False)
            assert result.stdout + result.stderr == output, command
    result = run(stoa, "check", cwd=tmp_path, check=False)
    assert result.returncode == 0, result.stdout
