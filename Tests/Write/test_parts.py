"""A site that several builds write in parts, and that is joined, has the bytes of a single build."""

import random
import re
import shutil
import subprocess
import sys

import pytest
import yaml

from conftest import ROOT, run


@pytest.fixture(scope="module")
def community(tmp_path_factory):
    """Posts with files and feeds, whose addresses have letters of several scripts."""
    root = tmp_path_factory.mktemp("community")
    (root / "stoa.yml").write_text("title: Parts\nurl: https://parts.example/notes\n")
    words = random.Random(5)
    for number in range(40):
        slug = words.choice(["stein", "ὁδός", "水", "path"]) + str(number)
        post = root / f"content/posts/{slug}/index.md"
        post.parent.mkdir(parents=True)
        post.write_text(f"---\ntitle: Post {number}\nauthor: Ann {number % 7}\ndate: 2026-01-{number % 28 + 1:02}\ntopics: [T{number % 5}]\n---\n\n"
                        + " ".join(words.choice(["river", "bridge", "well", "mill"]) for _ in range(words.randrange(5, 900))) + "\n")
        (post.parent / "note.txt").write_text(f"{number}\n")
        for answer in range(number % 4):
            path = root / f"content/responses/{slug}/r{answer}.md"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"---\nguest: Bo\ndate: 2026-02-{answer + 1:02}\n---\n\nYes, {answer}.\n")
    return root


def build(stoa, root, output, *options, check=True):
    return run(stoa, "build", "--source", root, "--as-of", "2026-06-01", "--output", output, "--quiet", *options, check=check)


def tree(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def whole(stoa, community, tmp_path_factory):
    folder = tmp_path_factory.mktemp("whole") / "site"
    build(stoa, community, folder)
    return tree(folder)


@pytest.fixture(scope="module")
def thirds(stoa, community, tmp_path_factory):
    folder = tmp_path_factory.mktemp("thirds")
    for number in (1, 2, 3):
        build(stoa, community, folder / str(number), "--part", f"{number}/3")
    return folder


@pytest.fixture
def parts(thirds, tmp_path):
    shutil.copytree(thirds, tmp_path / "parts")
    return [tmp_path / "parts" / str(number) for number in (1, 2, 3)]


def join(stoa, parts, output, cwd, check=True):
    return run(stoa, "join", *parts, "--output", output, cwd=cwd, check=check)


@pytest.mark.parametrize("count", [1, 2, 5, 16])
def test_joined_parts_are_the_whole_site(stoa, community, whole, tmp_path, count):
    folders = [tmp_path / f"part-{number}" for number in range(1, count + 1)]
    for number, folder in enumerate(folders, 1):
        build(stoa, community, folder, "--part", f"{number}/{count}")
    random.Random(count).shuffle(folders)
    join(stoa, folders, tmp_path / "site", tmp_path)
    assert tree(tmp_path / "site") == whole
    # Each file is in one part, and no part is much larger than the others.
    sizes = [sum(len(data) for name, data in tree(folder).items() if name != ".stoa-manifest") for folder in folders]
    assert sum(len(tree(folder)) - 1 for folder in folders) == len(whole) - 1
    assert max(sizes) < 2.5 * sum(sizes) / count


def test_joining_again_changes_nothing(stoa, parts, whole, tmp_path):
    join(stoa, parts, tmp_path / "site", tmp_path)
    again = join(stoa, parts, tmp_path / "site", tmp_path)
    assert "written    0" in again.stdout and f"unchanged  {len(whole) - 1}" in again.stdout


def test_a_whole_build_takes_a_joined_site_for_its_own(stoa, community, parts, whole, tmp_path):
    join(stoa, parts, tmp_path / "site", tmp_path)
    build(stoa, community, tmp_path / "site")
    assert tree(tmp_path / "site") == whole


def other_commit(stoa, community, folder, tmp_path):
    changed = tmp_path / "changed"
    shutil.copytree(community, changed)
    page = next((changed / "content/posts").rglob("index.md"))
    page.write_text(page.read_text() + "One more word.\n")
    build(stoa, changed, folder, "--part", "2/3")


def other_day(stoa, community, folder, tmp_path):
    run(stoa, "build", "--source", community, "--as-of", "2026-05-01", "--output", folder, "--quiet", "--part", "2/3")


def other_count(stoa, community, folder, tmp_path):
    build(stoa, community, folder, "--part", "2/4")


def whole_site(stoa, community, folder, tmp_path):
    build(stoa, community, folder)


def killed(stoa, community, folder, tmp_path):
    manifest = folder / ".stoa-manifest"
    lines = manifest.read_text().splitlines(True)
    lines[-1] = "0 - " + lines[-1].split(" ", 2)[2]
    manifest.write_text("".join(lines))


def changed_file(stoa, community, folder, tmp_path):
    page = next(folder.rglob("*.html"))
    page.write_bytes(page.read_bytes().replace(b"<", b">", 1))


def lost_file(stoa, community, folder, tmp_path):
    next(folder.rglob("*.html")).unlink()


def linked_file(stoa, community, folder, tmp_path):
    page = next(folder.rglob("*.html"))
    page.rename(tmp_path / "elsewhere.html")
    page.symlink_to(tmp_path / "elsewhere.html")


def empty(stoa, community, folder, tmp_path):
    shutil.rmtree(folder)
    folder.mkdir()


def planted(stoa, community, folder, tmp_path):
    manifest = folder / ".stoa-manifest"
    manifest.write_text(manifest.read_text().replace("part 2 of 3", "part 2 of 0"))


@pytest.mark.parametrize("spoil, reason", [
    (other_commit, "is part of another build than"), (other_day, "is part of another build than"), (other_count, "is part of another build than"),
    (whole_site, "holds a whole site"), (killed, "of a build that did not end"), (changed_file, "is not as its build left it"),
    (lost_file, "is not as its build left it"), (linked_file, "is not as its build left it"), (empty, "holds no part of a site"),
    (planted, "holds a manifest that no build wrote"),
])
def test_a_part_that_does_not_fit_is_refused_by_name(stoa, community, parts, tmp_path, spoil, reason):
    spoil(stoa, community, parts[1], tmp_path)
    done = join(stoa, parts, tmp_path / "site", tmp_path, check=False)
    assert done.returncode == 74 and f"{parts[1]}: " in done.stderr and reason in done.stderr, done.stderr
    assert not (tmp_path / "site").exists()


def test_a_missing_part_is_named(stoa, parts, tmp_path):
    done = join(stoa, [parts[0], parts[2]], tmp_path / "site", tmp_path, check=False)
    assert done.returncode == 74 and "of which 2 is missing" in done.stderr


def test_a_part_that_is_there_twice_is_named(stoa, parts, tmp_path):
    shutil.copytree(parts[1], tmp_path / "again")
    done = join(stoa, [*parts, tmp_path / "again"], tmp_path / "site", tmp_path, check=False)
    assert done.returncode == 74 and f"{tmp_path}/again: is part 2 of 3, and so is {parts[1]}" in done.stderr


@pytest.mark.parametrize("part", ["0/3", "4/3", "2", "2/", "a/b", "1/0", "1/10001", "1/2/3"])
def test_a_part_that_cannot_be_is_a_usage_error(stoa, community, tmp_path, part):
    done = build(stoa, community, tmp_path / "site", "--part", part, check=False)
    assert done.returncode == 64 and "--part" in done.stderr


def test_a_part_has_a_folder_of_its_own(stoa, community):
    done = run(stoa, "build", "--source", community, "--part", "1/2", check=False)
    assert done.returncode == 64 and "--output" in done.stderr


GUIDE = (ROOT / "content/posts/scaling.md").read_text()
WORKFLOW, MANIFEST = re.findall(r"```yaml\n(.*?)```", GUIDE, re.S)


def test_kubernetes_takes_the_guides_job(tmp_path):
    (tmp_path / "job.yml").write_text(MANIFEST)
    run(sys.executable, "-m", "kubernetes_validate", "--strict", tmp_path / "job.yml")


def test_the_guides_commands_build_the_site(stoa, community, whole, tmp_path):
    """The commands of a pod and of a matrix's jobs, run in a shell with their numbers."""
    job = yaml.safe_load(MANIFEST)["spec"]
    words = job["template"]["spec"]["containers"][0]["command"][2]
    shell = words.replace("$(DAY)", "2026-06-01").replace("/community", str(community)).replace("/parts/", f"{tmp_path}/pods/").replace("stoa ", f"{stoa} ")
    for index in range(job["completions"]):
        subprocess.run(["sh", "-c", shell], env={"JOB_COMPLETION_INDEX": str(index), "PATH": "/usr/bin:/bin"}, check=True, capture_output=True)
    join(stoa, sorted((tmp_path / "pods").iterdir()), tmp_path / "site", tmp_path)
    assert tree(tmp_path / "site") == whole
    jobs = yaml.safe_load(WORKFLOW)["jobs"]
    steps = [step["run"] for step in jobs["part"]["steps"] + jobs["join"]["steps"] if "part" in step.get("run", "")]
    for number in jobs["part"]["strategy"]["matrix"]["part"]:
        command = steps[0].replace("${{ matrix.part }}", str(number)).replace('"$(git log -1 --format=%cs)"', "2026-06-01")
        subprocess.run(["sh", "-c", command.replace(".ci/stoa", f"{stoa}") + f" --source {community}"], cwd=tmp_path, check=True, capture_output=True)
        (tmp_path / "part").rename(tmp_path / f"part-{number}")
    subprocess.run(["sh", "-c", steps[1].replace(".ci/stoa", str(stoa)).replace("--output site", "--output matrix")], cwd=tmp_path, check=True, capture_output=True)
    assert tree(tmp_path / "matrix") == whole
