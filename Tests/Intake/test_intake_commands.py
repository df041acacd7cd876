"""`stoa intake`: a moderator decides on the command line, beside the running service."""

import os
import re
import time

import pytest

from conftest import run
from Intake.service import SITE, TYPED, Service, branches, git, repository, root, service, texts  # noqa: F401


@pytest.fixture
def intake(stoa, root):
    def intake(*arguments, check=True):
        return run(stoa, "intake", *arguments, "--config", root / "receive.yml", check=check)
    return intake


def rows(done):
    return [line.split("\t") for line in done.stdout.splitlines()]


def test_what_waits_is_listed_and_shown(service, intake):
    assert intake("list").stdout == ""
    service.reply()
    assert service.send({**TYPED, **service.form(), "reply-to": "", "text": "See https://a.example, https://b.example, https://c.example, https://d.example."})[0] == 303
    # Replies of one second are sorted by their keys.
    first, second = sorted(rows(intake("list")), key=lambda row: row[1] == "doubtful")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", first[0])
    assert first[1:3] == ["new", "a#response-one"] and first[4:] == ["Zoë <b>", ""]
    assert second[1:3] == ["doubtful", "a"] and second[4:] == ["Zoë <b>", "links"]
    shown = intake("show", second[3]).stdout
    assert f"content/responses/a/{second[3]}.md\tdoubtful\ndoubtful: links\n" in shown and "https://d.example" in shown


def test_a_terminal_does_not_do_what_a_stranger_wrote(service, intake):
    service.send({**TYPED, **service.form(), "reply-to": "", "name": "A\u202eB", "text": "a\u009bc\u202ed"})
    (_, _, _, id, _, _), = rows(intake("list"))
    said = intake("list").stdout + intake("show", id).stdout
    assert not set(said) & set("\u202e\u009b\x1b")


def test_an_accepted_reply_is_on_the_branch_and_the_site(stoa, repository, intake):
    service = Service(stoa, repository)
    try:
        service.reply()
        (_, _, _, id, _, _), = rows(intake("list"))
        assert intake("accept", id).stdout == f"accepted\tcontent/responses/a/{id}.md\n"
        assert intake("list").stdout == "" and len(service.kept("published")) == 1
        # The branch is checked out in the folder, which gets the file, too.
        assert git(repository, "log", "--format=%an %ae %s", "-1") == "Zoë b guest@invalid Reply to a"
        assert git(repository, "status", "--porcelain") == "" and (repository / f"content/responses/a/{id}.md").exists()
        run(stoa, "build", "--source", repository, "--strict", "--as-of", "2999-01-01")
        assert f'id="response-{id}"' in (repository / "site/posts/a/index.html").read_text()
        # Accepting it twice has no effect.
        assert intake("accept", id).returncode == 0 and git(repository, "rev-list", "--count", "main") == "2"
        again = intake("reject", id, check=False)
        assert again.returncode == 64 and "published already" in again.stderr
    finally:
        service.kill()


def test_a_proposal_is_accepted_as_it_was_proposed_or_taken_away(stoa, repository, intake):
    service = Service(stoa, repository, more="")
    try:
        for text in ("First.", "Second.", "Third."):
            service.reply({**TYPED, "text": text})
        service.until(lambda: len(service.kept("proposed")) == 3)
        ids = {path.read_text().splitlines()[-1]: path.read_text().split("id ")[1].split()[0] for path in service.kept("proposed")}
        proposed = git(repository, "rev-parse", f"reply/a/{ids['First.']}")
        intake("accept", ids["First."])
        # The commit is that of the proposal, so a forge recognises that it was merged.
        assert git(repository, "rev-parse", "main") == proposed
        intake("accept", ids["Second."])
        assert git(repository, "rev-list", "--count", "main") == "3"
        assert intake("reject", ids["Third."]).stdout == f"rejected\tcontent/responses/a/{ids['Third.']}.md\n"
        assert branches(repository) == [] and service.all_kept()[0].parent.name == "published"
        record, = (repository / "spool/rejected").iterdir()
        assert "Third" not in record.read_text() and "Zoë" not in record.read_text() and ids["Third."] in record.read_text()
        # Git's objects do not contain it any more either.
        objects = git(repository / "spool/repository.git", "cat-file", "--batch-all-objects", "--batch-check=%(objectname) %(objecttype)").splitlines()
        blobs = [name for name, kind in map(str.split, objects) if kind == "blob"]
        assert blobs and all("Third" not in git(repository / "spool/repository.git", "cat-file", "-p", name) for name in blobs)
        assert "rejected" in intake("list", "--all").stdout
        done = intake("show", ids["Third."], check=False)
        assert done.returncode == 64 and "its content was deleted" in done.stderr
    finally:
        service.kill()


def test_a_rejected_form_that_is_sent_again_stays_rejected(service, intake):
    fields = {**TYPED, **service.form(), "reply-to": ""}
    service.send(fields)
    (_, _, _, id, _, _), = rows(intake("list"))
    intake("reject", id)
    assert service.send(fields)[0] == 303 and service.all_kept() == []


def test_a_remote_that_is_away_is_said_and_waited_for(stoa, repository, intake, tmp_path):
    remote = tmp_path / "remote.git"
    git(repository, "clone", "-q", "--bare", ".", remote)
    service = Service(stoa, repository, more=f"proposals: none\nrepository: {remote}\n")
    try:
        service.reply()
        (_, _, _, id, _, _), = rows(intake("list"))
        away = remote.rename(tmp_path / "away.git")
        done = intake("accept", id, check=False)
        assert done.returncode == 74 and "is not on the branch yet" in done.stderr and service.kept("accepted")
        away.rename(remote)
        # The service continues with it on its own.
        service.until(lambda: service.kept("published"))
        assert git(remote, "show", f"main:content/responses/a/{id}.md").splitlines()[-1] == "How?"
    finally:
        service.kill()


def test_a_branch_that_moved_on_takes_a_reply_all_the_same(stoa, repository, intake, tmp_path):
    remote = tmp_path / "remote.git"
    git(repository, "clone", "-q", "--bare", ".", remote)
    service = Service(stoa, repository, more=f"repository: {remote}\n")
    try:
        service.reply()
        service.until(lambda: service.kept("proposed"))
        (repository / "content/posts/c.md").write_text((repository / "content/posts/a.md").read_text())
        git(repository, "add", "-A")
        git(repository, "commit", "-q", "-m", "more")
        git(repository, "push", "-q", remote, "main")
        (_, _, _, id, _, _), = rows(intake("list"))
        intake("accept", id)
        assert git(remote, "log", "--format=%s", "main").splitlines() == ["Reply to a", "more", "x"]
        assert branches(remote) == []
    finally:
        service.kill()


def test_what_was_decided_is_purged_by_age_and_nothing_else(stoa, repository, intake):
    service = Service(stoa, repository)
    try:
        for text in ("Published.", "Rejected.", "Waiting."):
            service.reply({**TYPED, "text": text})
        ids = {path.read_text().splitlines()[-1]: path.read_text().split("id ")[1].split()[0] for path in service.kept()}
        intake("accept", ids["Published."])
        intake("reject", ids["Rejected."])
        assert intake("purge").stdout == "0 replies purged\n"
        done = run(stoa, "intake", "purge", "--older-than", "3d", "--config", repository / "receive.yml", SOURCE_DATE_EPOCH=str(int(time.time()) + 4 * 86400))
        assert done.stdout == "2 replies purged\n"
        assert texts(service.all_kept()) == ["Waiting."] and not list((repository / "spool/rejected").iterdir())
        assert intake("purge", "--older-than", "1h", check=False).returncode == 64
    finally:
        service.kill()


@pytest.mark.parametrize("arguments", [("show", "nothing"), ("accept", "../../etc/passwd"), ("reject", "")])
def test_a_name_that_means_nothing_is_wrong_usage(arguments, service, intake):
    done = intake(*arguments, check=False)
    assert done.returncode == 64 and "there is no reply" in done.stderr
