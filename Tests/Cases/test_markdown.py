"""Small communities with markdown as people write it elsewhere: each part is shown, or reported."""

import re
import shutil

from conftest import run


def build(stoa, shared, tmp_path, name):
    """Builds a copy of a case; returns its site and its diagnostics."""
    source = tmp_path / name
    shutil.copytree(shared / "cases" / name, source)
    result = run(stoa, "build", "--source", source, check=False)
    return source / "site", result.stderr


def page(site, path):
    return (site / path).read_text(encoding="utf-8")


def test_callouts_have_titles_of_their_own(stoa, shared, tmp_path):
    site, told = build(stoa, shared, tmp_path, "callout-title")
    html = page(site, "posts/p/index.html")
    assert '<p class="alert-title">My own title</p>' in html
    assert '<p class="alert-title">Question</p>' in html
    assert '<summary class="alert-title">Folded</summary>' in html
    assert "[!" not in html
    assert told.count("warning") == 0


def test_wikilinks_may_hold_code_emphasis_and_line_ends(stoa, shared, tmp_path):
    site, told = build(stoa, shared, tmp_path, "wikilink-code")
    html = page(site, "posts/links/index.html")
    assert "[[" not in html and "]]" not in html
    assert "<code>serve</code></a>" in html and "<strong>bold</strong> one</a>" in html
    assert "#the-serve-command" in html and "label that\ngoes on</a>" in html
    assert "warning" not in told
    assert "Linked from" in page(site, "posts/target/index.html")


def test_slugs_are_found_in_other_capitals(stoa, shared, tmp_path):
    site, told = build(stoa, shared, tmp_path, "slug-case")
    assert page(site, "posts/links/index.html").count('href="/posts/weak-ties/"') >= 3
    assert "unresolved" not in told


def test_heading_ids_do_not_depend_on_punctuation(stoa, shared, tmp_path):
    site, told = build(stoa, shared, tmp_path, "smart-heading")
    html = page(site, "posts/p/index.html")
    assert 'id="the---keep-going-flag"' in html
    assert html.count('href="/posts/p/#the---keep-going-flag"') >= 2
    assert "missing-heading" not in told


def test_cells_that_are_lost_are_reported(stoa, shared, tmp_path):
    _, told = build(stoa, shared, tmp_path, "table-pipe")
    places = re.findall(r"content/posts/(\w+)\.md:(\d+):\d+: warning: .*\[table-cells\]", told)
    assert places == [("head", "7"), ("t", "9"), ("t", "10")]


def test_embeds_are_images_or_reported(stoa, shared, tmp_path):
    site, told = build(stoa, shared, tmp_path, "image-embed")
    html = page(site, "posts/p/index.html")
    assert len(re.findall(r'<img src="/posts/p/pic.svg"[^>]*>', html)) == 2
    assert re.search(r'<img src="/posts/p/pic.svg"[^>]* width="300"', html)
    assert told.count("[embedded-text]") == 1
    assert "; media-src 'self'; " in page(site, "_headers")


def test_a_vault_is_shown_or_reported(stoa, shared, tmp_path):
    site, told = build(stoa, shared, tmp_path, "obsidian-vault")
    html = page(site, "posts/home-note/index.html")
    body = html[html.index("e-content") :]
    assert "[[" not in body and "[!" not in body
    assert "![" not in body
    assert body.count('href="/posts/second-note/') >= 7
    assert told.count("is the name of a block") == 1
    assert told.count("[embedded-text]") == 3
    assert told.count("there is no file “pic.png”") == 2
    assert "<details" in body


def test_long_lines_after_each_other_are_all_shown(stoa, shared, tmp_path):
    site, told = build(stoa, shared, tmp_path, "silent-loss")
    assert "markdown-too-complex" not in told
    posts = sorted((tmp_path / "silent-loss/content/posts").glob("*.md"))
    assert posts
    for post in posts:
        html = page(site, f"posts/{post.stem}/index.html")
        source = post.read_text(encoding="utf-8")
        assert all(html.count(letter) >= source.count(letter) for letter in "ABxy"), post.name
