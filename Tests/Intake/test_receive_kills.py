"""No acknowledged reply is lost or doubled: the service is killed at random times, the disk is full, the remote is unreachable.

STOA_KILLED_REPLIES sets the number of replies; `make bench-intake` sends 1,000.
"""

import concurrent.futures
import http.client
import os
import random
import resource
import signal
import subprocess
import threading
import time

from conftest import run
from Intake.service import TYPED, Service, branches, git, repository, root, service, texts  # noqa: F401

COUNT = int(os.environ.get("STOA_KILLED_REPLIES", "20"))


def send_all(service, fields, numbers, acknowledged):
    """Sends each reply until it is acknowledged or the service has ended, some of them twice."""
    def send(number):
        for _ in range(1 + number % 2):
            try:
                if service.send({**TYPED, **fields, "reply-to": "", "text": f"Number {number}."})[0] == 303:
                    acknowledged.add(number)
            except (OSError, http.client.HTTPException):
                return

    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        list(pool.map(send, numbers))


def test_replies_are_kept_proposed_and_published_once_whenever_the_service_is_killed(stoa, repository):
    chance = random.Random(7)
    acknowledged, port, lives = set(), 0, 0
    more = "gather: 1s\n"
    fields = None
    while len(acknowledged) < COUNT:
        service = Service(stoa, repository, port, more)
        port = service.port
        fields = fields or service.form()
        lives += 1
        # A few replies in each run of the service, so that there are several runs.
        missing = [number for number in range(COUNT) if number not in acknowledged][: max(5, COUNT // 20)]
        threading.Timer(chance.uniform(0.02, 1.5 if COUNT < 100 else 4), service.process.kill).start()
        send_all(service, fields, missing, acknowledged)
        # A moderator accepts one at the same time, and that command may be killed, too.
        kept = service.all_kept()
        if kept and lives % 2:
            id = chance.choice(kept).read_text().split("id ")[1].split()[0]
            moderator = subprocess.Popen(
                [stoa, "intake", "accept", id, "--config", repository / "receive.yml"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(chance.uniform(0.01, 0.3))
            moderator.kill()
            moderator.wait()
        service.process.wait()
    service = Service(stoa, repository, port, more)
    try:
        service.until(lambda: not service.kept("new") and not service.kept("doubtful") and not service.kept("accepted"))
        kept = texts(service.all_kept())
        assert kept == sorted(f"Number {number}." for number in range(COUNT)) and lives > 1
        assert not list((repository / "spool").rglob(".stoa-tmp-*"))
        assert not list((repository / "spool/batches").iterdir())
        # Each is in one place of the repository, on the branch or in a proposal, and no file exists twice.
        found = {}
        for branch in ["main", *branches(repository)]:
            for path in git(repository, "ls-tree", "-r", "--name-only", branch, "content/responses/a").splitlines():
                if not path.endswith("one.md"):
                    found.setdefault(path, git(repository, "show", f"{branch}:{path}").splitlines()[-1])
        assert sorted(found.values()) == kept
    finally:
        service.kill()


def test_a_full_disk_acknowledges_nothing_and_loses_nothing(stoa, root):
    service = Service(stoa, root)
    try:
        fields = {**TYPED, **service.form(), "reply-to": ""}
        # No file may grow, as on a full disk.
        resource.prlimit(service.process.pid, resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))
        status, body, _ = service.send({**fields, "text": "Kept by the page."})
        assert status == 503 and "Kept by the page." in body and "It could not be written" in body
        assert service.all_kept() == [] and not list((root / "spool/new").iterdir())
        resource.prlimit(service.process.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        assert service.send({**fields, "text": "Kept by the page."})[0] == 303
        assert texts(service.all_kept()) == ["Kept by the page."]
    finally:
        service.kill()


def test_what_a_killed_git_has_locked_holds_nobody_up(stoa, repository):
    service = Service(stoa, repository, more="")
    service.reply()
    service.until(lambda: service.kept("proposed"))
    service.kill()
    for file in ["refs/heads/base.lock", "index-abc", "config.lock", "packed-refs.lock", "HEAD.lock"]:
        (repository / "spool/repository.git" / file).write_text("")
    service = Service(stoa, repository, more="")
    try:
        service.reply({**TYPED, "text": "Another."})
        service.until(lambda: len(service.kept("proposed")) == 2)
    finally:
        service.kill()


def test_a_rejection_that_was_interrupted_is_finished(stoa, service, root):
    service.reply()
    kept, = service.kept()
    # As if the power had failed between the two steps.
    (root / "spool/rejecting").mkdir(exist_ok=True)
    kept.rename(root / "spool/rejecting" / kept.name)
    assert run(stoa, "intake", "list", "--config", root / "receive.yml").stdout == ""
    record, = (root / "spool/rejected").iterdir()
    assert "Why" not in record.read_text() and "Zoë" not in record.read_text()
    assert not list((root / "spool/rejecting").iterdir())


def test_a_service_that_ends_ends_what_it_does(stoa, repository):
    service = Service(stoa, repository, more="")
    service.reply()
    service.process.send_signal(signal.SIGTERM)
    assert service.process.wait(timeout=30) is not None
    assert len(service.all_kept()) == 1
