"""The output of `stoa build`: results on standard output, diagnostics on standard error, colour only on a terminal."""

import os
import re
import shutil

import pexpect
import pytest

from conftest import ROOT, run

THREADS = ROOT / "Tests" / "Sites" / "valid" / "threads"
MISSING_PARENT = ROOT / "Tests" / "Sites" / "invalid" / "missing-parent"
MISSING_HEADING = ROOT / "Tests" / "Sites" / "invalid" / "missing-heading"


def build(stoa, source, output, *arguments, check=False):
    arguments = ["--source", source, "--output", output, "--as-of", "2026-07-01", *arguments]
    return run(stoa, "build", *arguments, check=check)


def diagnostics(site):
    """The recorded diagnostics of an invalid site, without the line of its status."""
    return "".join((site / "diagnostics.txt").read_text().splitlines(keepends=True)[:-1])


def test_a_build_ends_with_a_table(stoa, tmp_path):
    result = build(stoa, THREADS, tmp_path / "site", check=True)
    written = re.search(r"^written +(\d+)$", result.stdout, re.MULTILINE)[1]
    assert re.sub(r"\d+ ms", "N ms", result.stdout) == (
        "posts          1\n"
        "responses      6\n"
        "contributors   4\n"
        "topics         0\n"
        "pages          0\n"
        f"written       {written}\n"
        "unchanged      0\n"
        "removed        0\n"
        "as of         2026-07-01\n"
        "Done in N ms\n"
    )
    assert result.stderr == ""


def test_errors_are_counted_and_nothing_is_written(stoa, tmp_path):
    result = build(stoa, MISSING_PARENT, tmp_path / "site")
    assert result.returncode == 1
    assert result.stdout == ""
    assert result.stderr.startswith(diagnostics(MISSING_PARENT))
    last = result.stderr.splitlines()[-1]
    assert re.fullmatch(
        r"Nothing was written: 3 errors(, 1 warning)?\. Fix the errors, or pass --keep-going to write everything else\.", last)
    assert not (tmp_path / "site").exists()


def test_keep_going_writes_the_rest(stoa, tmp_path):
    result = build(stoa, MISSING_PARENT, tmp_path / "site", "--keep-going")
    assert result.returncode == 1
    assert re.search(r"^errors +3$", result.stdout, re.MULTILINE)
    assert (tmp_path / "site/posts/rope/index.html").exists()


@pytest.mark.parametrize("name", ["invalid-yaml.settings", "invalid-setting.audiences", "unknown-audience.default"])
def test_nothing_goes_on_when_nobody_knows_for_whom_the_content_is(stoa, tmp_path, name):
    site = ROOT / "Tests" / "Sites" / "invalid" / name
    result = build(stoa, site, tmp_path / "site", "--keep-going")
    assert result.returncode == 1
    assert result.stderr.startswith(diagnostics(site))
    assert result.stderr.endswith("Nothing can be built without stoa.yml.\n")
    assert not (tmp_path / "site").exists()


def test_strict_makes_errors_of_warnings(stoa, tmp_path):
    result = build(stoa, MISSING_HEADING, tmp_path / "loose")
    assert result.returncode == 0
    assert result.stderr == diagnostics(MISSING_HEADING)
    result = build(stoa, MISSING_HEADING, tmp_path / "strict", "--strict")
    assert result.returncode == 1
    expected = diagnostics(MISSING_HEADING).replace(": warning: ", ": error: ")
    assert expected in result.stderr
    assert "(warnings count as errors)" in result.stderr
    assert not (tmp_path / "strict").exists()


def test_quiet_prints_only_what_is_wrong(stoa, tmp_path):
    result = build(stoa, MISSING_HEADING, tmp_path / "site", "--quiet", check=True)
    assert result.stdout == ""
    assert result.stderr == diagnostics(MISSING_HEADING)


def test_rules_of_stoa_yml_set_levels(stoa, tmp_path):
    community = shutil.copytree(MISSING_HEADING, tmp_path / "community")
    with open(community / "stoa.yml", "a") as settings:
        settings.write("rules: {missing-heading: off}\n")
    result = build(stoa, community, tmp_path / "site", check=True)
    assert result.stderr == ""


@pytest.mark.parametrize(("environment", "is_coloured"), [({}, True), ({"NO_COLOR": "1"}, False)])
def test_colour_is_for_terminals(stoa, tmp_path, environment, is_coloured):
    arguments = ["build", "--source", str(MISSING_PARENT), "--output", str(tmp_path / "site"), "--as-of", "2026-07-01"]
    screen = pexpect.run(f"{stoa} {' '.join(arguments)}", env={**os.environ, "TERM": "xterm", **environment}).decode()
    assert ("\x1b[" in screen) is is_coloured
    if is_coloured:
        assert "\x1b[1;31merror:\x1b[0m" in screen
    words = re.sub(r"\x1b\[[0-9;]*[mK]", "", screen).replace("\r", "")
    assert diagnostics(MISSING_PARENT) in words


def test_the_guide_has_an_anchor_for_every_code(example_site):
    page = (example_site / "posts" / "diagnostics" / "index.html").read_text()
    sections = re.findall(r"^### (.+)$", (ROOT / "content" / "posts" / "diagnostics.md").read_text(), re.MULTILINE)
    assert len(sections) > 60
    assert [code for code in sections if f'<h3 id="{code}">' not in page] == []


def test_a_build_says_what_it_left_out_to_those_who_will_see_it(stoa, tmp_path):
    posts = tmp_path / "content/posts"
    posts.mkdir(parents=True)
    (tmp_path / "stoa.yml").write_text(
        "title: T\nurl: https://t.example\nhistory: none\nsearch: none\naudiences: [team, public]\ndefault-audience: public\n")
    post = "---\ntitle: {0}\nauthor: ann\ndate: {1}\n{2}---\n\nText.\n"
    (posts / "now.md").write_text(post.format("Now", "2026-01-01", ""))
    (posts / "soon.md").write_text(post.format("Soon", "2026-08-01", ""))
    (posts / "rough.md").write_text(post.format("Rough", "2026-01-01", "draft: true\n"))
    (posts / "inner.md").write_text(post.format("Inner", "2026-08-01", "audience: team\n"))
    row = re.compile(r"^left out +(.*)$", re.MULTILINE)
    assert row.search(build(stoa, tmp_path, tmp_path / "public").stdout)[1] == "1 draft, 1 scheduled"
    assert row.search(build(stoa, tmp_path, tmp_path / "team", "--audience", "team").stdout)[1] == "1 draft, 2 scheduled"
    assert not row.search(build(stoa, tmp_path, tmp_path / "all", "--audience", "team", "--drafts").stdout)


def test_without_an_address_there_are_no_feeds_and_nothing_leads_to_one(stoa, tmp_path):
    source = tmp_path / "notes"
    run(stoa, "init", source, "--quiet")
    result = build(stoa, source, tmp_path / "site", "--strict")
    assert result.returncode == 0 and result.stderr.count("note: stoa.yml has no url") == 1
    files = {path.name for path in (tmp_path / "site").rglob("*")}
    assert not files & {"feed.xml", "feed.json", "responses.xml", "sitemap.xml", "topics.opml", "people.opml", "follow"}
    pages = "".join(page.read_text() for page in (tmp_path / "site").rglob("*.html"))
    assert not re.search(r"feed\.|\.opml|/follow/|sitemap", pages)
    whole = build(stoa, source, tmp_path / "whole", "--base-url", "https://notes.example")
    assert "no url" not in whole.stderr and (tmp_path / "whole/feed.xml").exists() and (tmp_path / "whole/follow").exists()
