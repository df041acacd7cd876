"""Names that pretend to be several lines, or commands of a terminal or of a workflow: what is printed has one line for each thing,
and nothing in it that a terminal or GitHub's runner would follow."""

import os
import random
import re
import subprocess
import unicodedata

import pytest

from conftest import run
from Hostile.test_names import POST, SETTINGS

# A line of its own, a line that GitHub's runner reads as a command, the beginning of an escape sequence in both forms, a direction.
NAMES = ["a\n::stop-commands::b\nc", "a\x1b[31mb", "a\u009b31mb", "a\u202eb", "a\rb", "a\u2028b"]
# More of them, of such parts in any order; make trust tries more.
COUNT = int(os.environ.get("STOA_TRUST_LINES", "6"))
PARTS = ["a", "b", " ", "\n", "\r", "\n::error::", "::set-output name=x::", "%0A", "\t", "\x1b]0;x\x07", "\x1b[2J", "\u009b2J", "\x7f", "\u0085", "\u2029", "\u202d", "\u2066", "\u200f", "\ufeff", "é", "\u0301", "`", "$(x)", ": error: ", "[invalid-name]"]
FOLDERS = ["posts/{}", "posts/2026/{}", "posts/bundle/{}", "pages/{}", "topics/{}", "contributors/{}", "responses/{}", "responses/plain/{}", "static/{}", "{}"]


def assert_printable(said):
    for line in said.split("\n"):
        assert not [c for c in line if unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp") and c != "\t"], ascii(line)
        assert not line.startswith("::stop"), line


def text_of(*words):
    done = subprocess.run(words, capture_output=True, timeout=60)
    assert done.returncode in (0, 1), done
    return (done.stdout + done.stderr).decode()


def random_names(seed):
    choose = random.Random(seed)
    return ["x" + "".join(choose.choices(PARTS, k=choose.randint(1, 6))) for _ in range(6)]


@pytest.mark.parametrize("names", [NAMES, *map(random_names, range(COUNT // 6))], ids=lambda names: ascii(names[0]))
def test_folders_of_any_name_are_printed_on_one_line(stoa, tmp_path, names):
    (tmp_path / "stoa.yml").write_text(SETTINGS)
    for place in ["posts/plain.md", "posts/bundle/index.md"]:
        path = tmp_path / "content" / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(POST.format(place, "Words."))
    (tmp_path / "templates").mkdir()
    for number, name in enumerate(names):
        for folder in FOLDERS:
            path = tmp_path / "content" / folder.format(name)
            path.mkdir(parents=True, exist_ok=True)
            (path / f"good{number}.md").write_text(POST.format("plain", "To [[nowhere]]."))
            (path / "bad.md").write_text("No front matter.\n")
            (path / "p.png").write_text("")
        (tmp_path / f"templates/{name}.mustache").write_text("{{nothing}}")
    for words in (["check"], ["check", "--format", "github"], ["build", "--keep-going"], ["list", "conflicts"], ["list", "unanswered"]):
        assert_printable(text_of(stoa, *words, "--source", tmp_path))


@pytest.mark.parametrize("name", NAMES, ids=ascii)
def test_what_a_command_is_given_is_printed_on_one_line(stoa, tmp_path, name):
    (tmp_path / "stoa.yml").write_text(SETTINGS)
    (tmp_path / "content/posts").mkdir(parents=True)
    (tmp_path / "content/posts/plain.md").write_text(POST.format("Plain", "Words."))
    for words in (["mv", name, "b"], ["share", name, "public"], ["remove", name], ["erase", name], ["merge", "topic", name, "b"], ["import", "comments", name]):
        done = run(stoa, *words, "--source" if words[0] != "import" else "--into", tmp_path, check=False)
        assert done.returncode in (64, 74), done
        assert_printable(done.stdout + done.stderr)


@pytest.fixture
def community(tmp_path):
    """Titles, names and topics of two lines, of which the second would be an entry of its own in a digest or a mail."""
    (tmp_path / "stoa.yml").write_text(SETTINGS.replace("search: none\n", "markdown: true\n"))
    posts, responses = tmp_path / "content/posts", tmp_path / "content/responses/plain"
    posts.mkdir(parents=True)
    responses.mkdir(parents=True)
    forged = r"One\n\n* Forged (Ada \u00b7 1 May 2026)\n  https://evil.example/\u009b31m\x7f\u2028Two"
    (posts / "plain.md").write_text(
        f'---\ntitle: "{forged}"\nauthor: ["{forged}"]\ntopics: ["{forged}"]\ndate: 2026-05-01\nkind: question\nsummary: "{forged}"\n'
        f'source: {{url: "https://a.example", title: "{forged}"}}\n---\n\nWords.\n')
    (responses / "r.md").write_text(f'---\nguest: "{forged}"\ndate: 2026-05-02\n---\n\nYes.\n')
    return tmp_path


@pytest.mark.parametrize("form", ["markdown", "html", "eml"])
def test_titles_and_names_are_one_line_of_a_digest(stoa, community, form):
    import email
    import email.policy

    said = run(stoa, "digest", "--source", community, "--month", "2026-05", "--format", form).stdout
    if form == "eml":
        mail = email.message_from_string(said, policy=email.policy.default)
        said = "".join(mail.get_body((kind,)).get_content() for kind in ("plain", "html")) + mail["subject"]
    assert "Forged" in said and not re.search(r"(?m)^\s*[*-] +Forged|^\s*https://evil", said)
    assert_printable(said.replace("\r\n", "\n"))


def test_titles_and_names_are_one_line_everywhere_else(stoa, community):
    run(stoa, "build", "--source", community)
    for name in ("posts/plain/index.md", "llms.txt", "topics.opml", "feed.xml", "feed.json", "posts/plain/index.html", "search/index/tables0.txt"):
        text = (community / "site" / name).read_bytes().decode()
        assert not re.search(r"(?m)^\s*[*-] +Forged|^\s*https://evil", text), name
        assert_printable(text)
    for words in (["list", "guests"], ["list", "unanswered"]):
        assert_printable(run(stoa, *words, "--source", community).stdout)
