"""Writes a corpus as a community in Stoa's format."""

import json

from corpus import Link


def spelled(block):
    if isinstance(block, str):
        return block
    return "".join(f"[[{part.slug}|{part.title}]]" if isinstance(part, Link) else part for part in block)


def text(body):
    return "\n\n".join(map(spelled, body)) + "\n"


def write(community, folder, highlight="none"):
    content = folder / "content"
    for name in ("posts", "responses"):
        (content / name).mkdir(parents=True)
    (folder / "stoa.yml").write_text(
        "title: Benchmark\nurl: https://bench.example\nlanguage: en\ntimezone: UTC\nhistory: none\n"
        f"highlight: {highlight}\nsearch: none\n")
    for post in community.posts:
        front = ["---", f"title: {json.dumps(post.title)}", f"author: {post.author}", f"date: {post.date.isoformat()}",
                 f"topics: {json.dumps(post.topics)}", f"kind: {post.kind}", "---", ""]
        (content / "posts" / f"{post.slug}.md").write_text("\n".join(front) + "\n" + text(post.body))
        if not post.responses:
            continue
        thread = content / "responses" / post.slug
        thread.mkdir()
        for response in post.responses:
            front = ["---", f"author: {response.author}" if response.author else f"guest: {response.guest}",
                     f"date: {response.date.isoformat()}"]
            if response.reply_to:
                front.append(f"reply-to: {response.reply_to}")
            (thread / f"{response.id}.md").write_text("\n".join([*front, "---", "", ""]) + text(response.body))
