"""What is hidden from an audience is treated exactly as deleted.

Random communities are built for each of their audiences twice: as they are, and with the files deleted that the audience must
not see. Both builds must say and write the same, byte for byte; and no word that only hidden files hold may be in what is
written, in any encoding.
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

COMMUNITIES = int(os.environ.get("STOA_TRUST_COMMUNITIES", "20"))


def build(stoa, root, output, audience):
    """Builds and returns status and words, without how long it took."""
    command = [stoa, "build", "--source", root, "--output", output, "--as-of", str(AS_OF), "--keep-going", "--jobs", "1"]
    if audience:
        command += ["--audience", audience]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    said = re.sub(r"Done in .*", "", done.stdout) + done.stderr
    return done.returncode, said


def tree(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def delete(root, items):
    for item in items:
        for file in [item.file, *item.beside]:
            (root / file).unlink()
    folders = sorted((path for path in (root / "content").rglob("*") if path.is_dir()), reverse=True)
    for folder in folders:
        if not any(folder.iterdir()):
            folder.rmdir()


def encodings(word):
    """What a word may look like where bytes are written otherwise."""
    raw = word.encode()
    yield raw
    yield urllib.parse.quote(word).encode()
    yield html.escape(word).encode()
    for shift in range(3):
        encoded = base64.b64encode(b"\0" * shift + raw)
        # The first and last characters depend on the neighbours.
        yield encoded[4 if shift else 0 : -4]


def difference(one, other):
    """The first thing in which two trees differ, for people."""
    for name in sorted(one.keys() | other.keys()):
        if name not in one or name not in other:
            return f"{name} is only {'there' if name in one else 'where hidden files are deleted'}"
        if one[name] != other[name]:
            for before, after in zip(one[name].splitlines(), other[name].splitlines()):
                if before != after:
                    return f"{name}:\n  with hidden files {before}\n  without           {after}"
            return f"{name} differs in length"
    return None


@pytest.mark.parametrize("seed", range(COMMUNITIES))
def test_hidden_is_as_deleted(stoa, tmp_path, seed):
    root = tmp_path / "community"
    community = generate(root, seed)
    for audience in community.audiences or [None]:
        hidden = community.hidden(audience)
        output = tmp_path / "site"
        status, said = build(stoa, root, output, audience)
        site = tree(output)
        assert "index.html" in site, said

        deleted = tmp_path / "deleted"
        shutil.copytree(root, deleted, symlinks=True)
        delete(deleted, hidden)
        other_output = tmp_path / "other"
        other_status, other_said = build(stoa, deleted, other_output, audience)
        assert said == other_said
        assert status == other_status
        assert difference(site, tree(other_output)) is None

        visible = "".join(path.read_text(errors="replace") for path in deleted.rglob("*.md")).lower()
        typed = visible + (root / "stoa.yml").read_text()
        written = b"\n".join(
            name.encode() + b"\n" + (gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data)
            for name, data in site.items()
        )
        for item in hidden:
            for word in item.canaries:
                # A visible text may name what is hidden: then its author has typed the name.
                if word in visible:
                    continue
                for form in encodings(word):
                    assert form not in written, f"{word} of {item.file} is in the site for {audience}"
                assert word in typed or word not in said, f"{word} of {item.file} is in what the build says"
        for other in community.audiences:
            if community.rank(other) < community.rank(audience):
                assert other.encode() not in written, f"the name of {other} is in the site for {audience}"
        for folder in (output, deleted, other_output):
            shutil.rmtree(folder)
