"""A response full of nearly correct names costs a large community little: not every name is compared with all others."""

from Hostile.test_shapes import FRONT, PROCESSOR_SECONDS, community, measured

POSTS = 2_000


def test_thousands_of_wrong_links(stoa, tmp_path):
    posts = {f"p-{number}": FRONT.format("", f"Words of post number {number}.") for number in range(POSTS)}
    root = community(tmp_path / "community", posts)
    measured(stoa, root)
    _, _, before, _ = measured(stoa, root)
    folder = root / "content/responses/p-1"
    folder.mkdir(parents=True)
    isoptimised = "release" in str(stoa)
    # A debug build is too slow for the maximum number of references in a response.
    links = [f"[[p-{number}x]]" for number in range(4_500 if isoptimised else 500)]
    words = "\n".join(" ".join(links[start : start + 50]) for start in range(0, len(links), 50))
    (folder / "r1.md").write_text(f"---\nguest: G\ndate: 2026-01-02\n---\n\n{words}\n")
    _, said, seconds, _ = measured(stoa, root)
    wrong = [line for line in said.splitlines() if "[unresolved-link]" in line]
    assert len(wrong) == len(links)
    # The first ones get suggestions; the rest are only reported.
    assert "did you mean “p-0”?" in wrong[0]
    assert 0 < sum("did you mean" in line for line in wrong) <= 1_000
    if isoptimised:
        assert seconds - before <= PROCESSOR_SECONDS
