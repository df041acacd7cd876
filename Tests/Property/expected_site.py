"""The lines of every page, the entries of every feed, and every address, according to the model."""

import datetime
import re

from community_model import FEED_SIZE, HOST, NEWCOMER_DAYS, Model, encoded, folded, unique
from random_community import AS_OF, slug

LIST = re.compile(
    r"/(posts|waiting|topics|contributors|questions|practices|bridges|digest|archive|follow)/(page/\d+/)?"
    r"|/(topics|contributors)/[^/]+/page/\d+/|/archive/\d{4}/(\d\d/)?(page/\d+/)?"
)


class ExpectedSite(Model):
    def __init__(self, community):
        super().__init__(community)
        self.files = {}
        self.feeds = {}
        self.write_posts()
        self.write_pages()
        self.write_topics()
        self.write_people()
        self.write_lists()
        self.write_home()
        self.write_follow()
        self.write_redirects()

    def put(self, path, lines):
        self.files[path.lstrip("/") + "index.html"] = [line.rstrip() for line in lines]

    def put_list(self, path, first, *lists, last=()):
        """A page for each `page-size` entries; `first` is on the first page only, `last` on all."""
        size = self.community.page_size
        count = max(1, max((len(entries) + size - 1) // size for entries in lists))
        for number in range(1, count + 1):
            address = lambda n: self.href(path if n == 1 else f"{path}page/{n}/")
            lines = list(first(number))
            for entries in lists:
                lines += [line for entry in entries[(number - 1) * size : number * size] for line in entry]
            if count > 1:
                before = address(number - 1) if number > 1 else ""
                after = address(number + 1) if number < count else ""
                lines.append(f"pager {before} | {after}")
            # Lines that only the first page has are among the others.
            lines += [line[1] if isinstance(line, tuple) else line for line in last if number == 1 or isinstance(line, str)]
            self.put(path if number == 1 else f"{path}page/{number}/", lines)

    def item(self, name, index):
        conversation = self.conversations[index]
        return [f"{name} {self.url(index)} | {conversation.post.title} | {conversation.moment.machine} | {self.summary(index)}"]

    def excerpt(self, reference):
        node = self.conversations[reference[0]].nodes[reference[1]]
        return [f"responses {self.reference_url(reference)} | {node.moment.machine} | {self.beginning(node.response.text)}"]

    @staticmethod
    def own_keys(extras):
        return extras.get("x-mood", "") + "".join(f" +{tool}" for tool in extras.get("x-tools", []))

    def speaker(self, speaker):
        if speaker is None:
            return ""
        if speaker[0] == "guest":
            return f"{speaker[1]} "
        return f"{self.people.titles[speaker[1]]} {self.href(self.person_path(speaker[1]))}"

    def is_listed(self, person):
        return self.people.entries[person].is_listed

    # Posts

    def write_posts(self):
        self.paths = {}
        for index, topic in enumerate(self.topics.entries):
            order = unique(self.by_slug[name] for name in topic.order if name in self.by_slug)
            topic.shown_order = order
            for place, conversation in enumerate(order):
                before = self.url(order[place - 1]) if place else ""
                after = self.url(order[place + 1]) if place + 1 < len(order) else ""
                self.paths.setdefault(conversation, []).append(
                    f"path {self.href(self.topic_path(index))} | {before} | {after}"
                )
        for index, conversation in enumerate(self.conversations):
            self.put(self.path(index), self.post_lines(index, conversation))
            counted = self.counted(index)
            if counted:
                self.feeds[self.path(index) + "feed.xml"] = self.newest_first(counted)

    def post_lines(self, index, conversation):
        post = conversation.post
        count = {0: "No responses yet", 1: "1 response"}.get(conversation.count, f"{conversation.count} responses")
        lines = [f"title {post.title}", f"description {self.summary(index)}", f"date {conversation.moment.machine}"]
        lines += [f"updated {self.moment(post.updated).machine}"] if post.updated else []
        lines += [f"count {count}", f"own {self.own_keys(post.extras)}"]
        lines += [f"authors {self.people.titles[a]} | {self.href(self.person_path(a))}" for a in conversation.authors]
        lines += [f"topics {self.topics.titles[t]} | {self.href(self.topic_path(t))}" for t in conversation.topics]
        if post.answer:
            lines.append(f"answer #response-{post.answer}")
        lines += [f"learnedFrom {self.reference_url(r)}" for r in conversation.learned_from]
        lines += [f"became {self.url(i)}" for i in conversation.became]
        lines += self.paths.get(index, [])
        depth = 0
        for node in conversation.nodes:
            lines += ["("] * (node.depth - depth) + [")"] * (depth - node.depth)
            depth = node.depth
            lines.append(self.node_line(index, conversation, node))
        lines += [")"] * depth
        for node in conversation.mentions:
            name = self.speaker(node.speaker).rsplit(" ", 1)[0]
            lines.append(f"mention response-{node.response.id} | {name} | {node.moment.machine}")
        lines += conversation.backlinks
        lines += [f"related {self.url(i)} | {self.conversations[i].post.title}" for i in conversation.related]
        for newer, older, words, bridges in self.gaps:
            if index in (newer, older) and not bridges:
                lines.append(f"unknown {self.url(older if index == newer else newer)} | {', '.join(words)}")
        for person, texts in conversation.near:
            lines.append(f"near {self.people.titles[person]}" + "".join(f" {self.reference_url(text)}" for text in texts))
        speakers = [("person", author) for author in conversation.authors]
        speakers += [node.speaker for node in conversation.nodes if node.speaker]
        for speaker in unique(speakers):
            if speaker[0] == "guest":
                lines.append(f"participants {speaker[1]} |")
            elif self.is_listed(speaker[1]):
                lines.append(f"participants {self.speaker(speaker)}".replace(" /", " | /"))
        feed = self.href(self.path(index) + "feed.xml") if conversation.count else ""
        link = lambda other: "" if other is None else self.url(other)
        return lines + [f"feed {feed}", f"previous {link(conversation.previous)}", f"next {link(conversation.next)}"]

    def node_line(self, index, conversation, node):
        response = node.response
        if node.parent is None:
            answered = self.url(index)
        else:
            answered = f"#response-{conversation.nodes[node.parent].response.id}"
        marks = ""
        if node.speaker and node.speaker[0] == "person" and node.speaker[1] in conversation.authors:
            marks += " author"
        if response.id == conversation.post.answer:
            marks += " answer"
        if response.is_removed:
            marks += " tombstone"
        marks += "".join(f" #{alias}" for alias in response.aliases)
        marks += f" {response.stance}" if response.stance else ""
        parts = [f"response response-{response.id}", self.speaker(node.speaker), node.moment.machine, answered]
        return " | ".join(parts) + f" |{marks} | {self.own_keys(response.extras)}"

    def write_pages(self):
        for page in self.pages:
            self.put(f"/{page.slug}/", [f"title {page.title}", f"description {self.beginning(page.text)}", *self.page_backlinks[page.slug]])

    # Topics and people

    def write_topics(self):
        conversations = {t: [i for i in self.listed if t in self.conversations[i].topics] for t in range(len(self.topics.entries))}
        parents = {}
        for index, topic in enumerate(self.topics.entries):
            if topic.parent and topic.has_file:
                parents[index] = self.topics.find(topic.parent)
        within = lambda index: [child for child, parent in parents.items() if parent == index]
        below = lambda index: conversations[index] + [i for child in within(index) for i in below(child)]
        newest = lambda index: f" {self.url(min(below(index)))}" if below(index) else ""

        def tree(index):
            lines = [f"topics {self.href(self.topic_path(index))} | {self.topics.titles[index]} |{newest(index)}"]
            nested = [line for child in within(index) for line in tree(child)]
            return lines + (["(", *nested, ")"] if nested else [])

        for index, topic in enumerate(self.topics.entries):
            mine = conversations[index]
            children = [child for child, parent in parents.items() if parent == index]
            shared = {}
            for i in mine:
                for other in self.conversations[i].topics:
                    if other != index:
                        shared[other] = shared.get(other, 0) + 1
            last = []
            chain, parent = [], parents.get(index)
            while parent is not None:
                chain.insert(0, f"parents {self.href(self.topic_path(parent))}")
                parent = parents.get(parent)
            last += chain
            responses = self.newest_first(r for i in mine for r in self.counted(i))[:8]
            last += [("first", line) for r in responses for line in self.excerpt(r)]
            last += [f"children {self.href(self.topic_path(c))} | {len(conversations[c])}{newest(c)}" for c in children]
            close = sorted(shared, key=lambda other: (-shared[other], other))[:6]
            last += [f"close {self.href(self.topic_path(other))}" for other in close]
            joining = [i for i in mine if len(self.conversations[i].topics) > 1][:6]
            last += [f"joining {self.url(i)}" for i in joining]

            def first(number):
                lines = [f"title {self.topics.titles[index]}"]
                if number == 1:
                    lines += [f"order {self.url(i)}" for i in topic.shown_order]
                    lines += self.writers(mine)
                return lines

            self.put_list(
                self.topic_path(index), first, [self.item("conversations", i) for i in mine], last=last
            )
            self.feeds[self.topic_path(index) + "feed.xml"] = self.posts_and_responses(mine)
        roots = [index for index in range(len(self.topics.entries)) if parents.get(index) is None]
        self.put_list("/topics/", lambda number: [], [tree(index) for index in roots])
        self.topic_conversations = conversations

    def writers(self, conversations):
        latest = {}
        for index in conversations:
            written = [(author, (index, None)) for author in self.conversations[index].authors]
            for reference in self.counted(index):
                speaker = self.conversations[index].nodes[reference[1]].speaker
                if speaker[0] == "person":
                    written.append((speaker[1], reference))
            for person, reference in written:
                known = latest.get(person)
                if known is None or self.reference_moment(known).seconds < self.reference_moment(reference).seconds:
                    latest[person] = reference
        people = [person for person in latest if self.is_listed(person)]
        people.sort(key=lambda person: (-self.reference_moment(latest[person]).seconds, person))
        return [f"writers {self.people.titles[p]} | {self.reference_url(latest[p])}" for p in people]

    def write_people(self):
        exchanges = {p: {} for p in range(len(self.people.entries))}
        self.first = {}
        for index in self.listed:
            conversation = self.conversations[index]
            for author in conversation.authors:
                self.first.setdefault(author, []).append(conversation.moment.seconds)
            for reference in self.counted(index):
                node = conversation.nodes[reference[1]]
                if node.speaker[0] != "person":
                    continue
                me = node.speaker[1]
                self.first.setdefault(me, []).append(node.moment.seconds)
                answered = conversation.authors
                if node.parent is not None:
                    parent = conversation.nodes[node.parent].speaker
                    answered = [parent[1]] if parent and parent[0] == "person" else []
                for other in answered:
                    if other != me:
                        exchanges[me].setdefault(other, []).append(reference)
                        exchanges[other].setdefault(me, []).append(reference)
        for person in range(len(self.people.entries)):
            self.write_person(person, exchanges[person])
        listed = [p for p in range(len(self.people.entries)) if self.is_listed(p)]
        self.put_list(
            "/contributors/", lambda number: [],
            [[f"people {self.people.titles[p]} | {self.href(self.person_path(p))}"] for p in listed],
            self.guests(),
        )

    def guests(self):
        """A line for each guest's name, with the responses under it, newest first."""
        said = {}
        for i in self.listed:
            for reference in self.counted(i):
                kind, name = self.conversations[i].nodes[reference[1]].speaker
                if kind == "guest":
                    said.setdefault(name, []).append(reference)
        names = sorted(said, key=lambda name: (folded(name).encode(), name.encode()))
        return [[f"guests {name}" + "".join(f" {self.reference_url(r)}" for r in self.newest_first(said[name])[:20])] for name in names]

    def write_person(self, person, exchanges):
        posts = [i for i in self.listed if person in self.conversations[i].authors]
        responses = self.newest_first(
            reference for i in self.listed for reference in self.counted(i)
            if self.conversations[i].nodes[reference[1]].speaker == ("person", person)
        )
        topics = sorted({t for i in posts + [i for i, _ in responses] for t in self.conversations[i].topics})
        partners = []
        for other, references in exchanges.items():
            newest = self.newest_first(references)[0]
            if self.is_listed(other):
                partners.append((-self.reference_moment(newest).seconds, other, newest))
        last = [f"topics {self.href(self.topic_path(t))}" for t in topics]
        last += [
            f"partners {self.href(self.person_path(other))} | {self.reference_url(newest)}"
            for _, other, newest in sorted(partners)
        ]
        backlinks = self.person_backlinks[person]
        self.put_list(
            self.person_path(person), lambda number: [f"name {self.people.titles[person]}"] + (backlinks if number == 1 else []),
            [self.item("conversations", i) for i in posts],
            [self.excerpt(r) for r in responses], last=last,
        )
        self.feeds[self.person_path(person) + "feed.xml"] = self.newest_first([(i, None) for i in posts] + responses)
        self.feeds[self.person_path(person) + "replies.xml"] = self.newest_first(
            (i, n) for i in self.listed for _, n in self.counted(i) if self.answers(self.conversations[i], n, person)
        )

    def answers(self, conversation, position, person):
        """Whether a response answers another person, and that is this person."""
        node = conversation.nodes[position]
        if node.parent is None:
            return person in conversation.authors and node.speaker != ("person", person)
        return conversation.nodes[node.parent].speaker == ("person", person) and node.speaker != ("person", person)

    # Lists

    def write_lists(self):
        nothing = lambda number: []
        kind = lambda name: [i for i in self.listed if self.conversations[i].post.kind == name]
        self.put_list("/posts/", nothing, [self.item("conversations", i) for i in self.listed])
        waiting = [i for i in self.listed if self.waits(i)]
        self.put_list("/waiting/", nothing, [self.item("conversations", i) for i in waiting])
        self.feeds["/waiting/feed.xml"] = [(i, None) for i in waiting]
        questions = kind("question")
        self.put_list(
            "/questions/", nothing,
            [self.item("open", i) for i in questions if not self.conversations[i].post.answer],
            [self.item("answered", i) for i in questions if self.conversations[i].post.answer],
        )
        practices = []
        for i in kind("practice"):
            sources = "".join(f" {self.reference_url(r)}" for r in self.conversations[i].learned_from)
            practices.append([self.item("practices", i)[0] + sources])
        self.put_list("/practices/", nothing, practices)
        for name in ("question", "practice"):
            self.feeds[f"/{name}s/feed.xml"] = self.posts_and_responses(kind(name))
        pair = lambda gap: f"{self.url(gap[0])} {self.url(gap[1])} | {', '.join(gap[2])}"
        self.put_list(
            "/bridges/", nothing, [[f"gap {pair(gap)}"] for gap in self.gaps if not gap[3]],
            [[f"joined {pair(gap)}" + "".join(f" {self.url(i)}" for i in gap[3])] for gap in self.gaps if gap[3]],
        )
        self.write_digests()
        day = lambda i: self.conversations[i].moment.day
        years = unique(day(i).year for i in self.listed)
        self.write_archive("/archive/", years, self.listed)
        for year in years:
            of_year = [i for i in self.listed if day(i).year == year]
            self.write_archive(f"/archive/{year}/", years, of_year)
            for month in unique(day(i).month for i in of_year):
                of_month = [i for i in of_year if day(i).month == month]
                self.write_archive(f"/archive/{year}/{month:02}/", years, of_month)

    def write_digests(self):
        month = lambda moment: (moment.day.year, moment.day.month)
        this = datetime.date.fromisoformat(AS_OF)
        over = lambda moment: month(moment) < (this.year, this.month)
        when = self.reference_moment
        age = lambda r: (when(r).seconds, -r[0], -1 if r[1] is None else r[1])
        oldest_first = lambda references: sorted(references, key=age)
        posts = [(i, None) for i in self.listed]
        responses = [r for i in self.listed for r in self.counted(i)]
        months = sorted({month(when(r)) for r in posts + responses if over(when(r))}, reverse=True)
        path = lambda m: f"/digest/{m[0]}-{m[1]:02}/"
        self.put_list("/digest/", lambda number: [], [[f"months {self.href(path(m))}"] for m in months])
        # Pages have the newest documents of a person first: the last post or response in the list is the first on the page.
        first = {}
        for references in (self.newest_first(posts), self.newest_first(responses)):
            oldest = {}
            for index, position in references:
                authors = self.conversations[index].authors
                if position is not None:
                    speaker = self.conversations[index].nodes[position].speaker
                    authors = [speaker[1]] if speaker and speaker[0] != "guest" else []
                oldest.update({person: (index, position) for person in authors})
            for person, reference in oldest.items():
                first[person] = min(first.get(person, reference), reference, key=age)
        kind = lambda r: self.conversations[r[0]].post.kind
        for place, m in enumerate(months):
            within = lambda references: [r for r in references if month(when(r)) == m]
            latest = {}
            for reference in oldest_first(within(responses)):
                if month(when((reference[0], None))) < m:
                    latest[reference[0]] = reference
            answer = lambda i: next((r for r in self.counted(i) if self.conversations[i].nodes[r[1]].response.id == self.conversations[i].post.answer), None)
            waiting = []
            for i in self.listed:
                post = self.conversations[i].post
                until = lambda references: [r for r in references if month(when(r)) <= m]
                settled = until([answer(i)] if answer(i) else []) if post.kind == "question" else until(self.counted_of_others(i))
                if month(when((i, None))) <= m and post.accepts_responses and not settled:
                    waiting.append((i, None))
            sections = [
                ("begun", [r for r in reversed(within(posts)) if kind(r) != "practice"]),
                ("continued", oldest_first(latest.values())),
                ("answers", oldest_first(within([answer(i) for i in self.listed if answer(i)]))),
                ("first-words", oldest_first(within(set(first[p] for p in first if self.is_listed(p))))),
                ("practices", [r for r in reversed(within(posts)) if kind(r) == "practice"]),
                ("waiting", list(reversed(waiting[:20]))),
            ]
            lines = []
            for name, items in sections:
                lines += [f"section {name}"] * bool(items) + [f"items {self.reference_url(r)}" for r in items]
            href = lambda at: self.href(path(months[at])) if 0 <= at < len(months) else ""
            self.put(path(m), lines + [f"before {href(place + 1)}", f"after {href(place - 1)}"])

    def waits(self, index):
        """Whether only its authors have responded."""
        conversation = self.conversations[index]
        authors = [("person", author) for author in conversation.authors]
        return conversation.post.accepts_responses and not any(n.counts and n.speaker not in authors for n in conversation.nodes)

    def counted_of_others(self, index):
        """The responses that count, without those of the post's authors."""
        authors = [("person", author) for author in self.conversations[index].authors]
        return [r for r in self.counted(index) if self.conversations[index].nodes[r[1]].speaker not in authors]

    def posts_and_responses(self, conversations):
        return self.newest_first([(i, None) for i in conversations] + [r for i in conversations for r in self.counted(i)])

    def write_archive(self, path, years, conversations):
        """Like the other lists, with a line at the beginning of each month on a page."""
        size = self.community.page_size
        entries = []
        before = None
        for place, i in enumerate(conversations):
            day = self.conversations[i].moment.day
            month = self.href(f"/archive/{day.year}/{day.month:02}/")
            starts = place % size == 0 or month != before
            entries.append(([f"month {month}"] if starts else []) + self.item("items", i))
            before = month
        self.put_list(path, lambda number: [f"years {self.href(f'/archive/{year}/')}" for year in years], entries)

    def write_home(self):
        posts = self.conversations
        lines = [line for i in self.listed if posts[i].post.is_pinned for line in self.item("pinned", i)]
        last = lambda i: max([posts[i].moment.seconds] + [self.reference_moment(r).seconds for r in self.counted(i)])
        latest = sorted((i for i in self.listed if not posts[i].post.is_pinned), key=lambda i: (-last(i), i))[:10]
        lines += [line for i in latest for line in self.item("conversations", i)]
        self.responses = self.newest_first(r for i in self.listed for r in self.counted(i))
        by_person = {}
        for i, position in self.responses:
            by_person.setdefault(posts[i].nodes[position].speaker[:2], (i, position))
        lines += [line for r in list(by_person.values())[:5] for line in self.excerpt(r)]
        lines += [f"across {self.url(i)}" for i in [i for i in self.listed if len(posts[i].topics) > 1][:6]]
        moments = [c.moment.seconds for c in posts]
        moments += [node.moment.seconds for c in posts for node in c.nodes if node.counts]
        oldest = max(moments, default=0) - NEWCOMER_DAYS * 86_400
        new = [p for p, dates in self.first.items() if self.is_listed(p) and min(dates) > oldest]
        new.sort(key=lambda p: (-min(self.first[p]), p))
        lines += [f"newcomers {self.href(self.person_path(p))}" for p in new[:6]]
        said = {}
        for t, conversations in self.topic_conversations.items():
            if conversations:
                said[t] = [posts[i].moment.seconds for i in conversations]
                said[t] += [self.reference_moment(r).seconds for i in conversations for r in self.counted(i)]
        active = lambda t: (-sum(seconds > oldest for seconds in said[t]), -max(said[t]), t)
        topics = sorted(said, key=active)[:12]
        lines += [f"topics {self.href(self.topic_path(t))} | {len(self.topic_conversations[t])}" for t in topics]
        self.put("/", lines)
        self.feeds["/feed.xml"] = [(i, None) for i in self.listed]
        self.feeds["/responses.xml"] = self.responses

    # Feeds

    def write_follow(self):
        topics = [[f"topics {self.href(self.topic_path(t))}feed.xml"] for t in range(len(self.topics.entries))]
        people = [
            [f"people {self.href(self.person_path(p))}feed.xml"]
            for p in range(len(self.people.entries)) if self.is_listed(p)
        ]
        self.put_list("/follow/", lambda number: [], topics, people)

    # Old addresses

    def write_redirects(self):
        self.redirects = {}
        for index, conversation in enumerate(self.conversations):
            for alias in conversation.post.aliases:
                self.redirects[alias] = self.path(index)
        for index, topic in enumerate(self.topics.entries):
            for alias in topic.aliases if topic.has_file else []:
                self.redirects[f"/topics/{slug(alias)}/"] = self.topic_path(index)
        for index, person in enumerate(self.people.entries):
            for alias in person.aliases if person.has_file else []:
                self.redirects[f"/contributors/{slug(alias)}/"] = self.person_path(index)
        # The addresses that move with a page: its further pages, and its feed, which is at both addresses.
        for old, new in list(self.redirects.items()):
            for path in list(self.files):
                rest = path.removesuffix("index.html")
                if rest.startswith(f"{new.lstrip('/')}page/"):
                    further = "/" + rest
                    self.redirects[old + further.removeprefix(new)] = further
        for old, new in self.redirects.items():
            self.put(old, [f"target {self.href(new)}"])
        for old, new in list(self.redirects.items()):
            for name in ("feed.xml", "replies.xml"):
                if f"{new}{name}" in self.feeds:
                    self.redirects[f"{old}{name}"] = f"{new}{name}"
                    self.feeds[f"{old}{name}"] = self.feeds[f"{new}{name}"]

    def addresses(self):
        """The addresses and anchors that readers keep, as in addresses.txt: without lists and the archive."""
        pages = {path for path in ("/" + file.removesuffix("index.html") for file in self.files) if not LIST.fullmatch(path)}
        lines = {encoded(path) for path in pages | set(self.feeds) | {"/feed.json", "/bridges/feed.xml", "/digest/feed.xml"}}
        for index, conversation in enumerate(self.conversations):
            for node in conversation.nodes + conversation.mentions:
                for anchor in [f"response-{node.response.id}", *node.response.aliases]:
                    lines.add(f"{encoded(self.path(index))}#{anchor}")
        return sorted(lines, key=str.encode)

    def feed_entries(self, path):
        """The content of each entry of an Atom feed."""
        return [self.entry(reference) for reference in self.feeds[path][:FEED_SIZE]]

    def entry(self, reference):
        index, position = reference
        conversation = self.conversations[index]
        post = conversation.post
        entry = {
            "id": self.identifier(reference), "url": HOST + self.reference_url(reference),
            "published": self.reference_moment(reference).timestamp,
        }
        if position is None:
            revised = self.moment(post.updated).timestamp if post.updated else entry["published"]
            speakers = [("person", author) for author in conversation.authors]
            return entry | {
                "title": post.title, "updated": revised, "authors": [self.feed_author(s) for s in speakers],
                "summary": self.summary(index), "topics": [self.topics.titles[t] for t in conversation.topics],
                "answers": None, "count": conversation.count or None,
                "text": self.feed_text(post.text),
            }
        node = conversation.nodes[position]
        author = self.feed_author(node.speaker)
        # A title has a guest's name without the word for guest.
        name = node.speaker[1] if node.speaker[0] == "guest" else author[0]
        return entry | {
            # A response has one date.
            "title": f"{name} on {post.title}", "updated": entry["published"], "published": None, "authors": [author],
            "summary": None, "topics": [], "answers": self.identifier((index, node.parent)), "count": None,
            "text": self.feed_text(node.response.text),
        }

    def feed_author(self, speaker):
        kind, who = speaker
        return (f"{who} (guest)", None) if kind == "guest" else (self.people.titles[who], HOST + self.href(self.person_path(who)))

    def feed_text(self, text):
        """The words of a text, with mentions as they were typed."""
        return " ".join(self.read(sentence, link) for sentence, link in text.sentences)

    def identifier(self, reference):
        conversation = self.conversations[reference[0]]
        name = encoded(conversation.post.slug)
        if reference[1] is not None:
            name += f"/{conversation.nodes[reference[1]].response.id}"
        return f"tag:{HOST.removeprefix('https://')},{conversation.moment.day}:{name}"
