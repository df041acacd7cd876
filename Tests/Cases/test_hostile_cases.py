"""Cases of malicious content and arguments."""

import os
import shutil

import pytest
from conftest import run


@pytest.fixture
def case(shared, tmp_path):
    """Copies a case to build it there."""
    return lambda name: shutil.copytree(shared / "cases" / name, tmp_path / name)


@pytest.mark.parametrize("address, advice", [
    ("example.org", "write https://example.org"),
    ("//example.org", "write https://example.org"),
    ("ftp://example.org", "write https://example.org"),
    ("https://example.org/?q#f", "write https://example.org"),
    ("https://ada@example.org", "write https://example.org"),
    ("https://example.org\n/*\n  X-Evil: yes", "write https://example.org"),
    ("https://example.org//elsewhere.example", "write https://example.org/elsewhere.example"),
    ("javascript:alert(1)", "write the complete URL"),
    ("", "write the complete URL"),
])
def test_an_address_given_by_hand_is_read_before_anything_is_built(stoa, case, address, advice):
    root = case("base-url-unchecked")
    result = run(stoa, "build", "--source", root, "--base-url", address, check=False)
    assert result.returncode == 64
    assert result.stderr.startswith("stoa: --base-url: ") and advice in result.stderr
    assert result.stderr.count("\n") == 1
    assert not (root / "site").exists()
    if not address or "\n" in address:
        return
    (root / "stoa.yml").write_text(f"title: C\nurl: '{address}'\n")
    result = run(stoa, "build", "--source", root, check=False)
    assert result.returncode == 1
    assert advice in result.stderr and "[invalid-setting]" in result.stderr


@pytest.fixture
def small(tmp_path):
    """A community of one post."""
    (tmp_path / "small/content/posts").mkdir(parents=True)
    (tmp_path / "small/stoa.yml").write_text("title: S\nurl: https://s.example\nhistory: none\nhighlight: none\nsearch: none\n")
    (tmp_path / "small/content/posts/a.md").write_text("---\ntitle: A\nauthor: ada\ndate: 2026-01-01\n---\n\nWords.\n")
    return tmp_path / "small"


@pytest.mark.parametrize("files", [
    {"_byline": "{{> _byline}}"}, {"_byline": "{{> _x}}", "_x": "{{#title}}{{> _byline}}{{/title}}"},
    {"page": "{{<page}}{{/page}}"}, {"page": "{{<base}}{{$main}}{{$main}}{{/main}}{{/main}}{{/base}}"},
    {"_byline": "{{#title}}" * 20_000},
])
def test_a_theme_without_end_is_a_mistake_at_a_place(stoa, small, files):
    (small / "templates").mkdir()
    for name, text in files.items():
        (small / f"templates/{name}.mustache").write_text(text)
    result = run(stoa, "build", "--source", small, check=False)
    assert result.returncode == 1
    assert result.stderr.startswith("templates/") and ": error: " in result.stderr and "bug" not in result.stderr
    assert not (small / "site").exists()


@pytest.mark.parametrize("arguments", [
    ["check"], ["check", "--format", "json"], ["check", "--format", "github"], ["list", "guests"], ["build"], ["completions", "bash"],
    ["--version"], ["--version", "--verbose"], ["--help"], ["build", "--help"], ["new", "post", "T", "--no-editor"], ["clean"],
])
@pytest.mark.parametrize("output", ["/dev/full", "&-"])
def test_output_that_is_lost_is_an_error(stoa, small, arguments, output):
    (small / "content/responses/a").mkdir(parents=True)
    (small / "content/responses/a/r.md").write_text("---\nguest: Bo\ndate: 2026-01-02\n---\n\nSee [[nothing]].\n")
    result = run("sh", "-c", f'exec "$@" >{output}', "sh", stoa, *arguments, cwd=small, check=False)
    assert result.returncode == 74, result.stderr
    assert "stoa: standard output: " in result.stderr


@pytest.mark.parametrize("folder", [
    ".git", ".git/site", ".github", ".ci", ".forgejo/workflows", ".venv", ".stoa", ".stoa-cache/site", "content", "templates",
])
def test_no_site_is_written_into_the_folder_of_something_else(stoa, small, folder):
    for command in ("build", "clean"):
        (small / folder).mkdir(parents=True, exist_ok=True)
        (small / folder / ".stoa-manifest").write_text("stoa manifest 1\naudience \nbase-url \n")
        result = run(stoa, command, "--source", small, "--output", small / folder, check=False)
        assert result.returncode == 74
        assert f"{folder}: is inside the community's {folder.split('/')[0]} folder" in result.stderr or "is inside a .git folder" in result.stderr
    assert not any(small.glob("**/index.html"))


@pytest.mark.parametrize("size", [60_000, 120_000, 250_000, 500_000, 1_000_000])
@pytest.mark.parametrize("command", ["build", "check"])
def test_too_little_address_space_is_said(stoa, small, size, command):
    """In KiB; whatever the limit, the command ends soon, and does not blame the content."""
    result = run("timeout", "20", "sh", "-c", f'ulimit -v {size} && exec "$@"', "sh", stoa, command, "--source", small, check=False)
    # With less memory than its libraries need, a dynamically linked program fails before it starts.
    assert result.returncode in (0, 74) or "loading shared libraries" in result.stderr, (result.returncode, result.stderr)
    assert result.returncode != 74 or "the address space is limited to " in result.stderr, result.stderr


def test_one_post_is_not_a_site_of_its_own(stoa, case):
    root = case("one-post-many-topics")
    result = run(stoa, "build", "--source", root, check=False)
    assert result.returncode == 1
    assert "“topics” has 2300 names, and 128 is the limit" in result.stderr and "[too-many-names]" in result.stderr
    assert not (root / "site").exists()
    run(stoa, "build", "--source", root, "--keep-going", check=False)
    assert sum(path.stat().st_size for path in (root / "site").rglob("*") if path.is_file()) < 16 << 20


@pytest.mark.parametrize("name", ["nb1k.xml", "nb4k.xml"])
def test_an_import_of_nested_tags_takes_no_longer_than_another(stoa, case, tmp_path, name):
    if not shutil.which("pandoc"):
        pytest.skip("pandoc is not there: make test installs it")
    source = case("import-pandoc-hang") / name
    (tmp_path / "into").mkdir()
    start = os.times()
    run(stoa, "import", "wordpress", source, "--into", tmp_path / "into")
    end = os.times()
    assert end.children_user + end.children_system - start.children_user - start.children_system <= 4
    assert run(stoa, "build", "--source", tmp_path / "into", check=False).returncode == 0


def test_a_hidden_mistake_stops_nobody_elses_site(stoa, case):
    root = case("hidden-post-blocks-public-build")
    built = run(stoa, "build", "--source", root, "--audience", "public")
    assert "secret" not in built.stdout + built.stderr and (root / "site/posts/hello/index.html").exists()
    told = run(stoa, "check", "--source", root, check=False)
    assert told.returncode == 1 and "content/posts/secret.md" in told.stdout
