"""Follows the guide's first page and the README's beginning in a terminal, word for word: types their commands, and compares the
output with theirs."""

import os
import re
import urllib.request

import pexpect
import pytest
from conftest import ROOT

PAGE = ROOT / "content" / "posts" / "start-here.md"
PROMPT = "ready> "
PATIENCE = 60


def blocks(text):
    """The code blocks of a page, in order: language and lines."""
    return [(language, body.splitlines()) for language, body in re.findall(r"^```(\w+)[^\n]*\n(.*?)^```$", text, re.M | re.S)]


class Shell:
    """A terminal with a shell in it."""

    def __init__(self, folder, environment):
        self.environment = environment
        self.child = pexpect.spawn(
            "/bin/bash", ["--norc", "--noprofile", "--noediting"], cwd=str(folder), env=environment, encoding="utf-8",
            dimensions=(50, 200), timeout=PATIENCE)
        self.child.setecho(False)
        self.child.sendline(f"PS1='{PROMPT}'; PS2=")
        self.child.expect_exact(PROMPT)

    def type(self, line):
        self.child.sendline(line)
        self.child.expect_exact(PROMPT)
        return self.child.before.replace("\r\n", "\n").replace("\r", "")

    def status(self):
        return int(re.search(r"\d+", self.type("echo $?"))[0])


@pytest.fixture
def environment(tmp_path, stoa):
    settings = tmp_path / "gitconfig"
    settings.write_text("[user]\n\tname = Ada Byron\n\temail = ada@example.org\n[init]\n\tdefaultBranch = trunk\n")
    return {
        "PATH": f"{stoa.parent}:{os.environ['PATH']}", "HOME": str(tmp_path), "TERM": "dumb", "LANG": "C.UTF-8", "NO_COLOR": "1",
        "GIT_CONFIG_GLOBAL": str(settings), "GIT_CONFIG_NOSYSTEM": "1",
    }


@pytest.fixture
def browser_page(browser):
    page = browser.new_context().new_page()
    page.set_default_timeout(PATIENCE * 1000)
    yield page
    page.context.close()


def as_pattern(line):
    """A line of the page as a pattern; ids are random."""
    return re.sub(r"\d{8}\-[0-9a-z]{8}", r"\\d{8}-[0-9a-z]{8}", re.escape(line).replace(r"\-", "-"))


def test_the_guide_s_first_page_is_true(tmp_path, environment, browser_page):
    text = PAGE.read_text(encoding="utf-8")
    steps = iter(blocks(text))

    def block(language):
        found, lines = next(steps)
        assert found == language
        return lines

    # The program is already built.
    assert block("sh") == ["curl -fsSL REPOSITORY/releases/latest/download/install.sh | sh"]
    shell = Shell(tmp_path, environment)

    def type_block():
        return "".join(shell.type(line) for line in block("sh"))

    def expect_block(output):
        for line in block("text"):
            assert re.search(f"^{as_pattern(line)}$", output, re.M), f"{line!r} is not in {output!r}"

    def write_below(output):
        file = tmp_path / "my-notes" / re.findall(r"^content/\S+\.md$", output, re.M)[-1]
        with file.open("a", encoding="utf-8") as writer:
            writer.write("\n".join(block("markdown")) + "\n")
        return file

    # Begin
    assert "made  content/posts/welcome.md" in type_block()
    assert shell.status() == 0
    assert block("sh") == ["stoa serve"]
    server = Shell(tmp_path / "my-notes", environment)
    server.child.sendline("stoa serve")
    server.child.expect(r"Serving (http://127\.0\.0\.1:\d+/)")
    address = server.child.match[1]
    browser_page.goto(address)
    browser_page.get_by_role("heading", name="Welcome").first.wait_for()

    # Write a post
    output = type_block()
    expect_block(output)
    post = write_below(output)
    title = "A thing I nearly know"
    browser_page.get_by_role("link", name=title).first.wait_for()
    at = re.search(r"its address is `/([^`]+)`", text)[1]
    with urllib.request.urlopen(address + at) as response:
        assert "would like to know better" in response.read().decode()
    browser_page.goto(address + at)
    browser_page.get_by_role("heading", name=f"No responses to “{title}” yet").wait_for()

    # Respond
    output = type_block()
    expect_block(output)
    write_below(output)
    browser_page.get_by_role("heading", name=f"1 Response to “{title}”").wait_for()
    browser_page.get_by_text("What would tell you that you were wrong about it?").wait_for()

    # Break
    key = re.search(r"delete the line that begins with `(\w+:)`", text)[1]
    whole = post.read_text()
    post.write_text("".join(line for line in whole.splitlines(keepends=True) if not line.startswith(key)))
    overlay = browser_page.locator("stoa-problems")
    overlay.get_by_text("the post has no date").wait_for()
    expect_block(type_block())
    assert shell.status() == 1

    # Fix
    post.write_text(whole)
    overlay.wait_for(state="detached")

    # Keep
    output = type_block()
    assert "Nothing is wrong" in output and "Done in" in output
    assert (tmp_path / "my-notes" / "site" / at / "index.html").exists()
    assert "A first conversation" in type_block()
    assert shell.status() == 0
    assert shell.type("git status --short").strip() == ""
    # The workflows publish from main, whatever this machine's default branch is.
    assert shell.type("git branch --show-current").strip() == "main"
    server.child.sendintr()
    server.child.expect_exact(PROMPT)
    assert [language for language, _ in steps] == []


@pytest.mark.parametrize("is_known", [True, False])
def test_the_readme_s_beginning_is_true_for_somebody_who_comes_new(tmp_path, stoa, is_known):
    section = re.search(r"^## Quick start\n(.*?)^## ", (ROOT / "README.md").read_text(encoding="utf-8"), re.M | re.S)[1]
    (language, begin), (_, work) = blocks(section)
    introductions = re.findall(r"`(git config [^`]*)`", section)
    assert language == "sh" and "install.sh" in begin[0] and len(introductions) == 2
    begin = [line.split("  #")[0].strip() for line in begin]
    shell = Shell(tmp_path, {
        "PATH": f"{stoa.parent}:{os.environ['PATH']}", "HOME": str(tmp_path), "TERM": "dumb", "LANG": "C.UTF-8", "NO_COLOR": "1",
        "GIT_CONFIG_NOSYSTEM": "1",
    })
    if is_known:
        for line in introductions:
            shell.type(line)
    output = shell.type(begin[1].split(" && ")[0])
    shell.type("cd my-notes")
    assert introductions[0] in output or is_known
    assert "cd my-notes" in output and shell.type("pwd").strip() == f"{tmp_path}/my-notes"
    assert shell.type("stoa check --strict; echo $?").split()[-1] == ("0" if is_known else "1")
    server = Shell(tmp_path / "my-notes", shell.environment)
    server.child.sendline(begin[2])
    server.child.expect(r"Serving http://127\.0\.0\.1:\d+/")
    work = [line.split("  #")[0].strip() for line in work]
    for line in work[:2]:
        file = re.search(r"^content/\S+\.md$", shell.type(line), re.M)[0]
        with (tmp_path / "my-notes" / file).open("a", encoding="utf-8") as writer:
            writer.write("Words.\n")
    output = shell.type(work[2])
    assert ("Nothing is wrong" in output) is is_known
    assert output.count("[placeholder-name]") == (0 if is_known else 4)
    assert "Done in" in shell.type(work[3])
    server.child.sendintr()
    server.child.expect_exact(PROMPT)


def test_an_editor_opens_on_a_terminal_and_only_there(tmp_path, environment, stoa):
    editor = tmp_path / "my editor"
    editor.write_text('#!/bin/sh\necho "Written at $1" >>"$2"\n')
    editor.chmod(0o755)
    shell = Shell(tmp_path, {**environment, "EDITOR": f"'{editor}' noon"})
    shell.type("stoa init notes && cd notes")
    path = re.search(r"content/\S+\.md", shell.type("stoa reply welcome"))[0]
    assert (tmp_path / "notes" / path).read_text().endswith("---\n\nWritten at noon\n")
    path = re.search(r"content/\S+\.md", shell.type("stoa reply welcome | cat"))[0]
    assert (tmp_path / "notes" / path).read_text().endswith("---\n\n")
    path = re.search(r"content/\S+\.md", shell.type("stoa new post Quiet --no-editor"))[0]
    assert (tmp_path / "notes" / path).read_text().endswith("---\n\n")
