"""`stoa serve` while files change, over HTTP and with the system's own events."""

import os
import pathlib
import re
import shutil
import signal

import pytest

from Commands.preview import POST, Preview
from conftest import run


@pytest.fixture
def community(tmp_path):
    """A small community in git."""
    root = tmp_path / "bells"
    (root / "content" / "posts").mkdir(parents=True)
    (root / "stoa.yml").write_text("title: Bells\n")
    (root / "content" / "posts" / "a.md").write_text(POST.format(title="Casting", text="Bronze."))
    git(root, "init", "-q", "-b", "main")
    commit(root)
    return root


@pytest.fixture
def start(stoa):
    """Starts previews that end with the test."""
    started = []

    def start(root, *options):
        # Without the form, the served pages equal those of a build.
        started.append(Preview(stoa, root, "--no-replies", *options))
        return started[-1]

    yield start
    for preview in started:
        preview.process.kill()
        preview.process.communicate()


def git(root, *arguments):
    run("git", "-c", "user.name=M", "-c", "user.email=m@example.org", "-C", root, *arguments)


def commit(root):
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "x")


def same_as_a_build(preview, stoa, tmp_path):
    """Whether every address has the content that a build writes, apart from one element in each page."""
    site = tmp_path / "built"
    run(stoa, "build", "--source", preview.root, "--drafts", "--keep-going", "--output", site,
        "--base-url", preview.address, check=False)
    for file in site.rglob("*"):
        path = file.relative_to(site).as_posix()
        if not file.is_file() or path.startswith(".stoa"):
            continue
        body = preview.ask("/" + path.removesuffix("index.html"))[1]
        body = re.sub(r'<script src="/\.stoa-preview/script\.js" data-snapshot="[^"]*"></script>', "", body, count=1)
        assert body == file.read_text(), path
    return True


def test_an_edit_is_served_however_an_editor_saves(community, start, stoa, tmp_path):
    preview = start(community)
    post = community / "content" / "posts" / "a.md"
    post.write_text(POST.format(title="Casting", text="Tin in place."))
    preview.shows("/posts/a/", "Tin in place.")
    beside = community / "content" / "posts" / ".a.md.swp"
    beside.write_text(POST.format(title="Casting", text="Tin by rename."))
    beside.rename(post)
    preview.shows("/posts/a/", "Tin by rename.")
    post.rename(post.with_name("a.md~"))
    post.write_text(POST.format(title="Casting", text="Tin with a backup."))
    preview.shows("/posts/a/", "Tin with a backup.")
    post.with_name("a.md~").unlink()
    (community / "content" / "responses" / "a").mkdir(parents=True)
    (community / "content" / "responses" / "a" / "1.md").write_text("---\nguest: Ada\ndate: 2026-03-05\n---\n\nIt rang.\n")
    preview.shows("/posts/a/", "It rang.")
    assert same_as_a_build(preview, stoa, tmp_path)


def test_a_checkout_of_a_thousand_files_is_one_edition(community, start, stoa, tmp_path):
    git(community, "checkout", "-q", "-b", "large")
    for number in range(1_000):
        folder = community / "content" / "posts" / f"{number % 10}"
        folder.mkdir(exist_ok=True)
        (folder / f"p{number}.md").write_text(POST.format(title=f"Bell {number}", text="Bronze."))
    commit(community)
    git(community, "checkout", "-q", "main")
    preview = start(community)
    git(community, "checkout", "-q", "large")
    news = preview.next()
    assert preview.number(news) == preview.number(preview.first) + 1
    assert preview.ask("/posts/p0/")[0] == preview.ask("/posts/p999/")[0] == 200
    git(community, "checkout", "-q", "main")
    assert preview.number(preview.next()) == preview.number(news) + 1
    assert preview.ask("/posts/p0/")[0] == preview.ask("/posts/p999/")[0] == 404
    assert same_as_a_build(preview, stoa, tmp_path)


def test_folders_come_go_and_move_with_all_that_is_in_them(community, start, stoa, tmp_path):
    elsewhere = community.parent / "elsewhere"
    (elsewhere / "deep").mkdir(parents=True)
    (elsewhere / "deep" / "b.md").write_text(POST.format(title="Hanging", text="Ropes."))
    posts = community / "content" / "posts"
    preview = start(community)
    elsewhere.rename(posts / "sorted")
    preview.shows("/posts/b/", "Ropes.")
    # Folders that were moved into the community are watched, too.
    (posts / "sorted" / "deep" / "b.md").write_text(POST.format(title="Hanging", text="Wires."))
    preview.shows("/posts/b/", "Wires.")
    (posts / "sorted").rename(posts / "other")
    (posts / "other" / "deep" / "b.md").write_text(POST.format(title="Hanging", text="Chains."))
    preview.shows("/posts/b/", "Chains.")
    shutil.rmtree(posts / "other")
    preview.until(lambda _: preview.ask("/posts/b/")[0] == 404)
    shutil.rmtree(community / "content")
    # When a folder is missing, its pages stay, and the problem is shown over them.
    preview.until(lambda _: preview.problems())
    assert preview.ask("/posts/a/")[0] == 200
    posts.mkdir(parents=True)
    (posts / "c.md").write_text(POST.format(title="Ringing", text="Loud."))
    preview.until(lambda _: preview.ask("/posts/c/")[0] == 200)
    assert preview.ask("/posts/a/")[0] == 404
    assert same_as_a_build(preview, stoa, tmp_path)


def test_mistakes_are_told_with_their_place_until_they_are_mended(community, start):
    post = community / "content" / "posts" / "a.md"
    preview = start(community)
    assert preview.problems() == []
    preview.ask("/")
    assert preview.headers["stoa-errors"] is None
    post.write_text("---\ntitle: Casting\nauthor: maren\ndate: soon\n---\n\nBronze.\n")
    preview.until(lambda _: preview.problems())
    assert preview.problems() == [
        {"place": "content/posts/a.md:4:7", "code": "invalid-date", "line": "4", "text": "date: soon", "column": 7}]
    for path in ["/", "/theme.css", "/posts/nowhere/"]:
        preview.ask(path, method="HEAD")
        assert preview.headers["stoa-errors"] == "1"
    (community / "stoa.yml").rename(community / "away.yml")
    assert preview.until(lambda _: "stoa.yml" in str(preview.problems()))
    assert preview.process.poll() is None
    (community / "away.yml").rename(community / "stoa.yml")
    post.write_text(POST.format(title="Casting", text="Mended."))
    preview.until(lambda _: preview.problems() == [] and "Mended." in preview.ask("/posts/a/")[1])


def save(file, text):
    """Saves like Vim, which first tests whether it can create a file, and keeps the old file until the new one is complete."""
    trial, backup = file.with_name("4913"), file.with_name(f"{file.name}~")
    trial.write_text("")
    trial.unlink()
    if file.exists():
        file.rename(backup)
    file.write_text(text)
    backup.unlink(missing_ok=True)


def without_repeats(text):
    """The lines of a log without times; one save may cause two lines."""
    lines = [re.sub(r"\d+ ms", "N ms", line) for line in text.splitlines()]
    return [line for line, before in zip(lines, [None, *lines]) if line != before]


def test_the_log_says_what_changed_what_is_wrong_and_when_nothing_is_any_more(community, start):
    posts = community / "content" / "posts"
    (community / "stoa.yml").write_text("title: Bells\n")
    preview = start(community)
    save(posts / "a.md", "---\ntitle: Casting\nauthor: maren\ndate: soon\n---\n\nBronze.\n")
    preview.until(lambda _: preview.problems())
    save(posts / "b.md", POST.format(title="Hanging", text="Ropes."))
    preview.shows("/posts/b/", "Ropes.")
    save(posts / "a.md", POST.format(title="Casting", text="Bronze."))
    preview.until(lambda _: not preview.problems())
    for name in ["c.md", "d.md"]:
        (posts / name).write_text(POST.format(title=name, text="Loud."))
    preview.shows("/posts/c/", "Loud.")
    preview.shows("/posts/d/", "Loud.")
    _, output, errors = preview.end()
    # The helper may have read the line after the URL, too.
    lines = [line for line in without_repeats(output) if "Ctrl-C" not in line]
    assert lines[:4] == [
        "content/posts/a.md changed: N ms",
        "content/posts/b.md changed: N ms",
        "content/posts/a.md changed: N ms",
        "No errors or warnings any more; stoa check makes more checks",
    ]
    assert lines[4:] == ["content/posts/c.md changed, and 1 more file: N ms"] or "content/posts/c.md changed: N ms" in lines
    assert without_repeats(errors) == [
        "content/posts/a.md:4:7: error: “soon” is not a date; write a day such as 2026-03-04 or an instant such as 2026-03-04T09:30:00+01:00 [invalid-date]",
        "  4 | date: soon",
        "    |       ^~~~",
        "1 error, 0 warnings",
        "Still 1 error, 0 warnings",
    ]


def test_templates_and_words_of_the_community_are_read_again(community, start):
    preview = start(community)
    before = preview.page("/posts/a/")
    strings = community / "templates" / "strings"
    strings.mkdir(parents=True)
    (strings / "en.yml").write_text("archive: Everything that was said\n")
    preview.shows("/archive/", "Everything that was said")
    template = community / "templates" / "conversation.mustache"
    template.write_text("<h1>{{title}} as we like it</h1>\n")
    preview.shows("/posts/a/", "Casting as we like it")
    template.write_text("{{#title}}")
    preview.until(lambda _: preview.problems())
    assert preview.problems()[0]["place"].startswith("templates/conversation.mustache:1")
    # The last site without errors stays.
    assert "Casting as we like it" in preview.page("/posts/a/")
    shutil.rmtree(community / "templates")
    preview.until(lambda _: preview.problems() == [])
    without = re.compile(r' data-snapshot="[^"]*"')
    assert without.sub("", preview.page("/posts/a/")) == without.sub("", before)


def test_drafts_and_what_is_not_yet_due_are_shown_and_marked(community, start):
    posts = community / "content" / "posts"
    (posts / "b.md").write_text(POST.format(title="Hanging", text="Ropes.").replace("---\n\n", "draft: true\n---\n\n"))
    (posts / "c.md").write_text(POST.format(title="Ringing", text="Loud.").replace("2026-03-04", "2099-03-04"))
    preview = start(community)
    assert 'class="badge">Draft' in preview.page("/posts/b/")
    assert 'class="badge">Not yet published' in preview.page("/posts/c/")


def test_only_reading_under_a_name_of_this_machine(community, start):
    preview = start(community)
    assert preview.ask("/", Host="evil.example")[0] == 421
    assert preview.ask("/.stoa-preview/events", Host="evil.example")[0] == 421
    assert preview.ask("/", method="POST")[0] == 405
    assert preview.ask("/../stoa.yml")[0] == 404
    assert preview.ask("/%2e%2e/stoa.yml")[0] == 404
    status, body = preview.ask("/", method="HEAD")
    assert (status, body) == (200, "")


def test_a_port_that_is_taken_makes_way_for_the_next(community, start, stoa):
    first = start(community)
    second = start(community, "--port", str(first.port))
    assert second.port > first.port
    assert f"Port {first.port} is taken" in second.end()[2]


def test_a_worker_that_was_killed_is_not_the_text_s_fault(community, start):
    preview = start(community)
    tasks = pathlib.Path(f"/proc/{preview.process.pid}/task")
    workers = [int(child) for task in tasks.iterdir() for child in (task / "children").read_text().split()]
    assert workers
    for worker in workers:
        os.kill(worker, signal.SIGKILL)
    (community / "content" / "posts" / "a.md").write_text(POST.format(title="Casting", text="Tin."))
    preview.shows("/posts/a/", "Tin.")
    (community / "content" / "posts" / "a.md").write_text(POST.format(title="Casting", text="Lead."))
    preview.until(lambda _: "Lead." in preview.ask("/posts/a/")[1])
    assert preview.problems() == []


def test_control_c_ends_it_with_nothing_left(community, start):
    preview = start(community)
    preview.page("/posts/a/")
    assert preview.end()[0] == 0
    assert sorted(path.name for path in community.iterdir()) == [".git", "content", "stoa.yml"]


def test_an_audience_that_is_not_there_is_wrong_usage(community, stoa):
    outcome = run(stoa, "serve", "--source", community, "--audience", "team", "--port", "0", check=False)
    assert outcome.returncode == 64


@pytest.mark.parametrize("broken", ["settings", "content", "no-settings", "encoding"])
def test_the_last_pages_stay_while_there_is_no_community(community, start, broken):
    preview = start(community)
    settings, content = community / "stoa.yml", community / "content"
    before = settings.read_bytes()
    if broken == "content":
        content.rename(community / "away")
    elif broken == "no-settings":
        settings.unlink()
    else:
        settings.write_bytes(b"title: [" if broken == "settings" else b"title: \xff\n")
    preview.shows("/posts/a/", "stoa-problems")
    assert "Bronze." in preview.page("/posts/a/")
    if broken == "content":
        (community / "away").rename(content)
    else:
        settings.write_bytes(before)
    preview.until(lambda _: "stoa-problems" not in preview.ask("/posts/a/")[1])
    assert "Bronze." in preview.page("/posts/a/")
    post = community / "content" / "posts" / "a.md"
    post.write_text(POST.format(title="Casting", text="Tin."))
    preview.shows("/posts/a/", "Tin.")


def test_a_twin_follows_a_save_and_is_markdown(start, community, stoa, tmp_path):
    (community / "stoa.yml").write_text("title: Bells\nmarkdown: true\n")
    preview = start(community)
    assert "Bronze." in preview.page("/posts/a/index.md")
    assert preview.headers["Content-Type"] == "text/markdown; charset=utf-8"
    (community / "content/posts/a.md").write_text(POST.format(title="Casting", text="Bronze and *tin*."))
    preview.next()
    assert "Bronze and *tin*." in preview.page("/posts/a/index.md")
    same_as_a_build(preview, stoa, tmp_path)
