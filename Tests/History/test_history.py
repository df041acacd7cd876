"""Git's history on pages: generated repositories, built by the program."""

import os
import pathlib
import re
import shutil
import subprocess

import pytest
from conftest import run

# 2026-01-02T09:00:00Z and so on: author dates, each an hour before its commit.
DAYS = [1767344400 + 86400 * day for day in range(40)]
ANN = ("Ann Vogel", "ann@example.org")
BO = ("Bo Lund", "bo@example.org")


class Community:
    """A repository with a community in it."""

    def __init__(self, folder, settings="", below="", commits=True):
        self.top = pathlib.Path(folder)
        self.root = self.top / below
        self.root.mkdir(parents=True, exist_ok=True)
        self.git("init", "-q", "-b", "main")
        self.write("stoa.yml", f"title: Test\nurl: https://test.example\n{settings}")
        self.post("hello")

    def git(self, *arguments, author=ANN, day=0, cwd=None, check=True):
        name, address = author
        when = f"{DAYS[day]} +0100"
        return run(
            "git", "-c", "protocol.file.allow=always", "-c", "commit.gpgSign=false", *arguments, cwd=cwd or self.top, check=check,
            GIT_AUTHOR_NAME=name, GIT_AUTHOR_EMAIL=address, GIT_AUTHOR_DATE=when,
            GIT_COMMITTER_NAME=name, GIT_COMMITTER_EMAIL=address,
            GIT_COMMITTER_DATE=f"{DAYS[day] + 3600} +0100",
        )

    def write(self, file, text):
        path = self.root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def post(self, slug, text="", more=""):
        self.write(
            f"content/posts/{slug}.md",
            f"---\ntitle: {slug}\nauthor: Ann Vogel\ndate: 2026-01-01\n{more}---\n\n{PROSE}{text}\n")

    def response(self, id, text="", more="guest: Cy\n", post="hello"):
        self.write(f"content/responses/{post}/{id}.md", f"---\n{more}---\n\n{PROSE}{text}\n")

    def commit(self, day, author=ANN, message="Change"):
        self.git("add", "-A", author=author, day=day)
        self.git("commit", "-q", "-m", message, author=author, day=day)

    def build(self, stoa, *options, root=None, check=True, **environment):
        output = self.top.parent / f"{self.top.name}-site"
        return run(
            stoa, "build", "--source", root or self.root, "--output", output, *options, check=check,
            **environment), output


PROSE = "One line of a text that is long enough for git to know it again.\n" * 5


def page(site, address="posts/hello"):
    return (site / address / "index.html").read_text(encoding="utf-8")


def said(site, address="posts/hello"):
    """The words of the line below a text."""
    foot = re.search(r'<p class="foot[^>]*>(.*?)</p>', page(site, address), re.DOTALL)
    return re.sub(r"<[^>]+>", " ", foot[1]).split("Improve")[0] if foot else ""


def marks(site, address="posts/hello"):
    return re.findall(r'<time class="[^"]*edited[^>]*>([^<]*)', page(site, address))


def dates(site, address="posts/hello"):
    return re.findall(
        r'<a class="[^"]*u-url"[^>]* href="#response-[^"]*"><time class="dt-published"[^>]*? '
        r'itemprop="datePublished" datetime="([^"]*)"', page(site, address))


def digest(folder):
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith(".stoa")
    }


@pytest.fixture
def community(tmp_path):
    return Community(tmp_path / "repository")


def test_pages_say_when_a_text_came_and_when_it_last_changed(stoa, community):
    community.write("content/pages/about.md", "---\ntitle: About\n---\n\nUs.\n")
    community.commit(3)
    community.post("hello", "More.")
    community.commit(5)
    _, site = community.build(stoa)
    assert "Here since 5 January 2026" in said(site)
    assert "Last changed 7 January 2026" in said(site)
    assert "Here since 5 January 2026" in said(site, "about")
    assert "Last changed" not in said(site, "about")


def test_editors_are_named_and_authors_are_not(stoa, community):
    community.write("content/contributors/bo.md", "---\nname: Bo Lund\n---\n")
    community.commit(1)
    community.post("hello", "By Ann.")
    community.commit(2)
    community.post("hello", "By Bo.")
    community.commit(3, BO, "Mend\n\nCo-authored-by: Dee Ray <dee@example.org>")
    _, site = community.build(stoa)
    assert re.search(r"With changes by\s+Bo Lund\s+and Dee Ray", said(site))
    assert '<a href="/contributors/bo/">Bo Lund</a>' in page(site)


def test_who_only_commits_a_text_has_not_edited_it(stoa, community):
    community.commit(1, BO)
    _, site = community.build(stoa)
    assert "Bo Lund" not in page(site)


def test_people_who_are_not_listed_are_no_editors(stoa, community):
    community.write("content/contributors/bo.md", "---\nname: Bo Lund\nlisted: false\n---\n")
    community.commit(1)
    community.post("hello", "By Bo.")
    community.commit(2, BO)
    _, site = community.build(stoa)
    assert "Bo Lund" not in page(site)
    assert "Last changed" in said(site)


def test_responses_are_marked_when_they_were_changed(stoa, community):
    community.response("one")
    community.response("two")
    community.commit(1)
    community.response("one", "And this.")
    community.commit(2, ("Cy", "cy@example.org"))
    community.response("two", "And this.")
    community.commit(3, BO)
    _, site = community.build(stoa)
    assert marks(site) == ["edited 4 January 2026", "edited 5 January 2026 by Bo Lund"]


def test_a_response_without_a_date_has_that_of_the_commit_that_added_it(stoa, community):
    community.response("first")
    community.commit(4)
    community.response("first", "Changed.")
    community.commit(6)
    community.git("mv", "content/responses/hello/first.md", "content/responses/hello/second.md")
    community.commit(8)
    result, site = community.build(stoa)
    assert dates(site) == ["2026-01-06T09:00:00Z"]
    assert "date-from-history" not in result.stderr
    assert marks(site) == ["edited 8 January 2026 by Ann Vogel"]


def test_a_name_that_is_used_again_begins_a_new_life(stoa, community):
    community.response("one", "Old." * 50)
    community.commit(1)
    (community.root / "content/responses/hello/one.md").unlink()
    community.commit(2)
    community.write("content/responses/hello/one.md", "---\nguest: Dee\n---\n\nQuite another.\n")
    community.commit(5)
    _, site = community.build(stoa)
    assert dates(site) == ["2026-01-07T09:00:00Z"]
    assert marks(site) == []


def test_an_edit_under_the_old_name_on_another_branch_counts(stoa, community):
    community.response("one")
    community.commit(1)
    community.git("checkout", "-q", "-b", "side")
    community.response("one", "From the side.")
    community.commit(9, BO)
    community.git("checkout", "-q", "main")
    community.git("mv", "content/responses/hello/one.md", "content/responses/hello/renamed.md")
    community.commit(3)
    community.git("merge", "-q", "--no-edit", "side", day=10)
    _, site = community.build(stoa)
    assert marks(site) == ["edited 11 January 2026 by Bo Lund"]
    assert dates(site) == ["2026-01-03T09:00:00Z"]


def test_a_file_that_only_a_merge_added_has_the_merge_s_date(stoa, community):
    community.commit(1)
    community.git("checkout", "-q", "-b", "side")
    community.post("side")
    community.commit(2)
    community.git("checkout", "-q", "main")
    community.post("other")
    community.commit(3)
    community.git("merge", "-q", "--no-commit", "side", day=4)
    community.response("one")
    community.commit(4)
    _, site = community.build(stoa)
    assert dates(site) == ["2026-01-06T09:00:00Z"]


def test_a_merge_of_two_edits_is_nobody_s_edit(stoa, community):
    community.response("one", "Middle.\n" + PROSE)
    community.commit(1)
    path = community.root / "content/responses/hello/one.md"
    community.git("checkout", "-q", "-b", "side")
    path.write_text(path.read_text() + "An end.\n")
    community.commit(2, ("Cy", "cy@example.org"))
    community.git("checkout", "-q", "main")
    path.write_text(path.read_text().replace("Middle.", "Midst."))
    community.commit(3, ("Cy", "cy@example.org"))
    community.git("merge", "-q", "--no-edit", "side", author=BO, day=4)
    _, site = community.build(stoa)
    assert marks(site) == ["edited 5 January 2026"]


def test_a_mailmap_names_authors_and_co_authors(stoa, community):
    community.write(".mailmap", "Ann Vogel <ann@example.org> <old@example.org>\nBo Lund <b@example.org>\n")
    community.response("one", more="author: Ann Vogel\n")
    community.commit(1)
    community.response("one", "More.", more="author: Ann Vogel\n")
    community.commit(2, ("annv", "old@example.org"), "Mend\n\nCo-authored-by: bl <b@example.org>")
    _, site = community.build(stoa)
    assert marks(site) == ["edited 4 January 2026 by Bo Lund"]


def test_ignored_revisions_are_no_changes_but_their_renames_are_followed(stoa, community):
    community.response("one")
    community.commit(1)
    community.git("mv", "content/responses/hello/one.md", "content/responses/hello/two.md")
    community.response("two", "Reformatted.")
    community.commit(2, BO)
    head = community.git("rev-parse", "HEAD").stdout.strip()
    community.write("stoa.yml", f"title: Test\nignore-revisions: [{head[:12]}]\n")
    community.commit(3)
    _, site = community.build(stoa)
    assert marks(site) == []
    assert dates(site) == ["2026-01-03T09:00:00Z"]


def test_an_address_is_never_a_name(stoa, community):
    community.commit(1)
    community.post("hello", "Changed.")
    community.commit(2, ("dee@example.org", "dee@example.org"), "Mend\n\nCo-authored-by: ee@example.org <ee@example.org>")
    _, site = community.build(stoa)
    assert "Last changed" in said(site)
    for file, data in digest(site).items():
        assert b"@example.org" not in data, file


def test_what_is_not_committed_is_dated_by_the_build_with_a_warning(stoa, community):
    community.commit(1)
    community.response("one")
    result, site = community.build(stoa, "--as-of", "2026-02-03")
    assert dates(site) == ["2026-02-03"]
    assert "content/responses/hello/one.md:1:1: warning: the response has no date and is not committed yet" in result.stderr
    assert "[date-from-history]" in result.stderr


def test_before_the_first_commit_everything_is_not_committed(stoa, community):
    community.response("one")
    result, site = community.build(stoa)
    assert "[date-from-history]" in result.stderr
    assert "Here since" not in page(site)


@pytest.mark.parametrize("history", ["", "history: none\n", "history: optional\n"])
def test_without_history_a_response_needs_a_date(stoa, tmp_path, history):
    community = Community(tmp_path / "plain", history)
    community.response("one")
    community.commit(1)
    if "none" not in history:
        shutil.rmtree(community.top / ".git")
    result, _ = community.build(stoa, check=False)
    assert result.returncode == 1
    assert "content/responses/hello/one.md:1:1: error: the response has no date" in result.stderr


def test_a_folder_in_no_repository_builds_unless_history_is_required(stoa, tmp_path):
    community = Community(tmp_path / "plain")
    shutil.rmtree(community.top / ".git")
    result, site = community.build(stoa, "--strict")
    assert "Here since" not in page(site)
    community.write("stoa.yml", "title: Test\nhistory: required\n")
    result, _ = community.build(stoa, check=False)
    assert result.returncode == 1
    assert "stoa.yml: error: the history is required, and the folder is in no git repository" in result.stderr


@pytest.mark.parametrize("history, status, severity", [("", 1, "error"), ("history: required\n", 1, "error"), ("history: optional\n", 0, "warning")])
def test_a_shallow_clone_says_how_to_fetch_the_rest(stoa, tmp_path, history, status, severity):
    community = Community(tmp_path / "origin", history)
    community.commit(1)
    community.post("hello", "More.")
    community.commit(2)
    clone = tmp_path / "clone"
    community.git("clone", "-q", "--depth", "1", f"file://{community.top}", clone)
    result, _ = community.build(stoa, root=clone, check=False)
    assert result.returncode == status
    assert f"stoa.yml: {severity}: the clone is shallow" in result.stderr
    command = re.search(r"git fetch --unshallow", result.stderr)[0]
    community.git(*command.split()[1:], "-q", cwd=clone)
    community.build(stoa, root=clone)


def test_a_repository_of_somebody_else_s_is_named_with_what_to_do(stoa, community):
    community.commit(1)
    result, _ = community.build(stoa, GIT_TEST_ASSUME_DIFFERENT_OWNER="1", GIT_CONFIG_GLOBAL="/dev/null")
    if "belongs to another user" not in result.stderr:
        # The variable belongs to git's own tests, and a build ignores it: change the folder's owner if possible.
        if os.geteuid() != 0:
            pytest.skip("only root can give a folder away")
        for folder in [community.top, *community.top.rglob("*")]:
            os.chown(folder, 12345, 12345)
        result, _ = community.build(stoa, GIT_CONFIG_GLOBAL="/dev/null", HOME="/nonexistent")
    assert "stoa.yml: warning: the repository belongs to another user" in result.stderr
    assert f"git config --global --add safe.directory {community.top}" in result.stderr


def test_without_git_a_repository_is_not_read(stoa, community, tmp_path):
    community.commit(1)
    result, site = community.build(stoa, PATH=str(tmp_path))
    assert "stoa.yml: warning: git is not installed" in result.stderr
    assert "Here since" not in page(site)
    shutil.rmtree(community.top / ".git")
    result, _ = community.build(stoa, PATH=str(tmp_path))
    assert "git is not installed" not in result.stderr


def everywhere(community, tmp_path):
    """The same commit in other places: a clone, a worktree, a submodule, a linked folder, a subfolder behind a link."""
    below = community.root.relative_to(community.top)
    clone = tmp_path / "elsewhere" / "with a space"
    community.git("clone", "-q", community.top, clone)
    yield clone / below
    worktree = tmp_path / "worktree"
    community.git("worktree", "add", "-q", "--detach", worktree)
    yield worktree / below
    parent = tmp_path / "parent"
    parent.mkdir()
    community.git("init", "-q", cwd=parent)
    community.git("submodule", "--quiet", "add", community.top, "deep/module", cwd=parent)
    yield parent / "deep" / "module" / below
    link = tmp_path / "link"
    link.symlink_to(community.root)
    yield link


@pytest.mark.parametrize("below", ["", "docs/community"])
def test_the_bytes_are_the_same_wherever_the_clone_lies(stoa, tmp_path, below):
    community = Community(tmp_path / "origin", below=below)
    community.response("one")
    community.post("Größe", "Ä")
    community.commit(1)
    community.response("one", "More.")
    community.post("Größe", "Ö")
    community.commit(2, BO, "Mend\n\nCo-authored-by: Dee <dee@example.org>")
    _, site = community.build(stoa)
    assert marks(site) == ["edited 4 January 2026 by Bo Lund and Dee"]
    assert "Last changed" in said(site, "posts/Größe")
    expected = digest(site)
    for root in everywhere(community, tmp_path):
        shutil.rmtree(site)
        community.build(stoa, root=root)
        assert digest(site) == expected, root


def test_content_may_be_a_submodule_of_its_own(stoa, tmp_path):
    texts = Community(tmp_path / "texts")
    texts.response("one")
    texts.commit(1)
    (texts.top / "stoa.yml").unlink()
    shutil.move(texts.top / "content", tmp_path / "moved")
    for entry in (tmp_path / "moved").iterdir():
        shutil.move(entry, texts.top / entry.name)
    texts.commit(2)
    site = Community(tmp_path / "site")
    shutil.rmtree(site.top / "content")
    site.git("submodule", "--quiet", "add", texts.top, "content")
    site.commit(3)
    _, output = site.build(stoa)
    assert dates(output) == ["2026-01-03T09:00:00Z"]


@pytest.mark.parametrize(
    "setting",
    ["log.showSignature=true", "log.follow=true", "log.mailmap=false", "diff.renames=false",
     "diff.renames=copies", "diff.renameLimit=1", "diff.relative=true", "diff.orderFile=nowhere",
     "core.quotePath=true", "color.ui=always", "format.pretty=oneline", "log.date=relative",
     "diff.noprefix=true", "mailmap.file=personal", "i18n.logOutputEncoding=latin1",
     "log.decorate=full", "log.diffMerges=first-parent", "core.pager=false"])
def test_settings_of_the_machine_change_nothing(stoa, community, tmp_path, setting):
    (community.top / "personal").write_text("Somebody Else <asa@example.org>\n")
    community.response("one")
    community.response("two")
    community.commit(1, ("Åsa Ñandú", "asa@example.org"))
    community.git("mv", "content/responses/hello/one.md", "content/responses/hello/öne.md", check=False)
    community.git("mv", "content/responses/hello/öne.md", "content/responses/hello/uno.md", check=False)
    community.response("uno", "Changed.")
    community.commit(2, ("Åsa Ñandú", "asa@example.org"))
    _, site = community.build(stoa)
    assert marks(site) == ["edited 4 January 2026 by Åsa Ñandú"]
    expected = digest(site)
    shutil.rmtree(site)
    community.git("config", *setting.split("=", 1))
    community.build(stoa)
    assert digest(site) == expected


def test_variables_of_a_hook_s_environment_change_nothing(stoa, community, tmp_path):
    community.response("one")
    community.commit(1)
    other = Community(tmp_path / "other")
    other.commit(7)
    _, site = community.build(stoa)
    expected = digest(site)
    shutil.rmtree(site)
    community.build(
        stoa, GIT_DIR=str(other.top / ".git"), GIT_WORK_TREE=str(other.top), GIT_INDEX_FILE="/nowhere",
        GIT_OBJECT_DIRECTORY="/nowhere", GIT_NAMESPACE="x", GIT_TRACE="1", GIT_EXTERNAL_DIFF="false",
        LC_ALL="de_DE.UTF-8", LANGUAGE="de")
    assert digest(site) == expected


def test_replaced_commits_are_read_as_they_were(stoa, community):
    community.response("one")
    community.commit(1)
    _, site = community.build(stoa)
    expected = digest(site)
    shutil.rmtree(site)
    first = community.git("rev-parse", "HEAD").stdout.strip()
    tree = community.git("rev-parse", "HEAD^{tree}").stdout.strip()
    other = community.git("commit-tree", "-m", "Another", tree, author=BO, day=9).stdout.strip()
    community.git("replace", first, other)
    community.build(stoa)
    assert digest(site) == expected


def test_hidden_files_are_as_deleted_whatever_their_history(stoa, tmp_path):
    settings = "audiences: [team, public]\ndefault-audience: public\n"
    community = Community(tmp_path / "repository", settings)
    community.post("secret", "Of the team.", more="audience: team\n")
    community.response("kept", more="guest: Cy\n")
    community.response("inner", more="guest: Dee\naudience: team\n")
    community.commit(1, BO, "Both\n\nCo-authored-by: Eve Hidden <eve@example.org>")
    # Visible and hidden files exchange their names.
    community.git("mv", "content/posts/secret.md", "content/posts/open.md")
    community.post("open", "Of the team.", more="")
    community.post("secret", "Again of the team.", more="audience: team\n")
    community.response("inner", "More.", more="guest: Dee\naudience: team\n")
    community.commit(4, BO, "Names of the secret: Zebra")
    _, site = community.build(stoa, "--keep-going")
    shown = digest(site)
    text = b"".join(shown.values())
    assert b"Zebra" not in text
    assert b"response-inner" not in text
    shutil.rmtree(site)
    (community.root / "content/posts/secret.md").unlink()
    (community.root / "content/responses/hello/inner.md").unlink()
    community.build(stoa, "--keep-going")
    assert digest(site) == shown


def test_a_commit_s_message_and_hash_are_nowhere(stoa, community):
    community.response("one")
    community.commit(1, message="Xylophone is what we call it")
    community.post("hello", "More.")
    community.commit(2, message="Quagga")
    head = community.git("rev-parse", "HEAD").stdout.strip()
    _, site = community.build(stoa)
    for file, data in digest(site).items():
        for word in [b"Xylophone", b"Quagga", head[:7].encode()]:
            assert word not in data, file


@pytest.mark.parametrize("name", ["\u202eetihw", "a\tb\u0007", "<b>bold</b> & co", "x" * 500, "\ufeff"])
def test_names_are_anybody_s_words(stoa, community, name):
    community.commit(1)
    community.post("hello", "Changed.")
    community.commit(2, (name, "x@example.org"))
    _, site = community.build(stoa)
    text = page(site)
    assert "\u202e" not in text and "\u0007" not in text and "<b>bold" not in text and "x" * 300 not in text
    assert "Last changed" in said(site)


def test_front_matter_and_white_space_are_no_words(stoa, community):
    words = "One two three four.\nFive six seven eight.\n"
    community.response("one", words)
    community.commit(0)
    community.response("one", words, more="guest: Cy\nstance: asks\n")
    community.commit(3, author=BO)
    community.response("one", "  One two  three\nfour.  Five six seven eight.\n\n\n", more="guest: Cy\nstance: asks\n")
    community.commit(4, author=BO)
    _, site = community.build(stoa)
    assert marks(site) == []
    community.response("one", "  One two  three\nfour.  Five six seven nine.\n")
    community.commit(5, author=BO)
    _, site = community.build(stoa)
    assert marks(site) == ["edited 7 January 2026 by Bo Lund"]


def test_words_changed_together_with_a_name_are_an_edit(stoa, community):
    community.response("one", "Some words.")
    community.commit(0)
    (community.root / "content/responses/hello/one.md").unlink()
    community.response("two", "Other words.")
    community.commit(2, author=BO)
    _, site = community.build(stoa)
    assert marks(site) == ["edited 4 January 2026 by Bo Lund"]
