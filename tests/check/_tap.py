"""What the test scripts share: TAP lines, running mingbai, folders to work in."""
import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


def options():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", default="build")
    return parser.parse_args()


class Tap:
    """with Tap() as t: t.check("name", condition or list of faults). The plan comes last."""

    def __init__(self):
        self.count = 0
        self.failed = 0

    def __enter__(self):
        return self

    def __exit__(self, kind, value, trace):
        if kind is not None:
            self.check("no exception", ["%s: %s" % (kind.__name__, value)])
        print("1..%d" % self.count)
        return False

    def check(self, name, faults):
        """faults: a list, empty when all is well; or a bool, True when all is well."""
        if isinstance(faults, bool):
            faults = [] if faults else ["false"]
        self.count += 1
        self.failed += bool(faults)
        print("%s %d %s" % ("not ok" if faults else "ok", self.count, name))
        for fault in faults[:12]:
            print("# %s" % fault)
        if len(faults) > 12:
            print("# and %d more" % (len(faults) - 12))


def binary():
    return ROOT / options().build / "mingbai"


def mingbai(*arguments, cwd=ROOT, **environment):
    """Runs the program; a completed process with text output."""
    return subprocess.run([str(binary())] + [str(a) for a in arguments], cwd=cwd, text=True,
                          capture_output=True, stdin=subprocess.DEVNULL,
                          env=dict(os.environ, LC_ALL="C.UTF-8", **environment))


def scratch():
    """A folder that goes with the process."""
    folder = Path(tempfile.mkdtemp(prefix="mingbai-test-"))
    import atexit
    atexit.register(shutil.rmtree, folder, True)
    return folder


def run(*command, **more):
    return subprocess.run([str(c) for c in command], text=True, capture_output=True,
                          stdin=subprocess.DEVNULL, **more)
