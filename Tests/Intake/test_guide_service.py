"""The guide's statements about running `stoa receive` are true: the configuration is valid, and files for other programs work."""

import http.client
import re
import shutil
import socket
import subprocess
import time
import urllib.parse

import pytest

from conftest import ROOT, run
from Intake.service import SITE, TYPED, Service, hidden, root, service  # noqa: F401

PAGE = (ROOT / "content/posts/replies.md").read_text()
NGINX = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin")


def fences(language, beginning=""):
    """The code blocks in a language, or with a certain beginning."""
    found = [text for text in re.findall(rf"```{language}\n(.*?)```", PAGE, re.S) if text.startswith(beginning)]
    assert found, (language, beginning)
    return found


def test_every_line_of_configuration_is_read(stoa, tmp_path):
    blocks = [text for text in fences("yaml") if re.match(r"(url|mail-from|forget-after): ", text)]
    assert len(blocks) == 3
    text = "".join(blocks).replace("/srv/", f"{tmp_path}/").replace("/var/lib/stoa/", f"{tmp_path}/").replace("/etc/stoa/", f"{tmp_path}/")
    (tmp_path / "receive.yml").write_text(text + "health: 127.0.0.1:8481\ngather: 10m\nproposals: none\nbranch: main\nlisten: 127.0.0.1:8480\n")
    assert run(stoa, "intake", "list", cwd=tmp_path).stdout == ""


def test_every_command_of_the_guide_is_one(stoa):
    commands = [line for text in fences("sh elsewhere") for line in text.splitlines() if line.startswith(("stoa intake", "stoa receive"))]
    assert len(commands) >= 8
    for line in commands:
        words = [word for word in re.sub(r"#.*", "", line).split()[1:] if not word.startswith('"')]
        done = run(stoa, *words, "--help")
        name = " ".join(["stoa", *[word for word in words[:2] if word.isalpha()]])
        assert f"USAGE: {name}" in done.stdout, line


def test_the_unit_is_one(tmp_path):
    if not shutil.which("systemd-analyze"):
        pytest.skip("systemd-analyze is not there")
    unit = tmp_path / "stoa-receive.service"
    unit.write_text(fences("ini")[0].replace("/usr/bin/stoa", "/bin/true").replace("User=stoa", "User=root"))
    done = run("systemd-analyze", "verify", unit, check=False)
    assert done.returncode == 0 and not done.stderr.strip(), done.stderr


def ask(port, path, method="GET", body=None, **headers):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request(method, path, body=body, headers={"Host": "replies.example", **headers})
    answer = connection.getresponse()
    return answer.status, answer.read().decode()


def reply_through(service, port):
    """Sends a reply through a web server in front of the service, with a false header about its origin."""
    end = time.monotonic() + 30
    while True:
        try:
            status, body = ask(port, "/reply?post=a")
            break
        except OSError:
            assert time.monotonic() < end
            time.sleep(0.1)
    assert status == 200 and hidden(body)["post"] == "a"
    form = {"Content-Type": "application/x-www-form-urlencoded", "Origin": SITE}
    token = service.form()["token"]
    for number in range(7):
        fields = urllib.parse.urlencode({**TYPED, "reply-to": "", "token": token, "text": f"Number {number}."})
        status, _ = ask(port, "/reply", "POST", fields, **form, **{"X-Forwarded-For": f"203.0.113.{number}"})
        assert status == 303
    # The web server reports the client's address, whatever the request says.
    assert len(service.kept()) == 5 and len(service.kept("doubtful")) == 2
    big = urllib.parse.urlencode({**TYPED, "text": "é" * 29_000})
    assert ask(port, "/reply", "POST", big, **form)[0] == 200


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@pytest.mark.skipif(not NGINX, reason="nginx is not there")
def test_nginx_stands_before_the_service(service, tmp_path):
    port = free_port()
    location = fences("nginx", "location")[0].replace("8480", str(service.port))
    (tmp_path / "nginx.conf").write_text(
        f"daemon off;\nuser root;\nerror_log stderr;\npid {tmp_path}/pid;\nevents {{}}\nhttp {{\naccess_log off;\n"
        + "".join(f"{name}_temp_path {tmp_path}/{name};\n" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        + f"server {{\nlisten 127.0.0.1:{port};\n{location}}}\n}}\n")
    process = subprocess.Popen([NGINX, "-p", tmp_path, "-e", "stderr", "-c", tmp_path / "nginx.conf"], stderr=subprocess.DEVNULL)
    try:
        reply_through(service, port)
    finally:
        process.terminate()
        process.wait()


@pytest.mark.skipif(not shutil.which("caddy"), reason="caddy is not there")
def test_caddy_stands_before_the_service(service, tmp_path, monkeypatch):
    port = free_port()
    text = fences("text", "replies.example {")[0].replace("8480", str(service.port)).replace("replies.example", f"http://127.0.0.1:{port}, http://replies.example:{port}")
    (tmp_path / "Caddyfile").write_text("{\n\tadmin off\n}\n" + text)
    monkeypatch.setenv("HOME", str(tmp_path))
    process = subprocess.Popen(["caddy", "run", "--adapter", "caddyfile", "--config", tmp_path / "Caddyfile"], stderr=subprocess.DEVNULL)
    try:
        reply_through(service, port)
    finally:
        process.terminate()
        process.wait()
