"""The options in the guide's pages on importing are the commands' options. Tests/Guide runs the commands."""

import re

import pytest
from conftest import ROOT, run


@pytest.mark.parametrize("page", sorted(path.stem for path in (ROOT / "content/posts").glob("import-*.md")))
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
