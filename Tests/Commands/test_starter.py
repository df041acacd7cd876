"""The workflows of a new community, as a forge runs them."""

import contextlib
import http.server
import os
import pathlib
import re
import shutil
import stat
import subprocess
import threading
import time
import zipfile

import pytest
import yaml
from conftest import ROOT, run
from Package import release


@contextlib.contextmanager
def live_site(answer, status=200):
    """A server with `answer` as its addresses.txt."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            is_list = self.path == "/notes/addresses.txt"
            self.send_response(status if is_list else 404)
            self.end_headers()
            self.wfile.write(answer.encode() if is_list and status == 200 else b"")

        def log_message(self, *_):
            pass

    server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/notes"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def community(stoa, tmp_path):
    settings = tmp_path / "gitconfig"
    settings.write_text("[user]\n\tname = Ada Byron\n")
    run(stoa, "init", tmp_path / "notes", GIT_CONFIG_GLOBAL=str(settings))
    return tmp_path / "notes"


def check(stoa, community, *arguments):
    return run(".ci/check", *arguments, cwd=community, check=False, STOA=str(stoa))


def test_the_check_passes_where_no_address_got_lost(stoa, community):
    with live_site("/posts/welcome/\n/topics/first-steps/\n") as address:
        assert check(stoa, community, "github", address).returncode == 0


def test_the_check_fails_for_a_lost_address(stoa, community):
    with live_site("/posts/welcome/\n/posts/gone/\n") as address:
        result = check(stoa, community, "github", address)
    assert result.returncode == 1
    assert "/posts/gone/" in result.stdout


def test_the_address_of_the_settings_comes_first(stoa, community):
    with live_site("/posts/gone/\n") as address:
        settings = community / "stoa.yml"
        settings.write_text(settings.read_text() + f'url: "{address}/"\n')
        assert check(stoa, community, "text", "https://elsewhere.example").returncode == 1


def test_before_the_first_site_the_check_has_nothing_to_lose(stoa, community):
    with live_site("", status=404) as address:
        result = check(stoa, community, "text", address)
    assert result.returncode == 0
    assert "no address can get lost" in result.stderr
    assert check(stoa, community, "text").returncode == 0


@pytest.mark.parametrize("status", [500, 403])
def test_a_site_that_cannot_be_read_is_a_warning(stoa, community, status):
    with live_site("", status=status) as address:
        result = check(stoa, community, "text", address)
    assert result.returncode == 0
    assert "warning: The published addresses were not compared" in result.stderr and str(status) in result.stderr


def test_what_is_no_list_of_addresses_is_not_taken_for_one(stoa, community):
    with live_site("<!DOCTYPE html>\n<title>Sign in</title>\n") as address:
        result = check(stoa, community, "github", address)
    assert result.returncode == 0
    assert "::warning title=published addresses not compared::" in result.stdout and "sign in" in result.stdout


def test_a_host_that_is_not_there_does_not_hide_a_mistake(stoa, community):
    welcome = community / "content/posts/welcome.md"
    welcome.write_text(welcome.read_text() + "\n[[nowhere]]\n")
    result = check(stoa, community, "text", "http://127.0.0.1:9/notes")
    assert result.returncode == 1
    assert "not compared" in result.stderr and "[unresolved-link]" in result.stdout


def test_a_list_that_was_named_must_be_there(stoa, community):
    assert run(stoa, "check", "--source", community, "--published", community / "gone.txt", check=False).returncode == 74


def steps(file, job):
    """The scripts of a workflow's job, with the variables of each step."""
    workflow = yaml.safe_load(file.read_text())
    job = workflow["jobs"][job] if "jobs" in workflow else workflow[job]
    if "script" in job:
        # GitLab runs the lines in one shell.
        return [("\n".join(job["script"]), {})]
    return [(step["run"], step.get("env", {})) for step in job["steps"] if "run" in step]


@pytest.fixture
def forge(stoa, community, tmp_path):
    """A forge's copy of the community's repository, with an earlier mistake; the runner already has the program."""
    welcome = community / "content/posts/welcome.md"
    welcome.write_text(welcome.read_text() + "\nAn old mistake: [[nowhere]].\n")
    (community / ".ci" / "install-stoa").write_text(f"#!/bin/sh\nset -eu\nmkdir -p .stoa\ncp {stoa} .stoa/stoa\n")
    settings = community / "stoa.yml"
    settings.write_text(settings.read_text() + "history: required\n")
    server = tmp_path / "server" / "people" / "notes"
    git = ["git", "-c", "user.name=Ada", "-c", "user.email=ada@example.org"]
    run(*git, "init", "--quiet", "--initial-branch=main", community)
    run(*git, "-C", community, "add", "--all")
    run(*git, "-C", community, "commit", "--quiet", "--message", "Begin")
    run("git", "clone", "--quiet", "--bare", community, server)
    return server


@pytest.fixture
def proposal(forge, community):
    """A stranger's pull request, number 7: content, and many files that a check must neither run nor trust."""
    run("git", "-C", community, "checkout", "--quiet", "-b", "proposal")
    (community / "content/posts/new.md").write_text("---\ntitle: New\nauthor: Ada Byron\ndate: 2026-01-01\n---\n\nWords.\n")
    taken = f"#!/bin/sh\ntouch '{community.parent}/taken'\n"
    for name in [".ci/check", ".ci/install-stoa", ".ci/preview", ".ci/stoa", ".stoa/stoa", ".stoa/tools/install-packages", ".venv/bin/python", "Makefile"]:
        path = community / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(taken)
        path.chmod(0o755)
    (community / ".stoa/version").write_text("")
    (community / "stoa.yml").write_text((community / "stoa.yml").read_text() + "highlight: pygments\nurl: https://elsewhere.example\n")
    run("git", "-C", community, "add", "--all", "--force")
    run("git", "-C", community, "-c", "user.name=Eve", "-c", "user.email=e@example.org", "commit", "--quiet", "--message", "New")
    run("git", "-C", community, "push", "--quiet", forge, "proposal:refs/pull/7/head", "proposal:refs/heads/proposal")
    return community.parent / "taken"


def run_steps(scripts, folder, values, home):
    """Runs the scripts like a runner: each in a shell of its own that stops at the first failure."""
    output = ""
    for script, environment in scripts:
        variables = {name: re.sub(r"\$\{\{ (.*?) \}\}", lambda found: values[found[1]], value) for name, value in environment.items()}
        result = run("sh", "-e", "-c", script, cwd=folder, check=False, HOME=str(home), **variables, **values["all"])
        output += result.stdout + result.stderr
        assert result.returncode == 0, f"{script}\n{output}"
    return output


def test_forgejo_s_steps_check_and_publish(forge, community, proposal, tmp_path):
    run("git", "-C", community, "checkout", "--quiet", "main")
    values = forgejo(tmp_path)
    for job in ["check", "publish"]:
        folder = tmp_path / job
        folder.mkdir()
        output = run_steps(steps(community / ".forgejo/workflows/site.yml", job), folder, values, tmp_path)
        assert job != "check" or "`/posts/new/` new\n" in output
    assert not proposal.exists()
    assert_only_content(tmp_path / "check/proposal")
    assert "token" not in (tmp_path / "check/.git/config").read_text()
    files = run("git", "-C", forge, "ls-tree", "-r", "--name-only", "pages").stdout.splitlines()
    assert "posts/welcome/index.html" in files and "addresses.txt" in files
    assert ".stoa-manifest" not in files


@pytest.mark.parametrize("job, made", [("check", None), ("pages", "public/index.html")])
def test_gitlab_s_steps_check_and_publish(forge, community, proposal, tmp_path, job, made):
    folder = tmp_path / "build"
    run("git", "clone", "--quiet", "--branch", "proposal" if job == "check" else "main", f"file://{forge}", folder)
    run("git", "-C", community, "checkout", "--quiet", "main")
    with live_site("", status=404) as address:
        variables = {"CI_PROJECT_DIR": str(folder), "CI_PAGES_URL": address, "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main"}
        run_steps(steps(community / ".gitlab-ci.yml", job), folder, {"all": variables}, tmp_path)
    assert made is None or (folder / made).exists()
    assert not proposal.exists()


def assert_only_content(folder):
    """Only content is left of a pull request, and Stoa's own files."""
    assert {path.name for path in folder.iterdir()} - {".stoa-cache"} == {".git", "content", "stoa.yml"}
    assert run("git", "-C", folder, "worktree", "list").stdout.count("\n") == 1


def github(folder, tmp_path):
    return {
        "github.repository_owner": "ada", "github.event.repository.name": "notes",
        "steps.pages.outputs.base_url": "https://ada.github.io/notes",
        "all": {"GITHUB_WORKSPACE": str(folder), "GITHUB_STEP_SUMMARY": str(tmp_path / "summary")},
    }


def merge(forge, folder):
    """What GitHub has at refs/pull/7/merge."""
    run("git", "clone", "--quiet", f"file://{forge}", folder)
    names = ["-c", "user.name=GitHub", "-c", "user.email=g@example.org"]
    run("git", "-C", folder, *names, "merge", "--quiet", "--no-ff", "--message", "Merge", "origin/proposal")
    run("git", "-C", folder, "checkout", "--quiet", "--detach")


def forgejo(tmp_path):
    return {
        "github.token": "t", "github.event.number": "7", "github.server_url": f"file://{tmp_path}/server",
        "github.repository": "people/notes", "github.ref": "refs/heads/main", "github.sha": "abc", "all": {},
    }


def test_a_proposal_with_a_mistake_of_its_own_is_turned_down(forge, community, tmp_path):
    run("git", "-C", community, "checkout", "--quiet", "-b", "proposal")
    (community / "content/posts/new.md").write_text("---\ntitle: New\nauthor: Ada Byron\ndate: 2026-01-01\n---\n\n[[nobody]]\n")
    run("git", "-C", community, "add", "--all")
    run("git", "-C", community, "-c", "user.name=Eve", "-c", "user.email=e@example.org", "commit", "--quiet", "--message", "New")
    run("git", "-C", community, "push", "--quiet", forge, "proposal:refs/pull/7/head", "proposal:refs/heads/proposal")
    run("git", "-C", community, "checkout", "--quiet", "main")
    folder = tmp_path / "check"
    folder.mkdir()
    with pytest.raises(AssertionError) as failure:
        run_steps(steps(community / ".forgejo/workflows/site.yml", "check"), folder, forgejo(tmp_path), tmp_path)
    assert "content/posts/new.md" in str(failure.value) and "content/posts/welcome.md" not in str(failure.value)


@pytest.mark.parametrize("file", [".github/workflows/site.yml", ".forgejo/workflows/site.yml"])
def test_actionlint_finds_nothing(community, file):
    actionlint = shutil.which("actionlint") or ROOT / ".venv/bin/actionlint"
    if not pathlib.Path(actionlint).exists():
        pytest.skip("actionlint is not there")
    found = run(actionlint, "-no-color", "-shellcheck=", community / file, check=False)
    assert (found.returncode, found.stdout) == (0, "")


@pytest.mark.parametrize("name, site", [("notes", "https://ada.github.io/notes"), ("ada.github.io", "https://ada.github.io")])
def test_github_s_check_asks_the_site_that_the_repository_has(forge, community, tmp_path, name, site):
    folder = tmp_path / "build"
    run("git", "clone", "--quiet", f"file://{forge}", folder)
    run("git", "clone", "--quiet", f"file://{forge}", folder / "proposal")
    (folder / ".ci" / "check").write_text('#!/bin/sh\necho "asked for $2"\n')
    (folder / ".ci" / "preview").write_text("#!/bin/sh\n")
    values = {**github(folder, tmp_path), "github.event.repository.name": name}
    output = run_steps(steps(community / ".github/workflows/site.yml", "check"), folder, values, tmp_path)
    assert f"asked for {site}\n" in output


def test_github_s_build_makes_what_it_uploads(forge, community, tmp_path):
    folder = tmp_path / "build"
    run("git", "clone", "--quiet", f"file://{forge}", folder)
    values = {"steps.pages.outputs.base_url": "https://ada.github.io/notes", "all": {"GITHUB_WORKSPACE": str(folder)}}
    run_steps(steps(community / ".github/workflows/site.yml", "build"), folder, values, tmp_path)
    assert "https://ada.github.io/notes/" in (folder / "site" / "index.html").read_text()
    workflow = yaml.safe_load((community / ".github/workflows/site.yml").read_text())
    assert {"path": "site"} in [step.get("with") for step in workflow["jobs"]["build"]["steps"]]


def test_warnings_fail_the_check(stoa, community):
    (community / "content/posts/x.md").write_text("---\ntitle: X\nauthor: A\ndate: 2026-01-01\ntopic: y\n---\n\nText.\n")
    result = check(stoa, community, "github")
    assert result.returncode == 1
    assert "::error file=content/posts/x.md,line=5" in result.stdout


def test_scripts_are_sound_and_can_be_run(community):
    for script in (community / ".ci").iterdir():
        assert script.stat().st_mode & stat.S_IXUSR
        subprocess.run(["sh", "-n", script], check=True)
        if shutil.which("shellcheck"):
            subprocess.run(["shellcheck", script], check=True)


def test_where_stoa_s_repository_is_unknown_the_installation_says_so(community):
    script = community / ".ci/install-stoa"
    text = script.read_text()
    script.write_text("\n".join("repository='https://forge.example/stoa'" if line.startswith("repository=") else line for line in text.split("\n")))
    result = run(script, check=False)
    assert result.returncode == 64 and "Say in .ci/install-stoa" in result.stderr


def test_github_s_check_takes_nothing_but_content_from_a_proposal(forge, community, proposal, tmp_path):
    folder = tmp_path / "build"
    run("git", "clone", "--quiet", f"file://{forge}", folder)
    merge(forge, folder / "proposal")
    # There is no network, so the site counts as not yet published.
    with live_site("", status=404) as address:
        (folder / "stoa.yml").write_text((folder / "stoa.yml").read_text() + f"url: {address}\n")
        run("git", "-C", community, "checkout", "--quiet", "main")
        values = github(folder, tmp_path)
        run_steps(steps(community / ".github/workflows/site.yml", "check"), folder, values, tmp_path)
    assert not proposal.exists()
    assert_only_content(folder / "proposal")
    summary = (tmp_path / "summary").read_text()
    assert "- `/posts/new/` new\n" in summary and "- `/` changed\n" in summary
    assert "Words." in (folder / "preview/posts/new/index.html").read_text()
    assert not (folder / "preview/.stoa-manifest").exists()


@pytest.mark.parametrize("file, fetches", [
    (".github/workflows/site.yml", "fetch-depth: 0"), (".gitlab-ci.yml", 'GIT_DEPTH: "0"'),
    (".forgejo/workflows/site.yml", "fetch --quiet"),
])
def test_workflows_fetch_the_whole_history_check_and_publish(community, file, fetches):
    text = (community / file).read_text()
    assert yaml.safe_load(text)
    assert fetches in text and "--depth" not in text
    assert ".ci/check" in text and ".ci/preview" in text and ".ci/stoa build" in text
    for line in text.splitlines():
        # Values of an event are untrusted, so no script contains them.
        assert not ("run:" in line and "${{" in line), line


WORKFLOWS = [".github/workflows/site.yml", ".gitlab-ci.yml", ".forgejo/workflows/site.yml"]
PINNED_ACTION = re.compile(r"[\w-]+/[\w/-]+@[0-9a-f]{40}")
PINNED_IMAGE = re.compile(r"[\w./-]+:[\w.-]+@sha256:[0-9a-f]{64}")


def images(workflow):
    if "image" in workflow:
        yield workflow["image"]
    for job in workflow.get("jobs", {}).values():
        if container := job.get("container"):
            yield container if isinstance(container, str) else container["image"]


@pytest.mark.parametrize("file", [*WORKFLOWS, "Stoa's own"])
def test_workflows_trust_nobody_s_tags_and_hand_out_no_rights(community, file):
    path = ROOT / ".github/workflows/site.yml" if file == "Stoa's own" else community / file
    text = path.read_text()
    workflow = yaml.safe_load(text)
    # Third-party programs are identified by their digest, with the version beside it for readers.
    for line in text.splitlines():
        if uses := re.search(r"uses: (\S+)(.*)", line):
            assert PINNED_ACTION.fullmatch(uses[1]) and re.fullmatch(r" # v\d+\.\d+\.\d+", uses[2]), line
    assert list(images(workflow)) or file.startswith(".github")
    assert all(PINNED_IMAGE.fullmatch(image) for image in images(workflow))
    if "jobs" not in workflow:
        return
    # No permissions unless a job lists them, and the job that reads untrusted content may only read.
    assert workflow["permissions"] == {}
    for name, job in workflow["jobs"].items():
        allowed = {"check": {"contents": "read"}, "test": {"contents": "read"}}.get(name)
        assert allowed is None or job["permissions"] == allowed, name
        for step in job["steps"]:
            if step.get("uses", "").startswith("actions/checkout@"):
                assert step["with"]["persist-credentials"] is False
            # Values of an event are untrusted, and every process can read a token on a command line.
            assert "${{" not in step.get("run", "") and "TOKEN" not in step.get("run", "")


@pytest.mark.parametrize("file", WORKFLOWS)
def test_checks_run_what_the_base_branch_has(community, file):
    workflow = yaml.safe_load((community / file).read_text())
    events = workflow.get(True, workflow.get("on", {}))
    if "jobs" in workflow:
        assert "pull_request" not in events and "pull_request_target" in events
    job = workflow["jobs"]["check"] if "jobs" in workflow else workflow["check"]
    scripts = job.get("script") or [step["run"] for step in job["steps"] if "run" in step]
    check = next(line for line in "\n".join(scripts).splitlines() if ".ci/check" in line)
    assert "PROPOSAL=" in check and "BASE=" in check
    # A pull request cannot occupy a runner for the forge's maximum time.
    assert job.get("timeout-minutes") == 60 or job.get("timeout") == "1 hour"
    # A check writes no cache that later runs use.
    assert "cache" not in job and not any(step.get("uses", "").startswith("actions/cache@") for step in job.get("steps", []))


def test_scripts_ask_only_the_web_and_take_no_option_from_content(community):
    for line in (community / ".ci/check").read_text().replace("\\\n", "").splitlines():
        if "curl " in line:
            assert "--proto '=https,http'" in line and re.search(r" -- \S+$|-- \"\$", line), line
    installation = (community / ".ci/install-stoa").read_text()
    assert 'git clone --quiet -- "$repository"' in installation and '-- "$repository/$folder/install.sh"' in installation


@pytest.mark.parametrize("file", ["starter/install-stoa", "Tools/run-action"])
def test_python_looks_for_no_module_in_the_community_s_folder(file, tmp_path):
    """The module search path, on which a pull request could place venv.py or pip."""
    commands = re.findall(r"python3?\"?( .*-m \w+)", (ROOT / file).read_text())
    assert len(commands) == 2
    for module in ("venv", "pip"):
        (tmp_path / f"{module}.py").write_text("open('taken', 'w')")
    for command in commands:
        subprocess.run(["python3", *command.split(), "--help"], cwd=tmp_path, capture_output=True)
    assert not (tmp_path / "taken").exists()


def test_a_preview_says_which_pages_change_and_no_others(stoa, community, tmp_path):
    git = ["git", "-C", community, "-c", "user.name=Ada", "-c", "user.email=ada@example.org"]
    proposal = tmp_path / "proposal"

    def preview(folder):
        """The output for a pull request whose files are in the community's folder, uncommitted."""
        run(*git, "checkout", "--quiet", "-b", folder)
        run(*git, "add", "--all")
        run(*git, "commit", "--quiet", "--message", folder)
        run(*git, "checkout", "--quiet", "main")
        shutil.rmtree(proposal, ignore_errors=True)
        run("git", "clone", "--quiet", "--branch", folder, f"file://{community}", proposal)
        environment = {"STOA": str(stoa), "PROPOSAL": str(proposal), "BASE": "origin/main"}
        return run(".ci/preview", tmp_path / folder, cwd=community, **environment).stdout

    run("git", "init", "--quiet", "--initial-branch=main", community)
    run(*git, "add", "--all")
    run(*git, "commit", "--quiet", "--message", "Begin")
    (community / "notes.txt").write_text("Nothing that is published.\n")
    assert preview("nothing") == "No page changes.\n"
    conduct = community / "content/pages/code-of-conduct.md"
    conduct.write_text(conduct.read_text() + "\nMore.\n")
    # Later changes on main are not changes of the pull request.
    assert preview("page") == "### Pages that change: 1\n\n- `/code-of-conduct/` changed\n"
    welcome = community / "content/posts/welcome.md"
    welcome.rename(welcome.with_name("hello.md"))
    (community / "content/responses/welcome").rename(community / "content/responses/hello")
    (community / "content/static").mkdir()
    (community / "content/static/a`b").mkdir()
    (community / "content/static/a`b/index.html").write_text("<p>x</p>\n")
    said = preview("moved")
    assert "- `/posts/hello/` new\n" in said and "- `/posts/welcome/` gone\n" in said
    assert "a`b" not in said


# From push to publication, with a release.

@pytest.fixture
def released(stoa, forge, community, tmp_path):
    """A forge with a release of Stoa, and a community whose workflows that release's program wrote."""
    stoas = release.Forge()
    # A copy outside the checkout, because the program would find the checkout's Python environment.
    stoa = shutil.copy(stoa, tmp_path / "program")
    program = f"#!/bin/sh\n[ \"$*\" != --version ] || exec echo 0.2.0\nexec '{stoa}' \"$@\"\n".encode()
    stoas.releases["0.2.0"] = release.files("0.2.0", program=program)
    stoas.releases["0.2.0"]["install.sh"] = (ROOT / "Tools/install.sh").read_bytes()
    script = (ROOT / "starter/install-stoa").read_text()
    with stoas.served() as stoas.address:
        script = script.replace("@repository@", stoas.address).replace("@version@", "0.2.0")
        (community / ".ci/install-stoa").write_text(script)
        run("git", "-C", community, "-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "--quiet", "--all", "--message", "Use it")
        run("git", "-C", community, "push", "--quiet", forge, "HEAD:refs/heads/main")
        yield stoas


def wheel(name, folder, *packages):
    """A package of this Python as a wheel, with its version."""
    installed = next(ROOT.glob(f".venv/lib/python3*/site-packages/{packages[0]}")).parent
    facts = next(path for path in installed.glob("*.dist-info") if path.name.lower().startswith(f"{name}-"))
    version = facts.name.removesuffix(".dist-info").rpartition("-")[2]
    with zipfile.ZipFile(folder / f"{facts.name.removesuffix('.dist-info')}-py3-none-any.whl", "w") as archive:
        for path in [file for part in [facts.name, *packages] for file in sorted((installed / part).rglob("*")) if file.is_file()]:
            if "__pycache__" not in path.parts:
                archive.write(path, path.relative_to(installed))
    return version


def forgejo_publishes(forge, community, folder, tmp_path):
    run_steps(steps(community / ".forgejo/workflows/site.yml", "publish"), folder, forgejo(tmp_path), tmp_path)
    return run("git", "-C", forge, "show", "pages:posts/welcome/index.html").stdout


def gitlab_publishes(forge, community, folder, tmp_path):
    run("git", "clone", "--quiet", f"file://{forge}", folder)
    variables = {"CI_PROJECT_DIR": str(folder), "CI_PAGES_URL": "https://ada.gitlab.example/notes"}
    run_steps(steps(community / ".gitlab-ci.yml", "pages"), folder, {"all": variables}, tmp_path)
    return (folder / "public/posts/welcome/index.html").read_text()


def github_publishes(forge, community, folder, tmp_path):
    run("git", "clone", "--quiet", f"file://{forge}", folder)
    run_steps(steps(community / ".github/workflows/site.yml", "build"), folder, github(folder, tmp_path), tmp_path)
    return (folder / "site/posts/welcome/index.html").read_text()


@pytest.mark.parametrize("publish", [forgejo_publishes, gitlab_publishes, github_publishes])
def test_a_push_is_published_within_a_minute_by_a_release(forge, community, released, tmp_path, publish):
    folder = tmp_path / "runner"
    folder.mkdir()
    start = time.monotonic()
    page = publish(forge, community, folder, tmp_path)
    assert time.monotonic() - start < 60
    assert "Welcome" in page
    # The program came from the release only.
    assert any(path.endswith(".tar.gz") for path in released.asked)
    asked = len(released.asked)
    run(".ci/install-stoa", cwd=folder)
    assert len(released.asked) == asked


def test_tools_are_installed_that_the_settings_ask_for(forge, community, released, tmp_path):
    wheels = tmp_path / "wheels"
    wheels.mkdir()
    pygments = wheel("pygments", wheels, "pygments")
    environment = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(wheels), "PIP_NO_COMPILE": "1", "HOME": str(tmp_path)}
    script = community / ".ci/install-stoa"
    script.write_text(re.sub("pygments=.*", f"pygments={pygments}", script.read_text(), count=1))
    run(script, cwd=community, **environment)
    assert not (community / ".stoa/venv").exists()
    settings = community / "stoa.yml"
    settings.write_text(settings.read_text() + "highlight: pygments\n")
    run(script, cwd=community, **environment)
    welcome = community / "content/posts/welcome.md"
    welcome.write_text(welcome.read_text().replace("[[nowhere]]", "gone") + "\n```python\ndef f(): pass\n```\n")
    built = run(community / ".ci/stoa", "build", cwd=community, PATH="/usr/bin:/bin")
    assert "<span" in (community / "site/posts/welcome/index.html").read_text().partition("<pre")[2].partition("</pre>")[0], built.stdout + built.stderr


def test_packages_are_installed_that_the_settings_ask_for(forge, community, released, tmp_path):
    """Runs on a runner without some programs, with an apt-get that only prints its arguments."""
    tools = tmp_path / "bin"
    tools.mkdir()
    for program in pathlib.Path("/usr/bin").iterdir():
        if program.name not in ("pandoc", "dot", "apt-get", "sudo"):
            (tools / program.name).symlink_to(program)
    for name, text in {"apt-get": f'echo "$@" >>{tmp_path}/asked', "sudo": 'exec "$@"'}.items():
        (tools / name).write_text(f"#!/bin/sh\n{text}\n")
        (tools / name).chmod(0o755)
    settings = community / "stoa.yml"
    text = settings.read_text()
    for asked, packages in [("math: false\n", None), ("math: true\n", "pandoc"), ("math: yes # TeX\ndiagrams: true\n", "pandoc graphviz")]:
        settings.write_text(text + asked)
        run(".ci/install-stoa", cwd=community, PATH=str(tools), HOME=str(tmp_path))
        said = (tmp_path / "asked").read_text().splitlines() if (tmp_path / "asked").exists() else []
        assert said == ([] if packages is None else ["update -qq", f"install -qq --yes --no-install-recommends {packages}"])
        (tmp_path / "asked").unlink(missing_ok=True)


def test_what_has_no_release_is_compiled_and_said_to_be(community, released, tmp_path):
    script = community / ".ci/install-stoa"
    script.write_text(script.read_text().replace("'0.2.0'", "'0.9.0'"))
    tools = tmp_path / "bin"
    tools.mkdir()
    for name, text in {"swift": "exit 0", "git": "exit 3"}.items():
        (tools / name).write_text(f"#!/bin/sh\n{text}\n")
        (tools / name).chmod(0o755)
    result = run(script, cwd=community, check=False, PATH=f"{tools}:{os.environ['PATH']}")
    assert result.returncode == 3 and "There is no release 0.9.0" in result.stdout and "compiled" in result.stdout
    (tools / "swift").unlink()
    path = ":".join(folder for folder in os.environ["PATH"].split(":") if not shutil.which("swift", path=folder))
    result = run(script, cwd=community, check=False, PATH=path)
    assert result.returncode == 69 and "Nor is there a compiler" in result.stderr


def test_a_forge_that_does_not_answer_is_no_forge_without_a_release(community, released):
    script = community / ".ci/install-stoa"
    script.write_text(re.sub("repository=.*", "repository='http://127.0.0.1:9/people/stoa'", script.read_text(), count=1))
    result = run(script, cwd=community, check=False)
    assert result.returncode == 74 and "compiled" not in result.stdout
