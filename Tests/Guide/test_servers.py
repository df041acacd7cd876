"""A site behind the web servers of the guide, with what it says of them, word for word."""

import http.client
import re
import shutil
import socket
import subprocess
import time

import pytest

from conftest import ROOT, run

PAGE = (ROOT / "content/posts/publish.md").read_text()
FOLDERS = "/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin"
POST = "---\ntitle: A\nauthor: a\ndate: 2026-01-01\n---\n\nWords.\n"


def section(beginning):
    """The block of code that begins so, as it stands under “Your own server”."""
    part = PAGE[PAGE.index("## Your own server") :]
    return next(text for text in re.findall(r"```\w+\n(.*?)```", part, re.S) if text.startswith(beginning))


@pytest.fixture
def site(stoa, tmp_path):
    posts = tmp_path / "content/posts/a"
    posts.mkdir(parents=True)
    (tmp_path / "stoa.yml").write_text("title: T\nurl: https://notes.example\nmarkdown: true\nhistory: none\n")
    (posts / "index.md").write_text(POST + "[n](notes) [t](t.txt)\n")
    for name in ("notes", "t.txt", "x.weird"):
        (posts / name).write_text("<script>alert(1)</script>")
    run(stoa, "build", "--source", tmp_path)
    return tmp_path / "site"


def free_port():
    with socket.socket() as place:
        place.bind(("127.0.0.1", 0))
        return place.getsockname()[1]


def nginx(folder, site, port):
    server = section("server {\n  server_name notes").replace("/var/www/notes", str(site)).replace("server {\n", f"server {{\n  listen 127.0.0.1:{port};\n", 1)
    paths = "".join(f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    (folder / "nginx.conf").write_text(
        f"user root; pid {folder}/pid; error_log {folder}/errors; events {{}}\n"
        f"http {{ include /etc/nginx/mime.types; default_type application/octet-stream; access_log off; {paths}\n{server}}}\n")
    return ["-c", folder / "nginx.conf", "-g", "daemon off;"], {}


def caddy(folder, site, port):
    text = section("notes.example {").replace("/var/www/notes", str(site)).replace("notes.example {", f"http://notes.example:{port} {{", 1)
    (folder / "Caddyfile").write_text(f"{{\n\tadmin off\n\tauto_https off\n}}\n{text}")
    return ["run", "--adapter", "caddyfile", "--config", folder / "Caddyfile"], {"HOME": str(folder)}


@pytest.mark.parametrize("server", [nginx, caddy])
def test_every_answer_has_the_policy_and_its_type(site, tmp_path, server):
    program = shutil.which(server.__name__, path=FOLDERS)
    if not program:
        pytest.skip(f"{server.__name__} is not there")
    port = free_port()
    words, environment = server(tmp_path, site, port)
    process = subprocess.Popen([program, *words], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        def ask(path):
            for _ in range(100):
                connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
                try:
                    connection.request("GET", path, headers={"Host": "notes.example"})
                    answer = connection.getresponse()
                    answer.read()
                    return answer.status, answer.headers
                except ConnectionRefusedError:
                    time.sleep(0.1)
            raise AssertionError("it does not answer")

        headers = (site / "_headers").read_text()
        policy = re.search("Content-Security-Policy: (.*)", headers)[1]
        types = {
            "/": "text/html", "/posts/a/": "text/html", "/posts/a/index.md": "text/markdown; charset=utf-8", "/nowhere": "text/html",
            "/posts/a/t.txt": "text/plain", "/llms.txt": "text/plain", "/feed.json": "application/json", "/posts/a/notes": "", "/posts/a/x.weird": "",
        }
        for path, kind in types.items():
            status, answer = ask(path)
            assert status == (404 if path == "/nowhere" else 200), path
            assert answer.get_all("Content-Security-Policy") == [policy], path
            assert answer.get_all("X-Content-Type-Options") == ["nosniff"] and "strict-origin" in answer["Referrer-Policy"], path
            got = answer.get("Content-Type", "").lower()
            assert got.startswith(kind) and (kind or "html" not in got), (path, got)
            if kind.startswith("text/"):
                assert "charset=utf-8" in got, (path, got)
    finally:
        process.terminate()
        process.wait()
