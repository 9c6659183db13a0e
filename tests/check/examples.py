#!/usr/bin/python3
"""The examples of templates/README.md. TAP.

Every fenced yaml block is a whole file; its first line, a comment, says which: `# notices/well.yaml`.
A template is rendered against input/ with the project's templates around it, in every format it
declares; it must exit 0 and give each. A style (`# styles/x.yaml`) is laid down for the examples after
it. Every key and word the readers of templates and styles know must be shown.

examples.py --keep FOLDER NAME... renders those examples (all, when none is named) to look at.
"""
import re
import shutil
import sys
from pathlib import Path

from _tap import ROOT, Tap, mingbai, scratch

README = ROOT / "templates/README.md"
SUFFIXES = {"tree": ".tree.txt"}  # others: the format's name


def examples():
    """(line, file below templates/ or None, text) of each block."""
    text = README.read_text()
    for block in re.finditer(r"^```yaml\n(.*?)^```$", text, re.M | re.S):
        name = re.match(r"# ((?:styles|notices|cards|forms|workbooks|prose)/[\w-]+\.yaml)\s", block.group(1))
        yield text.count("\n", 0, block.start()) + 1, name and name.group(1), block.group(1)


def member(text, key):
    found = re.search(r"^%s:\s*(\S.*?)\s*$" % key, text, re.M)
    return found.group(1) if found else ""


def lay(home, name, text):
    path = home / "templates" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)


def new_home(work, name, styles):
    home = work / Path(name).stem
    shutil.copytree(ROOT / "templates", home / "templates")
    for folder in ("fonts", "input"):
        (home / folder).symlink_to(ROOT / folder)
    for style, text in styles.items():
        lay(home, style, text)
    return home


def render(home, name, text):
    """What is wrong with the example."""
    if (ROOT / "templates" / name).exists():
        return ["%s would replace the project's own" % name]
    lay(home, name, text)
    run = mingbai("render", member(text, "id"), "-i", "input", cwd=home)
    faults = ["exit %d" % run.returncode] + run.stderr.splitlines() if run.returncode else []
    made = [path.name for path in (home / "output").rglob("*")] if not faults else []
    formats = re.findall(r"\w+", member(text, "formats").split("]")[0])
    if not formats:
        faults.append("no formats")
    for wanted in formats:
        if not faults and not any(file.endswith(SUFFIXES.get(wanted, "." + wanted)) for file in made):
            faults.append("no %s among %s" % (wanted, made))
    return faults


def arrays(source):
    """(name, words) of each constant array of texts."""
    for found in re.finditer(r"const char \*const (\w+)\[\]\s*=\s*\{([^}]*)\}", source):
        yield found.group(1), re.findall(r'"([^"]*)"', found.group(2))


def known():
    """(keys, words) that the readers of gen/document/ compare with."""
    keys, words = {}, {}
    everything = {path.name: path.read_text() for path in sorted((ROOT / "gen/document").glob("*.c"))}
    for file, source in everything.items():
        of_keys = set(re.findall(r"yaml_only\([^,;]+,\s*(\w+)", source)) | {"KINDS"}
        of_words = set(re.findall(r"read_word\([^,;]+,\s*[^,;]+,\s*(\w+)", source))
        for name, texts in arrays(source):
            for text in texts:
                if name in of_keys:
                    keys[text] = file
                elif name in of_words:
                    words[text] = file
    formats = dict(arrays((ROOT / "gen/base/format.c").read_text()))["NAMES"]
    words.update({name: "format.c" for name in formats})
    return keys, words


def check_known(tap):
    keys, words = known()
    shown = "\n".join(text for _, name, text in examples() if name)
    whole = README.read_text()
    tap.check("the readers' keys are found", len(keys) > 80 and {"id", "table", "papers", "over"} <= set(keys))
    tap.check("every key is in an example", [
        "%s (%s)" % (key, file) for key, file in sorted(keys.items())
        if not re.search(r"(?:^|[\s{\[,])\"?%s\"?:(?:\s|$)" % re.escape(key), shown, re.M)])
    tap.check("every word is named", [
        "%s (%s)" % (word, file) for word, file in sorted(words.items())
        if not re.search(r"(?<![A-Za-z_-])%s(?![A-Za-z_-])" % re.escape(word), whole)])


def run_all(work, wanted, report):
    styles = {}
    for line, name, text in examples():
        if not name:
            report("README.md:%d" % line, ["the first line must name the file: # notices/NAME.yaml"])
        elif name.startswith("styles/"):
            styles[name] = text
        elif not wanted or Path(name).stem in wanted:
            report("%s (README.md:%d)" % (name, line), render(new_home(work, name, styles), name, text))


def main():
    if "--keep" in sys.argv:
        at = sys.argv.index("--keep")
        folder, wanted = Path(sys.argv[at + 1]), sys.argv[at + 2:]
        del sys.argv[at:]
        run_all(folder, wanted, lambda name, faults: print(name, *faults, sep="\n  "))
        return 0
    with Tap() as tap:
        run_all(scratch(), [], tap.check)
        check_known(tap)
    return 1 if tap.failed else 0


if __name__ == "__main__":
    sys.exit(main())
