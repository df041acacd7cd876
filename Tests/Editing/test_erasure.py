"""After stoa erase and the commands that it prints, no trace of a person is left."""

import os
import re
import subprocess

from conftest import run
from test_moves import make

FILES = {
    "stoa.yml": "title: T\nurl: https://stoa.example\n",
    "content/posts/rope.md": "---\ntitle: Rope\nauthor: [bo, quillfeather]\ndate: 2026-01-01\n---\n\nAs @quillfeather and Zelda Quillfeather say. [Her page](/contributors/quillfeather/), [[@quillfeather|a friend]].\n",
    "content/posts/own.md": "---\ntitle: Her own\nauthor: Zelda Quillfeather\ndate: 2026-01-02\n---\n\nThe canary sings below the seventh mast at noon.\n",
    "content/posts/alone.md": "---\ntitle: Canary alone\nauthor: quillfeather\ndate: 2026-01-02\n---\n\nNobody answered this.\n",
    "content/contributors/quillfeather.md": "---\nname: Zelda Quillfeather\naliases: [ZQ]\n---\n\nI am the canary.\n",
    "content/responses/own/one.md": "---\nauthor: bo\ndate: 2026-01-03\n---\n\n> The canary sings below the seventh mast at noon.\n\nIndeed, ZELDA.\n",
    "content/responses/rope/a.md": "---\nauthor: ZQ\ndate: 2026-01-03\n---\n\nMy canary words.\n",
    "content/responses/rope/b.md": "---\nauthor: bo\ndate: 2026-01-04\nreply-to: a\n---\n\nThanks.\n",
    "content/responses/rope/c.md": "---\nauthor: quillfeather\ndate: 2026-01-05\n---\n\nThe canary once more.\n",
}
CANARY = re.compile(rb"quillfeather|canary|seventh mast|\bzq\b", re.I)


def commit(folder, name, date, message):
    mail = f"{name.split()[0].lower()}@mail.example"
    person = {
        f"GIT_{role}_{key}": value
        for role in ("AUTHOR", "COMMITTER")
        for key, value in (("NAME", name), ("EMAIL", mail), ("DATE", date))
    }
    run("git", "-C", folder, "add", "-A")
    run("git", "-C", folder, "commit", "-q", "-m", message, **person)


def test_nothing_is_left_of_a_person(stoa, tmp_path):
    folder = make(tmp_path / "c", {name: text for name, text in FILES.items() if "responses" not in name})
    run("git", "init", "-q", folder)
    commit(folder, "Bo Rand", "2026-01-02T10:00:00Z", "Begin")
    make(folder, FILES)
    commit(folder, "Zelda Quillfeather", "2026-01-05T10:00:00Z", "Quillfeather answers")
    said = run(stoa, "erase", "@quillfeather", "--source", folder).stdout
    assert (folder / "content/responses/rope/a.md").read_text() == (
        "---\ndate: 2026-01-03\nremoved: taken back by its author\n---\n"
    )
    assert not (folder / "content/responses/rope/c.md").exists() and not (folder / "content/posts/alone.md").exists()
    assert "As somebody and somebody say. [Her page](/contributors/), a friend." in (
        folder / "content/posts/rope.md"
    ).read_text()
    assert "> […]\n" in (folder / "content/responses/own/one.md").read_text()
    run(stoa, "build", "--source", folder, "--quiet")
    left = [path for path in folder.rglob("*") if path.is_file() and ".git" not in path.parts and CANARY.search(path.read_bytes())]
    assert left == []
    commit(folder, "Bo Rand", "2026-02-01T10:00:00Z", "As was asked")
    before = run("git", "-C", folder, "log", "--format=%ad %an", "--date=iso").stdout.splitlines()
    recipe = said[said.index('cd "$(git') :]
    subprocess.run(["bash", "-euc", recipe], cwd=folder, check=True, capture_output=True, env={**os.environ, "HOME": str(tmp_path)})
    log = run("git", "-C", folder, "log", "--all", "-p", "--format=fuller").stdout.encode()
    assert not CANARY.search(log), CANARY.search(log)
    after = run("git", "-C", folder, "log", "--format=%ad %an", "--date=iso").stdout.splitlines()
    assert after == [line.replace("Zelda Quillfeather", "somebody") for line in before]
    assert run("git", "-C", folder, "status", "--porcelain", "content").stdout == ""


def test_words_that_were_quoted_within_a_sentence_go_too(stoa, tmp_path):
    files = {
        "stoa.yml": "title: T\n",
        "content/posts/own.md": "---\ntitle: Own\nauthor: zelda\ndate: 2026-01-02\n---\n\nThe canary sings below the seventh mast at noon, they say.\n",
        "content/posts/others.md": (
            "---\ntitle: Others\nauthor: bo\ndate: 2026-01-03\n---\n\n"
            "As she said, “the canary *sings* below the\nseventh mast at noon”, and so on.\n\n"
            "> The canary sings\n> below the seventh mast\n> at noon, they say.\n> So it is.\n\n"
            "See [the canary sings below the seventh](own.md) mast, and *the canary sings below the* seventh mast.\n"
        ),
        "content/posts/title.md": "---\ntitle: The canary sings below the seventh mast\nauthor: bo\ndate: 2026-01-04\n---\n\nText.\n",
    }
    make(tmp_path, files)
    run("git", "init", "-q", tmp_path)
    commit(tmp_path, "Bo Rand", "2026-01-05T10:00:00Z", "Begin")
    said = run(stoa, "erase", "zelda", "--source", tmp_path, check=False).stdout
    text = (tmp_path / "content/posts/others.md").read_text()
    assert "As she said, “[…] at noon”" in text or "As she said, “[…]”, and so on." in text
    assert "> […]\n> […]\n> […]\n> So it is.\n" in text
    # Text that cannot be removed without breaking a link, or that is in front matter, is listed.
    assert "See […](own.md) mast, and *the canary sings below the* seventh mast." in text
    assert "content/posts/others.md:14: contains the erased words: check it by hand" in said
    assert "content/posts/title.md:2: contains the erased words: check it by hand" in said
    (tmp_path / "content/posts/others.md").write_text(text[: text.index("See [")])
    (tmp_path / "content/posts/title.md").write_text(files["content/posts/title.md"].replace("The canary sings below the seventh mast", "Title"))
    commit(tmp_path, "Bo Rand", "2026-02-01T10:00:00Z", "As was asked")
    recipe = said[said.index('cd "$(git') :]
    subprocess.run(["bash", "-euc", recipe], cwd=tmp_path, check=True, capture_output=True, env={**os.environ, "HOME": str(tmp_path)})
    before = run("git", "-C", tmp_path, "log", "--all", "-p", "--", "content/posts/others.md").stdout
    assert "sings* below" not in before and "below the seventh mast" not in before


def test_a_name_is_found_however_its_accents_are_encoded(stoa, tmp_path):
    composed, decomposed = "Jos\u00e9 Nu\u00f1ez", "Jose\u0301 Nun\u0303ez"
    files = {
        "stoa.yml": "title: T\n",
        "content/posts/a.md": f"---\ntitle: A\nauthor: Ada\ndate: 2026-01-01\n---\n\n{decomposed} and JOSE\u0301 NUN\u0303EZ, but not Jose Nunez or {composed}\u0301.\n",
        "content/responses/a/one.md": f"---\nguest: {composed}\ndate: 2026-01-02\n---\n\nHi.\n",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    run(stoa, "erase", decomposed, "--source", tmp_path)
    text = (tmp_path / "content/posts/a.md").read_text(encoding="utf-8")
    assert f"somebody and somebody, but not Jose Nunez or {composed}\u0301." in text
    assert not (tmp_path / "content/responses/a/one.md").exists()


def recipe_of(said):
    return said[said.index('cd "$(git') :]


def carry_out(said, folder, home):
    subprocess.run(["bash", "-euc", recipe_of(said)], cwd=folder, check=True, capture_output=True, env={**os.environ, "HOME": str(home)})


KEYS = ["audience", "draft", "date", "title", "author", "reply-to", "default", "Audience", "true", "team"]


def test_a_name_that_is_a_word_of_front_matter_publishes_nothing(stoa, tmp_path):
    """Visitors choose their names: what is hidden stays so, in the files and in every version of them."""
    files = {
        "stoa.yml": "title: T\nhistory: none\naudiences: [team, public]\ndefault-audience: public\n",
        "content/posts/shown.md": "---\ntitle: Shown\nauthor: bo\ndate: 2026-01-01\n---\n\nOf the audience, a draft and a title.\n",
        "content/posts/hidden.md": "---\ntitle: Canary\nauthor: bo\ndate: 2026-01-02\naudience: team\n---\n\nA canary.\n",
        "content/posts/quoted.md": '---\ntitle: Canary\nauthor: bo\ndate: 2026-01-02\n"audience" : "team"\n---\n\nA canary.\n',
        "content/posts/begun.md": "---\ntitle: Canary begun\nauthor: bo\ndate: 2026-01-02\ndraft: true\n---\n\nA canary.\n",
    }
    for number, name in enumerate(KEYS):
        files[f"content/responses/shown/r{number}.md"] = f"---\nguest: '{name}'\ndate: 2026-01-03\n---\n\nI said {number}.\n"
    root = make(tmp_path / "c", files)
    run("git", "init", "-q", root)
    commit(root, "Bo Rand", "2026-01-05T10:00:00Z", "Begin")
    said = [run(stoa, "erase", name, "--source", root, check=False).stdout for name in dict.fromkeys(map(str.lower, KEYS))]
    assert "Of the somebody, a somebody and a somebody." in (root / "content/posts/shown.md").read_text()
    for name in ("hidden", "quoted", "begun"):
        path = f"content/posts/{name}.md"
        assert (root / path).read_text() == files[path]
    assert (root / "stoa.yml").read_text().startswith("title: T\nhistory: none\naudiences: [team, public]\ndefault-audience: public\n")
    commit(root, "Bo Rand", "2026-02-01T10:00:00Z", "As was asked")
    for words in said:
        carry_out(words, root, tmp_path)
    for version in run("git", "-C", root, "log", "--format=%H").stdout.split():
        run("git", "-C", root, "checkout", "-q", version)
        run(stoa, "build", "--source", root, "--audience", "public", "--keep-going", check=False)
        pages = b"".join(path.read_bytes() for path in (root / "site").rglob("*") if path.is_file())
        assert b"anary" not in pages, version


def test_a_name_of_several_lines_ends_no_part_of_the_recipe(stoa, tmp_path):
    evil = f"\nEND\ntouch {tmp_path}/pwned; #\nEND\n) touch {tmp_path}/pwned; #"
    files = {
        "stoa.yml": "title: T\n",
        "content/posts/a.md": "---\ntitle: A\nauthor: evil\ndate: 2026-01-01\n---\n\nWords.\n",
        "content/contributors/evil.md": "---\nname: Evil\naliases: [%s]\n---\n" % repr(f"Al{evil}").replace("'", '"'),
        "content/responses/a/one.md": "---\nguest: %s\ndate: 2026-01-02\n---\n\nHi.\n" % repr(f"Bo{evil}").replace("'", '"'),
    }
    for number, (name, word) in enumerate({"evil": f"some'; touch {tmp_path}/pwned; '", f"Bo{evil}": f"a{evil}"}.items()):
        root = make(tmp_path / str(number), files)
        run("git", "init", "-q", root)
        commit(root, "Bo Rand", "2026-01-05T10:00:00Z", "Begin")
        said = run(stoa, "erase", name, "--source", root, "--as", word, check=False)
        commit(root, "Bo Rand", "2026-02-01T10:00:00Z", "As was asked")
        carry_out(said.stdout, root, tmp_path)
        assert not (tmp_path / "pwned").exists(), recipe_of(said.stdout)


def test_other_people_and_short_words_stay_in_the_history(stoa, tmp_path):
    files = {
        "stoa.yml": "title: T\n",
        "content/posts/own.md": "---\ntitle: Own\nauthor: ann\ndate: 2026-01-02\n---\n\nThe canary sings below the seventh mast at noon,\na\nb.\n",
        "content/posts/x.md": "---\ntitle: A cab\nauthor: bo\ndate: 2026-01-01\n---\n\n> The canary sings below the seventh mast at noon,\n> a\n\nA cab, a bar. A.\n",
        "content/responses/x/one.md": "---\nguest: A\ndate: 2026-01-02\n---\n\nHi.\n",
    }
    root = make(tmp_path / "c", files)
    run("git", "init", "-q", root)
    for name in ("Joanne Annand", "Ann", "Hannah"):
        (root / "stoa.yml").write_text(f"title: T\ndescription: {name[::-1]}\n")
        commit(root, name, "2026-01-05T10:00:00Z", "Begin")
    for name in ("ann", "A"):
        said = run(stoa, "erase", name, "--source", root, check=False).stdout
        commit(root, "Bo Rand", "2026-02-01T10:00:00Z", "As was asked")
        carry_out(said, root, tmp_path)
    assert run("git", "-C", root, "log", "--reverse", "--format=%an").stdout.split("\n")[:3] == ["Joanne Annand", "somebody", "Hannah"]
    log = run("git", "-C", root, "log", "-p", "--format=").stdout
    assert "A cab, a bar. A." in log and "title: A cab" in log and "seventh mast" not in log
