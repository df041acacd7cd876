"""Shared by the tests of `stoa receive`: a small community, and a running service."""

import contextlib
import hmac
import html
import http.client
import itertools
import queue
import re
import subprocess
import threading
import time
import urllib.parse

import pytest

from Commands.preview import POST
from conftest import run

SITE = "https://bells.example"
PATIENCE = 60
NETWORKS = itertools.count()
TYPED = {"post": "a", "reply-to": "one", "name": "Zoë <b>", "website": "https://zoe.example/", "stance": "asks", "text": "Why?\r\nHow?"}


class Service:
    """A running service."""

    def __init__(self, stoa, root, port=0, more="proposals: none\n", url="https://replies.example"):
        self.root = root
        (root / "receive.yml").write_text(f"community: .\nspool: spool\nurl: {url}\nlisten: 127.0.0.1:{port}\n{more}")
        self.process = subprocess.Popen(
            [str(stoa), "receive", "--config", str(root / "receive.yml")], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self.said, self.lines = [], queue.Queue()
        # A waiting reply may be proposed first.
        for line in self.process.stdout:
            self.said.append(line)
            if line.startswith("Listening at "):
                break
        else:
            raise AssertionError("".join(self.said))
        self.port = int(line.rpartition(":")[2])
        threading.Thread(target=self.listen, daemon=True).start()

    def listen(self):
        for line in self.process.stdout:
            self.said.append(line)
            self.lines.put(line)

    def ask(self, path, method="GET", body=None, **headers):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        headers = {name.replace("_", "-"): value for name, value in headers.items() if value is not None}
        connection.request(method, path, body=body, headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.read().decode(errors="replace"), answer.headers

    def fresh_form(self, query="post=a"):
        """The fields that the form on its own page would send immediately."""
        status, body, _ = self.ask(f"/reply?{query}")
        assert status == 200, body
        return hidden(body)

    def form(self, post="a"):
        """The same, as if the page had been open for a while: the time is signed again with the service's own secret."""
        fields = self.fresh_form(f"post={post}")
        seconds, nonce, _ = fields["token"].split(".")
        head = f"{int(seconds) - 60}.{nonce}"
        secret = (self.root / "spool/secret").read_bytes()
        code = hmac.digest(secret, f"form\n{head}\n{post}".encode(), "sha256").hex()
        return {**fields, "token": f"{head}.{code}"}

    def send(self, fields, **headers):
        # Each from a different network, unless a test sets one, because the number for each is limited.
        number = next(NETWORKS)
        headers = {
            "Content_Type": "application/x-www-form-urlencoded", "Origin": SITE,
            "X_Forwarded_For": f"198.{18 + number // 65536}.{number // 256 % 256}.{number % 256}", **headers,
        }
        return self.ask("/reply", "POST", urllib.parse.urlencode(fields), **headers)

    def reply(self, fields=TYPED):
        """Sends a reply at human speed; its id is in the stored file."""
        assert self.send({**fields, **self.form(), "reply-to": fields["reply-to"]})[0] == 303

    def until(self, condition):
        """Waits for an event of the service."""
        end = time.monotonic() + PATIENCE
        while not (found := condition()):
            assert time.monotonic() < end, "".join(self.said[-20:])
            # A test may also wait for a file, without an event.
            with contextlib.suppress(queue.Empty):
                self.lines.get(timeout=0.2)
        return found

    def all_kept(self):
        return [path for state in ("new", "doubtful", "proposed", "accepted", "published") for path in self.kept(state)]

    def kept(self, state="new"):
        folder = self.root / "spool" / state
        return sorted(folder.iterdir()) if folder.is_dir() else []

    def kill(self):
        self.process.kill()
        self.process.wait()


def hidden(body):
    return {html.unescape(name): html.unescape(value) for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', body)}


def make_community(root):
    (root / "content/posts").mkdir(parents=True)
    (root / "content/responses/a").mkdir(parents=True)
    (root / "stoa.yml").write_text(f"title: Bells\nurl: {SITE}\nhistory: none\nreply: {{service: https://replies.example}}\n")
    (root / "content/posts/a.md").write_text(POST.format(title="Casting & more", text="Bronze."))
    (root / "content/posts/b.md").write_text(POST.format(title="Closed", text="Done.").replace("date:", "responses: closed\ndate:"))
    (root / "content/responses/a/one.md").write_text("---\nguest: Bo\ndate: 2026-03-05\n---\n\nTin & lead.\n")
    return root


def git(folder, *arguments, **options):
    return run("git", "-c", "user.name=M", "-c", "user.email=m@example.org", "-C", folder, *arguments, **options).stdout.strip()


def branches(folder):
    return git(folder, "for-each-ref", "--format=%(refname)", "refs/heads/reply", "refs/for").splitlines()


def make_repository(root):
    git(root, "init", "-q", "-b", "main")
    (root / ".gitignore").write_text("spool\nreceive.yml\nsite\n.stoa-cache\n")
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "x")
    return root


def texts(paths):
    """The last line of each reply."""
    return sorted(path.read_text().splitlines()[-1] for path in paths)


# Fixtures, which test files import.


@pytest.fixture
def root(tmp_path, monkeypatch):
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    return make_community(tmp_path / "bells")


@pytest.fixture
def service(stoa, root):
    service = Service(stoa, root)
    yield service
    service.kill()


@pytest.fixture
def repository(root):
    return make_repository(root)
