#!/usr/bin/python3
"""Runs every test, prints the failures, ends with `N passed, N failed`.

A test program speaks TAP. A program that crashes, prints no plan, or prints fewer results than its
plan counts as failed. Programs: tests/unit (built by make unit), tests/cli/*.bats,
tests/check/*.py (each is given --build DIR).
"""
import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LIMIT = 1200  # seconds one program may take


def programs(build):
    unit = ROOT / build / "unit"
    for source in sorted((ROOT / "tests/unit").glob("*/test_*.c")):
        yield [str(unit / source.parent.name / source.stem)]
    for script in sorted((ROOT / "tests/check").glob("*.py")):
        if not script.name.startswith("_"):
            yield ["/usr/bin/python3", str(script), "--build", build]
    for script in sorted((ROOT / "tests/cli").glob("*.bats")):
        yield ["bats", "--tap", str(script)]


def judge(name, status, output):
    """(passed, failures) of one program's TAP output."""
    plan = None
    passed, seen, failures, notes = 0, 0, [], []
    for line in output.splitlines():
        found = re.match(r"(?:(\d+)\.\.(\d+))", line)
        if found:
            plan = (plan or 0) + int(found.group(2))
            continue
        result = re.match(r"(not )?ok\b[ \d-]*(.*)", line)
        if result:
            seen += 1
            if result.group(1):
                failures.append("%s: %s" % (name, result.group(2)))
            else:
                passed += 1
        elif line.startswith("#") or seen < (plan or 1):
            notes.append(line)
    if plan is None:
        failures.append("%s: no plan (exit status %d)" % (name, status))
    elif seen != plan:
        failures.append("%s: %d results of %d planned (exit status %d)" % (name, seen, plan, status))
    elif status != 0 and not failures:
        failures.append("%s: exit status %d" % (name, status))
    return passed, failures, notes


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--build", default="build")
    arguments.add_argument("--only", default="", help="programs whose path contains this")
    options = arguments.parse_args()
    scratch = tempfile.mkdtemp(prefix="mingbai-run-")  # what a crashed test leaves goes with it
    environment = dict(os.environ, LC_ALL="C.UTF-8", TMPDIR=scratch,
                       MINGBAI_BUILD=str(ROOT / options.build),
                       LSAN_OPTIONS='suppressions="%s":print_suppressions=0' %
                       (ROOT / "tests/lsan.supp"))
    total, failed = 0, 0
    for command in programs(options.build):
        shown = "/".join(Path(next(c for c in command if "tests/" in c or "unit/" in c)).parts[-3:])
        if options.only not in shown:
            continue
        start = time.monotonic()
        try:
            run = subprocess.run(command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL,
                                 stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=LIMIT)
            status, output = run.returncode, run.stdout.decode("utf-8", "replace")
        except (OSError, subprocess.TimeoutExpired) as fault:
            status, output = -1, str(fault)
        passed, failures, notes = judge(shown, status, output)
        total += passed
        failed += len(failures)
        print("%s %s: %d (%.1f s)" % ("ok  " if not failures else "FAIL", shown, passed,
                                      time.monotonic() - start), flush=True)
        if failures:
            print("\n".join("    " + text for text in failures + notes[-60:]), flush=True)
    shutil.rmtree(scratch, ignore_errors=True)
    print("%d passed, %d failed" % (total, failed))
    return 1 if failed or not total else 0


if __name__ == "__main__":
    sys.exit(main())
