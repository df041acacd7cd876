"""Defective sources: an import ends in time, reports why it stops or builds without an error, and writes only to its folder."""

import json
import os
import subprocess

import pytest
from conftest import run

SECRET = "the secret outside"
LONG = "n" * 1_000_000
# Text that JSON writers of all kinds produce.
ODD = ["\x00", "\ud800", "a\udc00b", "\ufeff", "\u202eevil", "a\u0301" * 300, "\x1b[31m", "---\nx: y\n---", "x\r\ny\rz", "<script>", "{{x}}", "[[../../etc/passwd]]", "> " * 300 + "x", "- " * 300 + "x", "`" * 3_000, "[" * 5_000]
TEXTS = ["1", "", None, True, 3.5, [], {}, ["a", ["b"]], {"a": {"b": "c"}}, LONG, *ODD]


def escaped(value):
    """JSON in which lone surrogates are escapes, as some programs write them."""
    return json.dumps(value)


def deep(count):
    return "[" * count + "]" * count


def lines(*items):
    return "\n".join(item if isinstance(item, str) else escaped(item) for item in items) + "\n"


POST = {"type": "post", "id": "rope", "title": "Rope", "author": "ada", "date": "2019-01-01", "text": "Text."}


def response(id, /, **more):
    return {"type": "response", "id": id, "post": "rope", "guest": "Bo", "date": "2019-01-02", "text": "Text.", **more}


def comments_everywhere():
    keys = ["id", "post", "guest", "author", "date", "text", "url", "reply-to", "aliases", "source", "stance", "language", "state", "removed", "kind", "format", "topics", "files", "anchors", "title", "summary", "answer", "image"]
    items = [POST]
    for number, key in enumerate(keys):
        for text in TEXTS:
            items += [{**response(f"r{len(items)}"), key: text}, {**POST, "id": f"p{len(items)}", key: text}]
    return lines(*items, {"type": "person", "id": "ada", "name": LONG}, {"type": "topic", "id": "t", "title": LONG, "parent": "\x00"})


COMMENTS = {
    "every-value-at-every-key": comments_everywhere(),
    "loops-and-twins": lines(
        POST, POST, response("a", **{"reply-to": "b"}), response("b", **{"reply-to": "a"}), response("c", **{"reply-to": "c"}), response("d", **{"reply-to": "none"}), response("a"), response("A"), response("a-2"),
        {"type": "topic", "id": "x", "title": "X", "parent": "Y"}, {"type": "topic", "id": "y", "title": "Y", "parent": "X"}, {"type": "topic", "id": "z", "title": "Z", "parent": "Z"},
    ),
    "files-outside": lines({**POST, "files": [{"name": name, "path": path} for name, path in [
        ("a.txt", "../secret.txt"), ("b.txt", "SECRET_PATH"), ("../../c.txt", "own.txt"), ("/d.txt", "own.txt"), ("e.txt", "link.txt"), ("f.txt", "folder/../../secret.txt"), ("g\n.txt", "own.txt"), (".stoa-import", "own.txt"),
        ("h.txt", "own.txt"), ("index.md", "own.txt"), ("i.txt", "linked/secret.txt"), ("j.txt", "."), ("k.txt", "own.txt\x00"), (LONG, "own.txt"), ("con", "own.txt"),
    ]]}),
    "not-lines": lines(POST, "{", "null", "7", deep(100_000), '{"type":"response","text":"' + "x" * 100, '{"type":"post","id":"\\ud800","text":"\\udfff"}', "\xa0", '{"a":1} {"b":2}'),
    "depth": lines(POST, '{"type":"post","id":"q","text":"x","x":' + '{"y":' * 5_000 + "1" + "}" * 5_001),
    "dates": lines(POST, *(response(f"d{number}", date=date) for number, date in enumerate(["0000-00-00", "9999-12-31T23:59:59Z", "-1", 1e308, 10**30, -(10**18), "2019-02-30", "99999-01-01", "１９９９-01-01", "2019-01-01T25:61:61+99:99"]))),
}


def discussion(number, /, **more):
    return {"id": f"D{number}", "number": number, "title": f"T{number}", "url": f"https://github.com/o/r/discussions/{number}", "body": "Text.", "createdAt": "2022-01-01T00:00:00Z", "author": {"login": "ada"}, "comments": {"totalCount": 0, "nodes": []}, **more}


def comment(id, /, **more):
    return {"id": id, "url": f"https://github.com/o/r/discussions/1#discussioncomment-{id}", "body": "Text.", "createdAt": "2022-01-02T00:00:00Z", "author": {"login": "bo"}, **more}


def nodes(*items):
    return {"totalCount": len(items), "nodes": list(items)}


def page(*items, **more):
    return escaped({"data": {"repository": {"nameWithOwner": "o/r", "discussions": {"totalCount": len(items), "nodes": list(items)}, **more}}})


DISCUSSIONS = {
    "every-value-at-every-key": page(
        *(discussion(100 * place + number, **{key: text}) for place, key in enumerate(["id", "number", "title", "url", "body", "createdAt", "author", "category", "labels", "answer", "comments", "locked"]) for number, text in enumerate(TEXTS)),
        discussion(5_000, comments=nodes(*(comment(f"{key}{number}", **{key: text}) for key in ["url", "body", "createdAt", "author", "replies", "isMinimized", "deletedAt", "reactions"] for number, text in enumerate(TEXTS)))),
    ),
    "twins": page(discussion(1, comments=nodes(comment("a"), comment("a"), comment("", replies=nodes(comment("a"))), comment("b", replies=nodes(comment("b")))))) + page(discussion(1), discussion(1, id="other")),
    "depth": page(discussion(1)) + deep(100_000),
    "cut": page(discussion(1, comments=nodes(comment("a"))))[:-40],
    "errors": escaped({"errors": [{"message": LONG}, "x"], "data": None}) + page(discussion(1)),
    "no-discussion": "[]",
}


def topic(id, /, *posts, **more):
    return escaped({"id": id, "title": "Rope", "slug": "rope", "category_id": 1, "post_stream": {"posts": [{"id": 1, "created_at": "2021-01-01T00:00:00Z", "username": "ada", "raw": "Text.", "post_number": number + 1, **post} for number, post in enumerate(posts)]}, **more})


DISCOURSE = {
    "every-value-at-every-key": {
        **{f"{place}-{number}.json": topic(100 * place + number + 1, {}, {key: text}, **({key: text} if key not in ("id", "post_stream") else {})) for place, key in enumerate(["title", "slug", "tags", "raw", "cooked", "created_at", "name", "username", "post_number", "reply_to_post_number", "category_id", "hidden"]) for number, text in enumerate(TEXTS)},
    },
    "loops": {
        "1.json": topic(1, {}, {"reply_to_post_number": 3}, {"reply_to_post_number": 2}, {"reply_to_post_number": 4}, {"reply_to_post_number": 99}, {"post_number": 2}, {"post_number": -1}, {"post_number": 10**30}),
        "2.json": topic(1, {"raw": "Again."}), "3.json": topic(-(10**12), {}), "4.json": topic(10**30, {}),
        "categories.json": escaped({"category_list": {"categories": [{"id": 1, "name": "A", "parent_category_id": 2}, {"id": 2, "name": "B", "parent_category_id": 1}, {"id": 3, "name": "C", "parent_category_id": 3}]}}),
    },
    "files-outside": {"1.json": topic(1, {"raw": "![a](upload://../../secret.png) ![b](upload://1.png) <img src='/etc/passwd'> [quote=\"" + "x" * 5_000 + "\"]"}), "uploads/0000000000000000000000000000000000000001.png": ("link", "secret.txt"), "2.json": ("link", "secret.txt"), "loop": ("link", ".")},
    "broken": {"1.json": topic(1, {}), "2.json": deep(100_000), "3.json": topic(3, {})[:-30], "4.json": "\x00", "5.json": b"\xff\xfe{}", "6.json": "7", "7.json": ""},
    "empty": {"1.json": topic(1), "readme.txt": "x"},
}


def letter(head, body="Text.", envelope="From a@b.example Tue Jan  1 10:00:00 2019"):
    return f"{envelope}\n{head}\n\n{body}\n\n"


def plain(id, **more):
    fields = {"Message-ID": f"<{id}@l.example>", "From": "Ada <ada@l.example>", "Date": "Tue, 1 Jan 2019 10:00:00 +0000", "Subject": "Rope", **more}
    return "\n".join(f"{name.replace('_', '-')}: {value}" for name, value in fields.items())


def parts(depth):
    inner = "Content-Type: text/plain\n\nDeep."
    for level in range(depth):
        inner = f"Content-Type: multipart/mixed; boundary=b{level}\n\n--b{level}\n{inner}\n--b{level}--"
    return inner


MBOX = {
    "from-lines": letter(plain(1), "From here on\n\nFrom now until Friday, 10:00, in 2019 we meet.\n\n>From quoted\n>>From twice\n\nFrom a Tue Jan  1 10:00:00 2019\nno head follows, but this text"),
    "encoded-words": letter(plain(1, Subject="=?utf-8?q?" + "=?utf-8?q?a?=" * 20_000, From="=?x?x?x?=" * 2_000 + " <a@l.example>", To="=?utf-8?b?" * 5_000)) + letter(plain(2, Subject="=?utf-8?b?/////w==?= =?klingon?q?x?= =?utf-8?q?=?= =?utf-8?q?=ZZ?= =?iso-8859-1?q?" + "=FF" * 30_000 + "?=")),
    "character-sets": "".join(letter(plain(number, Content_Type=f"text/plain; charset={name}"), "Gr\xfc\xdfe \x81 \x00 end") for number, name in enumerate(["utf-8", "klingon", "", '"', "utf-7", "utf-16", "shift_jis", "../../x", "x" * 100_000, "UTF-8//IGNORE", "koi8-r; charset=utf-8"])).encode("latin-1"),
    "heads": letter("") + letter("no colon here") + letter("Subject: only") + letter(": empty") + letter("Sub ject: x\nFrom: y") + letter(plain(1, Subject=LONG)) + letter(plain(2, Subject="a" + "\n b" * 100_000)) + letter(plain(3, Subject="\x00\x01\x7f")) + letter(plain(4, Subject="")) + "".join(letter(f"X-{number}: y\n" * 200) for number in range(20)),
    "loops": letter(plain(1, References="<2@l.example>")) + letter(plain(2, References="<3@l.example>")) + letter(plain(3, In_Reply_To="<1@l.example>")) + letter(plain(4, References="<4@l.example>")) + letter(plain(5, References="<a@x> <b@x> <a@x> <5@l.example>")) + letter(plain(1)) + letter(plain("", References="<>")) + letter(plain(6, References="<" * 50_000)),
    "parts": letter("Message-ID: <1@l.example>\nFrom: a\n" + parts(60)) + letter(plain(2, Content_Type="multipart/mixed; boundary=x"), "--x\n" * 20_000) + letter(plain(3, Content_Type="multipart/mixed"), "none") + letter(plain(4, Content_Type="multipart/alternative; boundary=\"\""), "--\n\nx\n--") + letter(plain(5, Content_Type="text/plain", Content_Transfer_Encoding="base64"), "!!!! ====") + letter(plain(6, Content_Type="image/png; name=../../x.png"), "x") + letter(plain(7, Content_Transfer_Encoding="quoted-printable"), "=" * 10_000 + "=4"),
    "dates": "".join(letter(plain(number, Date=date)) for number, date in enumerate(["", "Tue", "32 Jan 2019 10:00:00", "1 Jan 0000 00:00:00", "1 Jan 99999999999999999999 10:00", "1 Jan 2019 99:99:99 +9999", "(((" * 5_000, "1 Jan 69 00:00 EST"])),
    "cut": letter(plain(1, Content_Type="multipart/mixed; boundary=b"), "--b\nContent-Type: text/plain\n\nCut o")[:-6],
    "bare-returns": letter(plain(1)).replace("\n", "\r\n") + letter(plain(2), "a\rb\r\rc"),
    "no-mbox": "Dear all,\n\nFrom now on\n",
}

VAULT = {
    "every-mark-open": {f"n{number}.md": mark * 3_000 + " words" for number, mark in enumerate(["[[", "![[", "==", "%%", "^[", "#a/", "#[[", "((", "{{", "```", "> [!x]-", "$$", "[[a#^", "|", "\\"])},
    "names": {"a.md": "[[" + "n" * 900 + "]] [[\x01]] ![[\n]] [[a|" + "b" * 900 + "]]", "CON.md": "x", " .md": "x", "a\nb.md": "x", "\u202ec.md": "x", "A.md": "x", "é.md": "x", "e\u0301.md": "x", "n" * 240 + ".md": "x", "..md": "x", "# x.md": "x", b"\xff.md": "x", "---.md": "x", "x.MD": "x"},
    "links-outside": {"a.md": "![[secret.txt]] ![[../secret.txt]] ![x](../secret.txt) ![[link.txt]] ![[linked/secret.txt]]", "note.md": ("link", "secret.txt"), "link.txt": ("link", "secret.txt"), "linked": ("link", ".."), "loop": ("link", ".")},
    "matter": {f"m{number}.md": f"---\n{text}\n---\nText.\n" for number, text in enumerate(["a: &a [*a]", "a: " + "[" * 2_000, "title: \x00", "title: [a, {b: c}]", "tags: " + ", ".join(f"t{n}" for n in range(3_000)), "date: 99999-99-99", "aliases: " + "[x, x, x]", "title: '" + "x" * 20_000 + "'", "<<: *b", "title: !!binary x", "author: " + "\u202e"])},
    "bytes": {"a.md": b"\xff\xfe\x00a", "b.md": "\x00" * 1_000, "c.md": b"\xed\xa0\x80 x", "d.md": "", "e.md": "\ufeff# Head\n", "f.md": "x" * 2_000_000, "g.md": "#t" + " #t".join(f"{n}" for n in range(20_000))},
    "loops": {"a.md": "![[b]] [[a]]", "b.md": "![[a]] ![[b]]", "d/" * 40 + "deep.md": "x"},
    "no-note": {"a.txt": "x"},
}


def staticman(files):
    return {"_posts/2019-01-01-rope.md": "---\ntitle: Rope\n---\n\nText.\n", **files}


STATICMAN = {
    "every-value-at-every-key": staticman({f"_data/comments/rope/{key}-{number}.json": escaped({"_id": f"{key}-{number}", "name": "Bo", "date": "2019-01-02", "message": "Text.", key: text}) for key in ["_id", "name", "date", "message", "url", "replying_to", "_parent", "email"] for number, text in enumerate(TEXTS)}),
    "loops": staticman({f"_data/comments/rope/{name}.yml": f"_id: {name}\nname: Bo\ndate: 2019-01-02\nmessage: x\nreplying_to_uid: {parent}\n" for name, parent in [("a", "b"), ("b", "a"), ("c", "c"), ("d", "none"), ("e", "../a")]} | {"_data/comments/rope/f.yml": "_id: a\nname: Bo\ndate: 2019-01-02\nmessage: twin\n"}),
    "yaml": staticman({f"_data/comments/rope/{number}.yml": text for number, text in enumerate(["a: &a [*a, *a]\nmessage: x", "message: " + "[" * 3_000, "message: \x00\nname: x", "- list", "message: |\n  " + "> " * 300 + "x", "%YAML 9\n---\nmessage: x", "message: x\n---\nmessage: y", "", "name: Bo\nmessage: 'never closed"])}),
    "links-outside": staticman({"_data/comments/rope/a.yml": ("link", "secret.txt"), "_data/comments/linked": ("link", ".."), "_posts/2019-01-02-b.md": ("link", "secret.txt"), "_posts/2019-01-03-c.md": "---\ntitle: C\nimage: ../../secret.txt\n---\n![x](../secret.txt) {% include secret.txt %} {% highlight \n{% raw %} {% post_url ../../x %}\n"}),
    "names": staticman({f"_data/comments/{name}/a.yml": "name: Bo\ndate: 2019-01-02\nmessage: x\n" for name in ["..x", "a\nb", "\u202e", "CON", "n" * 200, "é", "rope.md"]}),
}


def wxr(items, head=""):
    return f'<?xml version="1.0" encoding="UTF-8"?>{head}\n<rss version="2.0" xmlns:content="c" xmlns:dc="d" xmlns:wp="w"><channel><title>Old</title><link>https://old.example</link>{items}</channel></rss>'


def item(id, more="", comments="", text="Text."):
    return f"<item><title>T{id}</title><link>https://old.example/t{id}/</link><wp:post_name>t{id}</wp:post_name><wp:post_id>{id}</wp:post_id><wp:post_date_gmt>2020-01-01 10:00:00</wp:post_date_gmt><wp:status>publish</wp:status><wp:post_type>post</wp:post_type><dc:creator>ada</dc:creator><content:encoded><![CDATA[{text}]]></content:encoded>{more}{comments}</item>"


def said(id, parent=0, text="Text.", more=""):
    return f"<wp:comment><wp:comment_id>{id}</wp:comment_id><wp:comment_parent>{parent}</wp:comment_parent><wp:comment_author>Bo</wp:comment_author><wp:comment_date_gmt>2020-01-02 10:00:00</wp:comment_date_gmt><wp:comment_approved>1</wp:comment_approved><wp:comment_content><![CDATA[{text}]]></wp:comment_content>{more}</wp:comment>"


def attachment(id, address):
    return item(id, f"<wp:post_parent>1</wp:post_parent><wp:attachment_url>{address}</wp:attachment_url>").replace("<wp:post_type>post", "<wp:post_type>attachment")


WORDPRESS = {
    "loops-and-twins": wxr(item(1, comments=said(1, 2) + said(2, 1) + said(3, 3) + said(4, 99) + said(1) + said("")) + item(1) + "<wp:category><wp:category_nicename>a</wp:category_nicename><wp:cat_name>A</wp:cat_name><wp:category_parent>b</wp:category_parent></wp:category><wp:category><wp:category_nicename>b</wp:category_nicename><wp:cat_name>B</wp:cat_name><wp:category_parent>a</wp:category_parent></wp:category>"),
    "markup": wxr("".join(item(number, text=text, comments=said(number, text=text)) for number, text in enumerate(["<b>" * 3_000, "</p>" * 3_000, "<a '" * 3_000, "<table>" * 500, "[caption]" * 2_000, "[/caption]" * 2_000, "<pre>" * 500 + "x", "<!--" * 2_000, "<p title='" + "x" * 100_000, "&#0;&#xD800;&#1114112;" * 500, "<a href='javascript:x'>y</a><img src=/etc/passwd onerror=x>", "<svg><script>x</script></svg>"]))),
    "attachments-outside": wxr(item(1, text="<img src='https://old.example/wp-content/uploads/../../secret.txt'>") + "".join(attachment(number + 2, f"https://old.example/wp-content/uploads/{path}") for number, path in enumerate(["../secret.txt", "..%2Fsecret.txt", "%2e%2e/secret.txt", "/etc/passwd", "a/../../secret.txt", "x%00.png", "n" * 5_000, "link.txt"]))),
    "numbers": wxr(item("9" * 400) + item("-1") + item("1e3") + item("\u0661") + item("<b/>")),
    "long": wxr(item(1).replace("T1", LONG)),
    "document-type": wxr(item(1), '<!DOCTYPE rss [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'),
    "cut": wxr(item(1, comments=said(1)))[:-60],
    "depth": wxr("<item>" + "<x>" * 5_000),
}


def dsq(items):
    return f'<?xml version="1.0" encoding="utf-8"?>\n<disqus xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals">{items}</disqus>'


def thread(id, link="https://old.example/rope/"):
    return f'<thread dsq:id="{id}"><id>x</id><forum>old</forum><link>{link}</link><title>Rope</title><createdAt>2012-01-01T00:00:00Z</createdAt></thread>'


def remark(id, thread, parent="", text="<p>Text.</p>"):
    up = f'<parent dsq:id="{parent}"/>' if parent else ""
    return f'<post dsq:id="{id}"><message><![CDATA[{text}]]></message><createdAt>2012-01-02T00:00:00Z</createdAt><isDeleted>false</isDeleted><isSpam>false</isSpam><author><name>Bo</name></author><thread dsq:id="{thread}"/>{up}</post>'


DISQUS = {
    "loops-and-twins": dsq(thread(1) + thread(1) + thread(2) + remark(1, 1, 2) + remark(2, 1, 1) + remark(3, 1, 3) + remark(4, 1, 99) + remark(1, 1) + remark("", 1) + remark(5, 77) + remark(6, 2, 1)),
    "links": dsq("".join(thread(number, link) for number, link in enumerate(["", "/", "../..", "javascript:x", "https://x.example/../../etc/passwd", "https://x.example/%2e%2e/%2e%2e/x", "https://x.example/?p=1", "//x", "x" * 5_000, "https://x.example/" + "a/" * 500, "https://x.example/\u202e"]))),
    "broken-item": dsq(thread(1) + remark(1, 1) + "<post dsq:id='2'><message>a & b \x01</message></post>" + remark(3, 1)),
    "cut": dsq(thread(1) + remark(1, 1))[:-30],
    "no-thread": dsq(""),
}

FILES = {"comments": ("in.jsonl", COMMENTS), "discussions": ("in.json", DISCUSSIONS), "mbox": ("in.mbox", MBOX), "wordpress": ("in.xml", WORDPRESS), "disqus": ("in.xml", DISQUS)}
FOLDERS = {"discourse": DISCOURSE, "vault": VAULT, "staticman": STATICMAN}
CASES = [(kind, name) for kind, (_, cases) in FILES.items() for name in cases] + [(kind, name) for kind, cases in FOLDERS.items() for name in cases]


def put(place, content, outside):
    if isinstance(place, bytes):
        os.makedirs(os.path.dirname(place), exist_ok=True)
        with open(place, "w") as file:
            file.write(content)
        return
    place.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(content, tuple):
        place.symlink_to(outside / content[1] if content[1] == "secret.txt" else content[1])
    elif isinstance(content, bytes):
        place.write_bytes(content)
    else:
        place.write_bytes(content.encode())


@pytest.fixture
def place(tmp_path):
    for folder in ("source", "community"):
        (tmp_path / folder).mkdir()
    (tmp_path / "secret.txt").write_text(SECRET)
    (tmp_path / "secret.png").write_text(SECRET)
    (tmp_path / "source/own.txt").write_text("own")
    (tmp_path / "source/link.txt").symlink_to(tmp_path / "secret.txt")
    (tmp_path / "source/linked").symlink_to(tmp_path)
    (tmp_path / "community/stoa.yml").write_text("title: Ours\nhistory: none\nhighlight: none\nsearch: none\n")
    return tmp_path


def write(kind, name, place):
    source = place / "source"
    if kind in FILES:
        file, cases = FILES[kind]
        content = cases[name]
        put(source / file, content if isinstance(content, bytes) else content.replace("SECRET_PATH", str(place / "secret.txt")), place)
        return source / file
    for link in ("own.txt", "link.txt", "linked"):
        (source / link).unlink()
    for path, content in FOLDERS[kind][name].items():
        put(os.fsencode(source) + b"/" + path if isinstance(path, bytes) else source / path, content, place)
    return source


@pytest.mark.parametrize("kind, name", CASES)
def test_a_source_that_is_odd_or_hostile_does_no_harm(kind, name, stoa, place):
    source = write(kind, name, place)
    community = place / "community"
    command = [stoa, "import", kind, source, "--into", community, "--author", "Maren", "--report", place / "report.json"]
    done = subprocess.run(command, capture_output=True, timeout=60)
    said = done.stderr.decode(errors="replace")
    assert done.returncode in (0, 1, 74), said[-2_000:]
    if done.returncode:
        # The reason for a stop is one line, with the file's name.
        assert len(said.splitlines()) == 1 and "source" in said, said
        assert not (community / "content").exists()
    else:
        report = json.loads((place / "report.json").read_text())
        assert sum(count["found"] for count in report["counts"].values()) > 0
        if (community / "content/posts").exists():
            built = run(stoa, "build", "--source", community, "--quiet", check=False)
            assert built.returncode == 0, built.stderr[-2_000:]
        before = snapshot(community)
        assert subprocess.run(command, capture_output=True, timeout=60).returncode == 0
        assert snapshot(community) == before
    assert not any(SECRET.encode() in content or b"root:x:" in content for content in snapshot(place / "community").values())
    assert {path.name for path in place.iterdir()} <= {"source", "community", "secret.txt", "secret.png", "report.json"}
    assert {path.name for path in community.iterdir()} <= {"stoa.yml", "content", "site", ".stoa-import", ".stoa-cache"}


def snapshot(folder):
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file() and "site" not in path.parts and ".stoa-cache" not in path.parts}
