"""`stoa receive` and mail: moderators decide by signed links, and people get notices of answers if they asked for them."""

import email
import email.policy
import pathlib
import re
import shutil
import socket
import stat
import subprocess
import sys
import time
import urllib.parse

import pytest

from conftest import run
from Intake.service import PATIENCE, SITE, TYPED, Service, git, hidden, repository, root, service  # noqa: F401

ADDRESS = "zoe.q.w@mailbox.example"


class Mails:
    """The mails that a sendmail stored which delivers nothing."""

    def __init__(self, folder):
        self.folder = folder
        folder.mkdir()
        self.command = folder.parent / "sendmail"
        self.command.write_text(f'#!/bin/sh\ntest ! -e {folder}/away || {{ echo "cannot send to everybody@secret.example" >&2; exit 75; }}\n'
                                f'file=$(mktemp {folder}/new.XXXXXX)\ncat >"$file" && mv "$file" "$file.eml"\n')
        self.command.chmod(self.command.stat().st_mode | stat.S_IXUSR)

    def all(self):
        files = sorted(self.folder.glob("*.eml"), key=lambda file: file.stat().st_mtime_ns)
        return [email.message_from_bytes(file.read_bytes(), policy=email.policy.default) for file in files]

    def to(self, address):
        return [mail for mail in self.all() if mail["To"] == address]

    def until(self, address, count=1):
        end = time.monotonic() + PATIENCE
        while len(found := self.to(address)) < count:
            assert time.monotonic() < end, f"{len(found)} mails to {address}"
            time.sleep(0.05)
        return found


@pytest.fixture
def mails(tmp_path):
    return Mails(tmp_path / "mails")


def configuration(mails, more=""):
    return f"proposals: none\nsendmail: {mails.command} -t -i\nmail-from: Bells <replies@bells.example>\n{more}"


@pytest.fixture
def mailing(stoa, repository, mails):
    service = Service(stoa, repository, more=configuration(mails, f"moderators: [mo@bells.example, Ada Ö <ada@bells.example>]\npublished: {repository}/site/addresses.txt\n"))
    yield service
    service.kill()


def plain(mail):
    return mail.get_body(("plain",)).get_content()


def links(mail):
    return re.findall(r"https://replies\.example(/\S+)", plain(mail))


def press(service, path, **headers):
    """Presses the button of the page behind a link."""
    status, body, sent = service.ask(path)
    assert status == 200 and sent["referrer-policy"] == "same-origin", body
    fields = hidden(body)
    assert fields, body
    headers = {"Content_Type": "application/x-www-form-urlencoded", "Origin": "https://replies.example", **headers}
    return service.ask(re.search(r'<form class="reply-form" method="post" action="https://replies\.example([^"]+)"', body)[1], "POST", urllib.parse.urlencode(fields), **headers)


def test_a_moderator_accepts_by_a_link_and_a_button(mailing, mails, repository):
    mailing.reply({**TYPED, "text": "Why?\n\n*So*."})
    mail, = mails.until("mo@bells.example")
    assert len(mails.until("Ada Ö <ada@bells.example>")) == 1
    assert mail["Subject"] == "A reply to “Casting & more” waits for you" and "> *So*." in plain(mail)
    accept, reject = [link for link in links(mail) if link.startswith("/decide")]
    # Opening a link changes nothing, however often a program does it.
    for link in (accept, reject, accept):
        status, body, _ = mailing.ask(link)
        assert status == 200 and "<em>So</em>" in body and "Zoë &lt;b&gt;" in body
    assert len(mailing.kept()) == 1
    status, body, _ = press(mailing, accept)
    assert status == 200 and "Accepted" in body
    mailing.until(lambda: mailing.kept("published"))
    assert git(repository, "show", "--stat", "--format=%s", "main").startswith("Reply to a")
    # It works once: after that, neither this link nor the other has an effect.
    for link in (accept, reject):
        assert mailing.ask(link)[0] == 410
    assert len(mailing.kept("published")) == 1


def test_a_moderator_rejects_and_the_text_is_gone(mailing, mails, repository):
    mailing.reply({**TYPED, "text": "Buy rope."})
    mail, = mails.until("mo@bells.example")
    _, reject = [link for link in links(mail) if link.startswith("/decide")]
    assert press(mailing, reject, Origin="https://evil.example")[0] == 403
    assert press(mailing, reject)[0] == 200
    assert mailing.all_kept() == []
    assert not [path for path in (repository / "spool").rglob("*") if path.is_file() and b"Buy rope" in path.read_bytes()]


def test_links_hold_for_their_action_and_reply_alone(mailing, mails):
    mailing.reply({**TYPED, "text": "One."})
    mail, = mails.until("mo@bells.example")
    accept, reject = [link for link in links(mail) if link.startswith("/decide")]
    query = dict(urllib.parse.parse_qsl(accept.partition("?")[2]))
    end, _, code = query["token"].partition(".")
    wrong = [
        {**query, "do": "reject"}, {**query, "do": "forget"}, {**query, "do": ""}, {**query, "item": "0" * 32}, {**query, "item": "../secret"},
        {**query, "token": f"{int(end) + 1}.{code}"}, {**query, "token": f"{end}.{'0' * 64}"}, {**query, "token": ""},
        {**query, "token": f"1.{code}"},
    ]
    for fields in wrong:
        for method in ("GET", "POST"):
            body = urllib.parse.urlencode(fields)
            form = {"Content_Type": "application/x-www-form-urlencoded"}
            status = mailing.ask(f"/decide?{body}")[0] if method == "GET" else mailing.ask("/decide", "POST", body, **form)[0]
            assert status == 403, fields
    assert len(mailing.kept()) == 1
    # A form's token is not valid in a link, and vice versa.
    assert mailing.send({**TYPED, "token": query["token"]})[0] == 200


def subscribe(service, mails, text="Why?", address=ADDRESS):
    """Sends a reply with an address, and presses the button that confirms it; returns the id of the reply."""
    before = len(mails.to(address))
    status, _, headers = service.send({**TYPED, **service.form(), "reply-to": "", "text": text, "mail": address, "tell": "1"})
    assert status == 303 and headers["location"] == "/sent?post=a&tell=1"
    id = next(path for path in service.kept() if text in path.read_text()).read_text().split("id ")[1].split()[0]
    mail = mails.until(address, before + 1)[before]
    confirm, = links(mail)
    assert "Nothing" not in mail["Subject"] and confirm.startswith("/notices?do=confirm")
    assert service.ask(confirm)[0] == 200
    status, body, _ = press(service, confirm)
    assert status == 200 and "You will be told of answers" in body
    return id


def publish(stoa, repository, id):
    run(stoa, "intake", "accept", id, "--config", repository / "receive.yml")


def answer(stoa, repository, parent, name="Bo", text="Because.", id="answer"):
    (repository / f"content/responses/a/{id}.md").write_text(f"---\nguest: {name}\ndate: 2026-03-06\nreply-to: {parent}\n---\n\n{text}\n")
    run(stoa, "build", "--source", repository, "--as-of", "2999-01-01")


def test_whoever_was_answered_is_told_once_and_can_end_it_by_one_click(stoa, mailing, mails, repository):
    id = subscribe(mailing, mails)
    publish(stoa, repository, id)
    answer(stoa, repository, id, "Bo <i>", "Because *bells* & <b>tin</b>: [see](/posts/a/).")
    mail = mails.until(ADDRESS, 2)[1]
    assert mail["Subject"] == "Answers to you in “Casting & more”"
    text, html = plain(mail), mail.get_body(("html",)).get_content()
    assert "Bo <i> writes:" in text and "> Because bells & <b>tin</b>: see." in text
    assert "Bo &lt;i&gt; writes:" in html and "<em>bells</em>" in html and f'href="{SITE}/posts/a/"' in html
    assert f"{SITE}/posts/a/#response-answer" in text and f'href="{SITE}/posts/a/#response-answer"' in html
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    end = mail["List-Unsubscribe"].strip("<>").removeprefix("https://replies.example")
    # Another answer within the hour waits.
    answer(stoa, repository, id, "Cy", "And so.", "answer-2")
    time.sleep(4)
    assert len(mails.to(ADDRESS)) == 2
    assert mailing.ask(end)[0] == 200 and len(list((repository / "spool/subscriptions").iterdir())) == 1
    # The request of a mail program's unsubscribe button.
    status, body, _ = mailing.ask(end, "POST", "List-Unsubscribe=One-Click", Content_Type="application/x-www-form-urlencoded")
    assert status == 200 and "Your address is forgotten" in body
    assert list((repository / "spool/subscriptions").iterdir()) == []
    assert mailing.ask(end, "POST", "List-Unsubscribe=One-Click", Content_Type="application/x-www-form-urlencoded")[0] == 200


def test_nobody_is_told_of_what_is_not_published_or_before_they_said_yes(stoa, mailing, mails, repository):
    status, _, _ = mailing.send({**TYPED, **mailing.form(), "reply-to": "", "text": "Quiet.", "mail": ADDRESS, "tell": "1"})
    assert status == 303
    mails.until(ADDRESS)
    id = mailing.kept()[0].read_text().split("id ")[1].split()[0]
    publish(stoa, repository, id)
    answer(stoa, repository, id)
    other = subscribe(mailing, mails, "Other.", "other@mailbox.example")
    publish(stoa, repository, other)
    # It is in the folder, but not yet on the site.
    (repository / "content/responses/a/late.md").write_text(f"---\nguest: Bo\ndate: 2026-03-06\nreply-to: {other}\n---\n\nLate.\n")
    time.sleep(4)
    assert len(mails.to(ADDRESS)) == 1 and len(mails.to("other@mailbox.example")) == 1


def test_an_address_is_nowhere_but_sealed(stoa, mailing, mails, repository):
    id = subscribe(mailing, mails)
    publish(stoa, repository, id)
    run(stoa, "build", "--source", repository, "--as-of", "2999-01-01")
    for path in repository.rglob("*"):
        if path.is_file():
            assert ADDRESS.encode() not in path.read_bytes(), path
    assert ADDRESS not in "".join(mailing.said) and ADDRESS not in git(repository, "log", "-p", "--all")
    assert all(ADDRESS not in str(mail) for mail in mails.all() if mail["To"] != ADDRESS)
    sealed, = (repository / "spool/subscriptions").iterdir()
    assert oct(sealed.stat().st_mode & 0o777) == "0o600" and oct((repository / "spool/seal").stat().st_mode & 0o777) == "0o600"
    # A file under another's name, or with another byte, is invalid.
    sealed.rename(sealed.with_name("0" * 32))
    export = lambda: run(stoa, "receive", "export", ADDRESS, "--config", repository / "receive.yml").stdout
    assert export() == ""
    sealed.with_name("0" * 32).rename(sealed)
    assert f"address: {ADDRESS}\n" in export()
    content = bytearray(sealed.read_bytes())
    content[-1] ^= 1
    sealed.write_bytes(content)
    assert export() == ""


def test_a_data_request_is_answered(stoa, mailing, mails, repository):
    subscribe(mailing, mails)
    options = ("--config", repository / "receive.yml")
    exported = run(stoa, "receive", "export", ADDRESS.upper(), *options).stdout
    assert re.search(rf"address: {ADDRESS}\ngiven: \S+\nstate: confirmed since \S+\nconversation: a\nresponse: \S+\nname: Zoë <b>\n", exported)
    assert run(stoa, "receive", "export", "someone@else.example", *options).stdout == ""
    assert run(stoa, "receive", "erase", ADDRESS, *options).stdout == "forgotten at 1 place\n"
    assert run(stoa, "receive", "export", ADDRESS, *options).stdout == ""
    assert list((repository / "spool/subscriptions").iterdir()) == []
    assert run(stoa, "receive", "export", "nobody", *options, check=False).returncode == 64


@pytest.mark.parametrize("fields, words", [
    ({"mail": "", "tell": "1"}, "we need your mail address"), ({"mail": "nobody", "tell": "1"}, "This is not a mail address."),
    ({"mail": "a@b.example\r\nBcc: c@d.example", "tell": "1"}, "This is not a mail address."),
    ({"mail": "a@b.example,c@d.example", "tell": "1"}, "This is not a mail address."),
])
def test_a_wrong_address_is_said_at_its_field(fields, words, mailing, mails):
    status, body, _ = mailing.send({**TYPED, **mailing.form(), **fields})
    assert status == 422 and f'id="reply-mail-problem">{words}' in body.replace("To tell you of answers, ", "") and mailing.all_kept() == []
    assert " checked>" in body


def test_an_address_without_a_tick_is_not_kept(mailing, mails, repository):
    assert mailing.send({**TYPED, **mailing.form(), "mail": ADDRESS})[0] == 303
    assert list((repository / "spool/subscriptions").iterdir()) == []


def test_a_service_without_mail_says_so_and_keeps_no_address(service):
    status, body, _ = service.send({**TYPED, **service.form(), "mail": ADDRESS, "tell": "1"})
    assert status == 422 and "This community sends no mail" in body and service.all_kept() == []


def test_nobody_is_written_to_on_account_of_a_doubtful_reply(stoa, mailing, mails):
    form = mailing.form()
    assert mailing.send({**TYPED, **form, "reply-to": "", "text": "Doubt.", "more": "x", "mail": ADDRESS, "tell": "1"})[0] == 303
    mail, = mails.until("mo@bells.example")
    assert "It is doubtful: trap" in plain(mail)
    time.sleep(2)
    assert mails.to(ADDRESS) == []
    accept, _ = [link for link in links(mail) if link.startswith("/decide")]
    press(mailing, accept)
    mails.until(ADDRESS)


def test_one_address_is_asked_three_times_a_day_at_most(mailing, mails):
    for number in range(5):
        assert mailing.send({**TYPED, **mailing.form(), "reply-to": "", "text": f"{number}.", "mail": ADDRESS, "tell": "1"})[0] == 303
    mails.until(ADDRESS, 3)
    time.sleep(3)
    assert len(mails.to(ADDRESS)) == 3


def test_mail_that_cannot_be_sent_waits_and_nobody_reads_of_it_to_whom(mailing, mails):
    (mails.folder / "away").touch()
    mailing.reply()
    mailing.until(lambda: any("mail waits" in line for line in mailing.said))
    assert "secret.example" not in "".join(mailing.said)
    (mails.folder / "away").unlink()
    mails.until("mo@bells.example")


@pytest.mark.parametrize("more, said", [
    ("moderators: [a@b.example]\n", "write mail-from"), ("mail-from: nobody\n", "mail-from takes an address"),
    ("mail-from: a@b.example\nmoderators: [x]\n", "moderators takes addresses"), ("mail-from: a@b.example\nsendmail: /no/such/program\n", "there is no program"),
    ("mail-from: a@b.example\nforget-after: soon\n", "forget-after takes a time"),
])
def test_a_wrong_configuration_of_mail_is_said(more, said, stoa, root):
    (root / "receive.yml").write_text(f"url: https://a.example\nlisten: 127.0.0.1:0\n{more}")
    done = run(stoa, "receive", "--config", root / "receive.yml", check=False)
    assert done.returncode == 64 and said in done.stderr


def test_debian_s_msmtp_takes_the_mails_to_a_server(stoa, repository, tmp_path):
    """With real programs: msmtp, SMTP, a server."""
    if not shutil.which("msmtp"):
        pytest.skip("msmtp is not there")
    pytest.importorskip("aiosmtpd")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    box = tmp_path / "box"
    server = subprocess.Popen([sys.executable, "-m", "aiosmtpd", "-n", "-l", f"127.0.0.1:{port}", "-c", "aiosmtpd.handlers.Mailbox", str(box)])
    (tmp_path / "msmtprc").write_text(f"account default\nhost 127.0.0.1\nport {port}\nfrom replies@bells.example\n")
    (tmp_path / "msmtprc").chmod(0o600)
    service = Service(stoa, repository, more=(
        f"proposals: none\nsendmail: msmtp -C {tmp_path}/msmtprc -t -i\nmail-from: Bells <replies@bells.example>\nmoderators: mo@bells.example\n"))
    try:
        service.reply()
        end = time.monotonic() + PATIENCE
        while not (found := [path for path in pathlib.Path(box).rglob("*") if path.is_file() and path.parent.name == "new"]):
            assert time.monotonic() < end
            time.sleep(0.1)
        mail = email.message_from_bytes(found[0].read_bytes(), policy=email.policy.default)
        assert mail["To"] == "mo@bells.example" and any("/decide?do=accept" in link for link in links(mail))
    finally:
        service.kill()
        server.kill()
        server.wait()
