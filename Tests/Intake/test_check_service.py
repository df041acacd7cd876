"""`stoa check --service`: does the service answer, and for this community?"""

import http.server
import shutil
import threading

import pytest

from conftest import run
from Intake.service import SITE, Service, root, service  # noqa: F401

pytestmark = pytest.mark.skipif(not shutil.which("curl"), reason="curl is not there")


def check(stoa, root, port):
    text = (root / "stoa.yml").read_text()
    (root / "stoa.yml").write_text(text.replace("https://replies.example", f"http://127.0.0.1:{port}"))
    done = run(stoa, "check", "--service", "--source", root, check=False)
    (root / "stoa.yml").write_text(text)
    return done


def test_a_service_that_answers_for_this_community_is_right(stoa, root, service):
    done = check(stoa, root, service.port)
    assert done.returncode == 0 and "Nothing is wrong" in done.stdout


def test_a_service_that_is_not_there_is_an_error(stoa, root, service):
    service.kill()
    done = check(stoa, root, service.port)
    assert done.returncode == 1 and "does not answer (curl:" in done.stdout and "[unreachable-service]" in done.stdout
    # A plain check makes no network requests.
    assert run(stoa, "check", "--source", root).returncode == 0


def test_another_community_s_service_is_an_error(stoa, root, service, tmp_path):
    text = (root / "stoa.yml").read_text()
    other = tmp_path / "other"
    shutil.copytree(root, other, ignore=shutil.ignore_patterns("spool"))
    (other / "stoa.yml").write_text(text.replace(SITE, "https://other.example"))
    done = check(stoa, other, service.port)
    assert done.returncode == 1 and f"takes replies to {SITE}, and this is https://other.example" in done.stdout


def test_another_program_is_an_error(stoa, root):
    server = http.server.HTTPServer(("127.0.0.1", 0), http.server.SimpleHTTPRequestHandler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    done = check(stoa, root, server.server_port)
    assert done.returncode == 1 and "is not “stoa receive”" in done.stdout
    server.shutdown()


def test_a_community_without_a_service_cannot_be_asked(stoa, root):
    (root / "stoa.yml").write_text(f"title: Bells\nurl: {SITE}\nhistory: none\n")
    done = run(stoa, "check", "--service", "--source", root, check=False)
    assert done.returncode == 64 and "stoa.yml names no service" in done.stderr
