#!/usr/bin/python3
"""Pictures, QR codes and charts as other programs see them: codes are read from paper and sheet, a
picture is in a file once, upright, and without what its camera wrote into it. TAP."""
import base64
import io
import re
import shutil
import zipfile
import zlib

from _tap import ROOT, Tap, mingbai, run, scratch

# 48 x 32 pixels, left half white, the right one black over red; EXIF says: turn it clockwise, and where
# it was taken.
PHOTO = base64.b64decode(
    "/9j/4AAQSkZJRgABAQAAAQABAAD/4QAyRXhpZgAATU0AKgAAAAgAAQESAAMAAAABAAYAAAAAAABHUFM9MzAuMSwxMDkuMgAA/9sA"
    "QwADAgICAgIDAgICAwMDAwQGBAQEBAQIBgYFBgkICgoJCAkJCgwPDAoLDgsJCQ0RDQ4PEBAREAoMEhMSEBMPEBAQ/9sAQwEDAwME"
    "AwQIBAQIEAsJCxAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQ/8AAEQgAIAAwAwEiAAIR"
    "AQMRAf/EAB8AAAEFAQEBAQEBAAAAAAAAAAABAgMEBQYHCAkKC//EALUQAAIBAwMCBAMFBQQEAAABfQECAwAEEQUSITFBBhNRYQci"
    "cRQygZGhCCNCscEVUtHwJDNicoIJChYXGBkaJSYnKCkqNDU2Nzg5OkNERUZHSElKU1RVVldYWVpjZGVmZ2hpanN0dXZ3eHl6g4SF"
    "hoeIiYqSk5SVlpeYmZqio6Slpqeoqaqys7S1tre4ubrCw8TFxsfIycrS09TV1tfY2drh4uPk5ebn6Onq8fLz9PX29/j5+v/EAB8B"
    "AAMBAQEBAQEBAQEAAAAAAAABAgMEBQYHCAkKC//EALURAAIBAgQEAwQHBQQEAAECdwABAgMRBAUhMQYSQVEHYXETIjKBCBRCkaGx"
    "wQkjM1LwFWJy0QoWJDThJfEXGBkaJicoKSo1Njc4OTpDREVGR0hJSlNUVVZXWFlaY2RlZmdoaWpzdHV2d3h5eoKDhIWGh4iJipKT"
    "lJWWl5iZmqKjpKWmp6ipqrKztLW2t7i5usLDxMXGx8jJytLT1NXW19jZ2uLj5OXm5+jp6vLz9PX29/j5+v/aAAwDAQACEQMRAD8A"
    "/VOiiigAr+Vev6qK/lXoAKKKKAP6qKKKKACvwhr93q/CGvhuNP8Alx/29/7af1T9Gb/maf8AcD/3MFFFFfCn9VH/2Q==")
ADDRESS = "https://www.example.gov.cn/gongshi/2026/990101?cun=石门村"
TEMPLATE = """id: figures
title: 图样
audience: public
style: notice
file: 图样
formats: [pdf, png, xlsx]
body:
  - title: 图样
  - image: {file: 照片.jpg, width: 10}
  - qr: {text: "%s", label: 扫码看全文}
  - section: 第二页
  - image: {file: 照片.jpg, width: 10, align: left}
  - qr: {text: 石门村村务公开, size: 20, align: center}
""" % ADDRESS


def new_home():
    home = scratch() / "home"
    (home / "input/图片").mkdir(parents=True)
    (home / "input/图片/照片.jpg").write_bytes(PHOTO)
    for folder in ("ledgers", "settings", "styles"):
        shutil.copytree(ROOT / "templates" / folder, home / "templates" / folder)
    (home / "fonts").symlink_to(ROOT / "fonts")
    (home / "templates/notices").mkdir()
    (home / "templates/notices/figures.yaml").write_text(TEMPLATE)
    return home


def codes(path):
    """What a reader of codes sees in a picture, in no order."""
    return sorted(run("zbarimg", "-q", "--raw", path).stdout.split())


def inflated(data):
    """The bytes of a file and of every deflated stream in it."""
    yield data
    for found in re.finditer(rb"stream\r?\n", data):
        try:
            yield zlib.decompressobj().decompress(data[found.end():])
        except zlib.error:
            pass


def pdf_pixels(path, page):
    """The page's first picture as (width, height, rows of RGB), by poppler."""
    folder = scratch()
    run("pdfimages", "-f", page, "-l", page, path, folder / "i")
    header, data = (folder / "i-000.ppm").read_bytes().split(b"\n255\n", 1)
    width, height = map(int, re.findall(rb"\d+", header)[1:3])
    return width, height, [data[i * 3 * width:(i + 1) * 3 * width] for i in range(height)]


def near(pixel, wanted):
    return all(abs(a - b) < 40 for a, b in zip(pixel, wanted))


def check_paper(tap, out):
    pdf = out / "图样.pdf"
    wanted = ["石门村村务公开", ADDRESS]
    folder = scratch()
    run("pdftoppm", "-r", "150", "-png", pdf, folder / "p")
    for name, pages in (("pdf", sorted(folder.glob("*.png"))), ("png", sorted(out.glob("*.png")))):
        seen = [code for page in pages for code in codes(page)]
        tap.check("%s: each code is read" % name, [] if sorted(seen) == sorted(wanted) else [str(seen)])
    text = run("pdftotext", pdf, "-").stdout
    tap.check("pdf: readable text beside the codes", "扫码看全文" in text and "石门村村务公开" in text)
    images = run("pdfimages", "-list", pdf).stdout.splitlines()[2:]
    tap.check("pdf: a picture twice on paper is once in the file", [] if len(images) == 2 and
              len({line.split()[10] for line in images}) == 1 and
              all(line.split()[8] == "jpeg" for line in images) else images or ["none"])
    width, height, rows = pdf_pixels(pdf, "1")
    tap.check("pdf: the picture is turned as its camera says",
              (width, height) == (32, 48) and near(rows[8][:3], (255, 255, 255))
              and near(rows[40][:3], (255, 0, 0)) and near(rows[40][-3:], (0, 0, 0)))


def check_sheet(tap, out):
    book = zipfile.ZipFile(out / "图样.xlsx")
    media = sorted(name for name in book.namelist() if name.startswith("xl/media/"))
    folder = scratch()
    book.extractall(folder)
    seen = [code for name in media if name.endswith("png") for code in codes(folder / name)]
    tap.check("xlsx: each code is read", sorted(seen) == sorted(["石门村村务公开", ADDRESS]))
    tap.check("xlsx: the pictures are there", [] if len([n for n in media if n.endswith("jpeg")]) in (1, 2)
              else media or ["none"])
    text = book.read("xl/sharedStrings.xml").decode()
    tap.check("xlsx: readable text beside the codes", "扫码看全文" in text)


def check_private(tap, out):
    faults = []
    for path in sorted(out.iterdir()):
        data = path.read_bytes()
        parts = list(inflated(data))
        if path.suffix == ".xlsx":
            book = zipfile.ZipFile(io.BytesIO(data))
            parts += [book.read(name) for name in book.namelist()]
        faults += ["%s holds %s" % (path.name, mark) for mark in (b"GPS=", b"Exif") for part in parts
                   if mark in part]
    tap.check("where the photograph was taken is nowhere", faults)


def main():
    home = new_home()
    result = mingbai("render", "figures", "-i", "input", cwd=home)
    out = home / "output/公开"
    with Tap() as tap:
        tap.check("figures are rendered", [] if result.returncode == 0 else result.stderr.splitlines())
        check_paper(tap, out)
        check_sheet(tap, out)
        check_private(tap, out)
        first = {path.name: path.read_bytes() for path in out.iterdir()}
        mingbai("render", "figures", "-i", "input", cwd=home)
        tap.check("the same bytes twice", first == {p.name: p.read_bytes() for p in out.iterdir()})
    return 1 if tap.failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
