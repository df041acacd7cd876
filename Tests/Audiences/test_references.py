"""Hidden texts that are quoted, continued, translated or answered have no effect on what readers see: a reference to a hidden
text is like one to a missing text."""

import pytest

from conftest import run

SETTINGS = (
    "title: T\nurl: https://t.example\nhighlight: none\nsearch: none\nhistory: none\naudiences: [team, public]\n"
    "reply: {forge: false, command: false}\n"
)
AS_OF = "2026-06-21"


def text(**keys):
    body = keys.pop("body")
    lines = "".join(f"{key.replace('_', '-')}: {value}\n" for key, value in keys.items())
    return f"---\n{lines}---\n\n{body}\n"


VISIBLE = {
    "posts/rope.md": text(title="Rope", author="ada", date="2026-01-02", audience="public", body="Tar keeps off rot, and rope lasts.\n\n## Ends\n\nTwo."),
    "posts/quotes.md": text(
        title="Quotes", author="bo", date="2026-02-02", audience="public", began_in="secret#response-1",
        body="![[rope#ends]]\n\n![[rope#response-1]]\n\n![[secret]]\n\n![[secret#response-1]]\n\n![[rope#response-hidden]]",
    ),
    "posts/corde.md": text(
        title="Corde", author="bo", date="2026-02-03", audience="public", language="fr", translation_of="secret", body="Une corde."
    ),
    "posts/ask.md": text(title="Ask", author="bo", date="2026-03-03", audience="public", kind="question", answer="hidden", body="Why?"),
    "responses/rope/1.md": text(
        author="cy", date="2026-02-04", audience="public", about='"Tar keeps off rot"', body="Words of mine."
    ),
    "responses/rope/2.md": text(guest="G", date="2026-02-05", audience="public", reply_to="1", about='"Words of mine"', body="Yes."),
}
HIDDEN = {
    "posts/secret.md": text(title="Whispered", author="dee", date="2026-01-03", audience="team", body="A whisper.\n\n![[rope]]\n\n![[quotes]]"),
    "posts/seil.md": text(
        title="Whispered Seil", author="dee", date="2026-02-06", audience="team", language="de", translation_of="rope", body="Ein whisper."
    ),
    "posts/later.md": text(
        title="Whispered later", author="ada", date="2026-02-07", audience="team", began_in="rope#response-1", kind="practice",
        body="![[rope#response-1]]\n\nA whisper.",
    ),
    "posts/draft.md": text(title="Whispered draft", author="ada", date="2025-12-07", draft="true", audience="public", body="![[rope]]\n\nA whisper."),
    "responses/secret/1.md": text(guest="W", date="2026-01-04", audience="team", body="A whisper."),
    "responses/rope/hidden.md": text(
        author="bo", date="2025-12-02", audience="team", about='"rope lasts"', body="A whisper."
    ),
    "responses/ask/hidden.md": text(author="ada", date="2026-03-04", audience="team", body="A whisper."),
}


def write(root, files):
    (root / "content").mkdir(parents=True)
    (root / "stoa.yml").write_text(SETTINGS)
    for name, content in files.items():
        file = root / "content" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content)


def said(stoa, root):
    options = ["--source", root, "--audience", "public", "--as-of", AS_OF]
    built = run(stoa, "build", *options, "--output", root / "site", "--keep-going", check=False)
    site = {path.relative_to(root / "site"): path.read_bytes() for path in (root / "site").rglob("*") if path.is_file()}
    checked = run(stoa, "check", *options, check=False)
    letters = [run(stoa, "digest", *options, "--month", "2026-02", "--format", form).stdout for form in ("markdown", "html", "eml")]
    return site, built.stderr, checked.stdout + checked.stderr, letters


@pytest.fixture
def both(stoa, tmp_path):
    write(tmp_path / "with", {**VISIBLE, **HIDDEN})
    write(tmp_path / "without", VISIBLE)
    return said(stoa, tmp_path / "with"), said(stoa, tmp_path / "without")


def test_references_to_what_is_hidden_are_as_to_what_is_deleted(both):
    (site, told, checked, letters), without = both
    assert sorted(site) == sorted(without[0])
    for name, content in site.items():
        assert content == without[0][name], name
    assert (told, checked, letters) == without[1:]
    everything = b"\n".join(site.values()).decode(errors="replace") + told + checked + "".join(letters)
    assert "hisper" not in everything
    # The pages show results that hidden texts could have changed.
    page = next(content.decode() for name, content in site.items() if str(name) == "posts/rope/index.html")
    assert page.count('class="quoted-in"') == 1 and 'class="passage"' in page and "hreflang" not in page
    assert "posts/rope" in letters[0] and "Quotes" in letters[0]


def test_those_who_see_all_see_it(stoa, tmp_path):
    write(tmp_path / "all", {**VISIBLE, **HIDDEN})
    site = tmp_path / "site"
    run(stoa, "build", "--source", tmp_path / "all", "--audience", "team", "--as-of", AS_OF, "--output", site, "--keep-going", check=False)
    page = (site / "posts/rope/index.html").read_text()
    assert "Whispered later" in page and 'hreflang="de"' in page and page.count('<mark class="passage"') == 3
