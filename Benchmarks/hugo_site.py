"""Writes a corpus as a Hugo site of the same pages: leaf bundles whose responses are page resources, two taxonomies."""

import json
import pathlib
import shutil

from corpus import Link

LAYOUTS = pathlib.Path(__file__).parent / "hugo"


def spelled(block):
    if isinstance(block, str):
        return block
    return "".join(f"[{part.title}](/posts/{part.slug}/)" if isinstance(part, Link) else part for part in block)


def text(body):
    return "\n\n".join(map(spelled, body)) + "\n"


def page(path, front, body=""):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(front, indent=1) + "\n\n" + body)


def slug(name):
    return name.lower().replace(" ", "-")


def write(community, folder, highlight=False):
    shutil.copytree(LAYOUTS, folder)
    config = (folder / "hugo.toml").read_text()
    (folder / "hugo.toml").write_text(config.replace("codeFences = false", f"codeFences = {str(highlight).lower()}"))
    content = folder / "content"
    page(content / "posts" / "_index.md", {"title": "Conversations"})
    page(content / "questions" / "index.md", {"title": "Questions", "layout": "questions"})
    page(content / "practices" / "index.md", {"title": "Practices", "layout": "practices"})
    page(content / "archive" / "_index.md", {"title": "Archive", "layout": "archive", "year": 0, "month": 0})
    for year, month in sorted({(post.date.year, month) for post in community.posts for month in (0, post.date.month)}):
        name = f"{year}/{month:02d}" if month else str(year)
        page(content / "archive" / name / "_index.md",
             {"title": name, "layout": "archive", "year": year, "month": month})
    for post in community.posts:
        bundle = content / "posts" / post.slug
        front = {"title": post.title, "slug": post.slug, "date": post.date.isoformat(), "topics": post.topics,
                 "contributors": [post.author], "kind_of_post": post.kind,
                 "outputs": ["html", "atom"] if post.responses else ["html"]}
        page(bundle / "index.md", front, text(post.body))
        for response in post.responses:
            front = {"title": response.id, "date": response.date.isoformat(), "by": response.author or response.guest,
                     "guest": response.guest is not None, "reply_to": response.reply_to or ""}
            page(bundle / f"{response.id}.md", front, text(response.body))
    # People who only responded have a page, too.
    for person in sorted({r.author for post in community.posts for r in post.responses if r.author}):
        page(content / "contributors" / person / "_index.md", {"title": person})
