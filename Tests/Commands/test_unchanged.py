"""A build of unchanged content ends early, and notices every change."""

import hashlib
import os
import pathlib
import re
import sys

import pytest

from conftest import run

FILES = {
    "stoa.yml": "title: Porch\nurl: https://porch.example\naudiences: [team, public]\ndefault-audience: public\n",
    "content/posts/first/index.md": "---\ntitle: First\nauthor: ann\ndate: 2026-03-04\ntopics: [Porches]\n---\nHello.\n\n![A dot](dot.svg)\n",
    "content/posts/first/dot.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>\n',
    "content/posts/later.md": "---\ntitle: Later\nauthor: ann\ndate: 2026-06-01\n---\nNot yet.\n",
    "content/responses/first/20260305-aaaaaaaa.md": "---\nguest: Bo\ndate: 2026-03-05\n---\nHello too.\n",
    "content/static/note.txt": "A note.\n",
    "content/topics/porches.md": "---\ntitle: Porches\n---\n",
    "content/pages/about.md": "---\ntitle: About\n---\nUs.\n",
    "content/contributors/ann.md": "---\nname: Ann\n---\n",
    "templates/theme.css": "body { color: black }\n",
}


@pytest.fixture
def community(tmp_path):
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path


def build(stoa, root, *options):
    """The stages of a build, and its output."""
    done = run(stoa, "build", "--source", root, "--as-of", "2026-04-01", "--timings", *options)
    return [line.split()[0] for line in done.stderr.splitlines()], done.stdout


def tree(root):
    return {str(path): path.read_bytes() for path in sorted((root / "site").rglob("*")) if path.is_file()}


def test_it_ends_after_select_and_says_the_same(stoa, community):
    stages, said = build(stoa, community)
    assert "Parse" in stages
    before = tree(community)
    stages, again = build(stoa, community)
    assert stages == ["Load", "Select", "Digest", "Verify"]
    assert tree(community) == before
    # The tables differ in what was written, and in the time.
    differs = ("written", "unchanged", "Done")
    same = [[line for line in text.splitlines() if not line.startswith(differs)] for text in (said, again)]
    assert same[0] == same[1] and len(same[0]) == 9


@pytest.mark.parametrize("name", FILES)
def test_it_notices_every_kind_of_file(stoa, community, name):
    build(stoa, community)
    path = community / name
    text = path.read_text()
    path.write_text(text.replace("Porch", "Porches") if name == "stoa.yml" else text.replace("\n", " \n", 1) + "\n")
    stages, _ = build(stoa, community)
    # A scheduled post has no effect.
    assert ("Parse" in stages) == (name != "content/posts/later.md")


@pytest.mark.parametrize("options", [["--drafts"], ["--base-url", "https://other.example"], ["--as-of", "2026-04-02"]])
def test_it_notices_every_option(stoa, community, options):
    build(stoa, community)
    assert "Parse" in build(stoa, community, *options)[0]


def test_the_site_of_another_audience_stays_in_the_way(stoa, community):
    build(stoa, community)
    options = ["--audience", "team", "--output", community / "site"]
    assert run(stoa, "build", "--source", community, *options, check=False).returncode == 74


def test_it_notices_what_is_gone_from_the_site(stoa, community):
    build(stoa, community)
    before = tree(community)
    (community / "site/posts/first/index.html").unlink()
    stages, _ = build(stoa, community)
    assert "Write" in stages
    assert tree(community) == before


def test_it_notices_what_was_changed_in_the_site(stoa, community):
    build(stoa, community)
    page = community / "site/posts/first/index.html"
    page.write_bytes(page.read_bytes().replace(b"Hello", b"Jello"))
    assert run(stoa, "build", "--source", community, "--as-of", "2026-04-01", check=False).returncode == 74


def test_it_reads_what_was_touched_and_relies_on_it_from_then_on(stoa, community):
    build(stoa, community)
    record = community / ".stoa-cache/build-public"
    for path in (community / "site").rglob("*"):
        if path.is_file() and path.name != ".stoa-manifest":
            os.utime(path, (1_000_000_000, 1_000_000_000))
    before = record.read_text().splitlines()
    assert build(stoa, community)[0][-1] == "Verify"
    after = record.read_text().splitlines()
    assert len(after[3]) == 64 and after[3] != before[3]
    # The last line is the hash of the others.
    assert after[:3] + after[4:-1] == before[:3] + before[4:-1]
    assert build(stoa, community)[0][-1] == "Verify"
    assert record.read_text().splitlines() == after


def test_a_damaged_record_is_ignored(stoa, community):
    build(stoa, community)
    record = community / ".stoa-cache/build-public"
    sound = record.read_bytes()
    for damaged in (b"", sound[:-1], sound + b"\n", sound.replace(b"1 ", b"2 ", 1), bytes([sound[0] ^ 1]) + sound[1:], b"\xff" * 64):
        record.write_bytes(damaged)
        assert build(stoa, community)[0][-1] == "Write"
        assert record.read_bytes() == sound


def test_it_notices_a_folder_that_a_link_has_taken_the_place_of(stoa, community):
    build(stoa, community)
    folder = community / "site/posts/first"
    folder.rename(community / "elsewhere")
    folder.symlink_to(community / "elsewhere")
    assert run(stoa, "build", "--source", community, "--as-of", "2026-04-01", check=False).returncode == 74


def test_another_site_in_the_same_folder_is_not_taken_for_this_one(stoa, community):
    build(stoa, community)
    record = (community / ".stoa-cache/build-public").read_bytes()
    build(stoa, community, "--drafts")
    (community / ".stoa-cache/build-public").write_bytes(record)
    stages, _ = build(stoa, community)
    assert "Write" in stages
    assert not (community / "site/posts/later").exists()


WRONG = {
    # A warning with a suggestion, one with a note about a second place, one of a later stage, and an unusual file name.
    "content/posts/first/index.md": "\nSee [[nothing]] and [a file](missing%20file.txt).\n",
    "content/pages/über uns.md": "---\ntitle: About us\ncolour: red\n---\nWe.\n",
    "content/topics/porches.md": "\n| a | b |\n| - | - |\n| 1 | 2 | 3 |\n",
}


def said(stoa, root, *options):
    done = run(stoa, "build", "--source", root, "--as-of", "2026-04-01", *options, check=False)
    return done.returncode, done.stderr


def test_what_is_reported_is_reported_every_time(stoa, community):
    for name, text in WRONG.items():
        with (community / name).open("a") as file:
            file.write(text)
    # The name has a space, which is an error; the site is written nevertheless.
    first = said(stoa, community, "--keep-going")
    assert {"unresolved-link", "table-cells", "invalid-name"} <= set(re.findall(r"\[([a-z-]+)\]", first[1])), first[1]
    assert said(stoa, community, "--keep-going") == first
    done = run(stoa, "build", "--source", community, "--as-of", "2026-04-01", "--timings", "--keep-going", check=False)
    assert "Verify" in done.stderr and "Parse" not in done.stderr
    # Neither is in the site, which is public.
    assert not [path for path in (community / "site").rglob("*") if path.is_file() and b"unresolved-link" in path.read_bytes()]
    strict = said(stoa, community, "--keep-going", "--strict")
    assert "warning:" not in strict[1] and strict[1].count("error:") > first[1].count("error:")
    assert said(stoa, community)[0] == 1, "without --keep-going nothing is written"


def test_what_was_fixed_is_reported_no_more(stoa, community):
    post = community / "content/posts/first/index.md"
    sound = post.read_text()
    post.write_text(sound + "\nSee [[nothing]].\n")
    assert "unresolved-link" in said(stoa, community)[1]
    post.write_text(sound)
    assert said(stoa, community)[1] == ""
    settings = community / "stoa.yml"
    post.write_text(sound + "\nSee [[nothing]].\n")
    assert "unresolved-link" in said(stoa, community)[1]
    settings.write_text(FILES["stoa.yml"] + "rules: {unresolved-link: off}\n")
    assert said(stoa, community)[1] == ""


def test_that_there_is_no_address_is_said_every_time(stoa, community):
    (community / "stoa.yml").write_text(FILES["stoa.yml"].replace("url: https://porch.example\n", ""))
    first = said(stoa, community)
    assert "has no url" in first[1] and said(stoa, community) == first


def git(root, *arguments):
    run("git", "-c", "user.name=Ann", "-c", "user.email=ann@example.org", "-C", root, *arguments)


def test_a_record_that_git_keeps_is_nobody_s_word(stoa, community):
    """A stranger commits a made-up site, with the record of a build that would have made it."""
    git(community, "init", "-q", "-b", "main")
    (community / ".gitignore").write_text("site/\n.stoa-cache/\n")
    git(community, "add", "--all")
    git(community, "commit", "-q", "-m", "Begin")
    build(stoa, community)
    page, manifest, record = community / "site/index.html", community / "site/.stoa-manifest", community / ".stoa-cache/build-public"
    sound = page.read_bytes()
    page.write_text("<p>Not ours.</p>\n")
    lines = [line if not line.endswith(" index.html") else f"{page.stat().st_size} {hashlib.sha256(page.read_bytes()).hexdigest()} index.html"
             for line in manifest.read_text().splitlines()]
    manifest.write_text("\n".join(lines) + "\n")
    words = record.read_text().splitlines()
    words[2] = hashlib.sha256(manifest.read_bytes()).hexdigest()
    content = "\n".join(words[:-1]) + "\n"
    record.write_text(content + hashlib.sha256(content.encode()).hexdigest())
    # A record on the machine that wrote it is trusted, so this forgery works.
    assert build(stoa, community)[0][-1] == "Verify"
    assert page.read_text() == "<p>Not ours.</p>\n"
    git(community, "add", "--force", "site", ".stoa-cache")
    git(community, "commit", "-q", "-m", "A gift")
    kept = record.read_bytes()
    done = run(stoa, "build", "--source", community, "--as-of", "2026-04-01")
    assert page.read_bytes() == sound
    assert ".stoa-cache: warning: git tracks this folder" in done.stderr and "git rm -r --cached .stoa-cache" in done.stderr
    assert record.read_bytes() == kept
    assert run(stoa, "check", "--source", community, "--strict", check=False).returncode == 1
    # The warning's suggestion works.
    git(community, "rm", "-r", "-q", "--cached", ".stoa-cache")
    git(community, "commit", "-q", "-m", "No thanks")
    assert "warning" not in run(stoa, "build", "--source", community, "--as-of", "2026-04-01").stderr
    assert build(stoa, community)[0][-1] == "Verify"


def test_where_git_does_not_tell_the_cache_is_not_used(stoa, community):
    """A shallow clone has no history, so it is unknown who wrote its cache."""
    (community / "stoa.yml").write_text(FILES["stoa.yml"] + "history: optional\nhighlight: pygments\n")
    post = community / "content/posts/first/index.md"
    post.write_text(post.read_text() + "\n```python\nprint(1)\n```\n")
    git(community, "init", "-q", "-b", "main")
    git(community, "add", "--all")
    git(community, "commit", "-q", "-m", "Begin")
    git(community, "commit", "-q", "--allow-empty", "-m", "More")
    run("git", "clone", "-q", "--depth", "1", f"file://{community}", community / "clone")
    # The tests' own Python has Pygments.
    path = f"{pathlib.Path(sys.executable).parent}:{os.environ['PATH']}"
    for folder, isused in [(community, True), (community / "clone", False)]:
        run(stoa, "build", "--source", folder, "--as-of", "2026-04-01", PATH=path)
        assert "<span" in (folder / "site/posts/first/index.html").read_text().partition("print")[0][-60:]
        assert (folder / ".stoa-cache/highlight").exists() is isused
