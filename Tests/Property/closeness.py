"""Which conversations are close by their words: what Stoa works out, once more and without its tricks."""

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
    """The words that count: runs of letters and digits, pairs where a script has no spaces, no numbers, none too long."""
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
    """How much each term is in a conversation.

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


def nearest(conversations, offered):
    """For each conversation, by newest first, the closest others; only those offered count and are found."""
    number = len(offered)
    frequency = collections.Counter(term for index in offered for term in conversations[index])
    vectors, lengths, postings = [], [], collections.defaultdict(list)
    for index, terms in enumerate(conversations):
        weights = {
            term: 768 * amount // (amount + 4) * logarithm(number, frequency[term]) >> 4
            for term, amount in terms.items() if 2 <= frequency[term] <= max(10, number // 5)
        }
        kept = sorted(weights, key=lambda term: (-weights[term], term.encode()))[:128]
        divisor = math.isqrt(math.isqrt(sum(weights[term] ** 2 for term in kept)))
        vectors.append({term: 8 * weights[term] // divisor for term in kept})
        lengths.append(math.isqrt(sum(weight**2 for weight in vectors[-1].values())))
        for term, weight in vectors[-1].items() if index in offered else []:
            postings[term].append((-weight, index))
    found = []
    for index, vector in enumerate(vectors):
        score, shared = collections.Counter(), collections.Counter()
        for term, weight in vector.items():
            for other_weight, other in sorted(postings[term])[:64]:
                score[other] -= weight * other_weight
                shared[other] += 1
        close = [
            other for other in score
            if other != index and shared[other] > 1 and 25 * score[other] >= lengths[index] * lengths[other]
        ]
        found.append(sorted(close, key=lambda other: (-score[other], other))[:24])
    return found
