"""A hidden file with a mistake in it behaves as if it were deleted, whatever the mistake: for posts, responses, pages, topics and
people.

One community has a file with every flaw, and its twin has none; a build, every format of a check, every list and a preview for the
public must print and write the same for both. `make trust` also tries each kind of item alone, and each flaw.
"""

import json
import os
import re
import subprocess

import pytest

from Commands.preview import Preview
from communities import AS_OF, PIXEL
from flaws import BASIC, BYTES, DATES, VALUES, Flawed, flawed, lines, misplaced, whole
from test_noninterference import difference, tree

ALONE = bool(os.environ.get("STOA_TRUST_FLAWS"))
SETTINGS = "title: Flaws\nurl: https://flaws.example\nhighlight: none\nsearch: none\nhistory: none\n"
AUDIENCES = {
    "two": "audiences: [team, public]\n",
    "default": "audiences: [team, public]\ndefault-audience: public\n",
    "three": "audiences: [board, team, public]\ndefault-audience: team\n",
    # Drafts are hidden in communities without audiences, too.
    "none": "",
}
HIDING = {
    "audience": ["audience: team"],
    "quoted": ['audience: "team" # ours'],
    "draft": ["audience: public", "draft: true"],
    "scheduled": ["audience: public", "date: 2099-01-01"],
}
PUBLIC = "audience: public"
FORMATS = ["text", "github", "json", "sarif", "gitlab"]
LISTINGS = ["drafts", "scheduled", "unanswered", "guests", "gaps"]


# References to the names of flawed files, in every form.
WAYS = ["[[{0}]]", "[a]({0}.md)", "[[@{0}]]", "[[topic:{0}]]", "[b](/posts/{0}/)", "[[open#response-{0}]]", "[[{0}#part]]"]
MENTIONS = " ".join(WAYS[index % len(WAYS)].format(name) for index, name in enumerate([*BYTES, *VALUES, *DATES]))


def community(root, audiences, files, isserved=False):
    """A small community with flawed files; its open post refers to some of their names."""
    public = [PUBLIC] if AUDIENCES[audiences] else []
    # The diagnostics would exceed the capacity of a preview's pipe.
    names = "" if isserved else MENTIONS
    texts = {
        "posts/open.md": whole(["title: Open", "author: ada", "date: 2026-01-01", "topics: [trust]", "aliases: [/old/open/]", *public], names.encode()),
        "responses/open/r1.md": whole(["guest: Bo", "date: 2026-01-02", "aliases: [comment-1]"], b"An open answer."),
        "responses/open/r2.md": whole(["author: ada", "date: 2026-01-03", "reply-to: r1"], b"Another."),
        "pages/about.md": whole(["title: About", *public], b"Open."),
        "topics/trust.md": whole(["title: Trust"], b"Open."),
        "contributors/ada.md": whole(["name: Ada"], b"Open."),
    }
    (root / "content/static").mkdir(parents=True)
    (root / "content/static/x.png").write_bytes(PIXEL)
    (root / "stoa.yml").write_text(SETTINGS + AUDIENCES[audiences])
    for name, data in texts.items():
        put(root / "content" / name, data)
    for file in files:
        put(root / file.file, file.data)
    return root


def put(path, data):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def told(stoa, root, audience, *command):
    words = [stoa, *command, "--source", root, "--as-of", str(AS_OF), *(["--audience", audience] if audience else [])]
    done = subprocess.run(words, capture_output=True, timeout=120)
    return done.returncode, re.sub(rb"Done in .*|(?m:^left out .*\n)", b"", done.stdout), done.stderr


def everything(stoa, root, audience, isserved):
    """The output for an audience, printed and written, by command."""
    output = root.parent / "site"
    found = {"build": told(stoa, root, audience, "build", "--keep-going", "--output", output)}
    found["site"] = tree(output)
    subprocess.run(["rm", "-r", output], check=True)
    found["build alone"] = told(stoa, root, audience, "build", "--output", output)
    found["site alone"] = sorted(tree(output)) if output.exists() else []
    subprocess.run(["rm", "-rf", output], check=True)
    for form in FORMATS:
        found[f"check {form}"] = told(stoa, root, audience, "check", "--format", form)
    for listing in LISTINGS:
        found[f"list {listing}"] = told(stoa, root, audience, "list", listing)
    if isserved:
        # A preview shows drafts, and so does a list of them; items for a narrower audience stay hidden.
        preview = Preview(stoa, root, "--as-of", str(AS_OF), *(["--audience", audience] if audience else []))
        try:
            addresses = ["/" + name.removesuffix("index.html") for name in sorted(found["site"])]
            answers = {address: preview.ask(address) for address in addresses if not address.startswith("/.stoa")}
        finally:
            preview.end()
        found["serve"] = {
            address: f"{status}\n" + re.sub(r'data-snapshot="[^"]*"|127.0.0.1:[0-9]+|name="token" value="[^"]*"', "", text) for address, (status, text) in answers.items()
        }
    return found


@pytest.fixture(scope="session")
def twins(stoa, tmp_path_factory):
    """The output for a community without flawed files, which must be the same for every community with some."""
    known = {}

    def twin(audiences, isserved):
        if (audiences, isserved) not in known:
            root = community(tmp_path_factory.mktemp("twin") / "without", audiences, [], isserved)
            found = everything(stoa, root, "public" if AUDIENCES[audiences] else None, isserved)
            assert found["build alone"][0] == 0, found["build alone"][2].decode()
            known[audiences, isserved] = found
        return known[audiences, isserved]

    return twin


def compare(stoa, twins, tmp_path, audiences, files, isserved, skips=()):
    root = community(tmp_path / "with", audiences, files, isserved)
    audience = "public" if AUDIENCES[audiences] else None
    one, other = everything(stoa, root, audience, isserved), twins(audiences, isserved)
    for command in one:
        if command in skips:
            continue
        if command == "site":
            assert difference(one[command], other[command]) is None
        elif isinstance(one[command], tuple):
            assert one[command][0] == other[command][0], f"{command}: {one[command][1:]}"
            for said, unsaid in zip(one[command][1:], other[command][1:]):
                assert said.splitlines() == unsaid.splitlines(), command
        else:
            assert one[command] == other[command], command
        assert b"hisper" not in repr(one[command]).encode(), command
    return root


def sets():
    """Every kind of item with every way to hide it, and files in wrong places."""
    for audiences in AUDIENCES:
        for kind in BASIC:
            for hiding, found in HIDING.items():
                isdated = hiding in ("draft", "scheduled")
                if hiding == "draft" and kind != "post" or hiding == "scheduled" and kind not in ("post", "response"):
                    continue
                if not AUDIENCES[audiences]:
                    if not isdated:
                        continue
                    found = [line for line in found if line != PUBLIC]
                yield f"{audiences}-{kind}-{hiding}", audiences, list(flawed(kind, found))
        if AUDIENCES[audiences]:
            yield f"{audiences}-misplaced", audiences, list(misplaced(HIDING["audience"]))
            above = Flawed("above", "content/posts/above.md", whole(lines("post", HIDING["audience"])))
            answers = [file for file in flawed("response", [], "content/responses/above")]
            yield f"{audiences}-answers-to-hidden", audiences, [above, *answers]
            parent = Flawed("parent", "content/responses/open/parent.md", whole(lines("response", HIDING["audience"])))
            answers = [file for file in flawed("response", ["reply-to: parent"]) if not file.flaw.startswith("reply-")]
            yield f"{audiences}-replies-to-hidden", audiences, [parent, *answers]


SETS = {name: (audiences, files) for name, audiences, files in sets()}
# Every kind of item and every way to hide it, with two audiences; with other audiences only cases that depend on them.
SHORT = ("two-", "none-", "default-post-audience", "three-post-audience", "three-replies-", "three-answers-")


def together():
    """The sets of the short form, those of one way of hiding in one community, but for two that have files of the same names."""
    groups = {}
    for name, (audiences, files) in SETS.items():
        if name.startswith(SHORT):
            way = name.rpartition("-")[2]
            way = {"misplaced": "audience", "hidden": "replies" if "-replies-" in name else "audience"}.get(way, way)
            groups.setdefault(f"{audiences}-{way}", (audiences, []))[1].extend(files)
    for _, files in groups.values():
        assert len({file.file for file in files}) == len(files)
    return groups


TRIED = SETS if ALONE else together()


def skips(name):
    """The commands that show a hidden file: lists of drafts and of scheduled items."""
    return ("list drafts", "list scheduled") if "-draft" in name or "-scheduled" in name else ()


@pytest.mark.parametrize("name", TRIED)
def test_flawed_is_as_deleted(stoa, twins, tmp_path, name):
    audiences, files = TRIED[name]
    isserved = not skips(name) and (ALONE or name.startswith("two-"))
    root = compare(stoa, twins, tmp_path, audiences, files, isserved, skips(name))
    # An audience that may see the files gets a diagnostic about each.
    audience = AUDIENCES[audiences] and json.loads(told(stoa, root, None, "check", "--format", "json", "--drafts")[1])
    if audience:
        spoken = {entry["file"] for entry in audience["diagnostics"]}
        broken = {file.file for file in files if file.flaw in ("quote-below", "stray-byte", "too-large", "unclosed")}
        assert broken <= spoken


@pytest.mark.skipif(not ALONE, reason="make trust tries each flaw alone")
@pytest.mark.parametrize("name", [f"{name}-{index}" for name, (_, files) in SETS.items() for index in range(len(files))] if ALONE else [])
def test_each_flaw_alone(stoa, twins, tmp_path, name):
    name, _, index = name.rpartition("-")
    audiences, files = SETS[name]
    # Responses to a file are removed with it.
    needed = [file for file in files if file.flaw in ("above", "parent")]
    chosen = files[int(index)]
    group = [file for file in files if file.flaw == chosen.flaw or chosen.flaw == "below a flawed post" and file.flaw == "flawed bundle"]
    compare(stoa, twins, tmp_path, audiences, [*needed, *(file for file in group if file not in needed)], False, skips(name))


UNKNOWN = {
    "no audience can be read": lambda path: path.write_bytes(b"---\n\xff\xfeaudi\xff: whispered\ntitle: [whispered\n---\n\nWhispered.\n"),
    "no such audience": lambda path: path.write_bytes(whole([*lines("post", []), "audience: whisperers"])),
    "no front matter": lambda path: path.write_bytes(b"Whispered words.\n"),
    "indented": lambda path: path.write_bytes(whole(["title: whispered: words", "  audience: team"])),
    "empty": lambda path: path.write_bytes(b""),
    "FIFO": os.mkfifo,
    "link": lambda path: path.symlink_to("whispered-target"),
    "link to a hidden text": lambda path: path.symlink_to("/etc/hostname"),
}


@pytest.mark.parametrize("audiences", ["two", "default", "three"])
@pytest.mark.parametrize("case", UNKNOWN)
def test_what_nobody_can_know_is_an_error_without_a_word_of_it(stoa, tmp_path, audiences, case):
    root = community(tmp_path / "c", audiences, [])
    UNKNOWN[case](root / "content/posts/unknown.md")
    for command in (["build", "--output", tmp_path / "site"], *(["check", "--format", form] for form in FORMATS)):
        status, said, complained = told(stoa, root, "public", *command)
        assert status == 1, command
        assert b"content/posts/unknown.md" in said + complained
        assert b"hisper" not in said + complained
    assert not (tmp_path / "site").exists()
    # The narrowest audience gets every diagnostic.
    said = told(stoa, root, None, "check")[1]
    assert b"content/posts/unknown.md" in said
    if case == "no such audience":
        assert b"whisperers" in said


def test_the_narrower_holds(stoa, twins, tmp_path):
    """YAML that has another meaning than its lines seem to have."""
    hidden = {
        "quoted": 'title: "a\naudience: team\n"\naudience: public',
        "twice": "audience: public\naudience: team",
        "again": "audience: team\naudience: public",
        "case": "Audience: team\naudience: public",
    }
    files = [
        Flawed(name, f"content/posts/{name}.md", f"---\nauthor: a\ndate: 2026-01-01\n{text}\n---\n\nWhispered.\n".encode())
        for name, text in hidden.items()
    ]
    compare(stoa, twins, tmp_path, "two", files, False)
