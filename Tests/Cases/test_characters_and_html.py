"""Problems of real communities with HTML, characters and merges."""

import shutil
import xml.etree.ElementTree as xml

import lxml.html

from conftest import run


def built(stoa, shared, name, folder, **options):
    """Builds a copy of a case; returns its diagnostics and its site."""
    source = folder / name
    shutil.copytree(shared / "cases" / name, source)
    done = run(stoa, "build", "--source", source, "--as-of", "2026-06-01", **options)
    return done, source / "site"


def prose(page):
    return lxml.html.parse(str(page)).getroot().xpath("//div[contains(@class, 'e-content')]")[0]


def test_angle_brackets_are_text_and_what_is_removed_is_reported(stoa, shared, tmp_path):
    done, site = built(stoa, shared, "angle-brackets-vanish", tmp_path)
    text = prose(site / "posts/p/index.html")
    assert text.xpath("string(h2)") == "Set <HOST> and <PORT>"
    assert "type <your name> and press <Enter>. A Map<String, List<Int>> is fine." in text.text_content()
    assert text.xpath("string(details)") == " element folds text."
    for place, code in ("11:5", "unclosed-html"), ("15:1", "removed-html"), ("17:1", "removed-html"):
        assert any(line.startswith(f"content/posts/p.md:{place}: warning: ") and line.endswith(f"[{code}]")
                   for line in done.stderr.splitlines()), done.stderr


def test_noncharacters_break_no_feed(stoa, shared, tmp_path):
    for name in "noncharacter-reference", "noncharacter-entity-breaks-feeds":
        _, site = built(stoa, shared, name, tmp_path)
        files = [path for path in site.rglob("*") if path.suffix in (".xml", ".html", ".json", ".txt")]
        assert len(files) > 5
        for path in files:
            path.read_bytes().decode("utf-8")
            if path.suffix == ".xml":
                xml.parse(path)
        assert "\ufffd" in (site / "responses.xml").read_text(encoding="utf-8")


def test_a_conflict_is_an_error(stoa, shared, tmp_path):
    done, _ = built(stoa, shared, "conflict-markers", tmp_path, check=False)
    assert done.returncode == 1
    assert "content/responses/hello/one.md:6:1: error: " in done.stderr and "[conflict-marker]" in done.stderr
