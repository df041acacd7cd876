"""Shared by the browser tests: pages of one browser, and sites that are built and served once."""

import pytest

from Browser.other_languages import write_example
from Browser.site_server import SiteServer
from Browser.stress_site import write_stress_site
from conftest import run


@pytest.fixture
def new_page(browser):
    """A function that opens a page in a context of its own; all are closed after the test."""
    contexts = []

    # A smooth scroll draws about fifty frames; tests that need it request it.
    def open_page(width=1280, height=900, reduced_motion="reduce", **options):
        context = browser.new_context(viewport={"width": width, "height": height}, reduced_motion=reduced_motion, **options)
        context.set_default_timeout(10_000)
        contexts.append(context)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def example(example_site):
    """The served example community."""
    with SiteServer(example_site) as server:
        yield server


@pytest.fixture(scope="session")
def example_in(stoa, example, tmp_path_factory):
    """A function that serves the example community as if its own language were another, each built once."""
    servers = {"en": example}

    def serve(language):
        if language not in servers:
            source = tmp_path_factory.mktemp(language) / "community"
            write_example(source, language)
            run(stoa, "build", "--source", source, "--output", source / "site")
            servers[language] = SiteServer(source / "site").__enter__()
        return servers[language]

    yield serve
    for language, server in servers.items():
        if language != "en":
            server.__exit__()


@pytest.fixture(scope="session")
def right_to_left(example_in):
    """The example community as if its own language were Arabic, served."""
    return example_in("ar")


@pytest.fixture(scope="session")
def stress(stoa, tmp_path_factory):
    """The served community in which everything is too long."""
    source = tmp_path_factory.mktemp("stress")
    write_stress_site(source)
    run(stoa, "build", "--source", source, "--output", source / "site")
    with SiteServer(source / "site") as server:
        yield server
