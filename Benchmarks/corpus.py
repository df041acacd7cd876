"""A generated community, the same for the same seed: posts, threaded responses, people and topics.

Sizes follow what real communities show: post lengths are log-normal with a mean near 7 KB; threads are heavy-tailed with
a mean of 4.6 responses and some of 400; there is one contributor for every eight posts, and topics grow by the square root.
"""

import dataclasses
import datetime
import math
import random

MEAN_RESPONSES = 4.6
LONGEST_THREAD = 400
FIRST_DAY = datetime.datetime(2019, 1, 1, 8, tzinfo=datetime.timezone.utc)
DAYS = 2_500


@dataclasses.dataclass
class Link:
    """A place in a text that links to another post; each generator writes it in its own format."""

    slug: str
    title: str


@dataclasses.dataclass
class Response:
    id: str
    author: str | None
    guest: str | None
    date: datetime.datetime
    reply_to: str | None
    body: list


@dataclasses.dataclass
class Post:
    slug: str
    title: str
    author: str
    date: datetime.datetime
    topics: list
    kind: str
    body: list
    responses: list


@dataclasses.dataclass
class Community:
    contributors: list
    topics: list
    posts: list


class Writer:
    """Makes text from a fixed stock of sentences."""

    def __init__(self, rng):
        self.rng = rng
        syllables = [c + v for c in "bcdfglmnprstvz" for v in ("a", "e", "i", "o", "u", "ai", "er", "on")]
        self.words = ["".join(self.pick(syllables) for _ in range(1 + self.below(3))) for _ in range(3_000)]
        self.sentences = [self.sentence() for _ in range(4_000)]

    def below(self, limit):
        return int(self.rng.random() * limit)

    def pick(self, items):
        return items[self.below(len(items))]

    def word(self):
        # Some words are frequent: the square of a uniform number favours the first ones.
        return self.words[int(self.rng.random() ** 2 * len(self.words))]

    def sentence(self):
        words = [self.word() for _ in range(6 + self.below(16))]
        if self.rng.random() < 0.15:
            place = self.below(len(words))
            words[place] = self.pick(["*%s*", "**%s**", "`%s`", "~~%s~~"]) % words[place]
        if self.rng.random() < 0.05:
            words.append(f"[{self.word()}](https://{self.word()}.example/{self.word()})")
        return " ".join(words).capitalize() + self.pick([".", ".", ".", "?", "!"])

    def title(self):
        return " ".join(self.word() for _ in range(3 + self.below(5))).capitalize()

    def paragraph(self, length):
        """A list of strings and links with about this many bytes."""
        sentences, size = [], 0
        while size < length:
            sentences.append(self.pick(self.sentences))
            size += len(sentences[-1]) + 1
        return " ".join(sentences)

    def block(self):
        """A block between paragraphs: a list, a table, code, a quotation."""
        kind = self.rng.random()
        if kind < 0.4:
            mark = self.pick(["- ", "1. "])
            return "\n".join(mark + self.pick(self.sentences) for _ in range(3 + self.below(5)))
        if kind < 0.6:
            columns = 2 + self.below(3)
            rows = [[self.word() for _ in range(columns)] for _ in range(4 + self.below(6))]
            lines = ["| " + " | ".join(row) + " |" for row in rows]
            return "\n".join([lines[0], "|" + " --- |" * columns, *lines[1:]])
        if kind < 0.8:
            language = self.pick(["python", "go", "sh", "yaml"])
            lines = [f"{self.word()} = {self.word()}({self.below(100)})" for _ in range(4 + self.below(12))]
            return f"```{language}\n" + "\n".join(lines) + "\n```"
        return "> " + self.pick(self.sentences) + "\n> " + self.pick(self.sentences)

    def body(self, size, links=()):
        """Blocks of text; each is a string, or a tuple of strings and links that form one paragraph."""
        blocks, written, links = [], 0, list(links)
        while written < size:
            if written and self.rng.random() < 0.12:
                blocks.append("## " + self.title())
            if self.rng.random() < 0.2 and size > 1_500:
                blocks.append(self.block())
            else:
                text = self.paragraph(min(200 + self.below(500), max(60, size - written)))
                blocks.append((text, " ", links.pop(), ".") if links and self.rng.random() < 0.5 else text)
            last = blocks[-1]
            written += len(last if isinstance(last, str) else last[0]) + 2
        blocks += [("See", " ", link, ".") for link in links]
        return blocks


def thread_size(rng):
    """A Pareto number with mean MEAN_RESPONSES; a fifth of all posts have no response."""
    if rng.random() < 0.2:
        return 0
    alpha = 1.45
    minimum = MEAN_RESPONSES / 0.8 * (alpha - 1) / alpha
    # The limit on the longest thread lowers the mean, which the factor 1.04 corrects; random rounding keeps the mean.
    return min(LONGEST_THREAD, int(1.04 * minimum / (1 - rng.random()) ** (1 / alpha) + rng.random()))


def generate(count, seed=1):
    """Makes a community with this many posts."""
    rng = random.Random(seed)
    writer = Writer(rng)
    contributors = [f"person-{number}" for number in range(max(2, count // 8))]
    topics = [f"topic {writer.word()} {number}" for number in range(max(2, round(math.sqrt(count))))]

    def someone():
        return contributors[int(rng.random() ** 1.6 * len(contributors))]

    heads = [(f"{writer.title()} {number}", number) for number in range(count)]
    slugs = [title.lower().replace(" ", "-") for title, _ in heads]
    posts = []
    for title, number in heads:
        date = FIRST_DAY + datetime.timedelta(days=DAYS * number / count, minutes=writer.below(1_440))
        targets = [writer.below(count) for _ in range(writer.below(4))]
        links = [Link(slugs[target], heads[target][0]) for target in targets if target != number]
        # exp(8.5 + 0.85 * normal) has a mean near 7,000.
        size = min(120_000, int(math.exp(8.5 + 0.85 * normal(rng))))
        post = Post(
            slug=slugs[number], title=title, author=someone(), date=date,
            topics=sorted({topics[int(rng.random() ** 2 * len(topics))] for _ in range(1 + writer.below(3))}),
            kind="question" if rng.random() < 0.1 else "article", body=writer.body(size, links), responses=[])
        for index in range(thread_size(rng)):
            parent = post.responses[writer.below(index)].id if index and rng.random() < 0.55 else None
            is_guest = rng.random() < 0.4
            links = [Link(slugs[number - 1], heads[number - 1][0])] if rng.random() < 0.05 else []
            post.responses.append(Response(
                id=f"{index:04d}-{writer.below(1 << 30):08x}",
                author=None if is_guest else someone(), guest=writer.word().capitalize() if is_guest else None,
                date=date + datetime.timedelta(hours=1 + index, minutes=writer.below(60)), reply_to=parent,
                body=writer.body(80 + int(340 * rng.random() ** 1.5 * 2), links)))
        posts.append(post)
    return Community(contributors, topics, posts)


def normal(rng):
    """Box and Muller's method: the standard normal distribution from two uniform numbers."""
    return math.sqrt(-2 * math.log(1 - rng.random())) * math.cos(2 * math.pi * rng.random())
