"""A release of Stoa, served over loopback like on a forge."""

import contextlib
import hashlib
import http.server
import io
import platform
import tarfile
import threading

MACHINE = platform.machine()


def script(version):
    """A script in place of the program, which prints its version."""
    return f'#!/bin/sh\n[ "$1" != --version ] || echo {version}\n'.encode()


def tarball(version, program=None, machine=MACHINE):
    """The files of a release: the tarball, and its name."""
    top = f"stoa-{version}-linux-{machine}"
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as archive:
        for path, mode, text in [
            ("bin/stoa", 0o755, program or script(version)),
            ("share/man/man1/stoa.1", 0o644, b".Dd 2026\n"),
            ("share/bash-completion/completions/stoa", 0o644, b"complete stoa\n"),
            ("share/doc/stoa/LICENSE", 0o644, b"Apache\n"),
        ]:
            entry = tarfile.TarInfo(f"{top}/{path}")
            entry.size, entry.mode = len(text), mode
            archive.addfile(entry, io.BytesIO(text))
    return f"{top}.tar.gz", buffer.getvalue()


def files(version, **options):
    """A complete release by file name, with its checksums."""
    name, data = tarball(version, **options)
    return {name: data, "SHA256SUMS": f"{hashlib.sha256(data).hexdigest()}  {name}\n".encode()}


class Forge:
    """The address of a repository, and its releases: files by version, in the order of publication."""

    def __init__(self, form="github"):
        self.form = form
        self.releases = {}
        self.asked = []
        # At most half of a file with this name is sent.
        self.breaks_off = None

    def answer(self, path):
        if not path.startswith("/people/stoa/"):
            return None
        place = path.removeprefix("/people/stoa/")
        newest = list(self.releases)[-1] if self.releases else None
        for version, files in self.releases.items():
            folders = {
                "github": [f"releases/download/v{version}/"] + ["releases/latest/download/"] * (version == newest),
                "forgejo": [f"releases/download/v{version}/"] + ["releases/download/latest/"] * (version == newest),
                "gitlab": [f"-/releases/v{version}/downloads/"] + ["-/releases/permalink/latest/downloads/"] * (version == newest),
            }[self.form]
            for folder in folders:
                if place.startswith(folder) and place.removeprefix(folder) in files:
                    return files[place.removeprefix(folder)]
        return None

    @contextlib.contextmanager
    def served(self):
        forge = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                forge.asked.append(self.path)
                data = forge.answer(self.path)
                self.send_response(404 if data is None else 200)
                self.send_header("Content-Length", str(len(data or b"")))
                self.end_headers()
                if data is not None:
                    half = forge.breaks_off and self.path.endswith(forge.breaks_off)
                    self.wfile.write(data[: len(data) // 2] if half else data)

            def log_message(self, *_):
                pass

        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/people/stoa"
        finally:
            server.shutdown()
            thread.join()
            server.server_close()
