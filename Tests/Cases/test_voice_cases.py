"""Cases about authors and languages."""

import re
import shutil

from conftest import run


def test_a_response_says_its_language(stoa, shared, tmp_path):
    folder = tmp_path / "case"
    shutil.copytree(shared / "cases" / "language", folder)
    run(stoa, "check", "--source", folder, "--strict")
    run(stoa, "build", "--source", folder, "--quiet")
    page = (folder / "site/posts/hello/index.html").read_text()
    language = re.search(r"^language: (\S+)$", (folder / "content/responses/hello/one.md").read_text(), re.M).group(1)
    assert f'itemprop="text" lang="{language}" dir="' in page


def test_a_guest_with_a_members_name_is_seen_to_be_a_guest(stoa, shared, tmp_path):
    folder = tmp_path / "case"
    shutil.copytree(shared / "cases" / "guest-with-members-name", folder)
    said = run(stoa, "check", "--source", folder, "--verbose", check=False).stdout
    assert "[guest-named-like-contributor]" in said and "claims: ['hello#" in said
    run(stoa, "build", "--source", folder, "--quiet", "--keep-going", check=False)
    assert '<span class="badge guest">Guest</span>' in (folder / "site/posts/hello/index.html").read_text()
    assert "(guest)</name>" in (folder / "site/responses.xml").read_text()
