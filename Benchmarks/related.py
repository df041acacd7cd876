"""Measures how many pairs of posts that link to each other *Related* finds after the links are removed.

For the real community, the links are known from the original blogs; in the community itself, most have no target. In generated
communities, each post is about one of many subjects, with one word of fifteen from the subject, and each pair has one subject.
"""

import argparse
import collections
import itertools
import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "Tests"))

from Property import shown_words

SHOWN = 6
LINK = re.compile(r"\]\(\s*<?([^)\s>{]+)|href=[\"']([^\"'{]+)|\{% *(?:post_url|link) +([^ %]+)|(https?://[^\s)\"'<>\]]+)")
HOSTS = ("mademistakes.com", "networkhobo.com")


def slug(path):
    return re.sub(r"^\d{4}-\d\d-\d\d-|\.md$", "", re.sub(r"\.md$", "", path.rstrip("/").rsplit("/", 1)[-1]))


def linked_pairs(data):
    """The pairs of posts of which one links to the other."""
    community = {file.stem for file in (data / "community/content/posts").glob("*.md")}
    pairs = set()
    for folder in ("community/content/posts", "staticman-positional/_posts", "staticman-uid"):
        for file in (data / folder).rglob("*.md"):
            source = slug(file.name)
            for found in LINK.findall(file.read_text(encoding="utf-8", errors="replace")) if source in community else []:
                address = re.sub(r"[#?].*", "", next(filter(None, found)))
                host = re.match(r"https?://([^/]+)", address)
                target = slug(address)
                if target in community and target != source and (host is None or host[1].endswith(HOSTS)):
                    pairs.add(tuple(sorted((source, target))))
    return pairs


def masked(text):
    """A text in which links between posts are replaced by their words."""
    return re.sub(r"\[([^]\n]*)\]\((?:/|https?://(?:www\.)?(?:%s))[^)\n]*\)" % "|".join(HOSTS), r"\1", text)


def write_made_up(root, seed, posts=300, subjects=75):
    """Writes a community and returns its pairs."""
    chance = random.Random(seed)
    words = ["".join(chance.choice("bdfgklmnprstvz") + chance.choice("aeiou") for _ in range(chance.randint(1, 4))) for _ in range(9_000)]
    # A few words are frequent, as in any language.
    weights = list(itertools.accumulate(1 / (place + 2) for place in range(len(words))))
    about = [chance.sample(words[100:], 40) for _ in range(subjects)]
    folder = root / "content/posts"
    folder.mkdir(parents=True)
    (root / "stoa.yml").write_text("title: Made up\nhistory: none\nsearch: none\n")
    members = collections.defaultdict(list)
    for number in range(posts):
        subject = chance.randrange(subjects)
        said = chance.choices(words, cum_weights=weights, k=chance.randint(120, 900))
        said = [chance.choice(about[subject]) if chance.random() < 1 / 15 else word for word in said]
        text = ". ".join(" ".join(said[place : place + 12]) for place in range(0, len(said), 12))
        (folder / f"p{number}.md").write_text(f"---\ntitle: {' '.join(said[:4])}\nauthor: a{number % 40}\ndate: 2026-01-01\n---\n\n{text}.\n")
        members[subject].append(f"p{number}")
    return {tuple(sorted(pair)) for names in members.values() for pair in itertools.combinations(names, 2)}


def report(name, stoa, root, pairs):
    subprocess.run([stoa, "build", "--quiet", "--source", root], stderr=subprocess.DEVNULL, check=True)
    pages = [shown_words.read(page) for page in (root / "site/posts").glob("*/index.html")]
    related = {page.slug: page.related for page in pages}
    partners = collections.defaultdict(set)
    for left, right in pairs:
        partners[left].add(right)
        partners[right].add(left)
    found = {post: len(others & set(related[post])) for post, others in partners.items()}
    recall = sum(found[post] / min(SHOWN, len(others)) for post, others in partners.items()) / len(partners)
    either = sum(right in related[left] or left in related[right] for left, right in pairs)
    print(f"{name}: {len(pairs)} pairs of {len(related)} conversations")
    print(f"  R@{SHOWN} {recall:.2f}: of a post's partners, at most {SHOWN}, how many it shows; the mean over posts")
    print(f"  pairs {either / len(pairs):.2f}: shown by one post or both")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stoa", type=pathlib.Path, default=ROOT / ".build/release/stoa")
    parser.add_argument("--data", type=pathlib.Path, default=ROOT / "../shared/data")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for seed in (1, 2):
            root = pathlib.Path(folder) / f"made-up-{seed}"
            pairs = write_made_up(root, seed)
            report(f"made up, seed {seed}", options.stoa, root, pairs)
        if not (options.data / "community").is_dir():
            print(f"there is no {options.data / 'community'}: nothing is measured of it")
            return
        root = pathlib.Path(folder) / "community"
        shutil.copytree(options.data / "community", root)
        for file in (root / "content").rglob("*.md"):
            file.write_text(masked(file.read_text(encoding="utf-8")), encoding="utf-8")
        report("linked posts of real blogs", options.stoa, root, linked_pairs(options.data))


if __name__ == "__main__":
    main()
