"""Histories of random communities as git repositories: who wrote which version of which file, and when.

The same history can be made again without some files, as if they had never existed.
"""

import dataclasses
import random
import re
import subprocess

BEGIN = 1_740_000_000


@dataclasses.dataclass
class Commit:
    author: str
    coauthors: list
    message: str
    time: int
    # Pairs of a path and its new bytes; None removes the file.
    changes: list
    # The current paths of the changed files.
    files: set
    # The words that only this commit has, and that no page ever shows.
    secrets: list
    # Words from hidden versions, each with its audience at that time.
    once: dict = dataclasses.field(default_factory=dict)


def hidden_before(data, line, word):
    """An earlier version of a text that a line of its front matter hid, with a word that was removed before the text was
    shared."""
    rest = re.sub(rb"(?m)^(audience|draft): .*\n", b"", data.removeprefix(b"---\n"))
    return b"---\n" + line.encode() + b"\n" + rest + f"\nOnly {word} knew.\n".encode()


def versions(path, data, chance, before=None):
    """The steps that created a file; with a line and a word, it was hidden at first."""
    steps = []
    now = path
    if chance.random() < 0.3 and path.endswith(".md") and not path.endswith("/index.md"):
        folder, _, name = path.rpartition("/")
        now = f"{folder}/was-{name}"
    if before:
        steps.append([(now, hidden_before(data, *before))])
    for number in range(chance.choice([0, 0, 1, 2]), 0, -1):
        steps.append([(now, data + b"\nEarlier words.\n" * number)])
    if now != path:
        # The unchanged bytes, so that git recognises the file.
        before = steps[-1][0][1] if steps else data
        if not steps:
            steps.append([(now, before)])
        steps.append([(now, None), (path, before)])
        if before == data:
            return steps
    return [*steps, [(path, data)]]


def record(community, seed):
    """Makes up a history for a community."""
    chance = random.Random(seed * 31 + 7)
    waiting = {}
    once = {}
    narrowest = community.audiences[0] if community.audiences else None
    for path in sorted(community.root.rglob("*")):
        name = str(path.relative_to(community.root))
        if path.is_file() and not path.is_symlink() and chance.random() < 0.95:
            data, before = path.read_bytes(), None
            if chance.random() < 0.3 and name.endswith(".md") and data.startswith(b"---\n") and name.startswith(("content/posts/", "content/responses/")):
                word = f"o{seed}x{len(once)}z"
                line = chance.choice([f"audience: {narrowest}" if narrowest else "draft: true", "draft: true"])
                before = line, word
                once[word] = narrowest if line.startswith("audience") else None
            steps = versions(name, data, chance, before)
            # Some versions are not committed.
            waiting[name] = steps[:-1] if chance.random() < 0.1 else steps
    commits = []
    while waiting := {name: steps for name, steps in waiting.items() if steps}:
        number = len(commits)
        word = f"c{seed}x{number}"
        names = chance.sample(sorted(waiting), min(len(waiting), chance.choice([1, 2, 3, 8])))
        changes = [change for name in names for change in waiting[name].pop(0)]
        # Git itself removes these characters from names.
        people = [name.replace("<", "").replace(">", "") for name in community.people]
        author = chance.choice([*people, f"author{word}z Person"])
        coauthors = chance.sample([*people, f"helper{word}z Person"], chance.choice([0, 0, 1, 2]))
        message = f"Change message{word}z of {', '.join(names)}"
        secrets = [f"message{word}z", f"mail{word}z"]
        commits.append(Commit(author, coauthors, message, BEGIN + 7 * 3600 * number, changes, set(names), secrets))
    if commits:
        commits[0].once = once
    return commits


def replay(commits, root, without=frozenset()):
    """Makes the repository of a history; without some files, and without commits that would then be empty."""
    stream = bytearray()

    def text(data):
        stream.extend(b"data %d\n%s\n" % (len(data), data))

    for commit in commits:
        now = {was: path for path in commit.files for was in (path, "/was-".join(path.rsplit("/", 1)))}
        changes = [(path, data) for path, data in commit.changes if now[path] not in without]
        if not changes:
            continue
        mail = f"<{commit.secrets[1]}@example.org> {commit.time} +0000"
        stream.extend(f"commit refs/heads/main\nauthor {commit.author} {mail}\ncommitter {commit.author} {mail}\n".encode())
        trailers = "".join(f"Co-authored-by: {name} <{commit.secrets[1]}@example.org>\n" for name in commit.coauthors)
        text(f"{commit.message}\n\n{trailers}".encode())
        for path, data in changes:
            if data is None:
                stream.extend(f"D {path}\n".encode())
            else:
                stream.extend(f"M 100644 inline {path}\n".encode())
                text(data)
    subprocess.run(["git", "init", "--quiet", "--initial-branch=main", root], check=True)
    subprocess.run(["git", "fast-import", "--quiet"], cwd=root, input=bytes(stream), check=True)
