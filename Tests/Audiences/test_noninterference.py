"""Items that are hidden from an audience behave exactly as if they were deleted.

Random communities are built twice for each of their audiences: unchanged, and without the files that the audience must not see;
for half of the communities with a history, these files are deleted from the history, too. Both builds must print and write the
same bytes, and so must check, list and serve. The output must not contain, in any encoding, a word that only hidden files have.
"""

import base64
import gzip
import html
import os
import re
import shutil
import subprocess
import urllib.parse

import pytest

from communities import AS_OF, generate
from Commands.preview import Preview
from repositories import record, replay

# Twelve would include every combination of history, index, drafts and preview below; make trust tries many times as many.
COMMUNITIES = int(os.environ.get("STOA_TRUST_COMMUNITIES", "7"))
OUTPUTS = [
    *(["digest", "--month", month, "--format", form] for month, form in [("2026-05", "eml"), ("2026-04", "markdown"), ("2025-11", "html")]),
    ["export", "json", "OUT"], ["build", "--part", "1/2", "--output", "OUT", "--keep-going"], ["export", "sqlite", "OUT"], ["check", "--format", "sarif"],
    ["export", "wxr", "OUT"], ["check", "--format", "json"], ["build", "--part", "2/2", "--output", "OUT", "--keep-going"], ["check", "--format", "gitlab"],
    ["list", "closed"], ["list", "removed"], ["list", "overdue"],
]
LISTINGS = ["drafts", "scheduled", "unanswered", "guests", "gaps"]


def ask(stoa, command, root, audience, *options):
    """The output of a command with its status, without the duration."""
    words = [stoa, *command, "--source", root, "--as-of", str(AS_OF), *options]
    if audience:
        words += ["--audience", audience]
    done = subprocess.run(words, capture_output=True, text=True, timeout=120)
    # The build prints how many drafts and scheduled items of its audience it left out: Tests/Commands/test_summary.py.
    return done.returncode, re.sub(r"Done in .*|(?m:^left out .*\n)", "", done.stdout) + done.stderr


def outputs(stoa, root, audience, folder, chosen):
    """The output of some other commands for an audience, printed and written."""
    folder.mkdir()
    made = {}
    for words in chosen:
        file = folder / "out"
        # The output names the file, so both runs use the same name.
        words = [str(word).replace("OUT", str(file)) for word in words]
        status, said = ask(stoa, words[:1], root, audience, *words[1:])
        written = tree(file) if file.is_dir() else file.read_bytes() if file.exists() else b""
        made[" ".join(words)] = status, said.replace(str(root), "."), written
        shutil.rmtree(file) if file.is_dir() else file.unlink(missing_ok=True)
    folder.rmdir()
    return made


def tree(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def delete(root, files):
    for file in files:
        (root / file).unlink()
    folders = sorted((path for path in (root / "content").rglob("*") if path.is_dir()), reverse=True)
    for folder in folders:
        if not any(folder.iterdir()):
            folder.rmdir()


def encodings(word):
    """The forms of a word in encoded text."""
    raw = word.encode()
    yield raw
    # The search index stores words backwards to find words with the same end.
    yield word[::-1].encode()
    yield urllib.parse.quote(word).encode()
    yield html.escape(word).encode()
    for shift in range(3):
        encoded = base64.b64encode(b"\0" * shift + raw)
        # The first and last characters depend on the neighbouring bytes.
        yield encoded[4 if shift else 0 : -4]


def difference(one, other):
    """The first difference between two trees, for people."""
    for name in sorted(one.keys() | other.keys()):
        if name not in one or name not in other:
            return f"{name} is only {'there' if name in one else 'where hidden files are deleted'}"
        if one[name] != other[name]:
            for before, after in zip(one[name].splitlines(), other[name].splitlines()):
                if before != after:
                    return f"{name}:\n  with hidden files {before}\n  without           {after}"
            return f"{name} differs in length"
    return None


def without(root, target, files, commits):
    """The community without some files; if it has a history, the files are not in the history either."""
    shutil.copytree(root, target, symlinks=True, ignore=shutil.ignore_patterns(*([".git"] if commits else []), ".stoa-cache"))
    delete(target, files)
    if commits:
        replay(commits, target, without=files)
    return target


def everything(site):
    """All names and contents of a site; compressed files are also included uncompressed."""
    parts = []
    for name, data in site.items():
        unpacked = gzip.decompress(data) if data[:2] == b"\x1f\x8b" else b""
        parts += [name.encode(), data, unpacked]
    return b"\n".join(parts)


def served(stoa, root, audience, site, hidden):
    """A preview's responses for every address of a site, and for the addresses of hidden items."""
    addresses = ["/" + name.removesuffix("index.html") for name in site if not name.startswith(".stoa-")]
    addresses += [f"/{folder}/{item.name}/" for item in hidden for folder in ("posts", "contributors", "topics")]
    preview = Preview(stoa, root, "--audience", audience, "--as-of", str(AS_OF))
    try:
        answers = {address: preview.ask(urllib.parse.quote(address)) for address in addresses}
    finally:
        preview.end()
    # Each start of a preview has its own port, numbers for snapshots, and token for forms.
    return {address: f"{status}\n" + re.sub(r'data-snapshot="[^"]*"|127.0.0.1:[0-9]+|name="token" value="[^"]*"', "", body) for address, (status, body) in answers.items()}


@pytest.mark.parametrize("seed", range(COMMUNITIES))
def test_hidden_is_as_deleted(stoa, tmp_path, seed):
    root = tmp_path / "community"
    hashistory, isrewritten, issearched = seed % 4 > 0, seed % 4 > 1, seed % 4 != 2
    options = ["--drafts"] if seed % 3 == 2 else []
    community = generate(root, seed, hashistory=hashistory, search="stoa" if issearched else "none")
    commits = record(community, seed) if hashistory else []
    if commits:
        replay(commits, root)
    for audience in community.audiences or [None]:
        hidden, files = community.hidden(audience, drafts=bool(options))
        output, other_output = tmp_path / "site", tmp_path / "other"
        deleted = without(root, tmp_path / "deleted", files, commits if isrewritten else [])

        status, said = ask(stoa, ["build"], root, audience, "--output", output, "--keep-going", "--jobs", "1", *options)
        site = tree(output)
        assert "index.html" in site, said
        assert "missing-tool" not in said
        assert ("search/index/words0.txt" in site) == issearched, said
        again = ask(stoa, ["build"], deleted, audience, "--output", other_output, "--keep-going", "--jobs", "1", *options)
        assert again[1].splitlines() == said.splitlines()
        assert again[0] == status
        assert difference(site, tree(other_output)) is None
        listing = LISTINGS[(seed + len(hidden)) % len(LISTINGS)]
        for command in (["check", *options], ["list", listing]):
            before, after = ask(stoa, command, root, audience), ask(stoa, command, deleted, audience)
            # A list of drafts or scheduled items shows them to their audience; items for a narrower audience stay hidden.
            if command[0] == "check" or listing in ("unanswered", "guests", "gaps") and not options:
                assert before == after
            said += before[1] if command[0] == "check" else ""
        # All commands in a long run, otherwise some for each community.
        chosen = OUTPUTS if COMMUNITIES > 20 else [OUTPUTS[(seed * 2 + len(hidden) + place) % len(OUTPUTS)] for place in (0, 5)]
        made = [outputs(stoa, folder, audience, tmp_path / "made", chosen) for folder in (root, deleted)]
        assert made[0] == made[1]
        said += "".join(words for _, words, _ in made[0].values())
        everywhere = b"".join(everything(written) if isinstance(written, dict) else written for _, _, written in made[0].values())
        if issearched:
            sought = [word for item in hidden[:2] for word in item.canaries[:1]] + ["the"]
            found = [ask(stoa, ["search", *sought], folder, audience) for folder in (root, deleted)]
            assert found[0] == found[1]
        # A preview shows drafts, too.
        if audience and options and seed % 2 == 0:
            answers = [served(stoa, folder, audience, site, hidden) for folder in (root, deleted)]
            assert difference(*answers) is None

        # Names in the commits of a visible text are as visible as the text.
        names = [name for commit in commits if not commit.files <= files for name in (commit.author, *commit.coauthors)]
        texts = [path.read_text(errors="replace") for path in deleted.rglob("*.md") if path.is_file()]
        paths = [str(path) for path in (deleted / "content").rglob("*")]
        visible = "".join([*texts, *names, *paths]).lower()
        typed = visible + (root / "stoa.yml").read_text()
        written = everything(site) + everywhere
        for item in hidden:
            for word in item.canaries:
                # A visible text may name a hidden item, because its author typed the name.
                if word in visible:
                    continue
                for form in encodings(word):
                    assert form not in written, f"{word} of {item.file} is in the site for {audience}"
                assert word in typed or word not in said, f"{word} of {item.file} is in what is said"
        for word in community.loose:
            assert word in visible or word.encode() not in written, f"{word} is in the site for {audience}"
        for commit in commits:
            for word, once in commit.once.items():
                assert audience == once and once or word.encode() not in written, f"{word}, from when a text was hidden, is in the site for {audience}"
            secrets = list(commit.secrets)
            if commit.files <= files:
                secrets += [name for name in (commit.author, *commit.coauthors) if name.startswith(("author", "helper"))]
            for secret in secrets:
                assert secret.encode() not in written and secret not in said
        for other in community.audiences:
            if community.rank(other) < community.rank(audience):
                assert other.encode() not in written, f"the name of {other} is in the site for {audience}"
        for folder in (output, deleted, other_output):
            shutil.rmtree(folder)
