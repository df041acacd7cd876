"""`stoa receive`: forms without an account, stored before they are acknowledged."""

import concurrent.futures
import hashlib
import html
import http.client
import re
import socket
import threading
import time

import pytest

from conftest import run
from Intake.service import PATIENCE, SITE, TYPED, Service, branches, git, hidden, repository, root, service, texts  # noqa: F401


def test_a_form_of_the_site_is_looked_at_and_then_kept(service, stoa):
    # The form on a page of the site: it has no token.
    status, body, headers = service.send(TYPED)
    assert status == 200 and service.kept() == []
    assert "Read it once more" in body and "Tin &amp; lead." in body and 'value="Zoë &lt;b&gt;"' in body
    assert "form-action 'self'" in headers["content-security-policy"]
    fields = {**TYPED, **hidden(body)}
    assert fields["reply-to"] == "one"
    # No person is this fast.
    assert service.send(fields)[0] == 200 and service.kept() == []
    fields["token"] = service.form()["token"]
    status, _, headers = service.send(fields, Origin="https://replies.example")
    assert (status, headers["location"]) == (303, "/sent?post=a")
    kept, = service.kept()
    head, _, file = kept.read_text().partition("\n\n")
    assert "post a" in head.splitlines() and hashlib.sha256(file.encode()).hexdigest() in head
    assert re.fullmatch(
        r"---\nguest: 'Zoë <b>'\nurl: 'https://zoe.example/'\ndate: \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\nreply-to: one\nstance: asks\n---\n\nWhy\?  \nHow\?\n", file)
    assert oct(kept.stat().st_mode & 0o777) == "0o600"
    status, body, _ = service.ask("/sent?post=a")
    assert status == 200 and "A moderator reads it" in body and "Casting &amp; more" in body
    # The same form, sent twice, is one reply.
    assert service.send(fields)[0] == 303 and len(service.kept()) == 1
    # Another text with the same token is another reply.
    assert service.send({**fields, "text": "Or so."})[0] == 303 and len(service.kept()) == 2


def test_a_token_holds_for_its_post_and_no_other_service(service):
    fields = service.form()
    seconds, nonce, code = fields["token"].split(".")
    for token in ["", "x", f"{seconds}.{nonce}.{'0' * 64}", f"{int(seconds) - 1}.{nonce}.{code}", f"{seconds}.{nonce}.{code.upper()}", f"{seconds}.{nonce}.{code}.", f"{seconds}.{nonce}"]:
        status, body, _ = service.send({**TYPED, "token": token})
        assert status == 200 and "Read it once more" in body
    assert service.kept() == []
    assert service.send({**TYPED, **fields, "reply-to": "one"})[0] == 303


@pytest.mark.parametrize("origin, status", [(None, 200), (SITE, 200), ("https://replies.example", 200), ("https://evil.example", 403), ("null", 403)])
def test_another_site_cannot_send(origin, status, service):
    assert service.send(TYPED, Origin=origin)[0] == status


@pytest.mark.parametrize("fields, words", [
    ({"post": "../../etc"}, "There is no such conversation here."), ({"post": "b"}, "This conversation has been closed."),
    ({"reply-to": "../one"}, "What you wrote answers the post now."), ({"name": "ann@bells.example"}, "This would publish a mail address."),
    ({"text": " "}, "Write something."), ({"text": "> " * 200 + "x"}, "This is nested too deep"), ({"name": "n" * 100_000}, "This name is too long."),
])
def test_what_is_wrong_is_said_before_anything_else(fields, words, service):
    status, body, _ = service.send({**TYPED, **fields})
    assert status == 422 and words in body and service.kept() == []
    assert html.escape({**TYPED, **fields}["text"].split("\r")[0], quote=False) in body


def test_what_is_no_form_is_refused(service):
    form = {"Content_Type": "application/x-www-form-urlencoded", "Origin": SITE}
    assert service.ask("/reply", "POST", "{}", Content_Type="application/json", Origin=SITE)[0] == 415
    assert service.ask("/reply", "POST", "text=" + "a" * (1 << 20), **form)[0] == 413
    assert service.ask("/reply", "PUT", "a=b", **form)[0] == 405
    assert service.ask("/reply?post=nothing")[0] == 404


def test_pages_look_like_the_site_s_and_everything_else_is_there(service):
    _, body, _ = service.ask("/reply?post=a&reply-to=one")
    style = re.search(r'<link rel="stylesheet" href="([^"]+)"', body)[1]
    status, css, headers = service.ask(style)
    assert status == 200 and headers["content-type"].startswith("text/css") and ".reply-form" in css
    for path in ["/", "/posts/a/", "/topics/", "//evil.example/x", "/../../etc/passwd"]:
        status, _, headers = service.ask(path)
        assert status == 302 and headers["location"].startswith(f"{SITE}/") and not headers["location"].startswith(f"{SITE}//")


def test_a_post_that_was_closed_meanwhile_takes_nothing(service, root):
    fields = {**TYPED, **service.form(), "reply-to": ""}
    post = root / "content/posts/a.md"
    post.write_text(post.read_text().replace("date:", "responses: closed\ndate:"))
    end = time.monotonic() + PATIENCE
    # Without a token, nothing is stored.
    while service.send({**fields, "token": ""})[0] != 422:
        assert time.monotonic() < end
    assert service.send(fields)[0] == 422 and service.kept() == []


def test_nothing_that_was_acknowledged_is_lost_or_doubled_by_kills(stoa, root):
    acknowledged = []
    port = 0
    for attempt in range(4):
        service = Service(stoa, root, port)
        port = service.port
        fields = service.form()
    
        def send(number):
            text = f"Number {attempt}-{number}."
            for _ in range(2):
                try:
                    if service.send({**TYPED, **fields, "text": text})[0] == 303:
                        acknowledged.append(text)
                except OSError:
                    return
                except http.client.HTTPException:
                    return

        threading.Timer(0.05 + attempt * 0.1, service.process.kill).start()
        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            list(pool.map(send, range(100)))
        service.process.wait()
    service = Service(stoa, root, port)
    try:
        kept = texts(service.all_kept())
        assert len(kept) == len(set(kept))
        assert set(acknowledged) <= set(kept) and acknowledged
        assert not [path for path in (root / "spool").rglob(".stoa-tmp-*")]
        # A token from before the kill is still valid.
        assert service.send({**TYPED, **fields, "text": "After all."})[0] == 303
    finally:
        service.kill()


def test_one_process_has_a_spool(service, stoa, root):
    second = run(stoa, "receive", "--config", root / "receive.yml", check=False)
    assert second.returncode == 74 and "another process" in second.stderr


def test_slow_connections_end_and_hold_nobody_up(service):
    slow = [socket.create_connection(("127.0.0.1", service.port)) for _ in range(100)]
    for connection in slow:
        connection.sendall(b"POST /reply HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\na")
    start = time.monotonic()
    assert service.ask("/reply?post=a")[0] == 200
    assert time.monotonic() - start < 5
    slow[0].settimeout(40)
    assert slow[0].recv(1) == b""
    for connection in slow:
        connection.close()


@pytest.mark.parametrize("text, said", [
    ("", "url is missing"), ("url: nowhere\n", "receive.yml:1:6"), ("url: https://a.example\nspol: x\n", "did you mean “spool”?"),
    ("url: https://a.example\nlisten: 8480\n", "listen takes a host and a port"), ("url: [a\n", "receive.yml:"),
])
def test_a_wrong_configuration_is_wrong_usage(text, said, stoa, tmp_path):
    (tmp_path / "receive.yml").write_text(text)
    done = run(stoa, "receive", "--config", "receive.yml", cwd=tmp_path, check=False)
    assert done.returncode == 64 and said in done.stderr
    assert run(stoa, "receive", check=False).returncode == 64


def test_a_page_of_the_site_sends_to_the_service(stoa, root):
    run(stoa, "build", "--source", root, "--output", root / "site", "--base-url", "http://127.0.0.1", SOURCE_DATE_EPOCH="1782000000")
    page = (root / "site/posts/a/index.html").read_text()
    assert 'action="https://replies.example/reply"' in page and 'name="token"' not in page
    assert 'href="https://replies.example/reply?post=a&amp;reply-to=one"' in page
    assert "form-action 'self' https://replies.example;" in (root / "site/_headers").read_text()


def test_a_reply_becomes_a_branch_of_the_repository(stoa, repository):
    service = Service(stoa, repository, more="")
    try:
        service.reply()
        branch, = service.until(lambda: branches(repository))
        kept, = service.until(lambda: service.kept("proposed"))
        assert service.kept() == []
    finally:
        service.kill()
    id = branch.rpartition("/")[2]
    assert branch == f"refs/heads/reply/a/{id}"
    assert git(repository, "diff", "--name-status", "main", branch) == f"A\tcontent/responses/a/{id}.md"
    assert git(repository, "show", f"{branch}:content/responses/a/{id}.md") == kept.read_text().partition("\n\n")[2].strip()
    assert git(repository, "log", "-1", "--format=%an %ae %cn %ce %s", branch) == "Zoë b guest@invalid Guest guest@invalid Reply to a"
    assert git(repository, "status", "--porcelain") == ""
    # When it is accepted, it is in its thread.
    git(repository, "merge", "-q", branch)
    run(stoa, "build", "--source", repository, "--strict", "--as-of", "2999-01-01")
    assert f'id="response-{id}"' in (repository / "site/posts/a/index.html").read_text()


def test_replies_are_proposed_once_however_often_the_service_is_killed(stoa, repository):
    service = Service(stoa, repository, more="")
    form = service.form()
    for number in range(8):
        assert service.send({**TYPED, **form, "text": f"Number {number}."})[0] == 303
    for count in [0, 1, 3, 4, 7]:
        service.until(lambda: len(service.kept("proposed")) >= count)
        service.kill()
        service = Service(stoa, repository, more="")
    try:
        service.until(lambda: len(service.kept("proposed")) == 8)
    finally:
        service.kill()
    proposed = [git(repository, "show", f"{branch}:{git(repository, 'diff', '--name-only', 'main', branch)}").splitlines()[-1] for branch in branches(repository)]
    assert sorted(proposed) == sorted(f"Number {number}." for number in range(8))


def test_a_remote_that_is_away_is_waited_for(stoa, repository, tmp_path):
    remote = tmp_path / "remote.git"
    git(repository, "clone", "-q", "--bare", ".", remote)
    away = remote.rename(tmp_path / "away.git")
    service = Service(stoa, repository, more=f"repository: {remote}\n")
    try:
        service.reply()
        service.until(lambda: any(" waits: " in line for line in service.said))
        assert len(service.kept()) == 1
        away.rename(remote)
        service.until(lambda: branches(remote))
        assert service.until(lambda: service.kept("proposed"))
    finally:
        service.kill()


@pytest.mark.parametrize("way, ref, options", [
    ("agit", "refs/for/main", {"topic=reply/a/{id}", "title=Reply to a"}),
    ("merge-request", "refs/heads/reply/a/{id}", {"merge_request.create", "merge_request.target=main", "merge_request.title=Reply to a"}),
])
def test_a_forge_is_asked_for_a_proposal_by_git_alone(way, ref, options, stoa, repository, tmp_path):
    remote = tmp_path / "remote.git"
    git(repository, "clone", "-q", "--bare", ".", remote)
    git(remote, "config", "receive.advertisePushOptions", "true")
    hook = remote / "hooks/pre-receive"
    hook.write_text(f"#!/bin/sh\ncat >{tmp_path}/refs\nenv | sed -n 's/^GIT_PUSH_OPTION_[0-9]*=//p' >{tmp_path}/options\n")
    hook.chmod(0o755)
    service = Service(stoa, repository, more=f"repository: {remote}\nproposals: {way}\n")
    try:
        service.reply()
        kept, = service.until(lambda: service.kept("proposed"))
    finally:
        service.kill()
    id = re.search(r"^id (.*)$", kept.read_text(), re.M)[1]
    assert (tmp_path / "refs").read_text().split()[2] == ref.format(id=id)
    assert set((tmp_path / "options").read_text().splitlines()) == {option.format(id=id) for option in options}
