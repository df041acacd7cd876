"""Makes up communities: posts, threads, guests, people, topics, pages and links between them, all from one seed.

What is made is valid: a build may warn about a link to something hidden, and never fails.

Other communities are made up elsewhere, because each oracle reads its generator's own record of what it made. Here names are
spelled in several ways and collide, and each sentence's link is recorded, so that a page can be worked out word by word.
Tests/Audiences/communities.py makes every word unique, so that one that leaks is seen, and breaks what it makes. Tests/Format
makes up documents, of blocks in any order. Tests/Editing/test_random_moves.py has every form of reference in every text.
Benchmarks/corpus.py has the sizes of real communities, and may not change, since times are compared over years.
"""

import dataclasses
import datetime
import random
from zoneinfo import ZoneInfo

HOST = "https://portico.example"
AS_OF = "2026-06-01"
AUDIENCES = ["team", "community", "public"]


@dataclasses.dataclass
class Text:
    """Sentences, each with at most one link: the sentence as plain text with `{}` for the link, and the link."""

    sentences: list = dataclasses.field(default_factory=list)


@dataclasses.dataclass
class Link:
    """`target` is ("post", slug), ("response", slug, id), ("page", slug) or ("person", handle)."""

    markdown: str
    target: tuple
    # The words in the sentence; None: the target's title.
    label: str | None


@dataclasses.dataclass
class Person:
    handle: str
    name: str
    has_file: bool
    spellings: list
    aliases: list
    is_listed: bool = True
    audience: str | None = None


@dataclasses.dataclass
class Topic:
    slug: str
    title: str
    has_file: bool
    spellings: list
    aliases: list
    parent: str | None = None
    order: list = dataclasses.field(default_factory=list)
    audience: str | None = None


@dataclasses.dataclass
class Response:
    id: str
    author: str | None = None
    guest: str | None = None
    date: str = ""
    reply_to: str | None = None
    audience: str | None = None
    is_mention: bool = False
    is_removed: bool = False
    aliases: list = dataclasses.field(default_factory=list)
    stance: str | None = None
    # Keys of the community's own: text, or a list of texts.
    extras: dict = dataclasses.field(default_factory=dict)
    text: Text = dataclasses.field(default_factory=Text)


@dataclasses.dataclass
class Post:
    slug: str
    title: str
    folder: str
    is_bundle: bool
    authors: list
    date: str
    kind: str
    topics: list
    aliases: list
    audience: str | None = None
    is_draft: bool = False
    is_pinned: bool = False
    is_unlisted: bool = False
    accepts_responses: bool = True
    answer: str | None = None
    updated: str | None = None
    summary: str | None = None
    extras: dict = dataclasses.field(default_factory=dict)
    distilled_from: list = dataclasses.field(default_factory=list)
    responses: list = dataclasses.field(default_factory=list)
    text: Text = dataclasses.field(default_factory=Text)

    @property
    def file(self):
        name = f"{self.slug}/index.md" if self.is_bundle else f"{self.slug}.md"
        return f"content/posts/{self.folder}{name}"


@dataclasses.dataclass
class Page:
    slug: str
    title: str
    order: int
    audience: str | None = None
    text: Text = dataclasses.field(default_factory=Text)


@dataclasses.dataclass
class Community:
    base: str
    zone: ZoneInfo
    page_size: int
    permalinks: str
    audiences: list
    posts: list = dataclasses.field(default_factory=list)
    people: list = dataclasses.field(default_factory=list)
    topics: list = dataclasses.field(default_factory=list)
    pages: list = dataclasses.field(default_factory=list)


NAMES = [
    "Maren Oyelaran", "Ελένη Δρακάκη", "Zoë Quick", "森下 千早", "Jun B", "Henrik Vasshaug", "ليلى", "Ada",
]
TOPICS = ["Trust", "Night Shifts", "Über uns", "Ἀγορά", "Fieldwork 2"]
STANCES = ["builds-on", "differs", "experience", "asks"]
WORDS = "harbour roof ladder question cup sheet river table window clerk winter map".split()


def make(seed):
    """The community of a seed."""
    return Maker(random.Random(seed)).community


class Maker:
    def __init__(self, random):
        self.random = random
        self.count = 0
        self.community = Community(
            base=random.choice(["", "/notes", "/a/b"]),
            zone=ZoneInfo(random.choice(["UTC", "Europe/Lisbon", "America/St_Johns", "Asia/Kathmandu"])),
            page_size=random.choice([2, 3, 5, 50]),
            permalinks=random.choice(["/posts/:slug/", "/posts/:slug/", "/:year/:month/:slug/"]),
            audiences=AUDIENCES if random.random() < 0.3 else [],
        )
        self.make_people()
        self.make_topics()
        for _ in range(random.randint(1, 8)):
            self.community.posts.append(self.post())
        for number in range(random.randint(0, 2)):
            self.community.pages.append(
                Page(f"page-{number}", f"The Page {number}", random.randint(-1, 1), self.audience())
            )
        for topic in self.community.topics:
            if topic.has_file and self.community.posts and self.chance(0.6):
                slugs = [post.slug for post in self.community.posts]
                topic.order = random.sample(slugs, random.randint(1, min(3, len(slugs))))
        self.write_texts()

    def chance(self, share):
        return self.random.random() < share

    def number(self):
        self.count += 1
        return self.count

    def audience(self):
        """The audience of a file, usually the widest, so that there is visible content."""
        if not self.community.audiences:
            return None
        return self.random.choice(["public"] * 4 + AUDIENCES)

    # People and topics

    def make_people(self):
        for name in self.random.sample(NAMES, self.random.randint(1, 6)):
            has_file = self.chance(0.5)
            if has_file:
                handle = f"person{self.number()}"
                aliases = [f"Alias {handle}"] if self.chance(0.5) else []
                spellings = [handle, name, f" {name}  ", *aliases]
            else:
                handle = slug(name)
                aliases = []
                spellings = [name, name, name.upper(), handle]
            self.community.people.append(
                Person(handle, name, has_file, spellings, aliases, not has_file or self.chance(0.8))
            )

    def make_topics(self):
        chosen = self.random.sample(TOPICS, self.random.randint(0, 4))
        for title in chosen:
            has_file = self.chance(0.5)
            aliases = [f"Old {title}"] if has_file and self.chance(0.4) else []
            self.community.topics.append(
                Topic(slug(title), title, has_file, [title, title, title.lower(), slug(title), *aliases], aliases)
            )
        for index, topic in enumerate(self.community.topics):
            if topic.has_file and index > 0 and self.chance(0.5):
                topic.parent = self.random.choice(self.community.topics[:index]).title

    # Posts and responses

    def date(self):
        """Days and instants that often coincide, some of them in the future."""
        day = datetime.date(2026, 1, 1) + datetime.timedelta(days=self.random.choice([0, 0, 1, 2, 31, 40, 119, 150]))
        if self.chance(0.05):
            day = datetime.date(2026, 7, self.random.randint(1, 28))
        if self.chance(0.6):
            return day.isoformat()
        time = self.random.choice(["00:00", "09:30", "23:45:10"])
        zone = self.random.choice(["", "Z", "+02:00", "-05:00"])
        return f"{day.isoformat()}T{time}{zone}"

    def post(self):
        number = self.number()
        post = Post(
            slug=self.random.choice([f"post-{number}", f"Δοκιμή-{number}", f"a.b_{number}"]),
            title=self.random.choice([f"Post {number}", f"A & B “{number}”", f"# no. {number} <i>"]),
            folder=self.random.choice(["", "2026/", "2026/spring/"]),
            is_bundle=self.chance(0.2),
            authors=[
                self.random.choice(person.spellings)
                for person in self.random.sample(
                    self.community.people, min(len(self.community.people), self.random.choice([1, 1, 2]))
                )
            ],
            date=self.date(),
            kind=self.random.choice(["article", "article", "question", "practice"]),
            topics=[
                self.random.choice(topic.spellings)
                for topic in self.random.sample(
                    self.community.topics, self.random.randint(0, min(3, len(self.community.topics)))
                )
            ],
            aliases=[f"/old/{number}/"] if self.chance(0.3) else [],
            audience=self.audience(),
            is_draft=self.chance(0.06),
            is_pinned=self.chance(0.15),
            is_unlisted=self.chance(0.12),
            accepts_responses=self.chance(0.85),
            updated=self.date() if self.chance(0.2) else None,
            summary=f"In short, no. {number} & more" if self.chance(0.3) else None,
            extras=self.extras(),
        )
        for _ in range(self.random.choice([0, 0, 1, 3, 6, 12])):
            post.responses.append(self.response(post))
        earlier = self.community.posts
        if post.kind == "practice" and earlier:
            for source in self.random.sample(earlier, min(len(earlier), self.random.randint(0, 2))):
                fragment = f"#response-{source.responses[0].id}" if source.responses and self.chance(0.5) else ""
                post.distilled_from.append(source.slug + fragment)
        return post

    def response(self, post):
        response = Response(id=f"r{self.random.choice(['', 'x-'])}{self.number()}", date=self.date())
        # Deep rather than wide, because deep threads are more difficult.
        if post.responses and self.chance(0.7):
            response.reply_to = self.random.choice(post.responses[-3:]).id
        if self.chance(0.25):
            response.guest = self.random.choice(["Ada", "Test", "Maren Oyelaran"])
        else:
            response.author = self.random.choice(self.random.choice(self.community.people).spellings)
        response.is_mention = self.chance(0.12)
        response.is_removed = self.chance(0.1)
        if self.chance(0.1):
            response.aliases = [f"comment-{self.number()}"]
        if self.chance(0.3):
            response.stance = self.random.choice(STANCES)
        response.extras = self.extras()
        if self.community.audiences and self.chance(0.1):
            # Never wider than that of the answered document, which would be an error.
            response.audience = "team"
        return response

    def extras(self):
        if self.chance(0.7):
            return {}
        some = self.random.sample(WORDS, 2)
        return self.random.choice([{"x-mood": f"{some[0]} & “{some[1]}”"}, {"x-tools": some}, {"x-mood": "no", "x-tools": ["1"]}])

    # Texts

    def write_texts(self):
        for post in self.community.posts:
            post.text = self.text(post.file)
            for response in post.responses:
                response.text = self.text(f"content/responses/{post.slug}/{response.id}.md")
        for page in self.community.pages:
            page.text = self.text(f"content/pages/{page.slug}.md")

    def text(self, file):
        text = Text()
        for _ in range(self.random.randint(1, 3)):
            link = self.link(file) if self.chance(0.5) else None
            before = " ".join(self.random.sample(WORDS, 3)).capitalize()
            text.sentences.append((f"{before} {self.number()} {{}} end.", link))
        return text

    def link(self, file):
        kinds = ["post"] * 5 + ["person"] * 2 + (["page"] if self.community.pages else [])
        kind = self.random.choice(kinds)
        if kind == "person":
            person = self.random.choice(self.community.people)
            return self.random.choice(
                [
                    Link(f"[[@{person.handle}]]", ("person", person.handle), None),
                    Link(f"@{person.handle}", ("person", person.handle), f"@{person.handle}"),
                ]
            )
        if kind == "page":
            page = self.random.choice(self.community.pages)
            return Link(f"[[{page.slug}]]", ("page", page.slug), None)
        post = self.random.choice(self.community.posts)
        label = f"label {self.number()}"
        up = "../" * file.count("/")
        forms = [
            Link(f"[[{post.slug}]]", ("post", post.slug), None),
            Link(f"[[{post.slug}|{label}]]", ("post", post.slug), label),
            Link(f"[{label}]({up}{post.file})", ("post", post.slug), label),
        ]
        if post.responses:
            response = self.random.choice(post.responses)
            target = ("response", post.slug, response.id)
            forms.append(Link(f"[[{post.slug}#response-{response.id}]]", target, None))
            forms.append(
                Link(f"[{label}]({up}content/responses/{post.slug}/{response.id}.md)", target, label)
            )
        return self.random.choice(forms)


def slug(name):
    """By the format's rules: lower case, letters and digits of any script, and one hyphen for every other run."""
    import unicodedata

    kept = []
    for character in unicodedata.normalize("NFC", name.lower()):
        if unicodedata.category(character) in {"Lu", "Ll", "Lt", "Lm", "Lo", "Nd", "Nl", "Mn", "Mc"}:
            kept.append(character)
        elif kept and kept[-1] != "-":
            kept.append("-")
    return "".join(kept).strip("-")


# Files


def write(community, root):
    """Writes the community's repository."""

    def put(path, matter, body=""):
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        for key, value in matter.pop("extras", {}).items():
            matter[key] = listed(value) if isinstance(value, list) else quoted(value)
        lines = [f"{key}: {value}" for key, value in matter.items() if value not in (None, [], "")]
        file.write_text("---\n" + "\n".join(lines) + f"\n---\n\n{body}\n", encoding="utf-8")

    def quoted(text):
        return "'" + text.replace("'", "''") + "'"

    def listed(items):
        return "[" + ", ".join(quoted(item) for item in items) + "]" if items else None

    settings = [
        "title: Portico", f"url: {HOST}{community.base}", f"timezone: {community.zone.key}",
        f"page-size: {community.page_size}", f"permalinks: {community.permalinks}", "history: none", "search: none",
    ]
    if community.audiences:
        settings += [f"audiences: [{', '.join(community.audiences)}]", "default-audience: public"]
    (root / "stoa.yml").write_text("\n".join(settings) + "\n")
    for post in community.posts:
        put(
            post.file,
            {
                "title": quoted(post.title), "author": listed(post.authors), "date": quoted(post.date),
                "kind": post.kind, "topics": listed(post.topics), "aliases": listed(post.aliases),
                "audience": post.audience, "draft": "true" if post.is_draft else None,
                "pinned": "yes" if post.is_pinned else None, "unlisted": "true" if post.is_unlisted else None,
                "responses": None if post.accepts_responses else "closed", "answer": post.answer,
                "distilled-from": listed(post.distilled_from), "updated": post.updated and quoted(post.updated),
                "summary": post.summary and quoted(post.summary), "extras": post.extras,
            },
            markdown(post.text),
        )
        for response in post.responses:
            put(
                f"content/responses/{post.slug}/{response.id}.md",
                {
                    "author": response.author and quoted(response.author),
                    "guest": response.guest and quoted(response.guest), "date": quoted(response.date),
                    "reply-to": response.reply_to, "audience": response.audience,
                    "kind": "mention" if response.is_mention else None,
                    "removed": "on request" if response.is_removed else None,
                    "aliases": listed(response.aliases), "stance": response.stance, "extras": response.extras,
                },
                markdown(response.text),
            )
    for person in community.people:
        if person.has_file:
            put(
                f"content/contributors/{person.handle}.md",
                {
                    "name": quoted(person.name), "aliases": listed(person.aliases),
                    "listed": None if person.is_listed else "false",
                },
            )
    for topic in community.topics:
        if topic.has_file:
            put(
                f"content/topics/{topic.slug}.md",
                {
                    "title": quoted(topic.title), "parent": topic.parent and quoted(topic.parent),
                    "aliases": listed(topic.aliases), "order": listed(topic.order),
                },
            )
    for page in community.pages:
        put(
            f"content/pages/{page.slug}.md",
            {"title": quoted(page.title), "order": page.order or None, "audience": page.audience},
            markdown(page.text),
        )


def markdown(text):
    return "\n\n".join(
        sentence.format(link.markdown if link else "nothing") for sentence, link in text.sentences
    )
