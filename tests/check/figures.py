#!/usr/bin/python3
"""Pictures, QR codes and charts as other programs see them: codes are read from paper and sheet, a
picture is in a file once, upright, and without what its camera wrote into it. TAP."""
import base64
import io
import re
import shutil
import zipfile
import zlib

import openpyxl

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


CHARTS = """id: charts
title: 图表
audience: public
style: notice
file: 图表
formats: [pdf, xlsx]
types:
  组.户数: {type: integer, unit: 户}
  组.金额: {type: money, unit: 元}
  年.收入: {type: money, unit: 元}
data:
  组: |
    WITH x(序, 名, 户数, 金额) AS (VALUES (1, '一组', 12, 1234.5), (2, '二组', 30, NULL), (3, '三组', 7, 88.25))
    SELECT 名, 户数, 金额 FROM x ORDER BY 序
  年: |
    WITH x(年, 收入) AS (VALUES ('2024年', 9100), ('2025年', 9800.5)) SELECT 年, 收入 FROM x ORDER BY 年
body:
  - title: 图表
  - chart: {kind: bar, rows: 组, label: 名, values: [户数, 金额], title: 各组}
  - table: {rows: 组, columns: [{number: 序号}, {field: 名}, {field: 金额}, {field: 户数}], total: {户数: sum}}
  - chart: {kind: line, rows: 年, label: 年, values: 收入, title: 收入}
  - chart: {kind: pie, rows: 年, label: 年, values: 收入, title: 饼}
"""
# What each chart shows: (element of its kind, categories, values of each series).
SHOWN = [("barChart", ["一组", "二组", "三组"], [[12, 30, 7], [1234.5, None, 88.25]]),
         ("lineChart", ["2024年", "2025年"], [[9100, 9800.5]]),
         ("pieChart", ["2024年", "2025年"], [[9100, 9800.5]])]


def new_home():
    home = scratch() / "home"
    (home / "input/图片").mkdir(parents=True)
    (home / "input/图片/照片.jpg").write_bytes(PHOTO)
    for folder in ("ledgers", "settings", "styles"):
        shutil.copytree(ROOT / "templates" / folder, home / "templates" / folder)
    (home / "fonts").symlink_to(ROOT / "fonts")
    (home / "templates/notices").mkdir()
    (home / "templates/notices/figures.yaml").write_text(TEMPLATE)
    (home / "templates/notices/charts.yaml").write_text(CHARTS)
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


def cells(book, reference):
    """The values a chart's reference like '图表'!$B$3:$B$6 names."""
    sheet, area = re.fullmatch(r"'?(.*?)'?!(.*)", reference).groups()
    return [cell.value for row in book[sheet][area.replace("$", "")] for cell in row]


def check_charts(tap, out):
    path = out / "图表.xlsx"
    archive, book = zipfile.ZipFile(path), openpyxl.load_workbook(path)
    faults = []
    names = sorted(name for name in archive.namelist() if name.startswith("xl/charts/chart"))
    if len(names) != len(SHOWN):
        faults.append("charts: %s" % names)
    for name, (kind, labels, values) in zip(names, SHOWN):
        text = archive.read(name).decode()
        of_labels = re.findall(r"<c:cat>.*?<c:f>(.*?)</c:f>", text)
        of_values = re.findall(r"<c:val>.*?<c:f>(.*?)</c:f>", text)
        if "<c:%s>" % kind not in text:
            faults.append("%s is no %s" % (name, kind))
        if [cells(book, f) for f in of_labels] != [labels] * len(values):
            faults.append("%s: labels %s" % (name, [cells(book, f) for f in of_labels]))
        if [cells(book, f) for f in of_values] != values:
            faults.append("%s: values %s" % (name, [cells(book, f) for f in of_values]))
        if "<a:pattFill" not in text and kind != "lineChart":
            faults.append("%s has no pattern" % name)
    tap.check("xlsx: native charts refer to the cells that hold their values", faults)
    texts = [cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row]
    tap.check("xlsx: a table of its own only where none shows the rows, and once", texts.count("图表数据") == 1)
    words = run("pdftotext", out / "图表.pdf", "-").stdout.split()
    wanted = ["各组", "一组", "12", "30", "1,234.50", "88.25", "9,800.50", "收入"]
    tap.check("pdf: the values are written at the charts", [word for word in wanted if word not in words])


def check_office(tap, out):
    """LibreOffice draws them: their titles are on its pages."""
    folder = scratch()
    run("soffice", "-env:UserInstallation=file://%s/profile" % folder, "--headless", "--convert-to", "pdf",
        "--outdir", folder, out / "图表.xlsx")
    text = run("pdftotext", folder / "图表.pdf", "-").stdout
    tap.check("xlsx: LibreOffice draws the charts", [word for word in ("各组", "收入", "饼") if word not in text])


def main():
    home = new_home()
    result = mingbai("render", "figures", "-i", "input", cwd=home)
    out = home / "output/公开"
    with Tap() as tap:
        tap.check("figures are rendered", [] if result.returncode == 0 else result.stderr.splitlines())
        check_paper(tap, out)
        check_sheet(tap, out)
        check_private(tap, out)
        result = mingbai("render", "charts", "-i", "input", cwd=home)
        tap.check("charts are rendered", [] if result.returncode == 0 else result.stderr.splitlines())
        check_charts(tap, out)
        check_office(tap, out)
        first = {path.name: path.read_bytes() for path in out.iterdir()}
        mingbai("render", "figures", "charts", "-i", "input", cwd=home)
        tap.check("the same bytes twice", first == {p.name: p.read_bytes() for p in out.iterdir()})
    return 1 if tap.failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
