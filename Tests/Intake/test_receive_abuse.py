"""`stoa receive` against abuse: doubtful replies wait, and nothing is dropped silently."""

import http.client
import resource
import socket

from conftest import run
from Intake.service import SITE, TYPED, Service, branches, git, repository, root, service, texts  # noqa: F401


def reasons(path):
    return path.read_text().split("reasons ")[1].split("\n")[0]


def test_more_than_one_person_writes_from_one_network_is_doubtful(service):
    form = {**TYPED, **service.form(), "reply-to": ""}
    for number in range(7):
        assert service.send({**form, "text": f"Number {number}."}, X_Forwarded_For="203.0.113.7")[0] == 303
    # A client that claims another address is identified by the one that the web server reports.
    assert service.send({**form, "text": "Number 7."}, X_Forwarded_For="198.51.100.1, 203.0.113.7")[0] == 303
    assert service.send({**form, "text": "Number 8."}, X_Forwarded_For="203.0.113.7, 198.51.100.1")[0] == 303
    assert texts(service.kept()) == ["Number 0.", "Number 1.", "Number 2.", "Number 3.", "Number 4.", "Number 8."]
    assert [reasons(path) for path in service.kept("doubtful")] == ["rate"] * 3
    # No network address is stored.
    spool = b"".join(path.read_bytes() for path in (service.root / "spool").rglob("*") if path.is_file())
    assert b"203.0.113" not in spool and "203.0.113" not in "".join(service.said)


def test_traps_links_and_what_came_before_are_doubtful(service):
    form = {**TYPED, **service.form(), "reply-to": ""}
    assert service.send({**form, "text": "One.", "more": "filled by a program"})[0] == 303
    assert service.send({**form, "text": "<http://a.example> <http://b.example> <http://c.example> <http://d.example>"})[0] == 303
    assert service.send({**form, "text": "Two."})[0] == 303
    assert service.send({**form, "text": "TWO.", "name": "Other"})[0] == 303
    assert sorted(reasons(path) for path in service.kept("doubtful")) == ["again", "links", "trap"]
    assert texts(service.kept()) == ["Two."]


def test_what_came_before_a_restart_is_known(stoa, root):
    service = Service(stoa, root)
    service.reply({**TYPED, "text": "Buy rope."})
    service.kill()
    service = Service(stoa, root)
    try:
        service.reply({**TYPED, "text": "buy rope."})
        assert [reasons(path) for path in service.kept("doubtful")] == ["again"]
    finally:
        service.kill()


def test_a_page_has_the_trap_where_people_do_not_see_it(service):
    body = service.ask("/reply?post=a")[1]
    assert '<p class="trap" aria-hidden="true">' in body and 'name="more" tabindex="-1" autocomplete="off"' in body


def test_a_flood_becomes_one_proposal_with_a_list(stoa, repository):
    service = Service(stoa, repository, more="proposals: none\n")
    form = {**TYPED, **service.form(), "reply-to": ""}
    for number in range(40):
        assert service.send({**form, "text": f"Number {number:02}."}, X_Forwarded_For="203.0.113.7")[0] == 303
    service.kill()
    service = Service(stoa, repository, more="gather: 1s\n")
    try:
        service.until(lambda: len(service.kept("proposed")) == 40)
        many = [branch for branch in branches(repository) if "/many/" in branch]
        assert len(many) == 1 and len(branches(repository)) == 6
        message = git(repository, "log", "-1", "--format=%B", many[0])
        assert message.startswith("35 replies at once") and message.count("(doubtful: rate)") + message.count("(doubtful: rate, flood)") == 35
        assert len(git(repository, "diff", "--name-only", "main", many[0]).splitlines()) == 35
        # One of them is accepted, and the others stay.
        id = service.kept("proposed")[0].read_text().split("id ")[1].split()[0]
        run(stoa, "intake", "accept", id, "--config", repository / "receive.yml")
        assert git(repository, "rev-list", "--count", "main") == "2" and many[0] in branches(repository)
    finally:
        service.kill()


def raw(service, text):
    connection = socket.create_connection(("127.0.0.1", service.port), timeout=30)
    connection.sendall(text)
    answer = b""
    try:
        while part := connection.recv(65536):
            answer += part
    except OSError:
        pass
    connection.close()
    return answer


def test_heads_and_bodies_have_limits(service):
    assert b" 431 " in raw(service, b"GET /reply?post=a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX: " + b"a" * 20_000 + b"\r\n\r\n")
    raw(service, b"GET /reply HTTP/1.1\r\nX: " + b"a" * 200_000)
    raw(service, b"POST /reply HTTP/1.1\r\nContent-Length: 99999999999999999999999\r\n\r\n")
    raw(service, b"\x00\xff" * 1000 + b"\r\n\r\n")
    raw(service, b"POST /reply HTTP/1.1\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\nabc")
    assert service.ask("/reply?post=a")[0] == 200 and service.all_kept() == []


def test_a_script_of_the_site_gets_a_token_and_no_other_page_does(service):
    status, token, headers = service.ask("/token?post=a", Origin=SITE)
    assert status == 200 and token.count(".") == 2 and headers["access-control-allow-origin"] == SITE
    status, _, headers = service.ask("/token?post=a", Origin="https://evil.example")
    assert status == 403 and headers["access-control-allow-origin"] is None
    assert service.ask("/token?post=b", Origin=SITE)[0] == 404
    assert service.ask("/token?post=nothing", Origin=SITE)[0] == 404


def test_this_machine_can_ask_how_the_service_is(stoa, root):
    service = Service(stoa, root, more="proposals: none\nhealth: 127.0.0.1:0\n")
    try:
        line = service.until(lambda: next((line for line in service.said if line.startswith("Health at ")), None))
        port = int(line.rpartition(":")[2])

        def ask(path):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()

        assert ask("/health") == (200, "ok\n")
        service.reply()
        metrics = ask("/metrics")[1]
        assert "stoa_received_total 1\n" in metrics and 'stoa_waiting{state="new"} 1\n' in metrics
        assert ask("/else")[0] == 404
        # What a write does when the disk is full.
        resource.prlimit(service.process.pid, resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))
        status, text = ask("/health")
        assert status == 503 and text.startswith("the spool cannot be written: ")
    finally:
        service.kill()


def test_health_is_for_this_machine_alone(stoa, tmp_path):
    (tmp_path / "receive.yml").write_text("url: https://a.example\nhealth: 0.0.0.0:8481\n")
    done = run(stoa, "receive", "--config", "receive.yml", cwd=tmp_path, check=False)
    assert done.returncode == 64 and "this machine alone" in done.stderr
