"""A small community for tests of a build's changes to folders."""

SETTINGS = "title: Small\nurl: https://small.example\nhighlight: none\nhistory: none\nsearch: none\n"


def post(slug, words, **keys):
    lines = "".join(f"{key}: {value}\n" for key, value in keys.items())
    return {f"content/posts/{slug}.md": f"---\ntitle: {slug}\nauthor: ada\ndate: 2026-01-01\n{lines}---\n\n{words}\n"}


def response(slug, name, words):
    return {f"content/responses/{slug}/{name}.md": f"---\nguest: Bo\ndate: 2026-01-02\n---\n\n{words}\n"}


def write(root, files, settings=SETTINGS):
    for name, text in {"stoa.yml": settings, **files}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def community(root, settings=SETTINGS):
    return write(root, post("one", "See [[two]].") | post("two", "Words.") | response("two", "r1", "Yes."), settings)


def tree(folder):
    """Every file below a folder with its content; links as their targets; without caches."""
    return {
        str(path.relative_to(folder)): str(path.readlink()) if path.is_symlink() else path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if (path.is_symlink() or path.is_file()) and path.parent.name != ".stoa-cache"
    }
