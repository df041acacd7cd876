"""Tries every promise of `stoa receive` at length, and prints the table of figures.

    .venv/bin/python Benchmarks/intake.py [--stoa PROGRAM] [--replies N] [--tokens N] [--fields N] [--posts N]

It needs git, and takes some minutes. Each row is one of the tests of Tests/Intake at its full length, or a load of its own.
"""

import argparse
import email
import email.policy
import http.client
import itertools
import os
import pathlib
import random
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "Tests"))

from Intake.service import SITE, TYPED, Service, branches, git, make_community, make_repository, texts  # noqa: E402


def rows_of(test, program, **environment):
    """Runs a test in its long form; returns whether it passed."""
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *test], cwd=ROOT, capture_output=True, text=True,
        env={**os.environ, "STOA": str(program), **environment})
    if done.returncode:
        print(done.stdout[-3000:], file=sys.stderr)
    return done.returncode == 0


def memory(process):
    """The peak memory of a process, in MiB."""
    return int(re.search(r"VmHWM:\s+(\d+)", pathlib.Path(f"/proc/{process.pid}/status").read_text())[1]) / 1024


def load(program, folder, rate=200, seconds=10, slow=500):
    """Sends replies at a rate beside slow connections; returns the time within which 99 of 100 are answered, and the service's
    memory."""
    root = make_community(folder / "load")
    service = Service(program, root)
    idle = []
    try:
        for _ in range(slow):
            connection = socket.create_connection(("127.0.0.1", service.port))
            connection.sendall(b"POST /reply HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\na")
            idle.append(connection)
        form = {**TYPED, **service.form(), "reply-to": ""}
        times, failures = [], []
        start = time.monotonic() + 0.2
        numbers = itertools.count()

        def client():
            connection = http.client.HTTPConnection("127.0.0.1", service.port, timeout=30)
            while (number := next(numbers)) < rate * seconds:
                due = start + number / rate
                time.sleep(max(0, due - time.monotonic()))
                body = urllib.parse.urlencode({**form, "text": f"Number {number}."})
                try:
                    connection.request("POST", "/reply", body, {
                        "Content-Type": "application/x-www-form-urlencoded", "Origin": SITE, "X-Forwarded-For": f"10.{number // 256 % 256}.{number % 256}.1"})
                    answer = connection.getresponse()
                    answer.read()
                    if answer.status != 303:
                        failures.append(answer.status)
                except (OSError, http.client.HTTPException) as error:
                    failures.append(error)
                    connection.close()
                # The time includes waiting behind other requests.
                times.append(time.monotonic() - due)

        clients = [threading.Thread(target=client) for _ in range(32)]
        for thread in clients:
            thread.start()
        for thread in clients:
            thread.join()
        kept = texts(service.all_kept())
        assert not failures and len(kept) == len(set(kept)) == rate * seconds, (failures[:3], len(kept))
        return statistics.quantiles(times, n=100)[98], memory(service.process)
    finally:
        for connection in idle:
            connection.close()
        service.kill()


def addresses(program, folder, count):
    """Sends replies with addresses, and searches all written files for them; returns the number found."""
    root = make_repository(make_community(folder / "addresses"))
    mails = folder / "mails"
    mails.mkdir()
    sendmail = folder / "sendmail"
    sendmail.write_text(f'#!/bin/sh\nfile=$(mktemp {mails}/new.XXXXXX)\ncat >"$file"\n')
    sendmail.chmod(0o755)
    service = Service(program, root, more=f"gather: 1s\nsendmail: {sendmail}\nmail-from: replies@bells.example\nmoderators: mo@bells.example\n")
    sent = []
    try:
        form = {**TYPED, **service.form(), "reply-to": ""}
        for number in range(count):
            address = f"secret{number}x{random.randrange(10**9)}@mailbox.example"
            assert service.send({**form, "text": f"Number {number}.", "mail": address, "tell": "1"})[0] == 303
            sent.append(address)
        service.until(lambda: len(service.kept("proposed")) == count)
        id = service.kept("proposed")[0].read_text().split("id ")[1].split()[0]
        subprocess.run([program, "intake", "accept", id, "--config", root / "receive.yml"], check=True, capture_output=True)
        subprocess.run([program, "build", "--source", root, "--as-of", "2999-01-01"], check=True, capture_output=True)
    finally:
        service.kill()
    written = b"".join(path.read_bytes() for path in root.rglob("*") if path.is_file())
    written += git(root, "log", "-p", "--all").encode() + "".join(service.said).encode()
    found = sum(address.encode() in written for address in sent)
    for path in mails.iterdir():
        mail = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        found += sum(address in mail.as_string() + mail.get_body().get_content() for address in sent if address != mail["To"])
    return found, len(sent)


def published(program, folder, posts):
    """The seconds from sending a reply to the page that shows it: accepted at once, with the site built from a repository of
    posts."""
    root = make_community(folder / "published")
    for number in range(posts):
        (root / f"content/posts/p{number}.md").write_text(f"---\ntitle: Post {number}\nauthor: maren\ndate: 2026-03-04\n---\n\nWords of post {number}.\n")
    make_repository(root)
    subprocess.run([program, "build", "--source", root, "--as-of", "2999-01-01"], check=True, capture_output=True)
    service = Service(program, root)
    try:
        form = service.form()
        start = time.monotonic()
        assert service.send({**TYPED, **form, "reply-to": ""})[0] == 303
        kept, = service.kept()
        id = kept.read_text().split("id ")[1].split()[0]
        subprocess.run([program, "intake", "accept", id, "--config", root / "receive.yml"], check=True, capture_output=True)
        subprocess.run([program, "build", "--source", root, "--as-of", "2999-01-01"], check=True, capture_output=True)
        assert f'id="response-{id}"' in (root / "site/posts/a/index.html").read_text()
        return time.monotonic() - start
    finally:
        service.kill()


def main():
    parser = argparse.ArgumentParser(description="Try every promise of stoa receive at length.")
    parser.add_argument("--stoa", type=pathlib.Path, default=ROOT / ".build/release/stoa")
    parser.add_argument("--replies", type=int, default=1_000)
    parser.add_argument("--posts", type=int, default=1_000)
    parser.add_argument("--seconds", type=int, default=10)
    options = parser.parse_args()
    program = options.stoa.resolve()
    os.environ.pop("SOURCE_DATE_EPOCH", None)
    folder = pathlib.Path(tempfile.mkdtemp(prefix="stoa-intake-"))
    table = []
    try:
        kills = rows_of(["Tests/Intake/test_receive_kills.py"], program, STOA_KILLED_REPLIES=str(options.replies))
        table.append(("acknowledged replies lost or doubled under kill -9, full disk, remote away", f"0 of {options.replies:,}", "0" if kills else "some", kills))
        slowest, mebibytes = load(program, folder, seconds=options.seconds)
        table.append(("500 slow connections beside 200 replies a second", "p99 at most 500 ms, at most 150 MiB", f"{slowest * 1000:.0f} ms, {mebibytes:.0f} MiB", slowest <= 0.5 and mebibytes <= 150))
        found, sent = addresses(program, folder, options.replies)
        table.append(("addresses found in git, site, logs, proposals, mails to others", f"0 of {sent:,}", str(found), found == 0))
        tokens = rows_of(["Tests/Intake/test_receive_mail.py", "-k", "links_hold or accepts_by"], program)
        done = subprocess.run(["swift", "test", "--quiet", "--filter", "ActionTokenTests|FormTokenTests"], cwd=ROOT, capture_output=True)
        table.append(("forged, replayed, expired, cross-action tokens accepted", "0 of 10,000", "0" if tokens and done.returncode == 0 else "some", tokens and done.returncode == 0))
        hostile = rows_of(["Tests/Intake/test_receive_hostile.py"], program, STOA_HOSTILE_FIELDS="300")
        table.append(("hostile fields that are neither a clear error nor harmless", "0 of 300", "0" if hostile else "some", hostile))
        seconds = published(program, folder, options.posts)
        table.append((f"from a reply that is sent to its page, {options.posts:,} posts", "at most 5 s", f"{seconds:.1f} s", seconds <= 5))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print("| promise | figure | found |\n| --- | --- | --- |")
    for promise, figure, value, _ in table:
        print(f"| {promise} | {figure} | {value} |")
    return 0 if all(holds for *_, holds in table) else 1


if __name__ == "__main__":
    sys.exit(main())
