"""The commands init, new, reply, list and completions."""

import concurrent.futures
import os
import pathlib
import re
import shutil
import subprocess

import pytest
import yaml
from conftest import ROOT, run


@pytest.fixture
def user(tmp_path):
    """The environment of a user whose name git has."""
    settings = tmp_path / "gitconfig"
    settings.write_text("[user]\n\tname = Ada Byron\n\temail = ada@example.org\n")
    return {"GIT_CONFIG_GLOBAL": str(settings), "GIT_CONFIG_NOSYSTEM": "1", "EDITOR": "false"}


@pytest.fixture
def nobody(tmp_path):
    """The environment of a user whose name git does not have."""
    settings = tmp_path / "empty"
    settings.write_text("")
    return {"GIT_CONFIG_GLOBAL": str(settings), "GIT_CONFIG_NOSYSTEM": "1", "EDITOR": "false"}


@pytest.fixture
def community(stoa, tmp_path, user):
    folder = tmp_path / "my-notes"
    run(stoa, "init", folder, **user)
    return folder


def files(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_new_community_builds_and_passes_its_own_check(stoa, community, user):
    run(stoa, "build", "--strict", cwd=community, **user)
    check = run(stoa, "check", "--strict", "--format", "github", cwd=community, **user)
    assert check.stdout == "" or "::" not in check.stdout
    page = (community / "site/posts/welcome/index.html").read_text()
    assert "1 Response to “Welcome”" in page
    assert "My notes" in page
    assert "Ada Byron" in page


def test_init_leaves_what_is_there(stoa, tmp_path, user):
    folder = tmp_path / "notes"
    (folder / "content/posts").mkdir(parents=True)
    (folder / "content/posts/welcome.md").write_text("Mine.\n")
    (folder / "README.md").write_text("Mine, too.\n")
    result = run(stoa, "init", folder, **user)
    assert (folder / "content/posts/welcome.md").read_text() == "Mine.\n"
    assert (folder / "README.md").read_text() == "Mine, too.\n"
    assert "kept  README.md" in result.stdout
    assert "made  stoa.yml" in result.stdout
    before = files(folder)
    again = run(stoa, "init", folder, check=False, **user)
    assert again.returncode == 64 and "there is a community already" in again.stderr
    assert files(folder) == before


@pytest.mark.parametrize("name", ["my-notes", "2026", "C: [x] #1", "Ünïcode", "'quoted'"])
def test_init_takes_folders_of_any_name(stoa, tmp_path, user, name):
    folder = tmp_path / name
    run(stoa, "init", folder, **user)
    run(stoa, "build", "--strict", cwd=folder, **user)


def test_no_mark_is_left_unfilled(community):
    for path, text in files(community).items():
        assert not re.search(rb"@[a-z-]+@", text), path


def test_new_posts_are_dated_today_and_signed(stoa, community, user):
    made = run(stoa, "new", "post", "Why: a “test”?", "--kind", "question", cwd=community, **user)
    assert made.stdout == "content/posts/why-a-test.md\n"
    assert (community / "content/posts/why-a-test.md").read_text() == (
        "---\ntitle: 'Why: a “test”?'\nauthor: Ada Byron\ndate: 2026-06-21T00:00:00Z\nkind: question\n---\n\n")


def test_a_post_goes_on_from_a_response_and_both_say_so(stoa, community, user):
    answer = run(stoa, "reply", "welcome", cwd=community, **user).stdout.strip()
    with open(community / answer, "a") as file:
        file.write("Tar keeps off rot.\n")
    anchor = f"response-{pathlib.Path(answer).stem}"
    made = run(stoa, "new", "post", "On tar", "--from", f"https://notes.example/posts/welcome/#{anchor}", cwd=community, **user)
    assert made.stdout == "content/posts/on-tar.md\n"
    text = (community / "content/posts/on-tar.md").read_text()
    head, body = text.removeprefix("---\n").split("---\n", 1)
    assert yaml.safe_load(head)["began-in"] == f"welcome#{anchor}"
    assert body == f"\n![[welcome#{anchor}]]\n\n"
    run(stoa, "build", "--strict", cwd=community, **user)
    here, there = ((community / f"site/posts/{slug}/index.html").read_text() for slug in ("on-tar", "welcome"))
    assert re.search(rf'Began in</h2>\n<ul><li><a href="/posts/welcome/#{anchor}">', here)
    assert re.search(r'<figure class="quote">.*Tar keeps off rot\.', here, re.S)
    assert re.search(rf'id="{anchor}".*Went on in <a href="/posts/on-tar/">On tar</a>', there, re.S)


def test_a_post_goes_on_from_a_post_and_takes_its_topics(stoa, community, user):
    (community / "content/posts/rope.md").write_text("---\ntitle: Rope\nauthor: Ada Byron\ndate: 2026-06-01\ntopics: [Hemp, Tar]\n---\n\nRope.\n")
    run(stoa, "new", "post", "On", "--from", "rope", cwd=community, **user)
    head = yaml.safe_load((community / "content/posts/on.md").read_text().split("---\n")[1])
    assert head["began-in"] == "rope" and head["topics"] == ["Hemp", "Tar"]


@pytest.mark.parametrize("origin, said", [
    ("welcmoe", "did you mean “welcome”?"), ("welcome#response-none", "none"), ("", ""),
])
def test_a_post_goes_on_from_what_is_there_alone(stoa, community, user, origin, said):
    result = run(stoa, "new", "post", "On", "--from", origin, cwd=community, check=False, **user)
    assert result.returncode == 64 and said in result.stderr
    assert not (community / "content/posts/on.md").exists()


@pytest.mark.parametrize("kind, title, file, line", [
    ("page", "About us", "content/pages/about-us.md", "title: About us"),
    ("topic", "Trust", "content/topics/trust.md", "title: Trust"),
    ("contributor", "Bo Lund", "content/contributors/bo-lund.md", "name: Bo Lund"),
])
def test_new_makes_each_kind_in_its_folder(stoa, community, user, kind, title, file, line):
    assert run(stoa, "new", kind, title, cwd=community / "content", **user).stdout == file.removeprefix("content/") + "\n"
    assert (community / file).read_text() == f"---\n{line}\n---\n\n"
    again = run(stoa, "new", kind, title, cwd=community, check=False, **user)
    assert again.returncode == 64 and f"{file} exists already" in again.stderr


@pytest.mark.parametrize("title", ["!?", "a\nb"])
def test_titles_that_make_no_name_are_refused(stoa, community, user, title):
    assert run(stoa, "new", "post", title, cwd=community, check=False, **user).returncode == 64


@pytest.mark.parametrize("post", [
    "welcome", "Welcome", "wel", "WELC", "content/posts/welcome.md", "./content/posts/welcome.md",
    "/posts/welcome/", "/posts/welcome", "https://notes.example/posts/welcome/",
    "http://127.0.0.1:1111/posts/welcome/index.html?x=1",
])
def test_a_post_is_found_by_what_people_have_at_hand(stoa, community, user, post):
    made = run(stoa, "reply", post, cwd=community, **user)
    assert re.fullmatch(r"content/responses/welcome/20260621-[0-9a-hjkmnp-tv-z]{8}\.md\n", made.stdout)


def test_a_path_is_one_of_the_working_folder(stoa, community, user):
    made = run(stoa, "reply", "welcome.md", cwd=community / "content/posts", check=False, **user)
    assert made.returncode == 0
    assert (community / "content/posts" / made.stdout.strip()).exists() or made.stdout.startswith("/")


def test_what_could_be_several_posts_names_them(stoa, community, user):
    run(stoa, "new", "post", "Welcome back", cwd=community, **user)
    run(stoa, "new", "post", "Welding", cwd=community, **user)
    result = run(stoa, "reply", "wel", cwd=community, check=False, **user)
    assert result.returncode == 64
    assert "“wel” could be any of welcome, welcome-back, welding" in result.stderr
    # A complete title has precedence over the beginning of another.
    assert "responses/welcome/" in run(stoa, "reply", "Welcome", cwd=community, **user).stdout
    wrong = run(stoa, "reply", "welcmoe", cwd=community, check=False, **user)
    assert "did you mean “welcome”?" in wrong.stderr


def response(community):
    return next((community / "content/responses/welcome").iterdir()).stem


@pytest.mark.parametrize("form", ["{id}", "response-{id}", "content/responses/welcome/{id}.md", "https://x.example/posts/welcome/#response-{id}"])
def test_a_response_is_answered_by_reply_to(stoa, community, user, form):
    id = response(community)
    made = run(stoa, "reply", "welcome", "--to", form.format(id=id), cwd=community, **user)
    assert f"reply-to: '{id}'" in (community / made.stdout.strip()).read_text()
    made = run(stoa, "reply", f"/posts/welcome/#response-{id}", cwd=community, **user)
    assert f"reply-to: '{id}'" in (community / made.stdout.strip()).read_text()
    wrong = run(stoa, "reply", "welcome", "--to", "nothing", cwd=community, check=False, **user)
    assert wrong.returncode == 64 and "“welcome” has no response “nothing”" in wrong.stderr


def test_a_response_is_found_by_a_part_of_its_id(stoa, community, user):
    id = response(community)
    made = run(stoa, "reply", "welcome", "--to", id[-5:], cwd=community, **user)
    assert f"reply-to: '{id}'" in (community / made.stdout.strip()).read_text()
    # Both ids begin with the day.
    second = pathlib.Path(made.stdout.strip()).stem
    wrong = run(stoa, "reply", "welcome", "--to", id[:6], cwd=community, check=False, **user)
    assert wrong.returncode == 64
    assert re.search(rf"it has .*{second} \(Ada Byron\)", wrong.stderr) and f"{id} (Ada Byron)" in wrong.stderr


def test_init_says_what_publishing_wants(stoa, tmp_path, user):
    said = run(stoa, "init", tmp_path / "notes", **user).stdout
    installer = (tmp_path / "notes/.ci/install-stoa").read_text()
    assert "set url to the site's address, and below forge where the repository is" in said
    assert (".ci/install-stoa            set the address" in said) == ("https://forge.example/" in installer)
    # The README that it writes has the same list.
    tasks = re.findall(r"^  (\S.*?)  +(.*)$", said.partition("Before it can be published:")[2], re.M)
    written = (tmp_path / "notes/README.md").read_text().partition("published, once:")[2].partition("- [")[0]
    assert tasks == re.findall(r"^- (.*?): (.*)\.$", written, re.M) and tasks
    # The forge is unknown, so the README names the steps for each.
    assert [place for place, _ in tasks[-2:]] == ["Settings, Pages (GitHub)", "Settings, Units (Forgejo)"]


# How many replies each of two processes makes.
REPLIES = int(os.environ.get("STOA_TRUST_REPLIES", "40"))
WORKFLOWS = {"github": ".github/workflows/site.yml", "gitlab": ".gitlab-ci.yml", "forgejo": ".forgejo/workflows/site.yml"}


def clone(folder, remote, branch="main"):
    run("git", "init", "--quiet", f"--initial-branch={branch}", folder)
    run("git", "-C", folder, "remote", "add", "origin", remote)
    return folder


def settings(folder):
    return yaml.safe_load((folder / "stoa.yml").read_text())


@pytest.mark.parametrize("remote, kind, address, url", [
    ("https://github.com/Ada/Ropes-And-Bells.git", "github", "https://github.com/Ada/Ropes-And-Bells", "https://ada.github.io/Ropes-And-Bells"),
    ("git@github.com:ada/ada.github.io.git", "github", "https://github.com/ada/ada.github.io", "https://ada.github.io"),
    ("https://ada:ghp_SECRET@github.com/ada/notes", "github", "https://github.com/ada/notes", "https://ada.github.io/notes"),
    ("https://SECRET@gitlab.com/group/sub/notes.git", "gitlab", "https://gitlab.com/group/sub/notes", None),
    ("ssh://git@gitlab.acme.example:2222/team/notes.git/", "gitlab", "https://gitlab.acme.example/team/notes", None),
    ("https://codeberg.org/ada/notes.git", "forgejo", "https://codeberg.org/ada/notes", "https://ada.codeberg.page/notes"),
    ("git@codeberg.org:ada/pages.git", "forgejo", "https://codeberg.org/ada/pages", "https://ada.codeberg.page"),
    ("https://forgejo.acme.example:8443/ada/notes", "forgejo", "https://forgejo.acme.example:8443/ada/notes", None),
])
def test_init_finds_out_where_it_is_by_the_remote(stoa, tmp_path, user, remote, kind, address, url):
    folder = clone(tmp_path / "here", remote)
    said = run(stoa, "init", cwd=folder, **user).stdout
    found = settings(folder)
    assert found["forge"] == {"kind": kind, "url": address}
    assert found.get("url") == url
    assert ("set url to the site's address" in said) == (url is None) and "below forge" not in said
    name = address.rpartition("/")[2]
    assert found["title"].lower().split() == re.split(r"[-.]", name.lower())
    assert [file for file in WORKFLOWS.values() if (folder / file).exists()] == [WORKFLOWS[kind]]
    assert WORKFLOWS[kind] in (folder / "README.md").read_text() and "three kinds" not in (folder / "README.md").read_text()
    for path, text in files(folder).items():
        assert path.startswith(".git/") or b"SECRET" not in text and b"git@" not in text, path
    assert "SECRET" not in said
    run(stoa, "build", "--strict", cwd=folder, **user)
    label = "codeberg-small" if "codeberg.org" in remote else "docker"
    assert kind != "forgejo" or f"vars.STOA_RUNNER || '{label}'" in (folder / WORKFLOWS[kind]).read_text()
    # At most two steps are left, besides the source of Stoa, which a release knows.
    left = said.partition("Before it can be published:\n")[2].splitlines()
    assert len([line for line in left if "install-stoa" not in line]) <= 2


@pytest.mark.parametrize("remote", ["/srv/git/notes.git", "../notes", "file:///srv/notes", "C:notes", "https://github.com/", "https://github.com/ada", "https://[::1]/a/b", "git@host:a/../b", "https://github.com/a/b?x=SECRET", "ext::sh -c SECRET/a/b"])
def test_a_remote_that_is_on_no_forge_tells_nothing(stoa, tmp_path, user, remote):
    folder = clone(tmp_path / "here", remote)
    run(stoa, "init", cwd=folder, **user)
    assert "forge" not in settings(folder) and "url" not in settings(folder)
    assert all((folder / file).exists() for file in WORKFLOWS.values())
    assert not any(b"SECRET" in text for path, text in files(folder).items() if not path.startswith(".git/"))


def test_a_host_of_no_known_kind_is_asked_about_once(stoa, tmp_path, user):
    folder = clone(tmp_path / "here", "https://code.acme.example/team/notes.git")
    said = run(stoa, "init", cwd=folder, **user).stdout
    assert "below forge where the repository is" in said and "#   url: https://code.acme.example/team/notes\n" in (folder / "stoa.yml").read_text()
    other = clone(tmp_path / "there", "https://code.acme.example/team/notes.git")
    said = run(stoa, "init", "--forge", "gitlab", "--url", "https://notes.acme.example/", "--title", "Ours: all", cwd=other, **user).stdout
    assert settings(other)["forge"] == {"kind": "gitlab", "url": "https://code.acme.example/team/notes"}
    assert (settings(other)["url"], settings(other)["title"]) == ("https://notes.acme.example", "Ours: all")
    assert "stoa.yml      " not in said and [file for file in WORKFLOWS.values() if (other / file).exists()] == [".gitlab-ci.yml"]


def test_init_says_the_branch_that_is_published(stoa, tmp_path, user):
    folder = clone(tmp_path / "here", "https://github.com/ada/notes", branch="trunk")
    run(stoa, "init", cwd=folder, **user)
    assert settings(folder)["forge"]["branch"] == "trunk"
    other = clone(tmp_path / "there", "https://github.com/ada/notes", branch="mine")
    run("git", "-C", other, "symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/live")
    run(stoa, "init", cwd=other, **user)
    assert settings(other)["forge"]["branch"] == "live"


def test_a_folder_within_a_repository_is_not_the_repository(stoa, tmp_path, user):
    folder = clone(tmp_path / "here", "https://github.com/ada/notes") / "docs"
    folder.mkdir()
    run(stoa, "init", cwd=folder, **user)
    assert "forge" not in settings(folder)


@pytest.mark.parametrize("arguments, reason", [
    (["--url", "ftp://x.example"], "--url: "), (["--title", "  "], "--title: "), (["--forge", "svn"], "'svn'"),
])
def test_what_init_cannot_take_is_refused_before_anything_is_made(stoa, tmp_path, user, arguments, reason):
    result = run(stoa, "init", tmp_path / "notes", *arguments, check=False, **user)
    assert result.returncode == 64 and reason in result.stderr
    assert not (tmp_path / "notes").exists()


def signatures(community):
    """The author's name in each text of a community, by file."""
    texts = {path: text.decode() for path, text in files(community / "content").items()}
    return {path: re.search(r"^(author|guest|name): .*", text, re.M)[0] for path, text in texts.items() if not path.startswith(("pages/", "topics/"))}


HINT = 'git config --global user.name "Ada Lovelace"'


def test_somebody_whom_git_does_not_know_is_the_same_placeholder_everywhere_and_a_check_says_where(stoa, tmp_path, nobody, user):
    community = tmp_path / "notes"
    begun = run(stoa, "init", community, **nobody)
    assert begun.stderr.count(HINT) == 1 and "stoa check says where" in begun.stderr
    post = run(stoa, "new", "post", "Bells", cwd=community, **nobody)
    reply = run(stoa, "reply", "bells", cwd=community, **nobody)
    person = run(stoa, "new", "contributor", "Your Name", cwd=community, **nobody)
    assert [made.stderr.count(HINT) for made in (post, reply, person)] == [1, 1, 1]
    assert set(signatures(community).values()) == {"author: Your Name", "name: Your Name"}
    # Even if a file of that name exists.
    again = run(stoa, "reply", "bells", cwd=community, **nobody)
    assert "author: Your Name\n" in (community / again.stdout.strip()).read_text()
    for kind in ["page", "topic"]:
        assert run(stoa, "new", kind, "Ropes", cwd=community, **nobody).stderr == ""
    with (community / reply.stdout.strip()).open("a") as text:
        text.write("Yes.\n")
    check = run(stoa, "check", cwd=community, check=False, **nobody)
    assert check.returncode == 0
    found = re.findall(r"^(\S+?):\d+:\d+: warning: .* \[placeholder-name\]$", check.stdout, re.M)
    assert sorted(found) == sorted(f"content/{path}" for path in signatures(community))
    assert run(stoa, "check", "--strict", cwd=community, check=False, **nobody).returncode == 1
    # When git has a name, it is used.
    named = run(stoa, "reply", "bells", cwd=community, **user)
    assert named.stderr == "" and "author: Ada Byron\n" in (community / named.stdout.strip()).read_text()


def test_a_name_that_was_copied_from_an_example_is_none(stoa, tmp_path, nobody):
    (tmp_path / "empty").write_text("[user]\n\tname = your name\n")
    begun = run(stoa, "init", tmp_path / "notes", **nobody)
    assert HINT in begun.stderr
    assert set(signatures(tmp_path / "notes").values()) == {"author: Your Name"}


def test_one_person_signs_alike_whatever_they_write_first(stoa, community, user):
    stranger = community.parent / "stranger"
    stranger.write_text("[user]\n\tname = Cy Twist\n")
    environment = {**user, "GIT_CONFIG_GLOBAL": str(stranger)}
    reply = run(stoa, "reply", "welcome", cwd=community, **environment)
    post = run(stoa, "new", "post", "Bells", cwd=community, **environment)
    assert reply.stderr == post.stderr == ""
    for made in [reply, post]:
        assert "author: Cy Twist\n" in (community / made.stdout.strip()).read_text()


@pytest.mark.parametrize("typed, shown", [
    ("../deep/notes", "../deep/notes"), ("./notes", "./notes"), ("it's here", r"'it'\''s here'"), ("$HOME", "'$HOME'"), ("~notes", "'~notes'"),
])
def test_init_says_where_to_go_in_the_words_that_were_typed(stoa, tmp_path, user, typed, shown):
    (tmp_path / "here").mkdir()
    begun = run(stoa, "init", typed, cwd=tmp_path / "here", **user)
    assert f"\n  cd {shown}\n" in begun.stdout
    assert run("sh", "-c", f"cd {shown} && ls stoa.yml", cwd=tmp_path / "here").stdout == "stoa.yml\n"
    (tmp_path / "there").mkdir()
    assert "  cd " not in run(stoa, "init", ".", cwd=tmp_path / "there", **user).stdout


def test_a_folder_that_looks_like_an_option_can_be_gone_to(stoa, tmp_path, user):
    begun = run(stoa, "init", "--", "-notes", cwd=tmp_path, **user)
    assert "\n  cd ./-notes\n" in begun.stdout


def test_a_contributor_signs_with_the_handle_and_anybody_else_with_their_name(stoa, community, user):
    run(stoa, "new", "contributor", "Bo Lund", "--handle", "bo", cwd=community, **user)
    text = lambda *options, **more: (community / run(stoa, "reply", "welcome", *options, cwd=community, **{**user, **more}).stdout.strip()).read_text()
    assert "author: Ada Byron\n" in text()
    assert "author: bo\n" in text("--as", "Bo Lund")
    assert "author: bo\n" in text("--as", "bo")
    stranger = community.parent / "stranger"
    stranger.write_text("[user]\n\tname = Cy\n")
    assert "author: Cy\n" in text(GIT_CONFIG_GLOBAL=str(stranger))
    stranger.write_text("[user]\n\tname = cy@example.org\n")
    assert "author: Your Name\n" in text(GIT_CONFIG_GLOBAL=str(stranger))
    unknown = run(stoa, "new", "post", "X", cwd=community, **{**user, "GIT_CONFIG_GLOBAL": str(stranger)})
    assert "git config --global user.name" in unknown.stderr and unknown.stdout == "content/posts/x.md\n"
    stranger.write_text("[user]\n\tname = BO  lund\n")
    assert "author: bo\n" in text(GIT_CONFIG_GLOBAL=str(stranger))
    wrong = run(stoa, "reply", "welcome", "--as", "bob", cwd=community, check=False, **user)
    assert wrong.returncode == 64 and "did you mean “bo”?" in wrong.stderr


def test_a_closed_conversation_takes_no_response(stoa, community, user):
    post = community / "content/posts/welcome.md"
    post.write_text(post.read_text().replace("pinned: true", "responses: closed"))
    result = run(stoa, "reply", "welcome", cwd=community, check=False, **user)
    assert result.returncode == 64 and "takes no more responses" in result.stderr


def test_two_processes_that_reply_at_once_never_meet(stoa, community, user):
    """Two processes make replies at the same time: there are as many files and ids as replies, and a site with all of them."""
    before = set((community / "content/responses/welcome").iterdir())

    def lane(_):
        return [run(stoa, "reply", "welcome", cwd=community, **user).stdout.strip() for _ in range(REPLIES)]

    with concurrent.futures.ThreadPoolExecutor(2) as lanes:
        printed = [path for paths in lanes.map(lane, range(2)) for path in paths]
    made = set((community / "content/responses/welcome").iterdir()) - before
    assert len(set(printed)) == len(made) == 2 * REPLIES
    assert {community / path for path in printed} == made
    run(stoa, "build", cwd=community, **user)
    assert f"{2 * REPLIES + 1} Responses to “Welcome”" in (community / "site/posts/welcome/index.html").read_text()


def test_lists_say_what_waits(stoa, community, user):
    lines = lambda *options: [line.split("\t") for line in run(stoa, "list", *options, cwd=community, **user).stdout.splitlines()]
    run(stoa, "new", "post", "A draft", "--draft", cwd=community, **user)
    run(stoa, "new", "post", "Nobody said a word", cwd=community, **user)
    guest = community / "content/responses/welcome/guest.md"
    guest.write_text("---\nguest: Cy\ndate: 2026-06-20\n---\n\nHello.\n")
    later = community / "content/posts/later.md"
    later.write_text("---\nauthor: Ada Byron\ndate: 2027-01-01\n---\n\n# Later on\n\nText.\n")
    assert lines("drafts") == [["2026-06-21", "content/posts/a-draft.md", "A draft"]]
    assert lines("scheduled") == [["2027-01-01", "content/posts/later.md", "Later on"]]
    assert lines("unanswered") == [["2026-06-21", "content/posts/nobody-said-a-word.md", "Nobody said a word"]]
    assert lines("guests") == [["2026-06-20", "content/responses/welcome/guest.md", "Cy"]]
    (community / "content/posts/shut.md").write_text("---\ntitle: Shut\nauthor: Cy\ndate: 2026-01-01\nresponses: closed\n---\n\nText.\n")
    assert lines("closed") == [["2026-01-01", "content/posts/shut.md", "Shut"]]
    (community / "content/responses/welcome/gone.md").write_text("---\ndate: 2026-06-19\nremoved: spam\n---\n")
    assert lines("removed") == [["2026-06-19", "content/responses/welcome/gone.md", "spam"]]
    answers = community / "content/responses/nobody-said-a-word"
    answers.mkdir()
    (answers / "own.md").write_text("---\nauthor: Ada Byron\ndate: 2026-06-21\n---\n\nAnybody?\n")
    (answers / "later.md").write_text("---\nauthor: Cy\ndate: 2027-06-21\n---\n\nI.\n")
    assert lines("unanswered") == [["2026-06-21", "content/posts/nobody-said-a-word.md", "Nobody said a word"]]
    assert lines("scheduled")[0] == ["2027-06-21", "content/responses/nobody-said-a-word/later.md", "Cy"]
    (community / "content/posts/old.md").write_text("---\ntitle: Old\nauthor: Cy\ndate: 2025-01-01\nresponses: closed\nreview-by: 2026-06-20\n---\n\nText.\n")
    assert lines("overdue") == [["2025-01-01", "content/posts/old.md", "Old"]]
    assert lines("overdue", "--as-of", "2026-06-20") == []
    people = community / "content/contributors"
    people.mkdir()
    (people / "ada.md").write_text("---\nname: Ada\naliases: [Countess]\n---\n")
    (people / "byron.md").write_text("---\nname: countess\n---\n")
    assert lines("conflicts") == [["no date", "content/contributors/ada.md", "Countess"], ["no date", "content/contributors/byron.md", "countess"]]
    assert [line[:2] for line in lines()] == [["drafts", "1"], ["scheduled", "2"], ["unanswered", "1"], ["guests", "1"], ["closed", "2"], ["removed", "1"], ["conflicts", "2"], ["overdue", "1"], ["gaps", "0"]]


def test_the_list_of_what_waits_is_the_one_on_the_site(stoa, tmp_path):
    shutil.copytree(ROOT / "Tests/Sites/valid/waiting", tmp_path, dirs_exist_ok=True)
    listed = [line.split("\t")[1] for line in run(stoa, "list", "unanswered", cwd=tmp_path).stdout.splitlines()]
    run(stoa, "build", cwd=tmp_path)
    page = (tmp_path / "site/waiting/index.html").read_text()
    shown = re.findall(r'class="u-url p-name" href="/posts/([^"]+)/"', page)
    assert len(shown) == 3 and sorted(listed) == sorted(f"content/posts/{slug}.md" for slug in shown)


def test_an_import_takes_only_the_options_that_it_has_a_use_for(stoa, tmp_path):
    """An option that has no effect is an error, because it is probably a mistake."""
    for words in (["disqus", "x.xml", "--reply-key", "a"], ["wordpress", "x.xml", "--contributor", "A"], ["staticman", "x", "--uploads", "u"]):
        assert run(stoa, "import", *words, "--into", tmp_path, check=False).returncode == 64
    assert "did you mean “stoa import disqus”" in run(stoa, "import", "disquss", "x", check=False).stderr


def test_lists_show_what_an_audience_sees(stoa, community, user):
    with (community / "stoa.yml").open("a") as settings:
        settings.write("audiences: [team, public]\ndefault-audience: team\n")
    lines = lambda *options: run(stoa, "list", "unanswered", *options, cwd=community, **user).stdout.splitlines()
    run(stoa, "new", "post", "Ours", cwd=community, **user)
    # The only response to the first post is by its own author.
    assert len(lines()) == len(lines("--audience", "team")) == 2
    assert lines("--audience", "public") == []


@pytest.mark.parametrize("shell, syntax", [("bash", ["-n"]), ("zsh", ["-n"]), ("fish", ["--no-execute"])])
def test_completions_are_scripts_of_their_shell(stoa, shell, syntax):
    script = run(stoa, "completions", shell).stdout
    assert "unanswered" in script
    if not shutil.which(shell):
        pytest.skip(f"{shell} is not there")
    subprocess.run([shell, *syntax], input=script, text=True, check=True)


def test_what_is_dated_today_is_due_wherever_today_has_begun(stoa, community, user):
    """21 June 2026, 12:30 UTC is 22 June in Auckland."""
    settings = community / "stoa.yml"
    settings.write_text(settings.read_text().replace("timezone: UTC", "timezone: Pacific/Auckland"))
    noon = {**user, "SOURCE_DATE_EPOCH": "1782045000"}
    run(stoa, "new", "post", "Morning", cwd=community, **noon)
    assert "date: 2026-06-22" in (community / "content/posts/morning.md").read_text()
    result = run(stoa, "build", cwd=community, **noon)
    assert (community / "site/posts/morning/index.html").exists()
    assert re.search(r"^as of +2026-06-22$", result.stdout, re.MULTILINE)


def test_a_command_outside_a_community_says_how_to_begin_one(stoa, tmp_path):
    result = run(stoa, "build", cwd=tmp_path, check=False)
    assert result.returncode == 64 and "stoa init creates one" in result.stderr


@pytest.mark.parametrize("typed, meant", [
    (["chek"], "stoa check"), (["cehk"], "stoa check"), (["biuld"], "stoa build"), (["ls"], "stoa list"), (["post"], "stoa new post"),
    (["new", "pst", "Bells"], "stoa new post"), (["new", "contributer", "Ada"], "stoa new contributor"),
])
def test_a_command_that_is_nearly_right_is_recognised(stoa, tmp_path, typed, meant):
    result = run(stoa, *typed, cwd=tmp_path, check=False)
    assert result.returncode == 64 and result.stdout == ""
    typed_words = " ".join(typed[:2] if typed[0] == "new" else typed)
    assert result.stderr == f"stoa: there is no command “stoa {typed_words}”: did you mean “{meant}”?\n"


@pytest.mark.parametrize("typed, commands", [
    (["frobnicate"], "init, new, reply, build, join, serve, check, list, search, digest, mv, merge, share, remove, erase, import, export, receive, intake, clean, completions and schema; stoa --help says what they do"),
    (["x", "--help"], "init, new, reply, build, join, serve, check, list, search, digest, mv, merge, share, remove, erase, import, export, receive, intake, clean, completions and schema; stoa --help says what they do"),
    (["new", "frobnicate"], "post, page, topic and contributor; stoa new --help says what they do"),
])
def test_a_command_that_is_not_there_names_those_that_are(stoa, tmp_path, typed, commands):
    result = run(stoa, *typed, cwd=tmp_path, check=False)
    assert result.returncode == 64 and result.stderr.endswith(f": there are {commands}\n")


@pytest.mark.parametrize("typed", [["--help"], ["help"], ["help", "check"], ["check", "--help"], ["--version"], ["new"], []])
def test_help_is_no_unknown_command(stoa, tmp_path, typed):
    assert run(stoa, *typed, cwd=tmp_path).stdout != ""
