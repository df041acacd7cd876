"""Images on a site: their attributes on pages, and the metadata that is removed from their copies."""

import json
import re
import zlib
import shutil
import subprocess

import pytest
from PIL import Image, ImageChops, ImageCms, ImageDraw

from conftest import run

SETTINGS = "title: Pictures\nurl: https://pictures.example\nlanguage: en\nhistory: none\n"
CANARY = "Zanzibar-7731"


@pytest.fixture
def community(tmp_path):
    """A community with one post; also returns the post's folder."""
    (tmp_path / "stoa.yml").write_text(SETTINGS)
    bundle = tmp_path / "content" / "posts" / "pictures"
    bundle.mkdir(parents=True)
    return tmp_path, bundle


@pytest.fixture
def build(stoa, community):
    """Builds it with a text, and returns the attributes of the page's images, and the build's output."""

    def build(text, settings=SETTINGS):
        root, bundle = community
        (root / "stoa.yml").write_text(settings)
        (bundle / "index.md").write_text(f"---\ntitle: Pictures\nauthor: Ada\ndate: 2026-01-01\n---\n\n{text}\n")
        result = run(stoa, "build", "--source", root)
        page = (root / "site" / "posts" / "pictures" / "index.html").read_text()
        tags = re.findall(r"<img ([^>]*)>", page[page.index('class="prose') :])
        return [dict(re.findall(r'([\w-]+)="([^"]*)"', tag)) for tag in tags], result.stderr

    return build


def picture(width=61, height=37, mode="RGB"):
    """An image whose corners all differ."""
    image = Image.new("RGB", (width, height), "navy")
    ImageDraw.Draw(image).polygon([(0, 0), (width, height // 3), (width // 4, height)], fill="gold")
    return image.convert(mode)


SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
FILES = {
    "baseline.jpg": ("RGB", {"quality": 80}),
    "progressive.jpg": ("RGB", {"progressive": True}),
    "grey.jpg": ("L", {}),
    "print.jpg": ("CMYK", {}),
    "restarts.jpg": ("RGB", {"restart_marker_blocks": 2}),
    "profile.jpg": ("RGB", {"icc_profile": SRGB}),
    "colour.png": ("RGB", {"icc_profile": SRGB, "dpi": (300, 300)}),
    "palette.png": ("P", {"transparency": 0}),
    "alpha.png": ("RGBA", {}),
    "deep.png": ("I;16", {}),
    "lossy.webp": ("RGB", {"quality": 70}),
    "lossless.webp": ("RGB", {"lossless": True}),
    "alpha.webp": ("RGBA", {"icc_profile": SRGB}),
}


def save(folder, name):
    mode, options = FILES[name]
    image = picture(mode="L" if mode == "I;16" else mode)
    if mode == "I;16":
        image = image.convert("I;16")
    image.save(folder / name, **options)
    return folder / name


def exiftool(*arguments):
    return subprocess.run(["exiftool", "-q", *map(str, arguments)], check=True, capture_output=True, text=True).stdout


def betray(*files, orientation=1):
    """Adds metadata of cameras and programs to images of one kind."""
    thumbnail = files[0].parent / "thumbnail.jpg"
    picture(16, 9).save(thumbnail)
    arguments = [
        f"-EXIF:Artist={CANARY}", "-EXIF:GPSLatitude=51.5", "-EXIF:GPSLatitudeRef=N", "-EXIF:GPSLongitude=0.1",
        "-EXIF:GPSLongitudeRef=W", f"-EXIF:UserComment={CANARY}", "-EXIF:DateTimeOriginal=2026:01:02 03:04:05",
        f"-EXIF:SerialNumber={CANARY}", f"-XMP:Creator={CANARY}", "-XMP:GPSLatitude=51.5", f"-XMP-dc:Description={CANARY}",
        f"-EXIF:Orientation#={orientation}",
    ]
    if files[0].suffix == ".jpg":
        arguments += [f"-IPTC:Keywords={CANARY}", f"-Comment={CANARY}", f"-Photoshop:URL=http://{CANARY}.example",
                      f"-EXIF:ThumbnailImage<={thumbnail}"]
    if files[0].suffix == ".png":
        arguments += [f"-PNG:Comment={CANARY}", f"-PNG:Author={CANARY}", "-PNG:ModifyDate=2026:01:02 03:04:05"]
    exiftool("-overwrite_original", *arguments, *files)
    thumbnail.unlink()
    assert all(CANARY.encode() in file.read_bytes() for file in files)


# The properties that exiftool may still find: those of the file, and those needed to show the image.
GROUPS = {"ExifTool", "System", "File", "Composite", "JFIF", "PNG", "PNG-pHYs", "RIFF", "Adobe",
          "ICC_Profile", "ICC-header", "ICC-view", "ICC-meas", "ICC-chrm"}
PNG_TAGS = {"ImageWidth", "ImageHeight", "BitDepth", "ColorType", "Compression", "Filter", "Interlace", "Palette",
            "Transparency", "ProfileName", "AnimationFrames", "AnimationPlays"}


def assert_tells_nothing(*files):
    for said in json.loads(exiftool("-j", "-G1", "-a", "-u", "-ee", *files)):
        assert_is_about_the_picture(said)
    for file in files:
        assert CANARY.encode() not in file.read_bytes()


def assert_is_about_the_picture(said):
    for name, value in said.items():
        if name == "SourceFile":
            continue
        group, tag = name.split(":", 1)
        if (group, tag) == ("IFD0", "Orientation") or (group, tag) == ("File", "ExifByteOrder"):
            continue
        assert group in GROUPS, f"{name}: {value}"
        assert group != "PNG" or tag in PNG_TAGS, f"{name}: {value}"
        assert tag not in ("Comment", "ThumbnailImage"), f"{name}: {value}"


def assert_shows_the_same(copy, original):
    with Image.open(copy) as one, Image.open(original) as other:
        assert one.mode == other.mode and one.size == other.size
        assert ImageChops.difference(one.convert("RGBA"), other.convert("RGBA")).getbbox() is None
        assert one.info.get("icc_profile") == other.info.get("icc_profile")
        assert one.getexif().get(0x0112, 1) == other.getexif().get(0x0112, 1)


def test_copies_keep_the_picture_and_nothing_else(community, build):
    root, bundle = community
    # exiftool takes a third of a second to start.
    for kind in (".jpg", ".png", ".webp"):
        betray(*(save(bundle, name) for name in FILES if name.endswith(kind)), orientation=6)
    static = root / "content" / "static" / "deep"
    shutil.copytree(bundle, static)
    build("")
    folders = root / "site" / "posts" / "pictures", root / "site" / "deep"
    assert_tells_nothing(*(folder / name for folder in folders for name in FILES))
    for folder in folders:
        for name in FILES:
            assert_shows_the_same(folder / name, bundle / name)


def test_what_tells_nothing_is_left_as_it_is(community, build):
    root, bundle = community
    names = [name for name in FILES if not name.startswith("restarts")]
    for name in names:
        save(bundle, name)
    build("".join(f"![]({name})" for name in names))
    for name in names:
        copy = root / "site" / "posts" / "pictures" / name
        assert_shows_the_same(copy, bundle / name)
        if name.endswith((".png", ".jpg")):
            assert copy.read_bytes() == (bundle / name).read_bytes(), name


def test_a_community_can_keep_it(community, build):
    root, bundle = community
    file = save(bundle, "baseline.jpg")
    betray(file)
    build("![](baseline.jpg)", SETTINGS + "strip-metadata: false\n")
    assert (root / "site" / "posts" / "pictures" / "baseline.jpg").read_bytes() == file.read_bytes()


def with_trailer(file):
    hidden = file.parent / "hidden.jpg"
    picture().save(hidden)
    betray(hidden)
    file.write_bytes(file.read_bytes() + hidden.read_bytes())
    hidden.unlink()


def with_segment_after_the_scan(file):
    data = file.read_bytes()
    comment = CANARY.encode()
    assert data[-2:] == b"\xff\xd9"
    file.write_bytes(data[:-2] + b"\xff\xfe" + (len(comment) + 2).to_bytes(2, "big") + comment + data[-2:])


def with_private_segment(file):
    data = file.read_bytes()
    content = b"vendor\0" + CANARY.encode()
    file.write_bytes(data[:2] + b"\xff\xff\xe7" + (len(content) + 2).to_bytes(2, "big") + content + data[2:])


def chunk(kind, content):
    return len(content).to_bytes(4, "big") + kind + content + zlib.crc32(kind + content).to_bytes(4, "big")


def with_private_chunk(file):
    data = file.read_bytes()
    file.write_bytes(data[:33] + chunk(b"vpAg", CANARY.encode()) + data[33:] + CANARY.encode())


def with_private_riff_chunk(file):
    data = file.read_bytes()
    content = CANARY.encode() + b"\0"
    data += b"VNDR" + len(content).to_bytes(4, "little") + content + b"\0" * (len(content) % 2)
    file.write_bytes(b"RIFF" + (len(data) - 8).to_bytes(4, "little") + data[8:] + CANARY.encode())


@pytest.mark.parametrize(
    ("name", "hide"),
    [
        ("baseline.jpg", with_trailer),
        ("progressive.jpg", with_segment_after_the_scan),
        ("baseline.jpg", with_private_segment),
        ("colour.png", with_private_chunk),
        ("lossy.webp", with_private_riff_chunk),
        ("alpha.webp", with_private_riff_chunk),
    ],
)
def test_hiding_places_are_not_copied(community, build, name, hide):
    root, bundle = community
    file = save(bundle, name)
    hide(file)
    assert CANARY.encode() in file.read_bytes()
    build(f"![]({name})")
    copy = root / "site" / "posts" / "pictures" / name
    assert_tells_nothing(copy)
    assert_shows_the_same(copy, file)


def test_a_wrong_name_keeps_nothing_secret(community, build):
    root, bundle = community
    file = save(bundle, "baseline.jpg")
    betray(file)
    for name in ("photo.png", "photo.dat", "photo"):
        shutil.copy(file, bundle / name)
    build("")
    for name in ("photo.png", "photo.dat", "photo"):
        assert CANARY.encode() not in (root / "site" / "posts" / "pictures" / name).read_bytes()


def test_moving_pictures_keep_moving(community, build):
    root, bundle = community
    frames = [picture(40, 30), picture(40, 30).rotate(90)]
    for name in ("moving.png", "moving.webp"):
        frames[0].save(bundle / name, save_all=True, append_images=frames[1:], duration=80, loop=0)
        betray(bundle / name)
    build("")
    for name in ("moving.png", "moving.webp"):
        copy = root / "site" / "posts" / "pictures" / name
        assert_tells_nothing(copy)
        with Image.open(copy) as one, Image.open(bundle / name) as other:
            assert one.n_frames == other.n_frames == 2
            for frame in range(2):
                one.seek(frame), other.seek(frame)
                assert ImageChops.difference(one.convert("RGBA"), other.convert("RGBA")).getbbox() is None


# Attributes of images on pages


@pytest.mark.parametrize("name", ["a.png", "a.jpg", "a.gif", "lossy.webp", "lossless.webp", "alpha.webp", "a.avif"])
def test_pages_carry_the_size(community, build, name):
    _, bundle = community
    image = picture(mode="RGBA" if name.startswith("alpha") else "RGB")
    image.save(bundle / name, **({"lossless": True} if name.startswith("lossless") else {}))
    (tag,), said = build(f"![A word]({name})")
    assert (tag["width"], tag["height"], tag["alt"]) == ("61", "37", "A word")
    assert said == ""


@pytest.mark.parametrize(
    ("root", "size"),
    [
        ('width="120" height="80"', ("120", "80")),
        ("height='80px' width='120.4px'", ("120", "80")),
        ('viewBox="0 0 300 150"', ("300", "150")),
        ('width="100%" height="100%" viewBox="0,0,300,150"', ("300", "150")),
        ('width="9e99" height="1"', None),
        ('width="-5" height="nan"', None),
        ("", None),
    ],
)
def test_drawings_have_the_size_of_their_root(community, build, root, size):
    _, bundle = community
    (bundle / "a.svg").write_text(f'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg" {root}></svg>')
    (tag,), said = build("![A word](a.svg)")
    assert (tag.get("width"), tag.get("height")) == (size or (None, None))
    assert said == ""


def test_a_picture_taken_on_its_side_has_the_size_that_is_shown(community, build):
    _, bundle = community
    for orientation in range(1, 9):
        exif = Image.Exif()
        exif[0x0112] = orientation
        picture().save(bundle / f"{orientation}.jpg", exif=exif)
    tags, _ = build("".join(f"![]({orientation}.jpg)" for orientation in range(1, 9)))
    assert [(tag["width"], tag["height"]) for tag in tags] == [("61", "37")] * 4 + [("37", "61")] * 4


def test_the_first_image_is_loaded_at_once_and_the_others_when_they_are_near(community, build):
    _, bundle = community
    for name in "abc":
        picture().save(bundle / f"{name}.png")
    tags, _ = build("![](https://elsewhere.example/x.png) ![](a.png)\n\n![](b.png) ![](c.png)")
    assert [tag["src"].rsplit("/", 1)[1] for tag in tags] == ["a.png", "b.png", "c.png"]
    assert [tag.get("loading") for tag in tags] == [None, "lazy", "lazy"]
    assert {tag["decoding"] for tag in tags} == {"async"}


@pytest.mark.parametrize(
    ("written", "size"),
    [
        ('width="122"', ("122", "74")),
        ('height="74"', ("122", "74")),
        # Width and height are a box that the image fits into.
        ('width="10" height="10"', ("10", "6")),
    ],
)
def test_an_author_s_own_size_has_its_way(community, build, written, size):
    _, bundle = community
    picture().save(bundle / "a.png")
    (tag,), _ = build(f'<img src="a.png" alt="" {written}>')
    assert (tag["width"], tag["height"]) == size


@pytest.mark.parametrize(
    "data",
    [b"", b"<html>not found</html>", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"RIFF\x10\0\0\0WEBPVP8 "],
)
def test_what_is_no_image_is_said_where_it_is_used(community, build, data):
    _, bundle = community
    (bundle / "a.jpg").write_bytes(data)
    tags, said = build("Words.\n\n![Words](a.jpg)")
    assert "content/posts/pictures/index.md:9:1: warning" in said and "[unreadable-image]" in said
    assert [tag["alt"] for tag in tags] == ["Words"] and "width" not in tags[0]


def test_an_image_that_is_not_there_is_its_words(community, build):
    tags, said = build("![Nothing here](nowhere.png)")
    assert tags == [] and "[missing-image]" in said
