"""Communities after stoa mv: only the names differ."""

import re
import shutil

import pytest
from conftest import run

FILES = {
    "stoa.yml": "title: T\nurl: https://stoa.example/notes\nmenu:\n  - about\n  - title: Ropes\n    address: /posts/rope/\n",
    "content/posts/rope.md": "---\ntitle: Rope\nauthor: ada\ndate: 2026-01-01\nkind: question\nanswer: two\ntopics: [knots, Sea]\n---\n\nSee [below](#response-two), [[#response-one]] and [a splice](#a-splice).\n\n## A splice\n\nText.\n",
    "content/posts/wire/index.md": "---\ntitle: Wire\nauthor: [bo, ada]\ndate: 2026-01-02\nkind: practice\ndistilled-from: [rope, rope#response-one]\n---\n\nAn ![image](pic.png), [rope](../rope.md), [its splice](../rope.md#a-splice \"t\"), @ada and [[@ada|Ada]].\n",
    "content/posts/wire/pic.png": None,
    "content/posts/links.md": (
        "---\ntitle: Links\nauthor: Bo\ndate: 2026-01-03\n---\n\n"
        "[[rope]] [[Rope]] [[ROPE|a label]] [[rope#response-two]] [[rope#A splice]] [[topic:knots]] [[@ada]] ada@ada.example\n\n"
        "[a](/posts/rope/) [b](/posts/rope/#response-one) [c](https://stoa.example/notes/posts/rope/?q=1#a-splice) [d][ref]\n"
        "[e](rope.md) [f](../rope/) https://stoa.example/notes/posts/rope/ <a href=\"/posts/rope/\">g</a> ![h](/posts/wire/pic.png)\n\n"
        "[ref]: <rope.md#a-splice> 'title'\n\n"
        "`[[rope]]` `[a](/posts/rope/)`\n\n```\n[[rope]] [e](rope.md) @ada\n```\n\n<!-- [[rope]] [a](/posts/rope/) -->\n\n"
        "\\[[rope]] and @adamant and [[wire|rope]].\n\n| a | b |\n|--|--|\n| [[rope\\|x]] | [y](rope.md) |\n"
    ),
    "content/pages/about.md": "---\ntitle: About\n---\n\n[[rope]] and [us](/about/) and [[topic:knots|knots]].\n",
    "content/topics/sea.md": "---\ntitle: Sea\nparent: knots\norder: [rope, wire]\n---\n",
    "content/contributors/bo.md": "---\nname: Bo\n---\n\nI know @ada.\n",
    "content/responses/rope/one.md": "---\nauthor: bo\ndate: 2026-01-04\n---\n\nSee [two](two.md) and [[rope#response-two]].\n",
    "content/responses/rope/two.md": "---\nauthor: ada\ndate: 2026-01-05\nreply-to: one\naliases: [comment-2]\n---\n\n[[rope]] and [one](#response-one).\n",
    "content/responses/rope/three.md": "---\nguest: G\ndate: 2026-01-06\nreply-to: two\n---\n\nYes.\n",
}

# The smallest PNG: one pixel.
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010800000000"
    "3a7e9b550000000a49444154789c6360000000020001e221bc330000000049454e44ae426082"
)


def make(folder, files, newline="\n"):
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(PIXEL if text is None else text.replace("\n", newline).encode())
    return folder


@pytest.fixture(params=["\n", "\r\n"], ids=["lf", "crlf"])
def community(request, tmp_path):
    return make(tmp_path / "community", FILES, request.param)


def check(stoa, folder, published=None):
    """The problems of a community; with the URLs that were published before, also lost URLs."""
    arguments = ["--published", published] if published else []
    return run(stoa, "check", "--source", folder, "--as-of", "2026-02-01", *arguments, check=False).stdout


def build(stoa, folder):
    run(stoa, "build", "--source", folder, "--as-of", "2026-02-01", "--quiet", "--keep-going", check=False)
    return {
        str(path.relative_to(folder / "site")): path.read_bytes()
        for path in (folder / "site").rglob("*")
        if path.is_file()
    }


def act(stoa, folder, *arguments):
    """Performs an action, and checks that no published URL is lost and no new problem appears."""
    before = build(stoa, folder)
    published = folder.parent / "published.txt"
    published.write_bytes(before["addresses.txt"])
    wrong = check(stoa, folder)
    result = run(stoa, *arguments, "--source", folder)
    after = check(stoa, folder, published)
    new = [
        line
        for line in after.splitlines()
        if re.search(r": (error|warning): ", line) and line.split(": ", 1)[1] not in wrong
    ]
    # A conversation's feed moves with its page; files do not.
    new = [line for line in new if not re.search(r"nothing is at “.*/(feed\.xml|pic\.png)”", line)]
    assert not new, new
    return before, build(stoa, folder), result.stdout


def entries(site):
    """The ids by which programs distinguish the entries of a site's feeds."""
    found = set()
    for name, feed in site.items():
        if name.endswith("feed.xml") or name == "responses.xml":
            found |= set(re.findall(r"<entry>.*?<id>([^<]*)</id>", feed.decode(), re.DOTALL))
    return found


def text(folder, name):
    return (folder / name).read_bytes().decode().replace("\r\n", "\n")


def test_a_post_gets_another_slug(stoa, community):
    newline = b"\r\n" in (community / "stoa.yml").read_bytes()
    before, after, said = act(stoa, community, "mv", "rope", "line")
    assert text(community, "content/posts/links.md") == FILES["content/posts/links.md"].replace(
        "[[rope]] [[Rope]] [[ROPE|a label]] [[rope#response-two]] [[rope#A splice]]",
        "[[line]] [[line]] [[line|a label]] [[line#response-two]] [[line#A splice]]",
    ).replace("(/posts/rope/) [b](/posts/rope/#response-one)", "(/posts/line/) [b](/posts/line/#response-one)").replace(
        "notes/posts/rope/?q", "notes/posts/line/?q"
    ).replace("[e](rope.md) [f](../rope/) https://stoa.example/notes/posts/rope/ <a href=\"/posts/rope/\">",
        "[e](line.md) [f](/posts/line/) https://stoa.example/notes/posts/line/ <a href=\"/posts/line/\">",
    ).replace("<rope.md#", "<line.md#").replace("[[rope\\|x]] | [y](rope.md)", "[[line\\|x]] | [y](line.md)").replace(
        "[e](line.md) @ada", "[e](rope.md) @ada"
    )
    assert "aliases:\n  - /posts/rope/\n" in text(community, "content/posts/line.md")
    assert "[[line#response-two]]" in text(community, "content/responses/line/one.md")
    assert "distilled-from: [line, line#response-one]" in text(community, "content/posts/wire/index.md")
    assert "[rope](../line.md), [its splice](../line.md#a-splice" in text(community, "content/posts/wire/index.md")
    assert "order: [line, wire]" in text(community, "content/topics/sea.md")
    assert "address: /posts/line/" in text(community, "stoa.yml")
    assert not (community / "content/responses/rope").exists()
    assert "moved content/posts/rope.md to content/posts/line.md" in said
    assert newline == (b"\r\n" in (community / "content/posts/line.md").read_bytes())
    for name in ("posts/wire/index.html", "about/index.html", "index.html", "posts/links/index.html"):
        assert after[name].replace(b"posts/line", b"posts/rope") == before[name], name


def test_a_post_can_go_back(stoa, community):
    act(stoa, community, "mv", "rope", "line")
    act(stoa, community, "mv", "line", "rope")
    assert "- /posts/line/\n" in text(community, "content/posts/rope.md")
    assert "- /posts/rope/\n" not in text(community, "content/posts/rope.md")


def test_a_bundle_moves_with_its_files(stoa, community):
    before, after, _ = act(stoa, community, "mv", "content/posts/wire/index.md", "content/posts/2026/cable/index.md")
    assert (community / "content/posts/2026/cable/pic.png").read_bytes() == PIXEL
    assert not (community / "content/posts/wire").exists()
    assert "![h](/posts/cable/pic.png)" in text(community, "content/posts/links.md")
    assert "[rope](../../rope.md), [its splice](../../rope.md#a-splice" in text(
        community, "content/posts/2026/cable/index.md"
    )
    assert "posts/cable/pic.png" in after


def test_a_page_gets_another_name(stoa, community):
    before, after, _ = act(stoa, community, "mv", "about", "us")
    assert "[us](/us/)" in text(community, "content/pages/us.md")
    assert "- us\n" in text(community, "stoa.yml")
    assert after["posts/rope/index.html"].replace(b"/notes/us/", b"/notes/about/") == before["posts/rope/index.html"]


def test_a_topic_without_a_file_gets_one(stoa, community):
    act(stoa, community, "mv", "topic:knots", "topic:knotting")
    assert "title: knots\naliases: knots\n" in text(community, "content/topics/knotting.md")
    assert "topics: [knotting, Sea]" in text(community, "content/posts/rope.md")
    assert "parent: knotting" in text(community, "content/topics/sea.md")
    assert "[[topic:knotting|knots]]" in text(community, "content/pages/about.md")


def test_a_topic_keeps_its_title(stoa, community):
    act(stoa, community, "mv", "topic:sea", "topic:ocean")
    assert "topics: [knots, Sea]" in text(community, "content/posts/rope.md")
    assert "title: Sea\n" in text(community, "content/topics/ocean.md")


def test_a_contributor_gets_another_handle(stoa, community):
    act(stoa, community, "mv", "@ada", "@lovelace")
    assert "name: ada\naliases: ada\n" in text(community, "content/contributors/lovelace.md")
    assert "author: [bo, lovelace]" in text(community, "content/posts/wire/index.md")
    assert "@lovelace and [[@lovelace|Ada]]" in text(community, "content/posts/wire/index.md")
    links = text(community, "content/posts/links.md")
    assert "[[@lovelace]] ada@ada.example" in links and "@adamant" in links and "[e](rope.md) @ada\n" in links
    act(stoa, community, "mv", "@bo", "@beatrix")
    assert "I know @lovelace." in text(community, "content/contributors/beatrix.md")
    assert "author: Bo\n" in text(community, "content/posts/links.md")


def test_a_response_gets_another_id(stoa, community):
    before, after, _ = act(stoa, community, "mv", "rope#two", "rope#second")
    assert "answer: second" in text(community, "content/posts/rope.md")
    assert "reply-to: second" in text(community, "content/responses/rope/three.md")
    assert "aliases: [comment-2, response-two]" in text(community, "content/responses/rope/second.md")
    assert "id: 'rope/two'\n" in text(community, "content/responses/rope/second.md")
    assert entries(before) == entries(after)
    assert "[two](second.md) and [[rope#response-second]]" in text(community, "content/responses/rope/one.md")
    assert "[below](#response-second)" in text(community, "content/posts/rope.md")
    assert b'id="response-two"' in after["posts/rope/index.html"]


def test_a_response_goes_to_another_post_with_what_answers_it(stoa, community):
    before, after, _ = act(stoa, community, "mv", "rope#two", "wire")
    moved = text(community, "content/responses/wire/two.md")
    assert "reply-to" not in moved and "[[rope]] and [one](/posts/rope/#response-one)" in moved
    assert "reply-to: two" in text(community, "content/responses/wire/three.md")
    assert "answer" not in text(community, "content/posts/rope.md")
    assert "[below](/posts/wire/#response-two)" in text(community, "content/posts/rope.md")
    assert "[[wire#response-two]]" in text(community, "content/posts/links.md")
    assert not (community / "content/responses/rope/two.md").exists()
    assert "/posts/rope/#comment-2" in moved and "/posts/rope/#response-two" in moved
    page = after["posts/rope/index.html"].decode()
    assert 'id="response-two"' in page and 'id="comment-2"' in page and "/notes/posts/wire/#response-two" in page
    assert "id: 'tag:stoa.example,2026-01-01:rope/two'" in moved
    assert entries(before) == entries(after)


def test_a_response_can_go_back(stoa, community):
    first = build(stoa, community)
    act(stoa, community, "mv", "rope#two", "wire")
    _, after, _ = act(stoa, community, "mv", "wire#two", "rope")
    assert entries(first) == entries(after)
    assert "/posts/rope/#response-two" not in text(community, "content/responses/rope/two.md")


def test_a_dry_run_changes_nothing(stoa, community):
    files = {path: path.read_bytes() for path in community.rglob("*") if path.is_file()}
    said = run(stoa, "mv", "--dry-run", "rope", "line", "--source", community).stdout
    assert "moved content/responses/rope/one.md to content/responses/line/one.md (1 reference)" in said
    assert files == {path: path.read_bytes() for path in community.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("rope", "wire", "content/posts/wire/index.md has the name “wire”"),
        ("rop", "line", "did you mean “rope”?"),
        ("rope", "topic:line", "different kinds"),
        ("rope", "a b", "cannot be part of an address"),
        ("@ada", "@bo", "stoa merge contributor ada bo"),
        ("topic:knots", "topic:Sea Knots", "write sea-knots"),
        ("rope#two", "rope#one", "exists already"),
        ("rope#two", "rope#Two", "cannot be a response's id"),
        ("rope#twp", "wire", "did you mean “two”?"),
    ],
)
def test_what_cannot_be_is_said(stoa, tmp_path, old, new, why):
    folder = make(tmp_path / "c", FILES)
    result = run(stoa, "mv", old, new, "--source", folder, check=False)
    assert result.returncode == 64 and why in result.stderr


def test_names_in_other_scripts(stoa, tmp_path):
    folder = make(
        tmp_path / "c",
        {
            "stoa.yml": "title: T\nurl: https://stoa.example\n",
            "content/posts/結び目.md": "---\ntitle: 結び\nauthor: 花子\ndate: 2026-01-01\ntopics: [海]\n---\n\nテキスト\n",
            "content/posts/b.md": (
                "---\ntitle: B\nauthor: 花子\ndate: 2026-01-02\ntopics: [海]\n---\n\n見[[結び目]]と[a](結び目.md)と[b](/posts/%E7%B5%90%E3%81%B3%E7%9B%AE/)と"
                "[c](https://stoa.example/posts/結び目/)と @花子 です。[[topic:海]]\n"
            ),
            "content/responses/結び目/one.md": "---\nauthor: 花子\ndate: 2026-01-03\n---\n\nはい\n",
        },
    )
    act(stoa, folder, "mv", "結び目", "ロープ")
    assert (
        "見[[ロープ]]と[a](ロープ.md)と[b](/posts/%E3%83%AD%E3%83%BC%E3%83%97/)と[c](https://stoa.example/posts/ロープ/)と @花子 です。[[topic:海]]"
        in text(folder, "content/posts/b.md")
    )
    assert "- /posts/結び目/\n" in text(folder, "content/posts/ロープ.md")
    act(stoa, folder, "mv", "@花子", "@はな")
    assert "author: はな\n" in text(folder, "content/posts/b.md") and "@はな です" in text(folder, "content/posts/b.md")
    act(stoa, folder, "mv", "topic:海", "topic:うみ")
    assert "topics: [うみ]" in text(folder, "content/posts/b.md") and "[[topic:うみ]]" in text(folder, "content/posts/b.md")


def test_a_post_gets_a_folder_of_its_own(stoa, tmp_path):
    folder = make(tmp_path / "c", FILES)
    before, after, said = act(stoa, folder, "mv", "content/posts/rope.md", "content/posts/rope/index.md")
    assert "moved content/posts/rope.md to content/posts/rope/index.md" in said
    assert "[e](rope/index.md)" in text(folder, "content/posts/links.md") and "[rope](../rope/index.md)" in text(folder, "content/posts/wire/index.md")
    assert {name: page for name, page in before.items() if name.endswith(".html")} == {name: page for name, page in after.items() if name.endswith(".html")}
