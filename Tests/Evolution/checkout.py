"""A copy of the checkout, and the folder that it is built in."""

import os
import re
import shutil
import subprocess


class Failure(Exception):
    """What should have followed from an edit did not."""


class ScratchFolder:
    """The checkout's .build, lent to the copy: the original is set aside, and comes back however this ends."""

    def __init__(self, root):
        self.path = root / ".build"
        self.kept = root / ".build-kept"

    def __enter__(self):
        if self.kept.exists():  # an earlier run was killed
            self.put_back()
        os.rename(self.path, self.kept)
        subprocess.run(["cp", "--archive", "--reflink=auto", self.kept, self.path], check=True)
        return self

    def __exit__(self, *_):
        self.put_back()

    def put_back(self):
        shutil.rmtree(self.path, ignore_errors=True)
        os.rename(self.kept, self.path)


class Build:
    """What a build said."""

    def __init__(self, process):
        self.returncode = process.returncode
        self.stdout = process.stdout
        steps = re.findall(r"^\[\d+/\d+\] (?:Compiling|Emitting module) (?!plugin).*$", process.stdout, re.MULTILINE)
        self.compiled = steps


class Checkout:
    """A temporary copy of what git tracks and what it would track."""

    def __init__(self, root, folder, scratch):
        # The package takes its identity from its folder's name.
        self.folder = folder / root.name
        self.scratch = scratch
        self.spec = self.folder / "api.yaml"
        names = subprocess.run(
            ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
            cwd=root, check=True, capture_output=True, text=True,
        ).stdout.split("\0")
        for name in filter(None, names + ["Package.resolved"]):
            if (root / name).is_file():
                (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(root / name, self.folder / name)

    def build(self):
        return Build(
            subprocess.run(
                ["swift", "build", "--scratch-path", str(self.scratch), "--product", "parley"],
                cwd=self.folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            )
        )

    def binary(self, name):
        return self.scratch / "debug" / name

    def generated_files(self):
        """Each Swift file that SpecGen wrote, with the time and size that it has."""
        folder = self.scratch / "plugins" / "outputs" / self.folder.name.lower()
        return {
            str(path.relative_to(folder)): (path.stat().st_mtime_ns, path.stat().st_size)
            for path in folder.rglob("*.swift")
        }

    def generated(self, text):
        """Whether a generated Swift file holds a text."""
        folder = self.scratch / "plugins" / "outputs" / self.folder.name.lower()
        return any(text in path.read_text() for path in folder.rglob("*.swift"))

    def replace(self, old, new):
        text = self.spec.read_text()
        if text.count(old) != 1:
            raise Failure(f"api.yaml holds {text.count(old)} times: {old!r}")
        self.spec.write_text(text.replace(old, new))

    def insert_into_schema(self, name, property_text):
        """Adds a property at the end of a schema of components."""
        pattern = re.compile(rf"^    {name}:\n(?:      .*\n)+", re.MULTILINE)
        found = pattern.findall(self.spec.read_text())
        if len(found) != 1:
            raise Failure(f"api.yaml holds {len(found)} schemas {name}")
        self.replace(found[0], found[0] + property_text)

    def position(self, word):
        """Line and column of a word that occurs once, both from 1."""
        for number, line in enumerate(self.spec.read_text().splitlines(), 1):
            if word in line:
                return number, line.index(word) + 1
        raise Failure(f"api.yaml does not hold {word}")

    def expect(self, condition, otherwise):
        if not condition:
            raise Failure(otherwise)
