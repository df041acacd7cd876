"""Hidden texts have no effect on anything that is computed from words: related conversations, gaps with their reasons, people who
have written about a question's subject, overlapping topics."""

import pytest

from conftest import run

SETTINGS = "title: T\nurl: https://t.example\nhighlight: none\nsearch: none\nhistory: none\naudiences: [team, public]\n"
WORDS = {
    "walk": "Strands of hemp are twisted on the walk, and tar keeps off rot.",
    "fibre": "Hemp makes strands that hold tar, twisted long before nylon.",
    "tar": "Tar for hemp, and strands twisted well.",
    "wet": "Hemp that freezes breaks, tar or not; strands come loose where twisted.",
    "bell": "A mould of loam, a furnace of loam, a flue.",
    "oven": "The flue and the furnace are of loam.",
}
# Words that would make the posts above more different, or more similar, if they counted.
HIDDEN = [
    "Whispered hemp, whispered strands, whispered tar, twisted.", "Whispered loam, furnace and flue, whispered mould.",
    "Hemp strands tar twisted loam furnace flue mould whisper.",
]


def post(title, author, topic, text, extra="audience: public\n"):
    return f"---\ntitle: {title}\nauthor: {author}\ndate: 2026-01-01\ntopics: [{topic}]\n{extra}---\n\n{text}\n"


def write(root, hides):
    posts = root / "content/posts"
    posts.mkdir(parents=True)
    (root / "stoa.yml").write_text(SETTINGS)
    for number, (slug, text) in enumerate(WORDS.items()):
        author = "ada" if slug in ("walk", "tar", "wet") else f"someone {number}"
        (posts / f"{slug}.md").write_text(post(slug, author, f"about {slug}", text))
    (posts / "ask.md").write_text(
        post("ask", "bo", "Questions", "Who has twisted strands of hemp with tar?", "kind: question\naudience: public\n")
    )
    if not hides:
        return
    for number, text in enumerate(HIDDEN * 4):
        hidden = "audience: team\n" if number % 2 else "audience: public\ndraft: true\n"
        (posts / f"hidden-{number}.md").write_text(post(f"Whisper {number}", "ada", "about walk, about bell", text, hidden))
        responses = root / "content/responses" / list(WORDS)[number % len(WORDS)]
        responses.mkdir(parents=True, exist_ok=True)
        (responses / f"r{number}.md").write_text(
            f"---\nguest: G\ndate: 2026-01-02\naudience: team\n---\n\nA whisper of {text} [[oven]] [[bell]] [[walk]]\n"
        )


def said(stoa, root):
    site = root / "site"
    options = ["--source", root, "--audience", "public"]
    run(stoa, "build", *options, "--output", site)
    pages = {path.relative_to(site): path.read_bytes() for path in site.rglob("*") if path.is_file()}
    return pages, run(stoa, "list", "gaps", *options).stdout, run(stoa, "check", *options).stdout


@pytest.fixture
def both(stoa, tmp_path):
    for name, hides in (("with", True), ("without", False)):
        write(tmp_path / name, hides)
    return said(stoa, tmp_path / "with"), said(stoa, tmp_path / "without")


def test_hidden_words_move_nothing(both):
    (pages, gaps, checked), without = both
    assert (pages, gaps, checked) == without
    assert not any(b"hisper" in page for page in pages.values()) and "hisper" not in gaps + checked
    text = lambda name: next(page.decode() for path, page in pages.items() if str(path) == name)
    # The pages show results that hidden words could have changed.
    assert gaps.count("\n") > 2 and "furnace" in text("bridges/index.html") and "hemp" in text("bridges/feed.xml")
    assert "Who has written near this" in text("posts/ask/index.html") and "Related" in text("posts/walk/index.html")
