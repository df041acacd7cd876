"""The guide's pages on importing: every command on them is run, word for word and in their order."""

import re
import shlex

import pytest
from conftest import ROOT, run

WORDPRESS = """<?xml version="1.0"?>
<rss xmlns:content="c" xmlns:dc="d" xmlns:wp="w"><channel><title>Old</title><link>https://old.example</link>
<item><title>Rope</title><link>https://old.example/rope/</link><dc:creator>maren</dc:creator>
<content:encoded><![CDATA[About <b>rope</b>.]]></content:encoded><wp:post_id>1</wp:post_id>
<wp:post_date_gmt>2019-03-01 10:00:00</wp:post_date_gmt><wp:post_name>rope</wp:post_name>
<wp:status>publish</wp:status><wp:post_type>post</wp:post_type>
<wp:comment><wp:comment_id>1</wp:comment_id><wp:comment_author>Ada</wp:comment_author>
<wp:comment_date_gmt>2019-03-02 10:00:00</wp:comment_date_gmt><wp:comment_content>Well said.</wp:comment_content>
<wp:comment_approved>1</wp:comment_approved></wp:comment></item></channel></rss>
"""

DISQUS = """<?xml version="1.0"?>
<disqus xmlns:dsq="d"><thread dsq:id="1"><link>https://old.example/rope/</link><title>Rope</title></thread>
<post dsq:id="2"><message>Well said.</message><createdAt>2019-03-02T10:00:00Z</createdAt>
<author><name>Ada</name></author><thread dsq:id="1"/></post></disqus>
"""

COMMENT = "name: Ada\nmessage: Well said.\ndate: 2019-03-02\n"


def commands(page):
    """The command lines of a page's sh blocks."""
    text = (ROOT / "content" / "posts" / f"{page}.md").read_text()
    blocks = re.findall(r"^```sh\n(.*?)^```$", text, re.M | re.S)
    return [line for block in blocks for line in block.splitlines()]


@pytest.mark.parametrize("page", ["import-staticman", "import-wordpress", "import-disqus"])
def test_commands(page, stoa, tmp_path):
    (tmp_path / "export.xml").write_text(WORDPRESS)
    (tmp_path / "disqus.xml").write_text(DISQUS)
    (tmp_path / "uploads").mkdir()
    (tmp_path / "forum").mkdir()
    comments = tmp_path / "old-blog" / "_data" / "comments" / "rope"
    comments.mkdir(parents=True)
    (comments / "comment-1.yml").write_text(COMMENT)
    posts = tmp_path / "old-blog" / "_posts"
    posts.mkdir()
    (posts / "2019-03-01-rope.md").write_text("---\ntitle: Rope\n---\n\nAbout rope.\n")

    lines = commands(page)
    assert len(lines) >= 4
    for line in lines:
        words = shlex.split(line)
        assert words[0] == "stoa"
        run(stoa, *words[1:], cwd=tmp_path)
    site = tmp_path / "forum" / "site"
    assert "Well said." in (site / "posts" / "rope" / "index.html").read_text()
    assert (tmp_path / "forum" / ".stoa-import").exists()


@pytest.mark.parametrize("page", ["import-staticman", "import-wordpress", "import-disqus"])
def test_options_are_real(page, stoa):
    help_text = run(stoa, "import", page.removeprefix("import-"), "--help").stdout
    text = (ROOT / "content" / "posts" / f"{page}.md").read_text()
    for option in set(re.findall(r"`(--[a-z-]+)`", text)):
        assert option in help_text


def test_broken_xml_says_where(stoa, tmp_path):
    (tmp_path / "export.xml").write_text("<rss>\n<channel></rss>")
    result = run(
        stoa, "import", "wordpress", "export.xml", "--into", tmp_path, cwd=tmp_path, check=False
    )
    assert result.returncode == 1
    assert "export.xml:2:" in result.stderr
