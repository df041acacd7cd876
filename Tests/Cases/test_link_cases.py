"""Cases about links."""

import shutil

from conftest import run


def test_a_link_to_a_file_keeps_its_fragment(stoa, shared, tmp_path):
    shutil.copytree(shared / "cases" / "file-fragment", tmp_path / "case")
    run(stoa, "build", "--source", tmp_path / "case", "--strict", "--quiet")
    page = (tmp_path / "case" / "site" / "posts" / "p" / "index.html").read_text()
    assert 'href="/posts/p/report.pdf#page=3"' in page
