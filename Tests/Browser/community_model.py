"""The content of a community's files, read independently of Stoa: who wrote what, when, and in answer to what."""

import dataclasses
import datetime
import pathlib
import unicodedata
import zoneinfo
from collections import Counter

import yaml

AS_OF = datetime.datetime.fromtimestamp(1782000000, datetime.timezone.utc)  # the SOURCE_DATE_EPOCH of conftest.run


class Front(yaml.SafeLoader):
    """YAML whose scalars are all text, as Stoa reads them."""


Front.yaml_implicit_resolvers = {}


def fold(name):
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


@dataclasses.dataclass
class Said:
    """A post or a response, with the responses to it."""

    id: str
    authors: list
    date: str
    kind: str
    is_removed: bool
    replies: list
    answer: str = ""

    def tree(self):
        return (self.id, self.authors, moment(self.date), [reply.tree() for reply in self.replies])

    def count(self):
        return sum(reply.count() + (not reply.is_removed) for reply in self.replies)


ZONE = [datetime.timezone.utc]


def moment(date):
    """A day unchanged; an instant in UTC, whatever its zone."""
    if len(date) == 10:
        return date
    instant = datetime.datetime.fromisoformat(date)
    if instant.tzinfo is None:
        instant = instant.replace(tzinfo=ZONE[0])
    return instant.astimezone(datetime.timezone.utc).isoformat()


def instant(date):
    if len(date) == 10:
        return datetime.datetime.fromisoformat(date).replace(tzinfo=ZONE[0])
    return datetime.datetime.fromisoformat(moment(date))


def read(file):
    text = file.read_text(encoding="utf-8-sig").replace("\r\n", "\n")
    _, front, body = text.split("---\n", 2) if text.startswith("---\n") else ("", "", text)
    return yaml.load(front, Front) or {}, body


def listed(value):
    return [value] if isinstance(value, str) else value or []


class CommunityModel:
    """The public conversations of a community by slug, as of the tests' day."""

    def __init__(self, root):
        content = pathlib.Path(root) / "content"
        settings = yaml.load((pathlib.Path(root) / "stoa.yml").read_text(encoding="utf-8"), Front)
        ZONE[0] = zoneinfo.ZoneInfo(settings.get("timezone", "UTC"))
        self.handles, self.names = {}, {}
        for file in sorted((content / "contributors").glob("*.md")):
            front, _ = read(file)
            handle = unicodedata.normalize("NFC", file.stem)
            self.names[handle] = front.get("name", handle)
            for name in [handle, self.names[handle], *listed(front.get("aliases"))]:
                self.handles[fold(name)] = handle
        posts = {}
        for file in sorted((content / "posts").rglob("*.md")):
            slug = file.parent.name if file.name == "index.md" else file.stem
            posts[unicodedata.normalize("NFC", slug)] = (file, *read(file))
        responses = {}
        for file in sorted((content / "responses").rglob("*.md")):
            responses.setdefault(unicodedata.normalize("NFC", file.parent.name), []).append((file.stem, read(file)[0]))
        self.spellings = {}
        for front in [post[1] for post in posts.values()] + [r[1] for each in responses.values() for r in each]:
            for name in listed(front.get("author")):
                self.spellings.setdefault(fold(name), Counter())[" ".join(unicodedata.normalize("NFC", name).split())] += 1
        self.conversations = {
            slug: self.conversation(slug, front, responses.get(slug, []))
            for slug, (_, front, _) in posts.items()
            if front.get("draft") != "true" and instant(front["date"]) <= AS_OF
        }

    def name(self, author):
        """A contributor's own name, otherwise its most frequent spelling."""
        if fold(author) in self.handles:
            return self.names[self.handles[fold(author)]]
        spellings = self.spellings[fold(author)]
        most = max(spellings.values())
        return min((name for name, count in spellings.items() if count == most), key=str.encode)

    def speakers(self, front):
        if "removed" in front:
            return []
        if "guest" in front:
            return [front["guest"]]
        return [self.name(author) for author in listed(front.get("author"))]

    def said(self, id, front):
        return Said(id, self.speakers(front), front["date"], front.get("kind", ""), "removed" in front, [], front.get("answer", ""))

    def conversation(self, slug, front, responses):
        post = self.said(slug, front)
        made = {id: self.said(id, front) for id, front in responses if instant(front["date"]) <= AS_OF}
        parents = {id: front.get("reply-to") for id, front in responses if id in made}
        for id in sorted(made, key=lambda id: (instant(made[id].date), id.encode())):
            parent = parents[id]
            is_apart = made[id].kind == "mention" and parent is None and id not in parents.values()
            if not is_apart and (parent is None or parent in made):
                (made[parent] if parent else post).replies.append(made[id])
        return post
