#!/usr/bin/env python3
"""Writes a source of many megabytes for every importer, in two sizes, and reports how time and memory grow.

    Benchmarks/import_kinds.py [--stoa .build/release/stoa] [--megabytes 10] [--times 4] [KIND ...]

Time must grow with the size, and memory stay below twenty times the source's.
"""

import argparse
import datetime
import json
import pathlib
import random
import tempfile

import import_sources
import measure as measuring
from import_sources import WORDS, sentence

START = datetime.datetime(2012, 1, 1, tzinfo=datetime.timezone.utc)
NAMES = "Ada Bo Cy Dee Eli Fay Gus Hal Ines Jun".split()
PER_CONVERSATION = 20


def moment(number):
    return START + datetime.timedelta(minutes=number)


def iso(number):
    return moment(number).strftime("%Y-%m-%dT%H:%M:%SZ")


def html(source):
    return (
        f"<p>{sentence(source)} <b>{source.choice(WORDS)}</b> &amp; <i>{source.choice(WORDS)}</i>, see "
        f'<a href="https://x.example/{source.choice(WORDS)}">{source.choice(WORDS)}</a>.</p><p>{sentence(source, 30)}</p>'
    )


def markdown(source):
    return (
        f"{sentence(source)} *{source.choice(WORDS)}* and `{source.choice(WORDS)}`, see "
        f"[{source.choice(WORDS)}](https://x.example/{source.choice(WORDS)}).\n\n> {sentence(source)}\n\n{sentence(source, 30)}\n"
    )


class Lines:
    """A file whose content gives its number of items."""

    def __init__(self, path):
        self.file = path.open("w")
        self.size = 0

    def add(self, text):
        self.file.write(text)
        self.size += len(text)


def write_wordpress(folder, size):
    file = folder / "export.xml"
    posts = size // 9_200
    import_sources.write_wordpress(file, posts=posts, comments=posts * 5)
    return file


def write_staticman(folder, size):
    import_sources.write_staticman(folder / "site", comments=size // 400, threads=max(1, size // 5_000))
    return folder / "site"


def write_disqus(folder, size):
    source = random.Random(7)
    output = Lines(folder / "export.xml")
    output.add('<?xml version="1.0" encoding="utf-8"?>\n<disqus xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals">\n')
    threads = size // 12_000
    for thread in range(threads):
        output.add(
            f'<thread dsq:id="{thread}"><id>p{thread}</id><forum>old</forum><link>https://old.example/p{thread}/</link>'
            f"<title>{sentence(source, 4)}</title><createdAt>{iso(0)}</createdAt></thread>\n"
        )
    number = 0
    while output.size < size:
        thread = number % threads
        parent = f'<parent dsq:id="{number - threads}"/>' if number >= threads and source.random() < 0.4 else ""
        output.add(
            f'<post dsq:id="{number}"><message><![CDATA[{html(source)}]]></message><createdAt>{iso(number)}</createdAt>'
            f"<isDeleted>false</isDeleted><isSpam>false</isSpam><author><email>a{number}@mail.example</email>"
            f"<name>{source.choice(NAMES)}</name></author><ipAddress>203.0.113.{number % 256}</ipAddress>"
            f'<thread dsq:id="{thread}"/>{parent}</post>\n'
        )
        number += 1
    output.add("</disqus>\n")
    output.file.close()
    return folder / "export.xml"


def write_vault(folder, size):
    source = random.Random(7)
    vault = folder / "vault"
    count = size // 4_000
    for number in range(count):
        place = vault / WORDS[number % 7] / WORDS[number % 11]
        place.mkdir(parents=True, exist_ok=True)
        links = " ".join(f"[[note {source.randrange(count)}|{source.choice(WORDS)}]] #{source.choice(WORDS)}/{source.choice(WORDS)}" for _ in range(4))
        (place / f"note {number}.md").write_text(
            f"---\ntags: [{source.choice(WORDS)}]\naliases: [Also {number % 50}]\ncreated: {iso(number)}\n---\n# {sentence(source, 4)}\n\n"
            + "\n\n".join(f"{markdown(source)} =={source.choice(WORDS)}== {links} %%{source.choice(WORDS)}%%" for _ in range(8))
        )
    return vault


def write_discussions(folder, size):
    source = random.Random(7)
    output = Lines(folder / "discussions.json")
    number = 0

    def node(kind, **more):
        nonlocal number
        number += 1
        return {
            "id": f"{kind}_{number}", "url": f"https://github.com/o/r/discussions/1#discussioncomment-{number}", "body": markdown(source),
            "createdAt": iso(number), "author": {"login": source.choice(NAMES).lower(), "url": "https://github.com/x", "name": "N"},
            "reactions": {"totalCount": 1}, **more,
        }

    count = 0
    while output.size < size:
        page = []
        for _ in range(25):
            count += 1
            comments = [
                node("C", isMinimized=False, replies={"totalCount": 2, "nodes": [node("R", isMinimized=False) for _ in range(2)]})
                for _ in range(PER_CONVERSATION // 3)
            ]
            page.append({
                **node("D"), "number": count, "title": sentence(source, 4), "url": f"https://github.com/o/r/discussions/{count}",
                "category": {"name": source.choice(WORDS), "slug": "c"}, "comments": {"totalCount": len(comments), "nodes": comments},
            })
        output.add(json.dumps({"data": {"repository": {"nameWithOwner": "o/r", "discussions": {"totalCount": 1, "nodes": page}}}}))
    output.file.close()
    return folder / "discussions.json"


def write_mbox(folder, size):
    """Threads in which each message names all earlier ones, like those of mail programs."""
    source = random.Random(7)
    output = Lines(folder / "list.mbox")
    number = 0
    while output.size < size:
        subject = sentence(source, 4)
        above = []
        for place in range(PER_CONVERSATION):
            number += 1
            name = source.choice(NAMES)
            quoted = "".join(f"> {sentence(source)}\n" for _ in range(4)) if place else ""
            head = f"References: {' '.join(f'<{key}@list.example>' for key in above)}\n" if above else ""
            output.add(
                f"From {name.lower()}@mail.example {moment(number).strftime('%a %b %d %H:%M:%S %Y')}\n"
                f"From: {name} Byron <{name.lower()}{number % 500}@mail.example>\nTo: List <list@list.example>\nSubject: {'Re: ' if place else ''}[list] {subject}\n"
                f"Date: {moment(number).strftime('%a, %d %b %Y %H:%M:%S +0000')}\nMessage-ID: <{number}@list.example>\n{head}"
                f"Content-Type: text/plain; charset=utf-8\n\nOn Monday, {name} wrote:\n{quoted}\n{sentence(source, 40)}\n\n{sentence(source, 30)}\n\n-- \n{name}\n\n"
            )
            above.append(number)
    output.file.close()
    return folder / "list.mbox"


def write_discourse(folder, size):
    source = random.Random(7)
    place = folder / "topics"
    place.mkdir()
    written = topic = number = 0
    while written < size:
        topic += 1
        posts = []
        for post in range(1, PER_CONVERSATION + 1):
            number += 1
            raw = markdown(source)
            if post > 2:
                raw = f'[quote="ada, post:{post - 1}, topic:{topic}"]\n{sentence(source)}\n[/quote]\n\n' + raw
            posts.append({
                "id": number, "post_number": post, "username": source.choice(NAMES).lower(), "name": "N", "created_at": iso(number),
                "raw": raw, "cooked": html(source), "reply_to_post_number": post - 1 if post > 2 else None, "topic_id": topic,
            })
        text = json.dumps({
            "id": topic, "title": sentence(source, 4), "slug": f"t{topic}", "category_id": 1, "created_at": iso(number),
            "tags": [source.choice(WORDS)], "post_stream": {"posts": posts, "stream": [post["id"] for post in posts]},
        })
        (place / f"{topic}.json").write_text(text)
        written += len(text)
    return place


def write_comments(folder, size, is_html=False):
    source = random.Random(7)
    output = Lines(folder / "comments.jsonl")
    number = 0
    while output.size < size:
        post = f"p{number // PER_CONVERSATION}"
        if number % PER_CONVERSATION == 0:
            line = {"type": "post", "id": post, "title": sentence(source, 4), "author": "maren", "date": iso(number), "text": markdown(source)}
            output.add(json.dumps(line) + "\n")
        line = {
            "type": "response", "id": f"r{number}", "post": post, "guest": source.choice(NAMES), "date": iso(number), "email": f"a{number}@mail.example",
            "text": html(source) if is_html else markdown(source), "format": "html" if is_html else "markdown",
        }
        if number % PER_CONVERSATION > 2 and source.random() < 0.4:
            line["reply-to"] = f"r{number - 2}"
        output.add(json.dumps(line) + "\n")
        number += 1
    output.file.close()
    return folder / "comments.jsonl"


WRITERS = {
    "wordpress": write_wordpress, "disqus": write_disqus, "staticman": write_staticman, "vault": write_vault,
    "discussions": write_discussions, "mbox": write_mbox, "discourse": write_discourse, "comments": write_comments,
}


def size_of(path):
    return path.stat().st_size if path.is_file() else sum(file.stat().st_size for file in path.rglob("*") if file.is_file())


def measure(stoa, kind, source, into, options):
    into.mkdir()
    command = [stoa, "import", kind, source, "--into", into / "1", "--quiet", "--author", "Maren", *options]
    run = measuring.run(command)
    command[command.index(into / "1")] = into / "2"
    memory = measuring.peak_memory(command, interval=0.05)
    megabytes = size_of(source) / 1e6
    print(
        f"{kind:11} {megabytes:6.1f} MB {run.wall:7.2f} s, processors {run.user:6.2f} + {run.system:5.2f} s;"
        f" {memory / 1e6:6.0f} MB of memory, {memory / 1e6 / megabytes:4.1f} times the source", flush=True,
    )
    return run.wall / megabytes


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--stoa", default=".build/release/stoa")
    parser.add_argument("--megabytes", type=float, default=10)
    parser.add_argument("--times", type=int, default=4, help="how much larger the second source is")
    parser.add_argument("--keep-html", action="store_true", help="leave pandoc out, whose time is in proportion to the text")
    parser.add_argument("kinds", nargs="*", metavar="KIND", choices=[*WRITERS, []])
    options = parser.parse_args()
    more = ["--keep-html"] if options.keep_html else []
    for kind in options.kinds or WRITERS:
        with tempfile.TemporaryDirectory() as name:
            costs = []
            for times in (1, options.times):
                folder = pathlib.Path(name) / str(times)
                folder.mkdir()
                source = WRITERS[kind](folder, int(options.megabytes * times * 1e6))
                costs.append(measure(options.stoa, kind, source, folder / "into", more))
            print(f"{kind:11} {costs[1] / costs[0]:.2f} times as long for each megabyte")


if __name__ == "__main__":
    main()
