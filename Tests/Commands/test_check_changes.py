"""`stoa check --changed-since` reports the problems that a change causes, and formats for programs have the same content."""

import json
import subprocess

import pytest
from conftest import run

POST = "---\ntitle: {title}\nauthor: maren\ndate: 2026-03-01\n---\n\n{text}\n"
RESPONSE = "---\nguest: Ada\ndate: 2026-03-02\n---\n\n{text}\n"


def git(root, *arguments):
    return run("git", "-C", root, "-c", "user.name=T", "-c", "user.email=t@example.org", *arguments).stdout.strip()


def write(root, name, text):
    path = root / "content" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


@pytest.fixture(params=["", "notes/"])
def community(request, tmp_path):
    """A community with mistakes on its main branch, at the top of its repository and below it."""
    root = tmp_path / "repository" / request.param
    root.mkdir(parents=True)
    git(tmp_path / "repository", "init", "--quiet", "--initial-branch=main")
    (root / "stoa.yml").write_text("title: Bells\nurl: https://bells.example\nhistory: optional\n")
    write(root, "posts/old.md", POST.format(title="Old", text="[[nowhere]] and [[missing]]"))
    write(root, "posts/target.md", POST.format(title="Target", text="## Casting\n\nText."))
    write(root, "posts/linking.md", POST.format(title="Linking", text="See [[target#casting]]."))
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", "Begin")
    git(root, "switch", "--quiet", "--create", "proposal")
    return root


def check(stoa, root, *arguments):
    done = run(stoa, "check", "--source", root, "--as-of", "2026-06-01", *arguments, check=False)
    return done.returncode, done.stdout


def test_what_was_wrong_before_does_not_fail_a_good_change(stoa, community):
    write(community, "responses/target/one.md", RESPONSE.format(text="It rang."))
    status, output = check(stoa, community, "--strict", "--changed-since", "main")
    assert status == 0, output
    assert output.splitlines() == ["Nothing is wrong", "2 other diagnostics were there before this change"]
    assert check(stoa, community, "--strict")[0] == 1


def test_a_bad_change_is_told_wherever_it_shows(stoa, community):
    write(community, "responses/target/one.md", RESPONSE.format(text="It rang in [[nowhere]]."))
    write(community, "posts/target.md", POST.format(title="Target", text="## Founding\n\nText."))
    git(community, "add", "--all")
    git(community, "commit", "--quiet", "--message", "Change")
    status, output = check(stoa, community, "--format", "json", "--changed-since", "main")
    found = json.loads(output)
    assert sorted((d["code"], d["file"]) for d in found["diagnostics"]) == [
        ("missing-heading", "content/posts/linking.md"),
        ("unresolved-link", "content/responses/target/one.md"),
    ]
    assert (status, found["earlier"]) == (0, 2)
    assert check(stoa, community, "--strict", "--changed-since", "main")[0] == 1


def test_a_line_more_is_no_news_but_one_mistake_more_is(stoa, community):
    # The main branch continues meanwhile: the change begins at the merge base.
    git(community, "switch", "--quiet", "main")
    write(community, "posts/other.md", POST.format(title="Other", text="[[lost]]"))
    git(community, "add", "--all")
    git(community, "commit", "--quiet", "--message", "Meanwhile")
    git(community, "switch", "--quiet", "proposal")
    write(community, "posts/old.md", "\n".join(
        ["---", "title: Old", "author: maren", "date: 2026-03-01", "---", "", "More.", "", "[[nowhere]] and [[missing]]", ""]))
    _, output = check(stoa, community, "--format", "json", "--changed-since", "main")
    assert {d["file"] for d in json.loads(output)["diagnostics"]} == {"content/posts/old.md"}, "a touched file is looked at whole"


@pytest.mark.parametrize("revision", ["nothing", "--output=x"])
def test_what_is_no_revision_is_wrong_usage(stoa, community, revision):
    done = run(stoa, "check", "--source", community, f"--changed-since={revision}", check=False)
    assert done.returncode == 64, done.stderr
    assert "git knows no commit" in done.stderr


def test_the_repository_stays_as_it_is(stoa, community):
    before = run("git", "-C", community, "worktree", "list").stdout, git(community, "for-each-ref"), git(community, "status", "--porcelain")
    check(stoa, community, "--changed-since", "main")
    after = run("git", "-C", community, "worktree", "list").stdout, git(community, "for-each-ref"), git(community, "status", "--porcelain")
    assert before == after


def test_code_scanning_reads_the_log(stoa, community):
    import jsonschema
    from sarif import loader

    write(community, "posts/wide.md", POST.format(title="Wide", text="Über 文字 [[nowhere]]"))
    _, output = check(stoa, community, "--format", "sarif")
    log = json.loads(output)
    path = community / "log.sarif"
    path.write_text(output)
    assert loader.load_sarif_file(str(path)).get_result_count() == 3
    run_ = log["runs"][0]
    wide = next(r for r in run_["results"] if r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].endswith("wide.md"))
    assert wide["locations"][0]["physicalLocation"]["region"] == {"startLine": 7, "startColumn": 9}, "in code points"
    assert run_["tool"]["driver"]["rules"][wide["ruleIndex"]]["id"] == wide["ruleId"]
    jsonschema.validate(log, sarif_schema())


def sarif_schema():
    """The parts of SARIF 2.1.0's schema that the log uses, with the properties that each requires."""
    text = {"type": "object", "required": ["text"], "properties": {"text": {"type": "string"}}, "additionalProperties": False}
    level = {"enum": ["none", "note", "warning", "error"]}
    number = {"type": "integer", "minimum": 1}
    region = {
        "type": "object", "additionalProperties": False,
        "properties": {"startLine": number, "startColumn": number, "endLine": number, "endColumn": number},
    }
    location = {
        "type": "object", "additionalProperties": False,
        "properties": {
            "physicalLocation": {
                "type": "object", "additionalProperties": False, "required": ["artifactLocation"],
                "properties": {
                    "artifactLocation": {"type": "object", "required": ["uri"], "properties": {"uri": {"type": "string", "format": "uri-reference"}}},
                    "region": region,
                },
            },
            "message": text,
            "id": {"type": "integer", "minimum": 0},
        },
    }
    result = {
        "type": "object", "required": ["message"], "additionalProperties": False,
        "properties": {
            "ruleId": {"type": "string"}, "ruleIndex": {"type": "integer", "minimum": -1}, "level": level, "message": text,
            "locations": {"type": "array", "items": location}, "relatedLocations": {"type": "array", "items": location},
        },
    }
    rule = {
        "type": "object", "required": ["id"], "additionalProperties": False,
        "properties": {"id": {"type": "string"}, "defaultConfiguration": {"type": "object", "properties": {"level": level}}},
    }
    driver = {
        "type": "object", "required": ["name"], "additionalProperties": False,
        "properties": {"name": {"type": "string"}, "version": {"type": "string"}, "rules": {"type": "array", "items": rule, "uniqueItems": True}},
    }
    run_ = {
        "type": "object", "required": ["tool"], "additionalProperties": False,
        "properties": {
            "tool": {"type": "object", "required": ["driver"], "properties": {"driver": driver}},
            "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]}, "results": {"type": "array", "items": result},
        },
    }
    return {
        "type": "object", "required": ["version", "runs"], "additionalProperties": False,
        "properties": {"$schema": {"type": "string"}, "version": {"const": "2.1.0"}, "runs": {"type": "array", "items": run_}},
    }


def test_gitlab_reads_the_report(stoa, community):
    write(community, "posts/old.md", POST.format(title="Old", text="[[nowhere]] and [[nowhere]]"))
    _, output = check(stoa, community, "--format", "gitlab")
    report = json.loads(output)
    assert len(report) == 2
    assert len({entry["fingerprint"] for entry in report}) == 2
    for entry in report:
        assert set(entry) - {"other_locations"} == {"description", "check_name", "fingerprint", "severity", "location"}
        assert entry["severity"] in {"info", "minor", "major", "critical", "blocker"}
        assert entry["location"]["path"].endswith("content/posts/old.md")
        assert entry["location"]["lines"]["begin"] == 7


def test_a_name_that_is_used_twice_is_reported_with_its_first_use(stoa, community):
    import jsonschema

    front = "---\ntitle: {}\nauthor: maren\ndate: 2026-03-01\naliases: [/kept/]\n---\n\nText.\n"
    write(community, "posts/first.md", front.format("First"))
    write(community, "posts/second.md", front.format("Second"))
    log = json.loads(check(stoa, community, "--format", "sarif")[1])
    jsonschema.validate(log, sarif_schema())
    found = next(r for r in log["runs"][0]["results"] if r["ruleId"] == "shadowed-alias")
    region = {"startLine": 5, "startColumn": 11, "endLine": 5, "endColumn": 17}
    assert found["locations"][0]["physicalLocation"]["region"] == region
    note = found["relatedLocations"][0]
    assert note["message"]["text"] == "first used here" and note["physicalLocation"]["region"] == region
    text = check(stoa, community)[1]
    assert "|           ^~~~~~\n  = content/posts/first.md:5:11: first used here" in text
