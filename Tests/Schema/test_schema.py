"""The JSON Schemas for editors, compared with Load's diagnostics for the same files. STOA_RECORD=1 publishes them again."""

import json
import os
import re
import sys

import pytest

from conftest import ROOT, run

KINDS = ["settings", "post", "response", "contributor", "topic", "page"]
FOLDERS = {"post": "posts", "response": "responses", "contributor": "contributors", "topic": "topics", "page": "pages"}
PUBLISHED = ROOT / "content/static/schemas"

SETTINGS = "title: A place\naudiences: [team, public]\n"
POST = "title: Wells\nauthor: Ada\ndate: 2026-05-01\n"
RESPONSE = "author: Ada\ndate: 2026-05-02\n"

# Front matter, or settings, with one mistake each.
WRONG = {
    "settings": [
        "description: without a title\n",
        SETTINGS + "titel: A place\n",
        SETTINGS + "hue: 400\n",
        SETTINGS + "hue: warm\n",
        SETTINGS + "page-size: 0\n",
        SETTINGS + "search: google\n",
        SETTINGS + "highlight: [pygments]\n",
        SETTINGS + "history: maybe\n",
        SETTINGS + "url: stoa.example\n",
        SETTINGS + "url: https://stoa.example/?a=b\n",
        SETTINGS + "language: english please\n",
        SETTINGS + "smart-punctuation: perhaps\n",
        SETTINGS + "permalinks: posts/:slug\n",
        SETTINGS + "ignore-revisions: [abc]\n",
        SETTINGS + "forge: {kind: sourceforge, url: https://forge.example/a/b}\n",
        SETTINGS + "forge: {kind: github}\n",
        SETTINGS + "forge: {kind: github, url: https://github.com/a/b, trunk: main}\n",
        SETTINGS + "reply: {forge: letters}\n",
        SETTINGS + "reply: {pigeon: true}\n",
        SETTINGS + "reply: {mail: nobody}\n",
        SETTINGS + "rules: {missing-headng: error}\n",
        SETTINGS + "rules: {heading-jump: loud}\n",
        SETTINGS + "rules: {missing-date: off}\n",
        SETTINGS + "id: Notes.Example\n",
        SETTINGS + "addresses-in-text: hide\n",
        SETTINGS + "changes: 3 weeks\n",
        SETTINGS + "menu: [{title: Without an address}]\n",
        "title: A place\naudiences: [Team]\n",
    ],
    "post": [
        "title: Wells\nauthor: Ada\n",
        "title: Wells\ndate: 2026-05-01\n",
        "title: Wells\nauthor: Ada\ndate: yesterday\n",
        "title: Wells\nauthor: Ada\ndate: 2026-13-01\n",
        POST + "kind: essay\n",
        POST + "draft: perhaps\n",
        POST + "tags: [Water]\n",
        POST + "answer: first\n",
        POST + "source: {title: Without an address}\n",
        POST + "source: a book\n",
        POST + "responses: shut\n",
        POST + "responses: closed tomorrow\n",
        POST + "language: 'english, of a kind'\n",
        POST + "summary: {a: b}\n",
        POST + "topics: {a: b}\n",
        POST + "changes: some\n",
        POST + "id: 'two words'\n",
    ],
    "response": [
        "date: 2026-05-02\n",
        RESPONSE + "guest: Ben\n",
        RESPONSE + "stance: disagrees\n",
        RESPONSE + "kind: comment\n",
        RESPONSE + "in-reply-to: first\n",
        RESPONSE + "reply-to: [a, b]\n",
        RESPONSE + "draft: true\n",
    ],
    "contributor": ["name: [Ada]\n", "url: ada.example\n", "listed: perhaps\n", "accounts: [ada]\n", "homepage: https://ada.example\n"],
    "topic": ["parent: [a, b]\n", "guide: perhaps\n", "order: {a: b, c: {d: e}}\n", "colour: red\n"],
    "page": ["order: first\n", "order: 20000\n", "menu: [a]\n", "menu-title: About\n", "language: '?'\n"],
}

# Values that Load accepts without a diagnostic.
RIGHT = {
    "settings": [
        SETTINGS + "hue: '38'\nsmart-punctuation: yes\nmenu: [about, {title: Code, address: https://code.example/}]\n",
        "title: 2026\nrules: {heading-jump: off, missing-date: error}\nx-colour: red\nx-list: [a, 1]\n",
        SETTINGS + "id: notes.example,2026-03\nchanges: 24 months\npermalinks: /:year/:slug/\ndescription:\n",
        SETTINGS + "reply: {forge: issue, command: no, mail: answers@stoa.example}\n",
    ],
    "post": [
        "title: 42\nauthor: [Ada, 7]\ndate: 2026-05-01 10:30:00+02:00\ndraft: On\n",
        POST + "topics: Water\nresponses: closed 2026-05-09\nsource: {url: https://a.example/, title: A}\nsummary:\n",
        POST + "kind: question\nanswer: first\nanchors: {old: new}\nupdated: 2026-05-02T10:00Z\n",
        "title: Taken\ndate: 2026-05-01\nremoved: its author asked for it\n",
    ],
    "response": [RESPONSE + "stance: differs\n", "guest: Ben\ndate: 2026-05-02\nurl: https://ben.example\n", "date: 2026-05-02\nremoved: spam\n"],
    "contributor": ["name: Ada\nlisted: n\naccounts: github:ada\n"],
    "topic": ["title: Water\nparent: Earth\norder: [wells, Deep: [pumps, rivers]]\n"],
    "page": ["menu: About us\norder: -3\n", "menu: true\n"],
}


@pytest.fixture(scope="module")
def schemas(stoa, tmp_path_factory):
    folder = tmp_path_factory.mktemp("schemas")
    for kind in KINDS:
        (folder / f"{kind}.json").write_text(run(stoa, "schema", kind).stdout)
    return folder


def refused(schema, files):
    """The files that check-jsonschema rejects."""
    result = run(
        sys.executable, "-m", "check_jsonschema", "--schemafile", schema, "--output-format", "json", "--default-filetype", "yaml", *files,
        check=False,
    )
    assert result.stdout.startswith("{"), result.stdout + result.stderr
    report = json.loads(result.stdout)
    assert not report.get("parse_errors"), report
    return {error["filename"] for error in report.get("errors", [])}


def front_matter(path):
    return path.read_text().split("---\n")[1]


@pytest.mark.parametrize("kind", KINDS)
def test_a_schema_is_one(schemas, kind):
    run(sys.executable, "-m", "check_jsonschema", "--check-metaschema", schemas / f"{kind}.json")


@pytest.mark.parametrize("kind", KINDS)
def test_the_examples_files_pass(schemas, tmp_path, kind):
    if kind == "settings":
        sources = [ROOT / "stoa.yml"]
    else:
        sources = sorted(path for path in (ROOT / "content" / FOLDERS[kind]).rglob("*.md") if path.read_text().startswith("---\n"))
    assert sources
    files = []
    for number, source in enumerate(sources):
        files.append(tmp_path / f"{number}.yml")
        files[-1].write_text(source.read_text() if kind == "settings" else front_matter(source))
    assert not refused(schemas / f"{kind}.json", files)


def community(folder, kind, text):
    """A community in which only one file may have mistakes."""
    for name in ["content/posts", "content/responses/wells"]:
        (folder / name).mkdir(parents=True)
    (folder / "stoa.yml").write_text(text if kind == "settings" else SETTINGS)
    (folder / "content/posts/wells.md").write_text(f"---\n{POST}topics: [Water]\n---\n\nWater.\n")
    (folder / "content/responses/wells/first.md").write_text(f"---\n{RESPONSE}---\n\nYes.\n")
    if kind == "settings":
        return "stoa.yml"
    place = {"post": "posts/mills", "response": "responses/wells/second", "contributor": "contributors/ada", "topic": "topics/water", "page": "pages/about"}
    path = folder / "content" / f"{place[kind]}.md"
    path.parent.mkdir(exist_ok=True)
    title = "# About\n\n" if kind == "page" else ""
    path.write_text(f"---\n{text}---\n\n{title}Words.\n")
    return str(path.relative_to(folder))



def told(stoa, folder, name):
    report = json.loads(run(stoa, "check", "--format", "json", cwd=folder, check=False).stdout)
    return [item for item in report["diagnostics"] if item.get("file") == name]


def cases(table):
    return [pytest.param(kind, number, id=f"{kind}-{number}") for kind, texts in table.items() for number in range(len(texts))]


@pytest.fixture(scope="module")
def judged(schemas, tmp_path_factory):
    """For every generated file, whether its schema rejects it; one process for each kind."""
    verdicts = {}
    for name, table in [("wrong", WRONG), ("right", RIGHT)]:
        for kind, texts in table.items():
            folder = tmp_path_factory.mktemp(f"{name}-{kind}")
            files = [folder / f"{number}.yml" for number in range(len(texts))]
            for file, text in zip(files, texts):
                file.write_text(text)
            found = refused(schemas / f"{kind}.json", files)
            verdicts |= {(name, kind, number): str(file) in found for number, file in enumerate(files)}
    return verdicts


@pytest.mark.parametrize("kind,number", cases(WRONG))
def test_what_is_wrong_is_wrong_in_both(stoa, judged, tmp_path, kind, number):
    name = community(tmp_path, kind, WRONG[kind][number])
    assert told(stoa, tmp_path, name), "Load takes it"
    assert judged["wrong", kind, number], "the schema takes it"


@pytest.mark.parametrize("kind,number", cases(RIGHT))
def test_what_is_right_is_right_in_both(stoa, judged, tmp_path, kind, number):
    name = community(tmp_path, kind, RIGHT[kind][number])
    values = {"invalid-value", "invalid-setting", "unknown-key", "unknown-setting", "invalid-date", "half-read-value", "missing-author", "missing-date", "missing-settings"}
    assert not [item for item in told(stoa, tmp_path, name) if item["code"] in values]
    assert not judged["right", kind, number], "the schema refuses it"


@pytest.mark.parametrize("kind", KINDS)
def test_the_guide_publishes_them(schemas, kind):
    made = (schemas / f"{kind}.json").read_text()
    if os.environ.get("STOA_RECORD"):
        PUBLISHED.mkdir(exist_ok=True)
        (PUBLISHED / f"{kind}.json").write_text(made)
    assert (PUBLISHED / f"{kind}.json").read_text() == made


def test_a_released_program_says_where_the_schema_is(stoa, tmp_path):
    run(stoa, "init", tmp_path / "notes")
    text = (tmp_path / "notes/stoa.yml").read_text()
    release = re.search(r"^# yaml-language-server: \$schema=(\S+)$", text, re.M)
    # This program was compiled locally, unless it was built for a release.
    assert release is None or release[1].endswith("/stoa.schema.json")
    assert "stoa schema settings" in text and "@" not in text
