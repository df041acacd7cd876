"""Close conversations of the real community: the lists of a reference that shares no code with Stoa."""

import shutil

from Property import closeness, shown_words
from conftest import run


def test_related_conversations_are_those_of_the_reference(shared, stoa, tmp_path):
    root = tmp_path / "community"
    shutil.copytree(shared / "community", root)
    # The replacement text for an image without alternative text is the theme's, not the author's.
    strings = root / "templates/strings/en.yml"
    strings.parent.mkdir(parents=True)
    strings.write_text("image: ·\n", encoding="utf-8")
    site = tmp_path / "site"
    run(stoa, "build", "--quiet", "--source", root, "--output", site)
    shown = [shown_words.read(page) for page in (site / "posts").glob("*/index.html")]
    shown.sort(key=lambda conversation: conversation.slug.encode())
    shown.sort(key=lambda conversation: conversation.date, reverse=True)
    assert len(shown) == 70

    counts = [closeness.counts(page.fields, page.responses, page.topics) for page in shown]
    for page, close in zip(shown, closeness.Closeness(counts, range(len(shown))).nearest()):
        expected = [shown[other].slug for other in close]
        assert page.related == [slug for slug in expected if slug not in page.linked][:6], page.slug
    assert sum(bool(page.related) for page in shown) > 60
