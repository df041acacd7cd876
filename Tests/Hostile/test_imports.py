"""Exports with HTML that is slow to convert: an import takes at most two seconds of processor time for each text, and its result
can be built."""

import os
import resource
import shutil
import subprocess

import pytest

K = 1024
SECONDS = 2
# The number of posts, each with a comment; `make trust` imports more, and longer texts.
COUNT = int(os.environ.get("STOA_TRUST_IMPORTS", "3"))
LONG = (512 if "STOA_TRUST_IMPORTS" in os.environ else 96) * K
ITEM = """<item><title>T{0}</title><link>https://old.example/t{0}/</link><wp:post_name>t{0}</wp:post_name><wp:post_id>{0}</wp:post_id>
<wp:post_date>2020-01-01 10:00:00</wp:post_date><wp:post_date_gmt>2020-01-01 10:00:00</wp:post_date_gmt><wp:status>publish</wp:status>
<wp:post_type>post</wp:post_type><dc:creator>ada</dc:creator><content:encoded><![CDATA[{1}]]></content:encoded>{2}{3}</item>"""
COMMENT = """<wp:comment><wp:comment_id>{0}</wp:comment_id><wp:comment_author>Bo</wp:comment_author>
<wp:comment_date_gmt>2020-01-02 10:00:00</wp:comment_date_gmt><wp:comment_approved>1</wp:comment_approved>
<wp:comment_content><![CDATA[{1}]]></wp:comment_content></wp:comment>"""
EXPORT = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Old</title><link>https://old.example</link><wp:wxr_version>1.2</wp:wxr_version>
{}</channel></rss>"""


def text(piece, size):
    return piece * (size // len(piece))


SHAPES = {
    "bold in italics": lambda size: text("<b><i>", size),
    "bold in italics, with words": lambda size: text("<b>a <i>b ", size),
    "lists in lists": lambda size: text("<ul><li>", size),
    "lists in lists, with words": lambda size: text("<ul><li>word ", size),
    "lists that end": lambda size: text("<ol><li>a", size // 2) + text("</li></ol>", size // 2),
    "quotations": lambda size: text("<blockquote>", size),
    "quotations with words": lambda size: text("<blockquote>a ", size),
    "tables in tables": lambda size: text("<table><tr><td>", size),
    "one row of many cells": lambda size: "<table><tr>" + text("<td>a", size) + "</table>",
    "rows without ends": lambda size: "<table>" + text("<tr><td>a<td>b", size) + "</table>",
    "definitions": lambda size: text("<dl><dt>a<dd>", size),
    "paragraphs without ends": lambda size: text("<p>a<b>", size),
    "links in links": lambda size: text('<a href="http://a.b/">', size),
    "ends without beginnings": lambda size: text("</b></i></p></ul>", size),
    "attributes": lambda size: text("<p " + "a=b " * 40 + ">a</p>", size),
    "angle brackets": lambda size: text("< << <a", size),
    "quotation marks without ends": lambda size: text("<a title='\">", size),
    "comments without ends": lambda size: text("<!-- a ", size),
    "entities": lambda size: text("&amp;&#60;&lt", size),
    "headings": lambda size: text("<h1>a", size),
    "preformatted": lambda size: text("<pre><code>a", size),
    "asterisks": lambda size: text("*a_ [b](", size),
    "captions": lambda size: text("[caption]", size),
    "shortcodes of many names": lambda size: "".join(f"[n{number}]" for number in range(size // 7)),
    "shortcodes without ends": lambda size: text('[gallery a="', size),
}


def export(path, html, count, comments=""):
    items = "".join(ITEM.format(number + 1, html, "", comments) for number in range(count))
    path.write_text(EXPORT.format(items))
    return path


def imported(stoa, source, into):
    """Imports, and returns the report and the processor time in seconds."""
    (into / "content/posts").mkdir(parents=True)
    (into / "stoa.yml").write_text("title: I\nurl: https://i.example\nhighlight: none\nsearch: none\nhistory: none\n")
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run([stoa, "import", "wordpress", source, "--into", into], capture_output=True, text=True, timeout=1_000)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert done.returncode == 0, done.stderr
    return done.stdout, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def assert_builds(stoa, root):
    done = subprocess.run([stoa, "build", "--source", root, "--quiet", "--as-of", "2026-06-01"], capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr[-2_000:]


@pytest.fixture(scope="module", autouse=True)
def pandoc():
    if not shutil.which("pandoc"):
        pytest.skip("pandoc is not there: make test installs it")


@pytest.mark.parametrize("shape", SHAPES)
def test_a_hostile_text_costs_two_seconds(stoa, tmp_path, shape):
    html = SHAPES[shape](6 * K)
    source = export(tmp_path / "export.xml", html, COUNT, COMMENT.format(1, html))
    _, seconds = imported(stoa, source, tmp_path / "into")
    print(f"{shape}: {2 * COUNT} texts of 6 KiB take {seconds:.1f} s")
    assert seconds <= SECONDS * 2 * COUNT
    assert len(list((tmp_path / "into/content/posts").iterdir())) == COUNT
    assert_builds(stoa, tmp_path / "into")


@pytest.mark.parametrize("shape", ["bold in italics, with words", "lists in lists", "captions", "shortcodes of many names", "headings"])
def test_a_long_text_has_time_in_proportion(stoa, tmp_path, shape):
    source = export(tmp_path / "export.xml", SHAPES[shape](LONG), 1)
    _, seconds = imported(stoa, source, tmp_path / "into")
    print(f"{shape}: {LONG // K} KiB take {seconds:.1f} s")
    assert seconds <= SECONDS + LONG / K / 32
    assert_builds(stoa, tmp_path / "into")


@pytest.mark.parametrize("limited", ["time", "memory"])
def test_a_text_that_pandoc_cannot_do_is_kept_and_told(stoa, tmp_path, limited):
    """A replacement for pandoc behaves as a hostile text could make it: it never ends, or takes memory without limit."""
    (tmp_path / "bin").mkdir()
    hang = "while :; do :; done" if limited == "time" else "exec python3 -c 'a = []\nwhile True: a.append(bytes(1 << 20))'"
    (tmp_path / "bin/pandoc").write_text(
        f'#!/bin/sh\nfor file; do case $file in /*) if grep -q hostile "$file"; then {hang}; fi;; esac; done\nexec {shutil.which("pandoc")} "$@"\n')
    (tmp_path / "bin/pandoc").chmod(0o755)
    items = "".join(ITEM.format(number, f"<p>Words <b>{'hostile' if number == 7 else 'kind'}</b> and more.</p>", "", "") for number in range(1, 21))
    (tmp_path / "export.xml").write_text(EXPORT.format(items))
    environment = os.environ["PATH"]
    os.environ["PATH"] = f"{tmp_path / 'bin'}:{environment}"
    try:
        report, seconds = imported(stoa, tmp_path / "export.xml", tmp_path / "into")
    finally:
        os.environ["PATH"] = environment
    assert report.count("pandoc exceeded its limit of time or memory, so the HTML was kept") == 1
    assert sum(line.startswith("    post ") for line in report.splitlines()) == 1, report
    files = {path.name: path.read_text() for path in (tmp_path / "into/content/posts").iterdir()}
    assert "<b>hostile</b>" in files["t7.md"] and "**kind**" in files["t8.md"]
    assert seconds <= SECONDS * 20
    assert_builds(stoa, tmp_path / "into")
