"""Random moves and merges: after each, published URLs still work, and the rest of the site is unchanged."""

import os
import random
import re
import shutil
import urllib.parse

import pytest
from conftest import run
from test_moves import build, make

MOVES = int(os.environ.get("STOA_MOVES", "4"))
NAMES = ["結び目", "веревка", "حبل", "σχοινί", "rope-2", "Zürich", "नाव", "a.b_c"]


def generated(folder, chance):
    """A small community in which all items refer to each other, in many scripts and in every form that a move rewrites."""
    slugs = random.Random(chance.random()).sample(NAMES, 6)
    people, topics = ["花子", "anna", "борис"], ["海", "knots", "узлы"]
    files = {"stoa.yml": "title: T\nurl: https://stoa.example\n"}
    for day, slug in enumerate(slugs, 1):
        others = chance.sample(slugs, 3)
        person, topic = chance.choice(people), chance.choice(topics)
        quoted = urllib.parse.quote(others[2])
        files[f"content/posts/{slug}.md"] = (
            f"---\ntitle: About {slug}\nauthor: {chance.choice(people)}\ndate: 2026-01-0{day}\ntopics: [{topic}]\nkind: practice\n"
            f"distilled-from: [{others[0]}, '{others[1]}#response-r1']\n---\n\n[[{others[0]}]] [[{others[1]}#response-r1|x]] [a]({others[1]}.md) "
            f"[b](/posts/{quoted}/#response-r2) @{person} [[@{person}]] [[topic:{topic}]] `[[{others[0]}]]` [c][d]\n\n[d]: <{others[0]}.md>\n"
        )
        for number in (1, 2):
            reply = f"reply-to: r{number - 1}\n" if number > 1 else ""
            files[f"content/responses/{slug}/r{number}.md"] = (
                f"---\nauthor: {chance.choice(people)}\ndate: 2026-02-{day:02}T0{number}:00:00Z\n{reply}---\n\n[[{others[0]}]], [r](r{3 - number}.md), @{person}.\n"
            )
    return make(folder, files)


def published(site):
    return site["addresses.txt"].decode().split()


def act(stoa, folder, chance, step):
    """One random edit: its arguments, and the old and the new path if the rest of the site must stay the same."""
    site = build(stoa, folder)
    unquote = urllib.parse.unquote
    posts = sorted(path.parent.name if path.name == "index.md" else path.stem for path in (folder / "content/posts").rglob("*.md"))
    # Old addresses are published, too; a person named by one is moved from the current address.
    pages = [
        unquote(line)
        for line in published(site)
        if line.endswith("/") and b'http-equiv="refresh"' not in site[unquote(line)[1:] + "index.html"]
    ]
    topics = sorted({line.split("/")[2] for line in pages if re.fullmatch(r"/topics/[^/]+/", line)})
    people = sorted({line.split("/")[2] for line in pages if re.fullmatch(r"/contributors/[^/]+/", line)})
    new = f"{chance.choice(NAMES)}-{step}"
    kind = chance.choice(["post", "topic", "person", "response", "thread", "merge-topic", "merge-person"])
    if kind == "post":
        old = chance.choice(posts)
        return site, ["mv", old, new], (f"/posts/{old}/", f"/posts/{new}/")
    if kind == "topic" and topics:
        old = chance.choice(topics)
        return site, ["mv", f"topic:{old}", f"topic:{new}"], (f"/topics/{old}/", f"/topics/{new}/")
    if kind == "person":
        old = chance.choice(people)
        return site, ["mv", f"@{old}", f"@{new}"], (f"/contributors/{old}/", f"/contributors/{new}/")
    if kind == "merge-topic" and len(topics) > 1:
        return site, ["merge", "topic", *chance.sample(topics, 2)], None
    if kind == "merge-person" and len(people) > 1:
        return site, ["merge", "contributor", *chance.sample(people, 2)], None
    response = chance.choice(sorted((folder / "content/responses").rglob("*.md")))
    name = f"{response.parent.name}#{response.stem}"
    if kind == "thread":
        other = chance.choice([slug for slug in posts if slug != response.parent.name])
        return site, ["mv", name, f"{other}#moved-{step}"], None
    return site, ["mv", name, f"{response.parent.name}#renamed-{step}"], None


def parts(page, old, new):
    """The parts of a page without those that depend on an address or a hue, in any order, because lists with equal dates are
    sorted by slug."""
    text = page.decode()
    old_name, new_name = old.split("/")[-2], new.split("/")[-2]
    # Addresses as readers see them, whatever their encoding.
    for name in (old_name, new_name):
        text = text.replace(urllib.parse.quote(name), name)
    text = text.replace(new, old).replace(f"@{new_name}", f"@{old_name}")
    return sorted(re.split(r"(?=<)", re.sub(r"hue-\d+", "hue", text.replace(new_name, old_name))))


def walk(stoa, folder, seed):
    chance = random.Random(seed)
    wrong = run(stoa, "check", "--source", folder, "--as-of", "2030-01-01", check=False).stdout
    for step in range(MOVES):
        before, words, paths = act(stoa, folder, chance, step)
        (folder.parent / "published.txt").write_bytes(before["addresses.txt"])
        result = run(stoa, *words, "--source", folder, check=False)
        assert result.returncode in (0, 64), (words, result.stderr)
        if result.returncode == 64:
            continue
        lines = run(stoa, "check", "--source", folder, "--as-of", "2030-01-01", "--published", folder.parent / "published.txt", check=False).stdout
        lost = [line for line in lines.splitlines() if "vanished-address" in line]
        assert not lost, (words, lost)
        broken = [line for line in lines.splitlines() if re.search(r"\[(unresolved|missing-(response|heading|parent|answer))[a-z-]*\]$", line)]
        known = [line for line in wrong.splitlines() if re.search(r"\[(unresolved|missing)", line)]
        assert len(broken) <= len(known), (words, broken)
        if not paths:
            continue
        after = build(stoa, folder)
        for name, page in before.items():
            if not name.endswith(".html") or name.startswith(("search/", "404")):
                continue
            moved = ("/" + name).replace(paths[0], paths[1])[1:]
            new = after[moved]
            if name == "topics/index.html":
                # A topic's place on the map depends on its slug.
                page, new = (re.sub(rb"<svg.*?</svg>", b"", text, flags=re.S) for text in (page, new))
            assert parts(page, *paths) == parts(new, *paths), (words, name)


def test_of_a_generated_community(stoa, tmp_path):
    chance = random.Random(7)
    walk(stoa, generated(tmp_path / "c", chance), 7)


def test_of_two_workshops(stoa, shared, tmp_path):
    shutil.copytree(shared / "community", tmp_path / "c")
    walk(stoa, tmp_path / "c", 11)
