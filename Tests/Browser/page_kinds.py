"""One page of each kind in the example community."""

PAGE_KINDS = {
    "home": "/",
    "conversation": "/posts/weak-ties-at-work/",
    "answered question": "/posts/handover-without-documents/",
    "open question": "/posts/who-answers-at-night/",
    "practice": "/posts/answer-the-hunch-first/",
    "closed conversation": "/posts/how-the-portico-is-kept/",
    "right-to-left conversation": "/posts/المجلس/",
    "reference": "/posts/format-reference/",
    "posts": "/posts/",
    "waiting": "/waiting/",
    "topics": "/topics/",
    "topic": "/topics/communities-of-practice/",
    "guide": "/topics/guide/",
    "page of a guide": "/posts/responding/",
    "contributors": "/contributors/",
    "contributor": "/contributors/maren/",
    "questions": "/questions/",
    "practices": "/practices/",
    "bridges": "/bridges/",
    "digests": "/digest/",
    "digest": "/digest/2026-03/",
    "archive": "/archive/",
    "month": "/archive/2026/03/",
    "page": "/about/",
    "search": "/search/",
    "not found": "/404.html",
}

# Conversations of special kinds, which differ from others only in a few elements.
VARIANTS = [
    "answered question", "open question", "practice", "closed conversation", "right-to-left conversation", "reference", "page of a guide",
]


def in_views(*views):
    """Pairs of a kind of page and its views: all views, or for variants one view each, in turn."""
    turns = {kind: [views[place % len(views)]] for place, kind in enumerate(VARIANTS)}
    return [(kind, turns.get(kind, list(views))) for kind in PAGE_KINDS]
