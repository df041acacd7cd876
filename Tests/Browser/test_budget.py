"""How many bytes a reader has to download."""

import gzip
import re

BUDGET = 30 * 1024


def test_a_conversation_with_four_responses_fits_its_budget(example):
    page = (example.folder / "posts/where-do-quiet-experts-speak/index.html").read_bytes()
    assert page.count(b'<article class="response') == 4
    files = re.findall(rb'<(?:link rel="stylesheet" href|script src)="/([^"]+)"', page)
    assert len(files) == 2
    parts = {"page": page, **{name.decode(): (example.folder / name.decode()).read_bytes() for name in files}}
    sizes = {name: len(gzip.compress(content, 6)) for name, content in parts.items()}
    assert sum(sizes.values()) <= BUDGET, sizes
    # Browsers cache style and script forever, so their names contain a hash of their bytes.
    assert all(re.search(r"\.[0-9a-f]{12}\.(css|js)$", name) for name in parts if name != "page")
