"""Mistakes in a file of content that leave its audience readable.

A flaw is a function from the lines of front matter, including those that hide the file, to the file's bytes.
"""

import dataclasses

MISSING_PNG = b"\x89PNG\r\n\x1a\n broken"


def whole(lines, body=b"Whispered words."):
    return b"---\n" + b"".join(line.encode() + b"\n" for line in lines) + b"---\n\n" + body + b"\n"


def below(*bad):
    """Lines of front matter below those that hide the file."""
    return lambda lines: whole([*lines, *bad])


def above(*bad):
    """Lines of front matter above those that hide the file."""
    return lambda lines: whole([*bad, *lines])


def raw(bad, isbelow=True):
    """Bytes of front matter."""
    return lambda lines: b"---\n" + (b"" if isbelow else bad + b"\n") + "\n".join(lines).encode() + b"\n" + (bad + b"\n" if isbelow else b"") + b"---\n\nWhispered.\n"


def body(text):
    return lambda lines: whole(lines, text if isinstance(text, bytes) else text.encode())


# Mistakes in the bytes, or in YAML.
BYTES = {
    "stray-byte": body(b"Whispered \xff words."),
    "stray-byte-below": raw(b"x-a: \xff whispered"),
    "stray-byte-above": raw(b"x-a: \xff whispered", isbelow=False),
    "overlong-line": body("whisper " * 9_000),
    "overlong-line-below": raw(b"x-a: " + b"whisper " * 9_000),
    "overlong-line-above": raw(b"x-a: " + b"w" * 14_000 + b"\nx-b: " + b"w" * 1_000 + b"\xff", isbelow=False),
    "too-large": body(("whisper " * 60 + "\n") * 2_500),
    "control-body": body(b"whispered \x01\x02 words"),
    "control-below": raw(b"x-a: whispered \x07 words"),
    "control-above": raw(b"x-a: whispered \x07 words", isbelow=False),
    "nul-body": body(b"whispered \0 words"),
    "nul-below": raw(b"x-a: \0whispered"),
    "nul-above": raw(b"x-a: \0whispered", isbelow=False),
    "utf-16": lambda lines: whole(lines).decode().encode("utf-16"),
    "bom-and-crlf": lambda lines: b"\xef\xbb\xbf" + whole([*lines, "x-a: [whispered"]).replace(b"\n", b"\r\n"),
    "cr-only": lambda lines: whole(lines).replace(b"\n", b"\r"),
    "marks": body("whispered a" + "\u0301" * 200),
    "quote-below": below('x-a: "whispered'),
    "quote-above": above('x-a: "whispered'),
    "bracket-below": below("x-a: [whispered"),
    "bracket-above": above("x-a: [whispered"),
    "brace-above": above("x-a: {whispered"),
    "colon-below": below("x-a: whispered: words"),
    "colon-above": above("x-a: whispered: words"),
    "tab-below": below("x-a:", "\t- whispered"),
    "tab-above": above("x-a:", "\t- whispered"),
    "percent": above("x-a: %whispered"),
    "at-sign": below("x-a: @whispered"),
    "words-below": below("only whispered words"),
    "words-above": above("only whispered words"),
    "list-above": above("- whispered"),
    "anchor": above("x-a: &whispered a"),
    "alias": below("x-a: *whispered"),
    "tag": above("x-a: !!str whispered"),
    "directive": above("%YAML 1.1"),
    "deep": below("x-a: " + "[" * 12 + "whispered" + "]" * 12),
    "second-document": below("--- whispered"),
    "large-below": below(*[f"x-a{index}: {'whisper ' * 20}" for index in range(200)]),
    "early-end": lambda lines: b"---\n" + f"{lines[0]}\n---\n".encode() + "\n".join(lines[1:]).encode() + b"\n---\n\nWhispered words.\n",
    "early-end-apart": lambda lines: b"---\n" + f"{lines[0]}\n---\n\n".encode() + "\n".join(lines[1:]).encode() + b"\n---\n\nWhispered words.\n",
    "early-end-unclosed": lambda lines: b"---\n" + f"{lines[0]}\n---\n".encode() + "\n".join(lines[1:]).encode() + b"\n\nWhispered words.\n",
    "unclosed": lambda lines: whole(lines).replace(b"---\n\n", b"\n"),
    "no-marks": lambda lines: "\n".join(lines).encode() + b"\n\nWhispered words.\n",
    "marks-first": lambda lines: b"---\n" + whole(lines),
    "blank-first": lambda lines: b"\n" + whole(lines),
    "toml": lambda lines: b"+++\n" + "\n".join(lines).replace(": ", ' = "').replace("\n", '"\n').encode() + b'"\n+++\n\nWhispered.\n',
    "two-hyphens": lambda lines: whole(lines).replace(b"---", b"--"),
    "conflict-front": below("<<<<<<< ours", "x-a: whispered", "=======", "x-a: b", ">>>>>>> theirs"),
    "conflict-body": body("<<<<<<< ours\nwhispered\n=======\nb\n>>>>>>> theirs"),
    "block-scalar": below("x-a: |", "  whispered", " audience: public", "  words"),
}

# Mistakes in a value or in the text.
VALUES = {
    "unknown-key": below("whispered: a"),
    "misspelt-key": below("titel: whispered"),
    "title-list": below("title: [whispered]"),
    "title-twice": below("title: whispered", "title: again"),
    "title-long": below("title: " + "whispered " * 80),
    "title-blank": below('title: "\u200b"'),
    "title-comment": below("title: a # whispered"),
    "author-map": below("author: {whispered: a}"),
    "authors-many": below("author: [" + ", ".join(f"whispered{index}" for index in range(70)) + "]"),
    "topics-map": below("topics: {whispered: a}"),
    "topics-many": below("topics: [" + ", ".join(f"whispered{index}" for index in range(200)) + "]"),
    "aliases-map": below("aliases: {whispered: a}"),
    "alias-taken": below("aliases: [/about/, open, /posts/open/, r1, comment-1]"),
    "kind": below("kind: whispered"),
    "language": below("language: whispered 7"),
    "image": below("image: whispered.png"),
    "image-list": below("image: [whispered]"),
    "pinned": below("pinned: whispered"),
    "unlisted": below("unlisted: [whispered]"),
    "listed": below("listed: whispered"),
    "responses": below("responses: whispered"),
    "closed": below("responses: closed whispered"),
    "updated": below("updated: whispered"),
    "updated-before": below("updated: 1999-01-01"),
    "source": below("source: whispered"),
    "answer": below("answer: whispered"),
    "distilled": below("distilled-from: [whispered, open#response-whispered]"),
    "stance": below("stance: whispered"),
    "removed-list": below("removed: [whispered]"),
    "guest-and-author": below("guest: whispered", "author: whispered"),
    "guest-url": below("url: javascript:whispered"),
    "parent-unknown": below("parent: whispered"),
    "menu": below("menu: {whispered: a}"),
    "order": below("order: whispered"),
    "mail": below("x-mail: whispered@example.org"),
    "extra-map": below("x-a: {whispered: a}"),
    "half-read": below("x-a: a # whispered"),
    "wikilink": body("[[whispered]] and [[open#whispered]] and [[unclosed"),
    "links": body("[a](whispered.md) [b](#whispered) [c](javascript:whispered) @whispered ![](whispered.png)"),
    "html": body("<script>whispered</script><font onclick=x>whispered</font><div>unclosed"),
    "callout": body("> [!WHISPER]\n> whispered"),
    "table": body("| a |\n|---|\n| [[open|x]] | whispered | more |"),
    "heading-first": body("# Whispered\n\n# Whispered"),
    "footnotes": body("[^whispered] and [^1]\n\n[^1]: whispered"),
    "nested": body("> " * 200 + "whispered"),
    "complex": body("[" * 4_000 + "a" + "](b)" * 4_000),
    "remote-image": body("![whispered](https://whispered.example/x.png)"),
    "noncharacter": body("whispered \ufffe &#xFFFF;"),
}

DATES = {
    "date-bad": ["date: whispered"],
    "date-list": ["date: [whispered]"],
    "date-missing": [],
    "date-twice": ["date: 2026-01-01", "date: 2026-01-02"],
    "date-zone": ["date: 2026-01-01T25:00"],
}

# Invalid names, and places without items; each is a path pattern for an item.
NAMES = [
    "{0}/bad name {1}.md", "{0}/{1}.markdown", "{0}/{1}.MD", "{0}/-{1}.md", "{0}/{1}..md", "{0}/{1}?.md", "{0}/{1}%41.md",
    "{0}/{1}\n.md", "{0}/{1}\u202e.md", "{0}/" + "long" * 55 + "{1}.md", "{0}/{1}.txt", "{0}/{1}.md~", "{0}/{1}",
]
PLACES = [
    "content/{0}.md", "content/drafts/{0}.md", "content/responses/{0}.md", "content/responses/open/deep/{0}.md",
    "content/topics/deep/{0}.md", "content/pages/deep/{0}.md", "content/contributors/deep/{0}.md", "content/posts/{0} dir/index.md",
    "content/responses/bad {0}/r1.md",
]


@dataclasses.dataclass
class Flawed:
    """One flawed file: a path below the community, and its bytes."""

    flaw: str
    file: str
    data: bytes


FOLDERS = {"post": "content/posts", "response": "content/responses/open", "page": "content/pages", "topic": "content/topics", "contributor": "content/contributors"}
BASIC = {
    "post": ["title: Whispered title", "author: whisperer"],
    "response": ["guest: Whisperer"],
    "page": ["title: Whispered page"],
    "topic": ["title: Whispered topic"],
    "contributor": ["name: Whispered name"],
}


def lines(kind, hiding, isdated=True):
    dates = ["date: 2026-01-01"] if isdated and kind in ("post", "response") and not any(line.startswith("date:") for line in hiding) else []
    return [*BASIC[kind], *dates, *hiding]


def flawed(kind, hiding, folder=None):
    """All flawed files of a kind of item that some lines hide."""
    folder = folder or FOLDERS[kind]
    for flaw, make in {**BYTES, **VALUES}.items():
        yield Flawed(flaw, f"{folder}/{flaw}.md", make(lines(kind, hiding)))
    if kind in ("post", "response") and not any(line.startswith("date:") for line in hiding):
        for flaw, dates in DATES.items():
            yield Flawed(flaw, f"{folder}/{flaw}.md", whole([*lines(kind, hiding, isdated=False), *dates]))
    sound = whole(lines(kind, hiding))
    for index, form in enumerate(NAMES):
        yield Flawed(f"name {form!r}", form.format(folder, f"{kind}-{index}"), sound)
    if kind == "response":
        for flaw, bad in {"reply-unknown": "whispered", "reply-list": "[r1, whispered]", "reply-itself": "reply-itself", "reply-path": "../x"}.items():
            yield Flawed(flaw, f"{folder}/{flaw}.md", whole([*lines(kind, hiding), f"reply-to: {bad}"]))
        yield Flawed("reply-twice", f"{folder}/reply-twice.md", whole([*lines(kind, hiding), "reply-to: r1", "reply-to: r2"]))
        yield Flawed("anchor-taken", f"{folder}/anchor-taken.md", whole([*lines(kind, hiding), "aliases: [response-r1, r1, comment-1]"]))


def misplaced(hiding):
    """Files in places without items, and files that conflict with a public one."""
    sound = whole(lines("post", hiding))
    for index, form in enumerate(PLACES):
        yield Flawed(f"place {form}", form.format(f"stray-{index}"), sound)
    yield Flawed("missing post", "content/responses/no-such-post/r1.md", whole(lines("response", hiding)))
    yield Flawed("page that takes a post's name", "content/pages/open.md", whole(lines("page", hiding)))
    yield Flawed("post that takes a page's name", "content/posts/about.md", whole(lines("post", hiding)))
    yield Flawed("page that takes a list's address", "content/pages/topics.md", whole(lines("page", hiding)))
    yield Flawed("case", "content/posts/OPEN.md", whole(lines("post", hiding)))
    yield Flawed("case of a page", "content/pages/About.md", whole(lines("page", hiding)))
    yield Flawed("case of a person", "content/contributors/Ada.md", whole(lines("contributor", hiding)))
    yield Flawed("case of a topic", "content/topics/Trust.md", whole(lines("topic", hiding)))
    yield Flawed("bundle", "content/posts/bundle/index.md", whole(lines("post", hiding), b"![](a%20b.png) ![](broken.png)"))
    yield Flawed("bundle", "content/posts/bundle/a b.png", MISSING_PNG)
    yield Flawed("bundle", "content/posts/bundle/broken.png", MISSING_PNG)
    yield Flawed("bundle", "content/posts/bundle/whispered notes.md", b"Whispered.")
    yield Flawed("flawed bundle", "content/posts/flawed-bundle/index.md", whole([*lines("post", hiding), 'x-a: "whispered']))
    yield Flawed("flawed bundle", "content/posts/flawed-bundle/a b.png", MISSING_PNG)
    yield Flawed("flawed bundle", "content/posts/flawed-bundle/notes.md", b"Whispered.")
    yield Flawed("below a flawed post", "content/responses/flawed-bundle/r1.md", whole(lines("response", [])))
    yield Flawed("below a flawed post", "content/responses/flawed-bundle/r2.md", whole([*lines("response", []), "x-a: [whispered"]))
    yield Flawed("below a flawed post", "content/responses/flawed-bundle/Not An Id.md", whole(lines("response", [])))
    yield Flawed("below a flawed post", "content/responses/flawed-bundle/notes.txt", b"Whispered.")
    yield Flawed("a folder in place of a file", "content/posts/folder.md/index.md", whole(lines("post", hiding)))
