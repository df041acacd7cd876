"""The initial state for pages of the guide that need more than a new community."""

# Steps that are complete when a test begins: the program is built and found.
DONE = ("make site", "export PATH=")

WORDPRESS = """<?xml version="1.0"?>
<rss xmlns:content="c" xmlns:dc="d" xmlns:wp="w"><channel><title>Old</title><link>https://old.example</link>
<item><title>Rope</title><link>https://old.example/rope/</link><dc:creator>maren</dc:creator>
<content:encoded><![CDATA[About <b>rope</b>.]]></content:encoded><wp:post_id>1</wp:post_id>
<wp:post_date_gmt>2019-03-01 10:00:00</wp:post_date_gmt><wp:post_name>rope</wp:post_name>
<wp:status>publish</wp:status><wp:post_type>post</wp:post_type>
<wp:comment><wp:comment_id>1</wp:comment_id><wp:comment_author>Ada</wp:comment_author>
<wp:comment_date_gmt>2019-03-02 10:00:00</wp:comment_date_gmt><wp:comment_content>Well said.</wp:comment_content>
<wp:comment_approved>1</wp:comment_approved></wp:comment></item></channel></rss>
"""

DISQUS = """<?xml version="1.0"?>
<disqus xmlns:dsq="d"><thread dsq:id="1"><link>https://old.example/rope/</link><title>Rope</title></thread>
<post dsq:id="2"><message>Well said.</message><createdAt>2019-03-02T10:00:00Z</createdAt>
<author><name>Ada</name></author><thread dsq:id="1"/></post></disqus>
"""

LINES = """{"type": "post", "id": "rope", "title": "Rope", "author": "maren", "date": "2019-03-01", "text": "About rope."}
{"type": "response", "id": "1", "post": "rope", "guest": "Ada", "date": "2019-03-02T10:00:00Z", "text": "Well said."}
"""

DISCUSSIONS = """{"data": {"repository": {"nameWithOwner": "o/r", "discussions": {"totalCount": 1, "nodes": [{"id": "D1", "number": 1,
"title": "Rope", "url": "https://github.com/o/r/discussions/1", "body": "About rope.", "createdAt": "2019-03-01T10:00:00Z",
"author": {"login": "maren", "url": "https://github.com/maren"}, "comments": {"totalCount": 1, "nodes": [{"id": "C1",
"url": "https://github.com/o/r/discussions/1#discussioncomment-1", "body": "Well said.", "createdAt": "2019-03-02T10:00:00Z",
"author": {"login": "ada", "url": "https://github.com/ada"}}]}}]}}}}
"""

MBOX = """From ada Fri Mar  1 10:00:00 2019
Message-ID: <1@list.example>
Date: Fri, 1 Mar 2019 10:00:00 +0000
From: Maren <maren@list.example>
Subject: Rope

About rope.

From ada Sat Mar  2 10:00:00 2019
Message-ID: <2@list.example>
In-Reply-To: <1@list.example>
Date: Sat, 2 Mar 2019 10:00:00 +0000
From: Ada <ada@list.example>
Subject: Re: Rope

Well said.
"""

TOPIC = """{"id": 123, "title": "Rope", "slug": "rope", "post_stream": {"stream": [1, 2], "posts": [
{"id": 1, "name": "Maren", "created_at": "2019-03-01T10:00:00Z", "raw": "About rope.", "post_number": 1, "post_type": 1},
{"id": 2, "name": "Ada", "created_at": "2019-03-02T10:00:00Z", "raw": "Well said.", "post_number": 2, "post_type": 1}]}}
"""

FILES = {
    "import": {
        "export.xml": WORDPRESS,
        "disqus.xml": DISQUS,
        "comments.jsonl": LINES,
        "notes/rope.md": "---\ntitle: Rope\nauthor: Maren\ndate: 2019-03-01\n---\n\nWell said. [[knot]]\n",
        "notes/knot.md": "---\nauthor: Maren\ndate: 2019-03-01\n---\n\nAbout knots. #craft\n",
        "discussions.json": DISCUSSIONS,
        "list.mbox": MBOX,
        "topics/123.json": TOPIC,
        "uploads/.keep": "",
        "forum/.keep": "",
        "old-blog/_data/comments/rope/comment-1.yml": "name: Ada\nmessage: Well said.\ndate: 2019-03-02\n",
        "old-blog/_posts/2019-03-01-rope.md": "---\ntitle: Rope\n---\n\nAbout rope.\n",
    },
    "keeping-the-place": {
        "stoa.yml": "title: Knots\nurl: https://knots.example\naudiences: [team, public]\n",
        "content/posts/wet-ink.md": "---\ntitle: Wet ink\nauthor: [mara, lena]\ndate: 2026-01-05\n---\n\nText.\n",
        "content/responses/wet-ink/first.md": "---\nguest: Ada\ndate: 2026-01-06\n---\n\nAs I saw it.\n",
        "content/posts/slack-rope.md": "---\ntitle: Slack rope\nauthor: jonas\ndate: 2026-01-01\n---\n\nText.\n",
        "content/posts/index-of-knots.md": (
            "---\ntitle: Index\nauthor: [mara, jonas]\ndate: 2026-01-02\ntopics: [splices, splicing]\n---\n\n"
            "[[slack-rope]], [again](slack-rope.md), [once more](/posts/slack-rope/). Thanks to @jonas. `[[slack-rope]]`\n"
        ),
        "content/responses/slack-rope/first.md": "---\nauthor: mara\ndate: 2026-01-03\n---\n\nYes.\n",
        "content/responses/slack-rope/second.md": "---\nauthor: mara\ndate: 2026-01-04\nreply-to: first\n---\n\nNo.\n",
    },
}


def prepare(page, folder, stoa):
    """Makes the initial state of a page, and returns the reader's folder."""
    files = FILES.get("import" if page.startswith("import-") else page)
    if page == "start-here":
        return folder
    if files is None:
        (folder.parent / "name").write_text("[user]\n\tname = Ada Byron\n")
        stoa("init", folder / "my-notes", GIT_CONFIG_GLOBAL=str(folder.parent / "name"))
        return folder / "my-notes"
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder


def look_at(page, folder):
    """Checks the results of a page's commands, besides their output."""
    if page.startswith("import-"):
        assert "Well said." in (folder / "forum/site/posts/rope/index.html").read_text()
        assert (folder / "forum/.stoa-import").exists()
