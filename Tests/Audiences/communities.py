"""Random communities: repositories in which each item has a random audience.

`generate` writes one and returns its items; `Community.hidden` derives from the documented rules, without the program's code,
which files a build for an audience must treat as deleted. Tests/Property/random_community.py explains why there are two
generators.
"""

import dataclasses
import datetime
import pathlib
import random
import unicodedata

AS_OF = datetime.date(2026, 6, 1)
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360000002000001e221bc330000000049454e44ae426082"
)


@dataclasses.dataclass
class Item:
    """One markdown file with its other files, and the words that only it has."""

    kind: str
    name: str
    file: str
    audience: str | None = None
    title: str = ""
    date: datetime.date | None = None
    draft: bool = False
    authors: list = dataclasses.field(default_factory=list)
    topics: list = dataclasses.field(default_factory=list)
    parent: str | None = None
    post: str | None = None
    removed: bool = False
    aliases: list = dataclasses.field(default_factory=list)
    claims: list = dataclasses.field(default_factory=list)
    beside: list = dataclasses.field(default_factory=list)
    canaries: list = dataclasses.field(default_factory=list)


@dataclasses.dataclass
class Community:
    root: pathlib.Path
    audiences: list
    default: str | None
    items: list
    # Names of authors in commits.
    people: list
    # Words of people and topics without a file, which appear nowhere unless a visible text names them.
    loose: list

    def rank(self, audience):
        return self.audiences.index(audience) if self.audiences else 0

    def hidden(self, audience, drafts=False):
        """The items that a build for an audience must not show, and their other files."""
        own = self.rank(audience) if self.audiences else 0
        default = self.rank(self.default) if self.default else 0
        shown = {}

        def due(item):
            return drafts or not item.draft and (item.date is None or item.date <= AS_OF)

        by_kind = lambda kind: [item for item in self.items if item.kind == kind]
        ranks = {}
        for item in by_kind("post") + by_kind("page"):
            ranks[item.file] = self.rank(item.audience) if item.audience else default
            shown[item.file] = ranks[item.file] >= own and due(item)
        # Two posts with one name are an error; until it is fixed, responses to either have the narrower of the two audiences.
        posts = {}
        for item in by_kind("post"):
            rank, isshown = posts.get(item.name, (len(self.audiences), True))
            posts[item.name] = min(rank, ranks[item.file]), isshown and shown[item.file]
        responses = {(item.post, item.name): item for item in by_kind("response")}

        def standing(item):
            if item.file in shown:
                return
            rank, isshown = posts[item.post]
            if above := responses.get((item.post, item.parent)):
                standing(above)
                rank, isshown = ranks[above.file], shown[above.file]
            claimed = self.rank(item.audience) if item.audience else rank
            ranks[item.file] = min(claimed, rank)
            shown[item.file] = isshown and ranks[item.file] >= own and due(item)

        for item in responses.values():
            standing(item)
        visible = [item for item in by_kind("post") + by_kind("response") if shown[item.file]]
        names = {key(name) for item in visible if not item.removed for name in item.authors}
        answers = {(item.post, item.name) for item in visible if item.kind == "response"}
        for item in by_kind("contributor"):
            if item.audience or not self.audiences:
                shown[item.file] = not self.audiences or self.rank(item.audience) >= own
            else:
                shown[item.file] = bool({key(item.name), key(item.title)} & names or set(item.claims) & answers)
        topics = {key(name) for item in visible for name in item.topics}
        growing = True
        while growing:
            growing = False
            for item in by_kind("topic"):
                if shown.get(item.file):
                    continue
                if item.audience or not self.audiences:
                    shown[item.file] = not self.audiences or self.rank(item.audience) >= own
                else:
                    shown[item.file] = bool({key(name) for name in [item.name, item.title, *item.aliases]} & topics)
                if shown[item.file]:
                    growing = True
                    topics |= {key(item.parent)} if item.parent else set()
        hidden = [item for item in self.items if not shown[item.file]]
        files = {file for item in hidden for file in [item.file, *item.beside]}
        for item in by_kind("post"):
            # The folder of responses also contains files that are not responses.
            if not posts[item.name][1]:
                files |= {file for file in item.beside if file.startswith("content/responses/")}
        return hidden, files


def key(name):
    return unicodedata.normalize("NFC", " ".join(name.split())).casefold()


class Generator:
    def __init__(self, root, seed, hashistory=False, search="none"):
        self.root = root
        self.hashistory = hashistory
        self.search = search
        self.random = random.Random(seed)
        self.seed = seed
        self.items = []
        self.counter = 0

    def chance(self, probability):
        return self.random.random() < probability

    def pick(self, *choices):
        return self.random.choice(choices)

    def word(self):
        """A word that occurs nowhere else."""
        self.counter += 1
        return "q" + "".join(self.random.choice("bcdfghjkmnpqrstvwxz") for _ in range(9)) + str(self.counter)

    # Items

    def run(self):
        self.audiences = self.pick([], ["team", "public"], ["team", "community", "public"], ["a", "b", "c", "d"])
        self.audiences = [name + self.word() for name in self.audiences]
        self.default = self.pick(None, *self.audiences)
        self.people()
        self.topics()
        self.pages()
        for _ in range(self.random.randint(3, 8)):
            self.post()
        for post in [item for item in self.items if item.kind == "post" and self.chance(0.1)]:
            self.post(twin=post)
        for post in [item for item in self.items if item.kind == "post"]:
            for _ in range(self.random.choice([0, 1, 3, 8])):
                self.response(post)
        self.claims()
        for item in self.items:
            self.write(item)
        self.settings()
        self.statics()
        people = [name for item in self.items if item.kind == "contributor" for name in (item.title, item.name)]
        loose = [name.split()[0] for name in self.unfiled + self.loose_topics]
        return Community(self.root, self.audiences, self.default, self.items, people + self.unfiled, loose)

    def audience(self, probability=0.6):
        return self.pick(*self.audiences) if self.audiences and self.chance(probability) else None

    def date(self):
        return AS_OF + datetime.timedelta(days=self.random.randint(-400, 15))

    def canary(self, item):
        word = self.word()
        item.canaries.append(word)
        return word

    def add(self, kind, name, file, **values):
        item = Item(kind, name, file, **values)
        item.canaries.append(name)
        item.title = f"{self.canary(item)} {self.pick('Trust', 'Walks & talks', 'What <we> know', 'Ёлка')}"
        if kind == "post" and self.chance(0.2):
            item.title = self.pick("One title for many", "one  TITLE for many")
        self.items.append(item)
        return item

    def people(self):
        for _ in range(self.random.randint(2, 5)):
            name = self.word()
            item = self.add("contributor", name, f"content/contributors/{name}.md", audience=self.audience(0.4))
            if self.chance(0.3):
                item.beside.append(f"content/contributors/{name}.png")
        self.unfiled = [self.word() + " Person" for _ in range(3)]

    def claims(self):
        answers = [(item.post, item.name) for item in self.items if item.kind == "response"]
        for item in self.items:
            if item.kind == "contributor" and answers and self.chance(0.5):
                item.claims = self.random.sample(answers, min(self.pick(1, 2), len(answers)))

    def topics(self):
        names = [self.word() for _ in range(self.random.randint(2, 5))]
        for index, name in enumerate(names):
            parent = self.pick(*names[:index]) if index and self.chance(0.5) else None
            self.add("topic", name, f"content/topics/{name}.md", audience=self.audience(0.3), parent=parent)
        self.loose_topics = [f"{self.word()} Things" for _ in range(3)]
        for item in self.items:
            if item.kind == "topic" and self.chance(0.2):
                item.aliases = [f"{self.canary(item)} alias", self.loose_topics.pop()][: self.pick(1, 2)]
                self.loose_topics.append(f"{self.word()} Things")

    def pages(self):
        for _ in range(self.random.randint(0, 3)):
            name = self.word()
            self.add("page", name, f"content/pages/{name}.md", audience=self.audience())

    def post(self, twin=None):
        """A post; a post with the name of another one is in another folder."""
        name = twin.name if twin else self.word()
        bundle = self.chance(0.4)
        folder = self.pick("", "2026/") if not twin else "2026/" if "/2026/" not in twin.file else ""
        file = f"content/posts/{folder}{name}/index.md" if bundle else f"content/posts/{folder}{name}.md"
        item = self.add(
            "post", name, file, audience=self.audience(), date=self.date(), draft=self.chance(0.1),
            authors=[self.author() for _ in range(self.pick(1, 1, 2))],
            topics=[self.topic() for _ in range(self.random.randint(0, 3))],
        )
        if self.chance(0.05):
            # A removed post has no authors either.
            item.removed, item.authors = True, []
        if bundle:
            for ending in self.pick(["png"], ["png", "pdf"], ["deep/x.png"]):
                beside = f"content/posts/{folder}{name}/{self.canary(item)}.{ending}"
                if "deep/" in ending:
                    beside = f"content/posts/{folder}{name}/deep/{self.canary(item)}.png"
                item.beside.append(beside)
            if self.chance(0.3):
                # A file that no build accepts, and that only builds which show the post may report.
                stray = self.pick("notes-{}.md", "a|{}.png", "link-{}.png").format(self.canary(item))
                item.beside.append(f"content/posts/{folder}{name}/{stray}")
        if self.chance(0.2):
            item.beside.append(f"content/responses/{name}/{self.canary(item)}.{self.pick('txt', 'TXT.md')}")

    def response(self, post):
        siblings = [item.name for item in self.items if item.kind == "response" and item.post == post.name]
        name = self.word()
        removed = self.chance(0.1)
        parent = self.pick(*siblings) if siblings and self.chance(0.6) else None
        self.add(
            "response", name, f"content/responses/{post.name}/{name}.md", audience=self.audience(0.3),
            # The date may come from the commit.
            date=None if self.hashistory and self.chance(0.3) else self.date(), post=post.name, parent=parent, removed=removed,
            authors=[self.author()] if self.chance(0.6) else [],
        )

    def author(self):
        people = [item for item in self.items if item.kind == "contributor"]
        person = self.pick(*people)
        name = self.pick(person.name, person.title, *self.unfiled)
        return self.pick(name, name, name.upper() if " " in name else name)

    def topic(self):
        topics = [item for item in self.items if item.kind == "topic"]
        topic = self.pick(*topics)
        name = self.pick(topic.name, topic.title, *self.loose_topics)
        return self.pick(name, name, name.upper() if " " in name else name)

    # Texts

    def reference(self, item):
        """A reference to another item in some form, or to nothing."""
        other = self.pick(*self.items)
        if self.chance(0.1):
            return self.pick("[[nothing-here]]", "[x](../nowhere.md)", "@nobody-here", "![x](none.png)", "[y](#none)")
        if other.beside and self.chance(0.3):
            up = "../" * (item.file.count("/") - 1)
            path = other.beside[0].removeprefix("content/")
            return self.pick(f"![their image]({up}{path})", f"[their file]({up}{path})")
        if self.chance(0.1):
            # Similar enough to be suggested.
            near = other.name[:-1] + ("x" if not other.name.endswith("x") else "y")
            return self.pick(f"[[{near}]]", f"[[@{near}]]", f"[[topic:{near}]]", f"[[{other.post or other.name}#parts-one]]")
        match other.kind:
            case "post":
                up = "../" * (item.file.count("/") - 1)
                return self.pick(
                    f"[[{other.name}]]", f"[[{other.name}|label]]", "[[One title for many]]", f"[[{other.title}]]", f"[[{other.name}#part-one]]",
                    f"[words](/posts/{other.name}/)", f"[words]({up}{other.file.removeprefix('content/')})",
                    f"[[old-{other.name}]]", "[[/old/shared/]]", "[old](/old/shared/)", f"[words](/old/{other.name}/)", f"[words](/posts/{other.name}/feed.xml)",
                )
            case "response":
                return self.pick(
                    f"[[{other.post}#response-{other.name}]]", f"[r](/posts/{other.post}/#response-{other.name})"
                )
            case "contributor":
                return self.pick(f"@{other.name}", f"[[@{other.name}]]", f"[p](/contributors/{other.name}/)")
            case "topic":
                return self.pick(f"[[topic:{other.name}]]", f"[[topic:{other.title}]]", f"[t](/topics/{other.name}/)")
            case _:
                return self.pick(f"[[{other.name}]]", f"[p](/{other.name}/)")

    def body(self, item):
        parts = [f"{self.canary(item)} begins. {self.reference(item)}"]
        if self.chance(0.4):
            other = self.pick(*[other for other in self.items if other.kind in ("post", "response", "page")])
            name = f"{other.post}#response-{other.name}" if other.kind == "response" else other.name
            parts.append(self.pick(f"![[{name}]]", f"![[{name}|{self.canary(item)}]]", f"![[{other.post or name}#part-one]]"))
        for _ in range(self.random.randint(0, 5)):
            word = self.canary(item)
            parts.append(
                self.pick(
                    f"A {word} and {self.reference(item)}, then {self.reference(item)}.",
                    f"## Part one\n\n{word} {self.reference(item)}",
                    f"## {word}\n\ntext",
                    f"> [!NOTE]\n> {word} {self.reference(item)}",
                    f"- {word}\n- {self.reference(item)}",
                    f"| a | b |\n|---|--:|\n| {word} | c |",
                    f"Note[^1].\n\n[^1]: {word} {self.reference(item)}",
                    f"```text\n{word}\n```",
                    f"<details><summary>{word}</summary>\n\nhidden words\n\n</details>",
                    f"<img src=\"/static-{self.seed}.png\" alt=\"{word}\">",
                    f"<p title=\"{word}\">raw <a href=\"/about/\">link</a></p>",
                )
            )
        for file in item.beside:
            if item.kind == "post" and self.chance(0.7):
                parts.append(f"![{self.canary(item)}]({pathlib.PurePosixPath(file).name})")
        return "\n\n".join(parts)

    def write(self, item):
        lines = []
        add = lambda name, value: lines.append(f"{name}: {value}") if value is not None else None
        quoted = lambda text: '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
        listed = lambda values: "[" + ", ".join(quoted(value) for value in values) + "]"
        match item.kind:
            case "post":
                add("title", quoted(item.title))
                add("author", listed(item.authors) if item.authors else None)
                add("removed", quoted(self.canary(item)) if item.removed else None)
                add("topics", listed(item.topics))
                add("date", item.date)
                add("draft", "true" if item.draft else None)
                # Some addresses are aliases of several posts.
                shared = self.pick("", "", ", /old/shared/")
                add("aliases", f"[/old/{item.name}/, old-{item.name}{shared}]" if self.chance(0.4) else None)
                add("summary", self.canary(item) if self.chance(0.3) else None)
                add("kind", self.pick(None, "question", "practice"))
                add("pinned", self.pick(None, None, "true"))
                add("unlisted", self.pick(None, None, None, "true"))
                add("language", self.pick(None, None, "de"))
                others = [other for other in self.items if other.kind in ("post", "response")]
                if self.chance(0.4):
                    other = self.pick(*others)
                    name = other.name if other.kind == "post" else f"{other.post}#response-{other.name}"
                    add("distilled-from", listed([name]))
                if self.chance(0.3):
                    other = self.pick(*others)
                    add("began-in", other.name if other.kind == "post" else f"{other.post}#response-{other.name}")
                if self.chance(0.3):
                    add("translation-of", self.pick(*[other.name for other in others if other.kind == "post"]))
                if self.chance(0.3):
                    add("superseded-by", self.pick(*[other.name for other in others if other.kind == "post"]))
                add("reviewed", self.date() if self.chance(0.2) else None)
                add("review-by", self.date() if self.chance(0.2) else None)
                # Some have the feed id of another, or share one.
                add("id", self.pick(self.pick(*others).name, "the-same") if self.chance(0.3) else None)
                add("changes", self.pick(None, None, "all", "none", "3 months"))
                add("responses", self.pick(None, None, None, "closed"))
                add("anchors", f"{{{self.canary(item)}: part-one}}" if self.chance(0.2) else None)
                add("source", f"{{url: 'https://{self.canary(item)}.example/', title: {self.canary(item)}}}" if self.chance(0.2) else None)
                answers = [other.name for other in others if other.post == item.name]
                add("answer", self.pick(None, *answers) if answers else None)
                if item.beside and self.chance(0.5):
                    name = pathlib.PurePosixPath(item.beside[0]).name
                    add("image", name if name.endswith(".png") else None)
            case "response":
                if item.authors:
                    add("author", quoted(item.authors[0]))
                else:
                    add("guest", quoted(f"{self.canary(item)} Guest"))
                    add("url", f"https://{self.canary(item)}.example/" if self.chance(0.5) else None)
                add("date", item.date)
                add("reply-to", item.parent)
                add("stance", self.pick(None, "differs", "asks", "experience"))
                add("about", self.pick(None, None, "begins", f"{self.canary(item)} begins"))
                add("kind", self.pick(None, None, None, "mention"))
                # A response that was on another page leaves a note there.
                elsewhere = self.pick(*[other.name for other in self.items if other.kind == "post"])
                add("aliases", self.pick(f"[comment-{item.name}]", f"['/posts/{elsewhere}/#comment-{item.name}', comment-1]") if self.chance(0.4) else None)
                add("language", self.pick(None, None, "fr"))
                add("id", self.pick(item.name, "the-same") if self.chance(0.1) else None)
                add("removed", quoted(self.canary(item)) if item.removed else None)
            case "contributor":
                add("name", quoted(item.title))
                add("image", pathlib.PurePosixPath(item.beside[0]).name if item.beside else None)
                add("url", f"https://{self.canary(item)}.example/" if self.chance(0.5) else None)
                add("listed", self.pick(None, None, "false"))
                add("claims", listed([f"{post}#response-{name}" for post, name in item.claims]) if item.claims else None)
                add("accounts", f"['github:{self.canary(item)}']" if self.chance(0.2) else None)
            case "topic":
                add("title", quoted(item.title))
                add("parent", item.parent)
                add("aliases", listed(item.aliases) if item.aliases else None)
                posts = [other.name for other in self.items if other.kind == "post"]
                order = [f"{{{quoted(self.canary(item))}: {listed(group)}}}" if self.chance(0.3) else quoted(group[0]) for group in [self.random.sample(posts, min(2, len(posts))) for _ in range(3)]]
                add("order", f"[{', '.join(order)}]" if self.chance(0.5) else None)
                add("guide", self.pick(None, "true"))
            case "page":
                add("title", quoted(item.title))
                add("menu", self.pick(None, quoted(self.canary(item)), "true"))
        add("audience", item.audience)
        if item.kind in ("post", "response") and item.audience and item.authors and self.chance(0.3):
            # Some authors agreed; and some people who are not authors, or to another audience.
            agreed = quoted(self.pick(*item.authors, *self.unfiled))
            add("agreed-by", self.pick(f"[{agreed}]", f"{{{self.pick(*self.audiences)}: [{agreed}]}}"))
        add("x-note", self.canary(item) if self.chance(0.2) else None)
        if item.kind == "post" and self.chance(0.1):
            add(self.canary(item), "an unknown key")
        path = self.root / item.file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("---\n" + "\n".join(lines) + "\n---\n\n" + self.body(item) + "\n", encoding="utf-8")
        for beside in item.beside:
            path = self.root / beside
            path.parent.mkdir(parents=True, exist_ok=True)
            if path.name.startswith("link-"):
                path.symlink_to("/etc/hostname")
            else:
                path.write_bytes(PIXEL + self.canary(item).encode())

    def settings(self):
        pages = [item.name for item in self.items if item.kind == "page"]
        lines = [f"title: Community {self.seed}", "url: https://community.example/base", "highlight: none", "history: optional", f"search: {self.search}"]
        if self.audiences:
            lines.append(f"audiences: [{', '.join(self.audiences)}]")
        if self.default:
            lines.append(f"default-audience: {self.default}")
        if pages and self.chance(0.3):
            lines.append(f"menu: [{', '.join(pages)}]")
        if self.chance(0.2):
            lines.append("page-size: 2")
        if self.chance(0.3):
            lines.append("feed-size: 2\nfeed-archive: true")
        if self.chance(0.3):
            lines.append("id: portico.example,2026")
        if self.chance(0.5):
            # Some addresses in the list exist, for some audiences.
            lines.append("gone:")
            for item in self.random.sample(self.items, min(4, len(self.items))):
                match item.kind:
                    case "response":
                        lines.append(f"  /posts/{item.post}/#response-{item.name}: taken back")
                    case "page":
                        lines.append(f"  /{item.name}/: taken back")
                    case kind:
                        lines.append(f"  /{kind}s/{item.name}/: taken back")
        if self.chance(0.2):
            lines.append("permalinks: /:year/:slug/")
        # Not random, because another random choice would change all later ones.
        if self.seed % 2 == 0:
            lines.append("markdown: true")
        (self.root / "stoa.yml").write_text("\n".join(lines) + "\n", encoding="utf-8")

    def statics(self):
        folder = self.root / "content/static"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"static-{self.seed}.png").write_bytes(PIXEL)


def generate(root, seed, **options):
    """Writes a community below a folder."""
    return Generator(pathlib.Path(root), seed, **options).run()
