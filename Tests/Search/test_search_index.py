"""The index that a build makes with Pagefind: when, of what, and the same bytes each time."""

import gzip
import re
import shutil
import stat

import pytest

from conftest import ROOT, program_under_test, run

SETTINGS = "title: Found\nurl: https://found.example\nlanguage: en\nhistory: none\nsearch: pagefind\n"
PYTHON = ROOT / ".venv" / "bin" / "python"


@pytest.fixture
def community(tmp_path):
    """A community of two posts, one of which lists and search do not show."""
    (tmp_path / "stoa.yml").write_text(SETTINGS)
    posts = tmp_path / "content" / "posts"
    posts.mkdir(parents=True)
    (posts / "open.md").write_text("---\ntitle: Open\nauthor: Ada\ndate: 2026-01-01\n---\n\nA heron.\n")
    (posts / "quiet.md").write_text(
        "---\ntitle: Quiet\nauthor: Ada\ndate: 2026-01-02\nunlisted: true\n---\n\nA bittern.\n"
    )
    return tmp_path


@pytest.fixture
def build(stoa, community):
    def build(output="site", **environment):
        return run(stoa, "build", "--source", community, "--output", community / output, **environment).stderr

    return build


def index(site):
    folder = site / "search" / "pagefind"
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def fragments(site):
    """What the index says of pages: Pagefind keeps it as compressed JSON behind a few bytes of its own."""
    return [gzip.decompress(data).decode() for name, data in index(site).items() if name.startswith("fragment/")]


def python_that(root, script):
    """Puts a program of ours where a build looks for Python."""
    program = root / ".venv" / "bin" / "python"
    program.parent.mkdir(parents=True, exist_ok=True)
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(program.stat().st_mode | stat.S_IEXEC)


def test_what_lists_show_is_found_and_nothing_else(community, build):
    assert build() == ""
    texts = "\n".join(fragments(community / "site"))
    assert "A heron." in texts and "bittern" not in texts and "Quiet" not in texts


def test_the_index_is_the_same_wherever_and_however_it_is_made(community, build):
    build()
    first = index(community / "site")
    assert first and not any("-ui." in name for name in first)
    shutil.rmtree(community / ".stoa-cache")
    (community / "elsewhere").mkdir()
    build("other", TMPDIR=str(community / "elsewhere"))
    assert index(community / "other") == first
    assert list((community / "elsewhere").iterdir()) == []
    build("third")
    assert index(community / "third") == first


def test_settings_of_pagefind_around_the_build_change_nothing(stoa, community, build, tmp_path_factory):
    build()
    first = index(community / "site")
    shutil.rmtree(community / ".stoa-cache")
    folder = tmp_path_factory.mktemp("working-folder")
    (folder / "pagefind.yml").write_text("exclude_selectors: ['p']\n")
    run(stoa, "build", "--source", community, "--output", community / "other", cwd=folder, PAGEFIND_GLOB="nothing")
    assert index(community / "other") == first


def test_pages_are_indexed_again_only_when_one_changed(community, build):
    python_that(community, f'[ "$1" = -m ] && echo started >>"{community}/log"; exec "{PYTHON}" "$@"')
    log = community / "log"
    build()
    build("again")
    assert index(community / "again") == index(community / "site")
    assert log.read_text() == "started\n"
    before = index(community / "site")
    post = community / "content" / "posts" / "open.md"
    post.write_text(post.read_text().replace("heron", "kingfisher"))
    build()
    assert log.read_text() == "started\n" * 2
    after = index(community / "site")
    assert "kingfisher" in "\n".join(fragments(community / "site"))
    assert set(before) - set(after), "what the index no longer needs is gone from the site"


@pytest.mark.parametrize("damage", [lambda data: data[:-1], lambda data: data + b"x", lambda data: b"",
                                    lambda data: re.sub(rb"\n(\d+) fragment/", rb"\n\1 ../../fragment/", data)])
def test_a_damaged_memory_is_made_anew(community, build, damage):
    build()
    first = index(community / "site")
    memory = community / ".stoa-cache" / "search-all"
    memory.write_bytes(damage(memory.read_bytes()))
    build()
    assert index(community / "site") == first


def test_without_pagefind_one_note_says_so_and_the_site_is_built(community):
    program = community / "stoa-of-its-own"
    shutil.copy(program_under_test(), program)
    python_that(community, "echo \"$0: No module named pagefind\" >&2; exit 1")
    result = run(program, "build", "--source", community, "--output", community / "site", PATH="/nonexistent")
    assert result.stderr.count("missing-tool") == 1 and "note" in result.stderr
    assert (community / "site" / "search" / "index.html").exists()
    assert index(community / "site") == {}


def test_each_audience_has_an_index_of_its_own(stoa, community):
    settings = SETTINGS + "audiences: [team, public]\ndefault-audience: public\n"
    (community / "stoa.yml").write_text(settings)
    posts = community / "content" / "posts"
    (posts / "secret.md").write_text(
        "---\ntitle: Secret\nauthor: Ada\ndate: 2026-01-03\naudience: team\n---\n\nA cormorant.\n"
    )
    for _ in range(2):
        for audience in ("team", "public"):
            run(stoa, "build", "--source", community, "--audience", audience, "--output", community / audience)
    assert "cormorant" in "\n".join(fragments(community / "team"))
    assert "cormorant" not in "\n".join(fragments(community / "public"))


def test_a_site_under_a_path_searches_there(stoa, community):
    run(stoa, "build", "--source", community, "--base-url", "https://found.example/notes")
    page = (community / "site" / "search" / "index.html").read_text()
    assert 'data-index="/notes/search/pagefind/" data-home="/notes/"' in page
    headers = (community / "site" / "_headers").read_text()
    widest, *narrower = re.findall(r"^(/\S*)\n  Content-Security-Policy: (.*)$", headers, re.MULTILINE)
    assert widest[0] == "/notes/*" and "'wasm-unsafe-eval'" in widest[1]
    assert {"/notes/", "/notes/posts/*", "/notes/404.html"} <= {path for path, _ in narrower}
    assert not any("wasm" in policy or path.startswith("/notes/search") for path, policy in narrower)


def test_a_community_that_does_not_search_allows_no_web_assembly(stoa, community):
    (community / "stoa.yml").write_text(SETTINGS.replace("pagefind", "none"))
    run(stoa, "build", "--source", community)
    assert "wasm" not in (community / "site" / "_headers").read_text()
    assert not (community / "site" / "search").exists()


def test_no_pages_are_no_mistake(community, build):
    for file in (community / "content" / "posts").iterdir():
        file.unlink()
    assert build() == ""
    assert index(community / "site") == {}
