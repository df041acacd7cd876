"""Cases of content and arguments that are meant to do harm."""

import shutil

import pytest
from conftest import run


@pytest.fixture
def case(shared, tmp_path):
    """Copies a case, to be built there."""
    return lambda name: shutil.copytree(shared / "cases" / name, tmp_path / name)


@pytest.mark.parametrize("address, advice", [
    ("example.org", "write https://example.org"),
    ("//example.org", "write https://example.org"),
    ("ftp://example.org", "write https://example.org"),
    ("https://example.org/?q#f", "write https://example.org"),
    ("https://ada@example.org", "write https://example.org"),
    ("https://example.org\n/*\n  X-Evil: yes", "write https://example.org"),
    ("https://example.org//elsewhere.example", "write https://example.org/elsewhere.example"),
    ("javascript:alert(1)", "write it whole"),
    ("", "write it whole"),
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
