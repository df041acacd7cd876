"""The expected content of a community's site, derived from the community and the guide, not from Stoa's code."""

import collections
import dataclasses
import datetime
import unicodedata
import urllib.parse

import closeness
from random_community import AS_OF, HOST, slug

NEWCOMER_DAYS = 90
FEED_SIZE = 20


@dataclasses.dataclass(frozen=True)
class Moment:
    seconds: int
    machine: str
    day: datetime.date
    timestamp: str


@dataclasses.dataclass
class Node:
    """A response at its place; `parent` is a position in the conversation's nodes."""

    response: object
    depth: int
    parent: int | None
    moment: Moment
    speaker: tuple | None

    @property
    def counts(self):
        return not self.response.is_mention and not self.response.is_removed


class Conversation:
    def __init__(self, post):
        self.post = post
        self.nodes = []
        self.mentions = []
        self.backlinks = []
        self.learned_from = []
        self.became = []
        self.related = []
        self.near = []
        self.previous = self.next = None


def folded(name):
    return unicodedata.normalize("NFC", " ".join(unicodedata.normalize("NFC", name).split()).upper().lower())


def encoded(path):
    return urllib.parse.quote(path, safe="-._~/!$()*+,;=:@")


class Visible:
    """The items that a build for the widest audience shows."""

    def __init__(self, community):
        self.community = community
        self.rank = {name: index for index, name in enumerate(community.audiences)}
        self.widest = max(self.rank.values(), default=0)
        self.posts = [post for post in community.posts if self.shows_post(post)]
        self.pages = [page for page in community.pages if self.audience(page.audience) >= self.widest]
        self.responses = {post.slug: self.visible_responses(post) for post in self.posts}

    def audience(self, name):
        return self.rank.get(name, self.widest)

    def is_due(self, date):
        return moment(date, self.community.zone).day <= datetime.date.fromisoformat(AS_OF)

    def shows_post(self, post):
        return not post.is_draft and self.is_due(post.date) and self.audience(post.audience) >= self.widest

    def visible_responses(self, post):
        shown = {}
        for response in post.responses:
            parent_is_shown = response.reply_to is None or response.reply_to in shown
            if parent_is_shown and self.is_due(response.date) and self.audience(response.audience) >= self.widest:
                shown[response.id] = response
        return list(shown.values())


def set_answers(community):
    """Gives every second question an answer that is shown, because anything else is an error."""
    visible = Visible(community)
    for number, post in enumerate(visible.posts):
        answers = [r for r in visible.responses[post.slug] if not r.is_mention and not r.is_removed]
        if post.kind == "question" and answers and number % 2 == 0:
            post.answer = answers[len(answers) // 2].id


def moment(text, zone):
    if len(text) == 10:
        day = datetime.date.fromisoformat(text)
        local = datetime.datetime.combine(day, datetime.time(), zone)
        return Moment(int(local.timestamp()), text, day, rfc3339(local))
    instant = datetime.datetime.fromisoformat(text)
    local = instant.replace(tzinfo=zone) if instant.tzinfo is None else instant.astimezone(zone)
    return Moment(int(local.timestamp()), rfc3339(local), local.date(), rfc3339(local))


def rfc3339(local):
    text = local.isoformat()
    return text.removesuffix("+00:00") + "Z" if text.endswith("+00:00") else text


class Names:
    """People or topics: the spellings of each name, with its slug and its shown title."""

    def __init__(self, entries, title, uses, is_taken):
        self.by_key = {}
        found = []
        for entry in entries:
            names = [slug_of(entry), title(entry), *entry.aliases] if entry.has_file else entry.spellings
            keys = {folded(name) for name in names}
            used = collections.Counter(use for use in uses if folded(use) in keys)
            if not (entry.has_file and is_taken(entry, bool(used)) or used):
                continue
            shown = title(entry) if entry.has_file else min(used, key=lambda use: (-used[use], use.encode()))
            found.append((folded(shown).encode(), slug_of(entry).encode(), shown.strip(), entry, keys))
        found.sort(key=lambda item: item[:2])
        self.entries = [item[3] for item in found]
        self.titles = [item[2] for item in found]
        for index, item in enumerate(found):
            for key in item[4]:
                self.by_key[key] = index

    def find(self, name):
        return self.by_key.get(folded(name))


def slug_of(entry):
    return entry.handle if hasattr(entry, "handle") else entry.slug


class Model:
    def __init__(self, community):
        self.community = community
        self.visible = Visible(community)
        self.base = community.base
        self.moments = {}
        self.name_everything()
        self.conversations = [Conversation(post) for post in self.in_order(self.visible.posts)]
        self.by_slug = {c.post.slug: index for index, c in enumerate(self.conversations)}
        self.listed = [i for i, c in enumerate(self.conversations) if not c.post.is_unlisted]
        self.pages = sorted(self.visible.pages, key=lambda page: (page.order, page.slug.encode()))
        for conversation in self.conversations:
            self.build_thread(conversation)
        self.connect()
        self.linked = collections.defaultdict(set)
        self.linked_from = collections.defaultdict(set)
        self.link_texts()
        self.relate()

    # Names, dates, addresses

    def name_everything(self):
        posts = self.visible.posts
        authors = [name for post in posts for name in post.authors]
        authors += [
            r.author for post in posts for r in self.visible.responses[post.slug] if r.author and not r.is_removed
        ]
        hides = bool(self.community.audiences)
        self.people = Names(
            self.community.people, lambda person: person.name, [a.strip() for a in authors],
            lambda person, is_used: is_used or not hides,
        )
        uses = [topic for post in posts for topic in post.topics]
        self.topics = Names(
            self.community.topics, lambda topic: topic.title, uses, self.topic_is_taken(uses, hides)
        )

    def topic_is_taken(self, uses, hides):
        """A topic's file is shown if a visible item is about the topic or one within it."""
        used = {folded(use) for use in uses}
        taken = set()
        for _ in self.community.topics:
            for topic in self.community.topics:
                keys = {folded(name) for name in [topic.slug, topic.title, *topic.aliases]}
                if topic.has_file and (not hides or keys & used):
                    taken.add(topic.slug)
                    if topic.parent:
                        used.add(folded(topic.parent))
        return lambda topic, is_used: topic.slug in taken

    def moment(self, date):
        if date not in self.moments:
            self.moments[date] = moment(date, self.community.zone)
        return self.moments[date]

    def in_order(self, posts):
        return sorted(posts, key=lambda post: (-self.moment(post.date).seconds, post.slug.encode()))

    def post_path(self, post):
        day = self.moment(post.date).day
        return (
            self.community.permalinks.replace(":year", f"{day.year:04}").replace(":month", f"{day.month:02}")
            .replace(":slug", post.slug)
        )

    def path(self, index):
        return self.post_path(self.conversations[index].post)

    def href(self, path):
        return self.base + encoded(path)

    def url(self, index):
        return self.href(self.path(index))

    def topic_path(self, index):
        return f"/topics/{self.topics.entries[index].slug}/"

    def person_path(self, index):
        return f"/contributors/{self.people.entries[index].handle}/"

    # Threads

    def build_thread(self, conversation):
        responses = self.visible.responses[conversation.post.slug]
        ids = {response.id for response in responses}
        children = collections.defaultdict(list)
        for response in responses:
            children[response.reply_to if response.reply_to in ids else None].append(response)
        for siblings in children.values():
            siblings.sort(key=lambda r: (self.moment(r.date).seconds, r.id.encode()))

        def speaker(response):
            if response.is_removed:
                return None
            if response.guest:
                return ("guest", response.guest)
            return ("person", self.people.find(response.author))

        def walk(response, depth, parent):
            conversation.nodes.append(
                Node(response, depth, parent, self.moment(response.date), speaker(response))
            )
            position = len(conversation.nodes) - 1
            for child in children[response.id]:
                walk(child, depth + 1, position)

        for response in children[None]:
            if response.is_mention and not response.is_removed and response.id not in children:
                conversation.mentions.append(
                    Node(response, 0, None, self.moment(response.date), speaker(response))
                )
            else:
                walk(response, 0, None)
        conversation.authors = unique(self.people.find(name) for name in conversation.post.authors)
        conversation.topics = unique(self.topics.find(name) for name in conversation.post.topics)
        conversation.count = sum(node.counts for node in conversation.nodes)
        conversation.moment = self.moment(conversation.post.date)

    def connect(self):
        for place, index in enumerate(self.listed):
            self.conversations[index].next = self.listed[place - 1] if place > 0 else None
            self.conversations[index].previous = self.listed[place + 1] if place + 1 < len(self.listed) else None
        for index, conversation in enumerate(self.conversations):
            for source in conversation.post.distilled_from:
                name, _, fragment = source.partition("#response-")
                target = self.by_slug.get(name)
                position = None
                if target is None:
                    continue
                if fragment:
                    ids = [node.response.id for node in self.conversations[target].nodes]
                    if fragment not in ids:
                        continue
                    position = ids.index(fragment)
                conversation.learned_from.append((target, position))
                became = self.conversations[target].became
                if index in self.listed and index not in became:
                    became.append(index)

    def reference_url(self, reference):
        index, position = reference
        fragment = "" if position is None else f"#response-{self.conversations[index].nodes[position].response.id}"
        return self.url(index) + fragment

    def reference_moment(self, reference):
        index, position = reference
        conversation = self.conversations[index]
        return conversation.moment if position is None else conversation.nodes[position].moment

    def newest_first(self, references):
        return sorted(
            references,
            key=lambda r: (-self.reference_moment(r).seconds, r[0], -1 if r[1] is None else r[1]),
        )

    def counted(self, index):
        return [(index, p) for p, node in enumerate(self.conversations[index].nodes) if node.counts]

    # Links

    def link_texts(self):
        self.person_backlinks = collections.defaultdict(list)
        self.page_backlinks = collections.defaultdict(list)
        sources = []
        for index, conversation in enumerate(self.conversations):
            if index in self.listed:
                voices = [("person", author) for author in conversation.authors]
                sources.append((("post", index), conversation.post.kind, self.url(index), conversation.post.text, voices))
        for index, conversation in enumerate(self.conversations):
            for node in conversation.nodes if index in self.listed else []:
                if not node.response.is_removed:
                    address = f"{self.url(index)}#response-{node.response.id}"
                    sources.append((("post", index), "response", address, node.response.text, [node.speaker]))
        for page in self.pages:
            sources.append((("page", page.slug), "page", self.href(f"/{page.slug}/"), page.text, []))
        named = set()
        for owner, kind, address, text, voices in sources:
            seen = set()
            for sentence, link in text.sentences:
                target, title = self.target(link)
                if target is None or target == owner:
                    continue
                if owner[0] == target[0] == "post":
                    if kind != "response":
                        self.linked_from[owner[1]].add(target[1])
                    self.linked[owner[1]].add(target[1])
                    self.linked[target[1]].add(owner[1])
                if target in seen:
                    continue
                seen.add(target)
                line = f"backlink {kind} | {address} | {self.read(sentence, link)}"
                if target[0] == "post":
                    self.conversations[target[1]].backlinks.append(line)
                elif target[0] == "page":
                    self.page_backlinks[target[1]].append(line)
                elif self.people.entries[target[1]].is_listed and target not in voices and (owner, target) not in named:
                    # For each conversation, the first place that names a person who does not take part in it.
                    named.add((owner, target))
                    self.person_backlinks[target[1]].append(line)

    def read(self, sentence, link):
        """A sentence as readers see it."""
        if link is None:
            return sentence.format("nothing")
        title = self.target(link)[1]
        if link.label is not None:
            return sentence.format(link.label)
        typed = link.markdown.removeprefix("[[").removesuffix("]]")
        return sentence.format(typed if title is None else title)

    def beginning(self, text):
        """The first paragraph, which is the summary of a text without its own."""
        return self.read(*text.sentences[0])

    def summary(self, index):
        post = self.conversations[index].post
        return post.summary or self.beginning(post.text)

    def relate(self):
        """The close conversations by the reference implementation, except those that the page already links to."""
        texts = [
            (
                [
                    ("title", conversation.post.title), ("text", conversation.post.summary or ""),
                    *self.shown_words(conversation.post),
                ],
                [self.shown_words(node.response) for node in conversation.nodes if node.counts],
            )
            for conversation in self.conversations
        ]
        topics = [[self.topics.entries[topic].slug for topic in c.topics] for c in self.conversations]
        terms = [closeness.counts(*text, names) for text, names in zip(texts, topics)]
        index = closeness.Closeness(terms, self.listed)
        nearest = index.nearest()
        for place, close in enumerate(nearest):
            conversation = self.conversations[place]
            distilled = {source for source, _ in conversation.learned_from} | set(conversation.became)
            shown = self.linked[place] | distilled
            conversation.related = [other for other in close if other not in shown][:6]
        own = [{word for _, field in fields for word in closeness.words(field)} for fields, _ in texts]
        plain = [(closeness.counts(*text, []), words) for text, words in zip(texts, own)]
        self.gaps = []
        for newer in self.listed:
            for older in sorted(nearest[newer][:12]):
                if newer < older and newer in nearest[older][:12] and self.are_strangers(newer, older):
                    words = index.common_words(plain[newer], plain[older])
                    bridges = [i for i in self.listed if {newer, older} <= self.linked_from[i]]
                    if words:
                        self.gaps.append((newer, older, words, bridges))
        for place, conversation in enumerate(self.conversations):
            if conversation.post.kind == "question" and not conversation.post.answer and conversation.post.accepts_responses:
                conversation.near = self.near_writers(conversation, nearest[place])

    def voices(self, conversation):
        return {("person", author) for author in conversation.authors} | {n.speaker for n in conversation.nodes if n.counts}

    def are_strangers(self, left, right):
        first, second = self.conversations[left], self.conversations[right]
        heard = collections.Counter(voice for i in self.listed for voice in self.voices(self.conversations[i]))
        common = self.voices(first) & self.voices(second)
        return (
            right not in self.linked[left] and not self.is_distilled(left, right) and not set(first.topics) & set(second.topics)
            and all(10 * heard[voice] > len(self.listed) for voice in common)
        )

    def is_distilled(self, left, right):
        sources = [{index for index, _ in self.conversations[end].learned_from} for end in (left, right)]
        return right in sources[0] or left in sources[1]

    def near_writers(self, question, nearest):
        """People with texts in three of the closest conversations, those in the closest first."""
        texts = collections.defaultdict(list)
        for other in nearest:
            conversation = self.conversations[other]
            first = {author: (other, None) for author in reversed(conversation.authors)}
            for position, node in enumerate(conversation.nodes):
                if node.counts and node.speaker[0] == "person":
                    first.setdefault(node.speaker[1], (other, position))
            for person, reference in first.items():
                texts[person].append(reference)
        here = {who for kind, who in self.voices(question) if kind == "person"}
        order = lambda person: (nearest.index(texts[person][0][0]), self.appearance(texts[person][0]))
        people = [p for p in texts if p not in here and len(texts[p]) > 2 and self.people.entries[p].is_listed]
        return [(person, texts[person][:4]) for person in sorted(sorted(people, key=order)[:5])]

    def appearance(self, reference):
        return -1 if reference[1] is None else reference[1]

    def shown_words(self, item):
        """The words of a text that count for closeness: with those of its links, without the names of mentioned people."""
        texts = []
        for sentence, link in item.text.sentences:
            is_mention = link is not None and link.markdown.startswith("@") and self.target(link)[0] is not None
            texts.append(("text", sentence.format("·") if is_mention else self.read(sentence, link)))
        return texts

    def target(self, link):
        """The target of a link, if this build shows it, and its title."""
        if link is None:
            return None, None
        kind, *names = link.target
        if kind == "person":
            index = self.people.find(names[0])
            return (None, None) if index is None else (("person", index), self.people.titles[index])
        if kind == "page":
            page = next((page for page in self.pages if page.slug == names[0]), None)
            return (None, None) if page is None else (("page", page.slug), page.title)
        index = self.by_slug.get(names[0])
        if index is None:
            return None, None
        if kind == "response" and not link.markdown.startswith("[["):
            # A relative link to a hidden file has no target; a wikilink leads at least to the post.
            conversation = self.conversations[index]
            if names[1] not in [n.response.id for n in conversation.nodes + conversation.mentions]:
                return None, None
        return ("post", index), self.conversations[index].post.title


def unique(items):
    return list(dict.fromkeys(items))
