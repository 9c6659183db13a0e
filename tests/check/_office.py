"""LibreOffice as the reader that works out every formula for itself."""
import re
import zipfile

from _tap import run


def without_cached(path, target):
    """A copy of a workbook whose formulas have no values, so that a reader must work them out."""
    dropped = 0
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(target, "w") as copy:
        for name in source.namelist():
            data = source.read(name)
            if name.startswith("xl/worksheets/"):
                data, count = re.subn(rb"(</f>)<v>[^<]*</v>", rb"\1", data)
                dropped += count
            copy.writestr(name, data)
    return dropped


def recalculated(paths, work):
    """The workbooks as LibreOffice saves them after working out every formula."""
    stripped, done = work / "stripped", work / "recalculated"
    stripped.mkdir()
    dropped = [without_cached(path, stripped / path.name) for path in paths]
    run("soffice", "-env:UserInstallation=file://%s" % (work / "office"), "--headless", "--convert-to",
        "xlsx", "--outdir", done, *sorted(stripped.iterdir()))
    return done, sum(dropped)
