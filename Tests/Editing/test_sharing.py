"""A text is shared more widely with its authors' agreement: stoa share, stoa check --changed-since, and the page."""

import json
import re

import pytest
from conftest import run
from test_moves import make, text

SETTINGS = "title: T\nurl: https://stoa.example\naudiences: [team, community, public]\n"
FILES = {
    "stoa.yml": SETTINGS,
    "content/contributors/maren.md": "---\nname: Maren Voss\naliases: [MV]\n---\n",
    "content/posts/rope.md": "---\ntitle: Rope\nauthor: [Maren Voss, 花子]\ndate: 2026-01-01\naudience: team # for now\n---\n\nAbout rope.\n",
    "content/responses/rope/a.md": "---\nauthor: 花子\ndate: 2026-01-02\n---\n\nAn answer.\n",
    "content/responses/rope/b.md": "---\nguest: Ada\ndate: 2026-01-03\n---\n\nA guest's.\n",
    "content/responses/rope/c.md": "---\nauthor: jun\ndate: 2026-01-04\nreply-to: b\n---\n\nTo the guest.\n",
    "content/responses/rope/d.md": "---\nauthor: jun\ndate: 2026-01-05\nreply-to: a\n---\n\nTo 花子.\n",
    "content/responses/rope/e.md": "---\ndate: 2026-01-06\nremoved: taken back\n---\n",
}


def git(folder, *words, **environment):
    return run("git", "-C", folder, "-c", "user.name=T", "-c", "user.email=t@example.org", *words, **environment).stdout.strip()


def commit(folder, message="Change", date="2026-05-01T10:00:00Z"):
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--allow-empty", "--message", message, GIT_AUTHOR_DATE=date, GIT_COMMITTER_DATE=date)


@pytest.fixture
def community(tmp_path):
    folder = make(tmp_path / "c", FILES)
    git(folder, "init", "--quiet", "--initial-branch=main")
    commit(folder, "Begin")
    git(folder, "switch", "--quiet", "--create", "proposal")
    return folder


def share(stoa, folder, *words):
    return run(stoa, "share", *words, "--source", folder, check=False)


def missing(stoa, folder, *options):
    """Each file that lacks consent, with its diagnostic."""
    done = run(stoa, "check", "--source", folder, "--format", "json", "--changed-since", "main", *options, check=False)
    found = [entry for entry in json.loads(done.stdout)["diagnostics"] if entry["code"] == "consent-missing"]
    assert done.returncode == bool(found), done.stdout
    return {entry["file"].removeprefix("content/"): entry for entry in found}


def test_everybody_agrees_and_guests_stay(stoa, community):
    done = share(stoa, community, "rope", "public", "--agreed-by", "mv", "--agreed-by", "@花子")
    assert done.stdout.splitlines() == [
        "changed content/posts/rope.md", "changed content/responses/rope/a.md",
        "changed content/responses/rope/b.md", "changed content/responses/rope/d.md",
        "content/responses/rope/b.md stays with “team”", "content/responses/rope/d.md stays with “team”",
    ]
    assert "audience: public # for now\nagreed-by: [maren, 花子]\n---" in text(community, "content/posts/rope.md")
    assert text(community, "content/responses/rope/a.md").startswith("---\nauthor: 花子\ndate: 2026-01-02\nagreed-by: [花子]\n---")
    # Responses to the guest keep the guest's audience.
    assert "audience" not in text(community, "content/responses/rope/c.md")
    assert missing(stoa, community) == {}
    run(stoa, "build", "--source", community, "--strict", "--quiet")
    page = (community / "site/posts/rope/index.html").read_text(encoding="utf-8")
    assert re.findall(r'id="response-(\w+)"', page) == ["a", "e"]


def test_the_page_says_since_when_and_who_agreed(stoa, community):
    share(stoa, community, "rope", "public", "--agreed-by", "maren", "--agreed-by", "花子")

    def said(*options):
        run(stoa, "build", "--source", community, "--quiet", *options)
        pages = [(community / folder / "posts/rope/index.html").read_text(encoding="utf-8") for folder in ("site",)]
        return re.findall(r"Shared with [^<]*", re.sub("[\u2066-\u2069]", "", "".join(pages)))

    # Uncommitted changes have no date.
    assert said() == ["Shared with everyone, agreed by Maren Voss and 花子", "Shared with everyone, agreed by 花子"]
    commit(community, date="2026-05-03T12:00:00Z")
    assert said() == ["Shared with everyone on 3 May 2026, agreed by Maren Voss and 花子", "Shared with everyone on 3 May 2026, agreed by 花子"]
    # Other changes of front matter do not share a text.
    path = community / "content/posts/rope.md"
    path.write_text(path.read_text().replace("title: Rope", "title: Ropes"))
    commit(community, date="2026-05-09T12:00:00Z")
    assert said()[0].startswith("Shared with everyone on 3 May 2026")
    (community / "stoa.yml").write_text(SETTINGS + "history: none\n")
    assert said()[0] == "Shared with everyone, agreed by Maren Voss and 花子"


def test_a_person_who_moves_or_goes_takes_the_agreement_along(stoa, community):
    share(stoa, community, "rope", "community", "--agreed-by", "maren", "--agreed-by", "花子")
    share(stoa, community, "rope", "public", "--agreed-by", "花子")
    assert "agreed-by:\n  public: [花子]\n" in text(community, "content/posts/rope.md")
    run(stoa, "mv", "@花子", "@hanako", "--source", community)
    assert "agreed-by:\n  public: [hanako]\n" in text(community, "content/posts/rope.md")
    commit(community)
    run(stoa, "erase", "hanako", "--source", community)
    assert "agreed-by" not in text(community, "content/posts/rope.md")
    assert "author: [Maren Voss]" in text(community, "content/posts/rope.md")


def test_what_nobody_agreed_to_is_told_and_the_advice_works(stoa, community):
    path = community / "content/posts/rope.md"
    path.write_text(path.read_text(encoding="utf-8").replace("team # for now", "public"), encoding="utf-8")
    found = missing(stoa, community)
    assert sorted(found) == ["posts/rope.md", "responses/rope/a.md", "responses/rope/b.md", "responses/rope/c.md", "responses/rope/d.md"]
    assert "maren and 花子 have not agreed" in found["posts/rope.md"]["message"]
    assert (found["posts/rope.md"]["line"], found["responses/rope/a.md"]["line"]) == (5, 1)
    # Follow each suggestion's first line, then its second one.
    for name, entry in found.items():
        advice = re.search(r"(?:add|write) ((?:agreed-by|audience): (?:\[[^\]]*\]|\w+))", entry["suggestion"])[1]
        assert ("agreed-by" in advice) == (name != "responses/rope/b.md"), entry
        paste(community / "content" / name, advice)
    # A response to a guest keeps the guest's audience.
    assert missing(stoa, community) == {}
    git(community, "checkout", "--quiet", "--", "content/responses")
    for name in list(missing(stoa, community)):
        paste(community / "content" / name, "audience: team")
    assert missing(stoa, community) == {}


def paste(path, line):
    path.write_text(path.read_text(encoding="utf-8").replace("---\n", f"---\n{line}\n", 1), encoding="utf-8")


def replace(community, name, old, new):
    path = community / name
    before = path.read_text(encoding="utf-8")
    assert old in before
    path.write_text(before.replace(old, new), encoding="utf-8")


WAYS = {
    "the default": lambda c: (replace(c, "content/posts/rope.md", "audience: team # for now\n", ""), replace(c, "stoa.yml", "audiences", "default-audience: public\naudiences")),
    "no audiences": lambda c: (replace(c, "content/posts/rope.md", "audience: team # for now\n", ""), replace(c, "stoa.yml", "audiences: [team, community, public]\n", "")),
    "an author less": lambda c: (replace(c, "content/posts/rope.md", "team # for now", "public\nagreed-by: [maren]"), replace(c, "content/posts/rope.md", "[Maren Voss, 花子]", "maren")),
    "another name": lambda c: (replace(c, "content/posts/rope.md", "team # for now", "public\naliases: [/posts/rope/]"), (c / "content/posts/rope.md").rename(c / "content/posts/cord.md"), (c / "content/responses/rope").rename(c / "content/responses/cord")),
    "another name, and no old one": lambda c: (replace(c, "content/posts/rope.md", "team # for now", "public"), replace(c, "content/posts/rope.md", "About rope.", "About rope, at some length."), commit_on_main(c), (c / "content/posts/rope.md").rename(c / "content/posts/cord.md")),
    "a mistake before": None,
    "as a draft": lambda c: replace(c, "content/posts/rope.md", "team # for now", "public\ndraft: true"),
    "an order that is turned": lambda c: replace(c, "stoa.yml", "[team, community, public]", "[public, community, team]"),
}


def commit_on_main(c):
    """The longer text was for the team on main, too."""
    now = text(c, "content/posts/rope.md")
    replace(c, "content/posts/rope.md", "public", "team")
    commit(c)
    git(c, "branch", "--force", "main")
    (c / "content/posts/rope.md").write_text(now, encoding="utf-8")


@pytest.mark.parametrize("way", [name for name in WAYS if WAYS[name]])
def test_no_way_around(stoa, community, way):
    WAYS[way](community)
    found = missing(stoa, community)
    assert any(name.startswith("posts/") and "花子" in entry["suggestion"] for name, entry in found.items()), found


def test_a_mistake_that_is_mended_in_the_same_change(stoa, community):
    git(community, "switch", "--quiet", "main")
    replace(community, "content/posts/rope.md", "title: Rope", "title: [Rope")
    commit(community)
    git(community, "switch", "--quiet", "--force-create", "proposal", "main")
    replace(community, "content/posts/rope.md", "title: [Rope", "title: Rope")
    replace(community, "content/posts/rope.md", "team # for now", "public")
    assert "posts/rope.md" in missing(stoa, community)


def test_the_team_says_nothing_to_others(stoa, community):
    """A check for the public audience does not reveal that the text existed."""
    replace(community, "content/posts/rope.md", "team # for now", "public")
    assert missing(stoa, community, "--audience", "public") == {}
    assert missing(stoa, community, "--audience", "community") == {}
    assert missing(stoa, community, "--audience", "team") != {}


def test_less_needs_nobody(stoa, community):
    share(stoa, community, "rope", "public", "--agreed-by", "maren", "--agreed-by", "花子")
    replace(community, "content/responses/rope/d.md", "audience: team", "audience: community")
    commit(community)
    git(community, "branch", "--force", "main")
    done = share(stoa, community, "rope", "team")
    assert done.returncode == 0, done.stderr
    assert "agreed-by" not in text(community, "content/posts/rope.md") + text(community, "content/responses/rope/a.md")
    assert "audience" not in text(community, "content/responses/rope/d.md")
    assert missing(stoa, community) == {}
    assert run(stoa, "check", "--source", community, "--strict", check=False).returncode == 0


def test_agreement_to_less_is_none_to_more(stoa, community):
    share(stoa, community, "rope", "community", "--agreed-by", "maren", "--agreed-by", "花子")
    commit(community)
    git(community, "branch", "--force", "main")
    replace(community, "content/posts/rope.md", "audience: community", "audience: public")
    advice = missing(stoa, community)["posts/rope.md"]["suggestion"]
    line = re.search(r"write (agreed-by: \{[^}]*\})", advice)[1]
    replace(community, "content/posts/rope.md", "agreed-by: [maren, 花子]", line)
    assert "posts/rope.md" not in missing(stoa, community)
    git(community, "checkout", "--quiet", "--", ".")
    done = share(stoa, community, "rope", "public", "--agreed-by", "maren")
    assert "content/posts/rope.md: “花子” has to agree: --agreed-by adds the agreement" in done.stdout
    assert "agreed-by:\n  public: [maren]\n" in text(community, "content/posts/rope.md")
    share(stoa, community, "rope", "public", "--agreed-by", "花子")
    assert "agreed-by:\n  public: [maren, 花子]\n" in text(community, "content/posts/rope.md")
    assert missing(stoa, community) == {}


def test_whose_claim_it_is_may_agree(stoa, community):
    replace(community, "content/contributors/maren.md", "aliases: [MV]", "aliases: [MV]\nclaims: [rope#response-b]")
    share(stoa, community, "rope", "public", "--agreed-by", "maren", "--agreed-by", "花子")
    assert "agreed-by: [maren]" in text(community, "content/responses/rope/b.md")
    assert missing(stoa, community) == {}


@pytest.mark.parametrize(("words", "said"), [
    (["rope", "publik"], "did you mean “public”"),
    (["rop", "public"], "did you mean “rope”"),
    (["rope#response-z", "public"], "has no response “z”"),
    (["rope#b", "public"], "share that first"),
    (["rope", "team"], "is for “team” already"),
    (["rope", "public", "--agreed-by", "zoe"], "wrote nothing in this conversation"),
    (["rope", "public", "--agreed-by", "Ada"], "wrote nothing in this conversation"),
    (["@maren", "public"], "topics and people appear wherever"),
    (["topic:x", "public"], "topics and people appear wherever"),
])
def test_what_cannot_be_shared(stoa, community, words, said):
    done = share(stoa, community, *words)
    assert done.returncode == 64 and said in done.stderr, done.stderr
    assert git(community, "status", "--porcelain") == ""


def test_a_guest_s_own_words_stay(stoa, community):
    share(stoa, community, "rope", "public", "--agreed-by", "maren", "--agreed-by", "花子")
    done = share(stoa, community, "content/responses/rope/b.md", "public")
    assert done.returncode == 64 and "a guest cannot agree" in done.stderr
    before = git(community, "diff")
    assert "changed" in share(stoa, community, "rope#d", "public", "--agreed-by", "jun", "--dry-run").stdout
    assert git(community, "diff") == before
    share(stoa, community, "rope#d", "public", "--agreed-by", "jun")
    assert "audience: public\nagreed-by: [jun]" in text(community, "content/responses/rope/d.md")


def test_a_page_has_nobody_to_ask(stoa, tmp_path):
    folder = make(tmp_path / "c", {"stoa.yml": SETTINGS, "content/pages/about.md": "---\ntitle: About\n---\n\nUs.\n"})
    assert share(stoa, folder, "about", "public").stdout == "changed content/pages/about.md\n"
    assert text(folder, "content/pages/about.md") == "---\ntitle: About\naudience: public\n---\n\nUs.\n"
    assert share(stoa, folder, "about", "public", "--agreed-by", "maren").returncode == 64
    (folder / "stoa.yml").write_text("title: T\n")
    assert "lists no audiences" in share(stoa, folder, "about", "public").stderr
