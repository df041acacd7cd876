"""Cases about imports: the content of a source, and what readers of the new site see."""

import json
import shutil

import pytest
from conftest import run


@pytest.fixture
def imported(stoa, shared, tmp_path):
    """Imports and builds a case's source; returns the community's folder and the report."""

    def imports(name, kind="staticman", source="src"):
        if not shutil.which("pandoc"):
            pytest.skip("pandoc is not there: make test installs it")
        report = tmp_path / "report.json"
        run(stoa, "import", kind, shared / "cases" / name / source, "--into", tmp_path, "--report", report)
        run(stoa, "build", "--source", tmp_path, "--as-of", "2026-06-01")
        return tmp_path, json.loads(report.read_text())

    return imports


def body(path):
    return path.read_text().split("---\n\n", 1)[1].rstrip("\n")


def test_inline_tags_become_markdown(imported):
    folder, _ = imported("inline-html-comment")
    text = body(folder / "content/responses/hello/inline.md")
    assert text == "I wrote [about it](https://example.org/x), use `a_b_c` and *not* that."
    assert "&lt;" not in (folder / "site/posts/hello/index.html").read_text().split("I wrote")[1].split("that.")[0]


def test_an_address_with_a_loose_bracket_is_whole(imported):
    folder, _ = imported("link-with-paren")
    page = (folder / "site/posts/hello/index.html").read_text()
    assert 'href="http://example.org/a%29"' in page
    assert "example.org/a)&quot;" not in page


def test_lines_after_a_break_begin_no_block(imported):
    folder, _ = imported("rule-becomes-heading")
    page = (folder / "site/posts/hello/index.html").read_text()
    part = page.split("I wrote the code below")[1].split("Help")[0]
    assert "<h" not in part and part.count("---") + part.count("—") == 2


def test_a_picture_of_two_posts_is_there_twice(imported):
    folder, report = imported("shared-picture")
    assert {path.parent.name for path in (folder / "content/posts").glob("*/logo.png")} == {"post-1", "post-2"}
    assert report["counts"]["file"] == {"found": 2, "imported": 2, "merged": 0, "left-out": 0}
    assert report["files"]["kept away"] == 0


def test_the_tags_of_jekyll_are_what_they_showed(imported):
    folder, _ = imported("jekyll-highlight")
    text = body(folder / "content/posts/hello.md")
    assert "```java\nList<String> my_list_name = new ArrayList<String>();" in text
    assert "{% " not in text and "{: " not in text
    assert "{{ x }} and /about and [p](other.md) ![i](/assets/a.png)" in text
    assert "$`a_1 * b_1 \\, c`$" in text
    assert "List&lt;String&gt; my_list_name" in (folder / "site/posts/hello/index.html").read_text()


def test_a_stand_in_is_as_old_as_its_first_comment(stoa, imported):
    folder, _ = imported("disqus-standin", "disqus", "disqus.xml")
    checked = run(stoa, "check", "--source", folder, check=False)
    assert "older-than-parent" not in checked.stdout + checked.stderr


def test_a_vault_has_links_pictures_and_tags(imported):
    folder, report = imported("obsidian-vault", "vault", "content/posts")
    home = next((folder / "content/posts").rglob("home-note/index.md"))
    text = body(home)
    for sign in ("![[", "%%", "==", "^blockid"):
        assert sign not in text
    assert "[Second note](" in text and "[shown](" in text and "|200](pic.png)" in text
    assert (home.parent / "pic.png").exists()
    assert "<mark>highlight</mark>" in text and "[[topic:zettel/sub|#zettel/sub]]" in text
    matter = home.read_text().split("---\n")[1]
    assert "zettel" in matter and "author: Ada" in matter
    page = (folder / "site/posts/home-note/index.html").read_text()
    assert "What about it?" in page and 'href="/posts/second-note/' in page
    notes = [note for item in report["items"] for note in item.get("notes", [])]
    assert "“Missing note” is not in the vault" in notes
