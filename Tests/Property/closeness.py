"""Closeness of conversations by their words: Stoa's algorithm, written again and without optimisations."""

import collections
import math
import unicodedata

UNSPACED = [
    (0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1100, 0x11FF), (0x1780, 0x17FF), (0x3005, 0x3007), (0x3041, 0x318F),
    (0x31A0, 0x31BF), (0x31F0, 0x31FF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xA960, 0xA97F), (0xAC00, 0xD7FF),
    (0xF900, 0xFAFF), (0xFF66, 0xFFDC), (0x1B000, 0x1B16F), (0x20000, 0x3FFFF),
]
WEIGHTS = {"title": 8, "heading": 4, "text": 2, "code": 1}


def kind(character):
    code, category = ord(character), unicodedata.category(character)
    if any(first <= code <= last for first, last in UNSPACED):
        return "digit" if category == "Nd" else "pair" if category in ("Lo", "Lm", "Mn", "Mc", "Nl") else "other"
    if category == "Cf" or category[0] == "M" and 0xFE00 <= code <= 0xFE0F:
        return "other" if code == 0x200B else "invisible"
    return {"L": "letter", "M": "mark"}.get(category[0], "digit" if category == "Nd" else "other")


def words(text):
    """The words that count: runs of letters and digits, and pairs in scripts without spaces; no numbers, and no very long
    words."""
    run, state = "", "other"
    for character in text + " ":
        found = kind(character)
        if found == "invisible" or found == "mark" and state != "word":
            continue
        following = "word" if found in ("letter", "digit", "mark") else found
        if following != state:
            if state == "word":
                word = unicodedata.normalize("NFC", "".join(letter.lower() for letter in run))
                if 2 <= len(word) <= 40 and not all(unicodedata.category(letter) == "Nd" for letter in word):
                    yield word
            run, state = "", following
        if state == "pair" and run:
            yield run[-1] + character
        run += character


def counts(fields, responses, topics):
    """The weight of each term in a conversation.

    `fields` are pairs of a kind of `WEIGHTS` and a text, `responses` are lists of such pairs, and topics are their slugs.
    """
    found = collections.Counter({f"topic:{topic}": 8 for topic in topics})
    for field, text in fields:
        for word in words(text):
            found[word] += WEIGHTS[field]
    for response in responses:
        found.update({word for _, text in response for word in words(text)})
    return found


def logarithm(all_, some):
    ratio = (all_ + some) * 65_536 // some
    bit = ratio.bit_length() - 1
    return 256 * (bit - 16) + ((ratio << 8) >> bit) - 256


class Closeness:
    """An index of conversations, newest first, each as its counts; only candidates count and are found."""

    def __init__(self, conversations, offered):
        self.conversations, self.offered = conversations, offered
        self.frequency = collections.Counter(term for index in offered for term in conversations[index])

    def vector(self, terms):
        """The heaviest terms with their weights, and the vector's length."""
        number = len(self.offered)
        weights = {
            term: 768 * amount // (amount + 4) * logarithm(number, self.frequency[term]) >> 4
            for term, amount in terms.items() if 2 <= self.frequency[term] <= max(10, number // 5)
        }
        kept = sorted(weights, key=lambda term: (-weights[term], term.encode()))[:256]
        divisor = math.isqrt(math.isqrt(sum(weights[term] ** 2 for term in kept)))
        vector = {term: 8 * weights[term] // divisor for term in kept}
        return vector, math.isqrt(sum(weight**2 for weight in vector.values()))

    def nearest(self):
        """The closest other conversations for each."""
        vectors = [self.vector(terms) for terms in self.conversations]
        postings = collections.defaultdict(list)
        for index in self.offered:
            for term, weight in vectors[index][0].items():
                postings[term].append((-weight, index))
        found = []
        for index, (vector, length) in enumerate(vectors):
            score, shared = collections.Counter(), collections.Counter()
            for term, weight in vector.items():
                for other_weight, other in sorted(postings[term])[:64]:
                    score[other] -= weight * other_weight
                    shared[other] += 1
            close = [
                other for other in score
                if other != index and shared[other] > 1 and 25 * score[other] >= length * vectors[other][1]
            ]
            found.append(sorted(close, key=lambda other: (-score[other], other))[:24])
        return found

    def common_words(self, left, right):
        """The common subject of two posts, each given as its counts and the set of its own words; empty when there is none."""
        (first, first_length), (second, second_length) = self.vector(left[0]), self.vector(right[0])
        shares = {term: first[term] * second[term] for term in first.keys() & second.keys()}
        score = sum(shares.values())
        if 5 * score < first_length * second_length or any(100 * share > 60 * score for share in shares.values()):
            return []
        most = max(6, len(self.offered) // 50)
        found = [
            term for term in shares
            if term in left[1] & right[1] and self.frequency[term] <= most
            and (len(term) > 2 or all(kind(letter) == "pair" for letter in term))
        ]
        found.sort(key=lambda term: (-shares[term], term.encode()))
        return found[:4] if len(found) > 2 else []
