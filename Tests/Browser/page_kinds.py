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
    "topics": "/topics/",
    "topic": "/topics/communities-of-practice/",
    "contributors": "/contributors/",
    "contributor": "/contributors/maren/",
    "questions": "/questions/",
    "practices": "/practices/",
    "archive": "/archive/",
    "month": "/archive/2026/03/",
    "page": "/about/",
    "search": "/search/",
    "not found": "/404.html",
}
