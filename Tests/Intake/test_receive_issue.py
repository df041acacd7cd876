"""Replies from issues: `stoa receive issue`, and the script of the workflow that runs it."""

import http.server
import json
import os
import pathlib
import shutil
import threading

import pytest

from Commands.preview import POST
from conftest import ROOT, run

EVENTS = pathlib.Path(__file__).parent / "events"
FORGES = {"github": "https://github.com/example/portico", "forgejo": "https://forge.example/example/portico", "gitlab": "https://gitlab.example/example/portico"}


@pytest.fixture
def community(tmp_path):
    """Makes a community on a forge, with a post and a response."""

    def make(forge):
        root = tmp_path / "portico"
        for folder in ["posts", "responses/rope", "contributors"]:
            (root / "content" / folder).mkdir(parents=True)
        (root / "stoa.yml").write_text(f"title: Portico\nforge: {{kind: {forge}, url: {FORGES[forge]}}}\n")
        (root / "content/posts/rope.md").write_text(POST.format(title="Slack rope & more", text="Text."))
        (root / "content/posts/done.md").write_text(POST.format(title="Done", text="Text.").replace("date:", "responses: closed\ndate:"))
        (root / "content/responses/rope/one.md").write_text("---\nguest: Ann\ndate: 2026-03-05\n---\n\nIndeed.\n")
        return root

    return make


def receive(stoa, root, event):
    return run(stoa, "receive", "issue", event, "--source", root, check=False)


@pytest.mark.parametrize("event, forge, file, text", [
    ("github", "github", "20260620-issue-12", (
        "---\nguest: Ada-L\nurl: 'https://github.com/Ada-L'\ndate: 2026-06-20T09:10:11Z\nreply-to: one\n---\n\n"
        "Three knots held:  \nbowline  \nsheet bend 🧵\n\n### And a heading of mine\n\n`$(touch pwned)` \"quoted\" \\ and `back`\n")),
    ("forgejo", "forgejo", "20260620-issue-7", (
        "---\nguest: 'Bo Nørgaard'\nurl: 'https://forge.example/bo'\ndate: 2026-06-20T09:10:11Z\n---\n\nIt slips when it is wet.\n")),
    ("gitlab", "gitlab", "20260620-issue-23", (
        "---\nguest: Cy Okafor\nurl: 'https://gitlab.example/cy'\ndate: 2026-06-20T09:10:11Z\nreply-to: one\n---\n\n"
        "### Mine\n\nOn a ship we whip the end first.\n")),
    ("gitlab-interface", "gitlab", "20260620-issue-24", (
        "---\nguest: Cy Okafor\nurl: 'https://gitlab.example/cy'\ndate: 2026-06-20T09:10:11Z\n---\n\nAnd then?\n")),
])
def test_an_issue_of_each_forge_becomes_a_file_once(event, forge, file, text, stoa, community):
    root = community(forge)
    for _ in range(2):
        done = receive(stoa, root, EVENTS / f"{event}.json")
        assert (done.returncode, done.stdout) == (0, f"content/responses/rope/{file}.md\n")
        assert (root / done.stdout.strip()).read_text() == text
    assert "received before" in done.stderr
    assert len(list((root / "content/responses/rope").iterdir())) == 2
    run(stoa, "check", "--source", root, "--strict")


def test_a_member_s_account_signs_for_the_member(stoa, community):
    root = community("github")
    (root / "content/contributors/ada.md").write_text("---\nname: Ada Byron\naccounts: [github:ada-l, forgejo:ada]\n---\n")
    done = receive(stoa, root, EVENTS / "github.json")
    assert (root / done.stdout.strip()).read_text().startswith("---\nauthor: ada\ndate: ")
    run(stoa, "check", "--source", root, "--strict")


@pytest.mark.parametrize("change, said", [
    ({"action": "edited"}, "issue 12 is not new"),
    ({"issue": {"body": "The site is down."}}, "is not a reply"),
    ({"issue": {"body": None}}, "is not a reply"),
])
def test_what_is_no_new_reply_makes_nothing(change, said, stoa, community, tmp_path):
    root = community("github")
    done = receive(stoa, root, changed("github", change, tmp_path))
    assert (done.returncode, done.stdout) == (0, "") and said in done.stderr


@pytest.mark.parametrize("body, said", [
    ("stoa-reply: ../../etc\n\nText.", "there is no such conversation\n"),
    ("stoa-reply: done\n\nText.", "the conversation is closed\n"),
    ("stoa-reply: rope#response-two\n\nText.", "the response that it answers is not there\n"),
    ("stoa-reply: rope\n\n### Your response\n\n_No response_", "the text is missing\n"),
    ("stoa-reply: rope\n\n" + "a" * 65_000, "the text is longer than a response may be\n"),
    ("stoa-reply: rope\n\n" + "> " * 101 + "x", "the text is nested too deep, or too complicated to show\n"),
])
def test_what_is_wrong_is_said(body, said, stoa, community, tmp_path):
    root = community("github")
    done = receive(stoa, root, changed("github", {"issue": {"body": body}}, tmp_path))
    assert (done.returncode, done.stdout) == (1, said)
    assert len(list((root / "content/responses/rope").iterdir())) == 1


def test_a_file_that_is_no_event_is_wrong_usage(stoa, community, tmp_path):
    root = community("github")
    (tmp_path / "event").write_text("{")
    assert receive(stoa, root, tmp_path / "event").returncode == 64
    assert receive(stoa, root, tmp_path / "nothing").returncode == 74


def changed(event, change, tmp_path):
    value = json.loads((EVENTS / f"{event}.json").read_text())
    for key, part in change.items():
        value[key] = {**value[key], **part} if isinstance(part, dict) else part
    (tmp_path / "event.json").write_text(json.dumps(value))
    return tmp_path / "event.json"


class Forge:
    """A forge's API, which records requests, and a repository to push to."""

    def __init__(self, folder, allows=True):
        self.asked = []
        forge = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = json.loads(self.rfile.read(int(self.headers["content-length"])))
                forge.asked.append((self.path, self.headers["authorization"], body))
                self.send_response(201 if allows or not self.path.endswith("/pulls") else 403)
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.repository = folder / "example/portico"
        run("git", "init", "-q", "--bare", "-b", "main", self.repository)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()

    def reply(self, stoa, root, event):
        """Runs the workflow's script in a clone of the main branch."""
        work = root.parent / "work"
        shutil.rmtree(work, ignore_errors=True)
        run("git", "clone", "-q", self.repository, work)
        value = json.loads(event.read_text())
        return run(
            ROOT / "starter/reply", cwd=work, check=False, STOA=str(stoa), TOKEN="secret-token", GITHUB_EVENT_PATH=str(event),
            NUMBER=str(value["issue"]["number"]), ACCOUNT=value["issue"]["user"]["login"], BASE="main",
            GITHUB_SERVER_URL=f"file://{self.repository.parent.parent}", GITHUB_REPOSITORY="example/portico",
            GITHUB_API_URL=f"http://127.0.0.1:{self.server.server_port}")


def commit(root, forge):
    git = ["git", "-c", "user.name=M", "-c", "user.email=m@example.org", "-C", root]
    run("git", "init", "-q", "-b", "main", root)
    run(*git, "add", "-A")
    run(*git, "commit", "-q", "-m", "x")
    run(*git, "push", "-q", forge.repository, "main")


@pytest.mark.parametrize("allows", [True, False])
def test_the_workflow_makes_a_pull_request_or_says_where_to(allows, stoa, community, tmp_path):
    root = community("github")
    with Forge(tmp_path / "forge", allows) as forge:
        commit(root, forge)
        done = forge.reply(stoa, root, EVENTS / "github.json")
        assert done.returncode == 0, done.stderr
        files = run("git", "-C", forge.repository, "diff", "--name-status", "main", "reply/issue-12").stdout
        assert files == "A\tcontent/responses/rope/20260620-issue-12.md\n"
        author = run("git", "-C", forge.repository, "log", "-1", "--format=%an %ae %s", "reply/issue-12").stdout
        assert author == "Ada-L guest@invalid Reply: issue 12\n"
        path, authorization, body = forge.asked[0]
        assert (path, authorization) == ("/repos/example/portico/pulls", "token secret-token")
        assert body["head"] == "reply/issue-12" and body["base"] == "main" and body["title"] == "Reply: issue 12, by Ada-L"
        assert "Closes #12." in body["body"] and "The check finds nothing wrong." in body["body"]
        if not allows:
            assert forge.asked[1][0] == "/repos/example/portico/issues/12/comments"
            assert "/example/portico/compare/main...reply/issue-12" in forge.asked[1][2]["body"]
        # A second run finds its branch.
        count = len(forge.asked)
        assert forge.reply(stoa, root, EVENTS / "github.json").returncode == 0
        assert len(forge.asked) == count
    assert not list(tmp_path.rglob("pwned"))


def test_the_workflow_tells_what_the_check_finds(stoa, community, tmp_path):
    root = community("github")
    body = "stoa-reply: rope\n\nSee [[no \"such\" post]]."
    with Forge(tmp_path / "forge") as forge:
        commit(root, forge)
        assert forge.reply(stoa, root, changed("github", {"issue": {"body": body}}, tmp_path)).returncode == 0
        text = forge.asked[0][2]["body"]
    assert "The check finds:" in text and "[unresolved-link]" in text


def test_the_workflow_answers_what_cannot_become_a_response(stoa, community, tmp_path):
    root = community("github")
    with Forge(tmp_path / "forge") as forge:
        commit(root, forge)
        assert forge.reply(stoa, root, changed("github", {"issue": {"body": "stoa-reply: rop\n\nHm."}}, tmp_path)).returncode == 0
        assert [(path, "- there is no such conversation" in body["body"]) for path, _, body in forge.asked] == [
            ("/repos/example/portico/issues/12/comments", True)]
        assert run("git", "-C", forge.repository, "branch", "--format=%(refname:short)").stdout == "main\n"
        # Other issues are ignored.
        assert forge.reply(stoa, root, changed("github", {"issue": {"body": "The site is down."}}, tmp_path)).returncode == 0
        assert len(forge.asked) == 1
