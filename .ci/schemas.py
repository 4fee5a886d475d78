#!/usr/bin/env python3
"""Lets Tombi and Taplo read the schemas that `rusprot init --editor vscode` connects.

    schemas.py RUSPROT TOMBI TAPLO

Each area of examples/, and this repository's own, is copied, and `rusprot init` adds an institution and the
settings of editors to the copy. Both linters must find every file of it sound, and each must find fault with slips
of every kind that the schemas are there for.
"""

import pathlib
import shutil
import subprocess
import sys
import tempfile

TOP = pathlib.Path(__file__).resolve().parent.parent
# What a section can be besides what the examples show.
SOUND = [
    "[[afsnit]]\ntekst = 'x'\n[[afsnit]]\noverskrift = 'B'\n[[afsnit.afsnit]]\ntekst = 'x'\n",
]
# Slips in a section, of every kind that the schemas are there for.
SLIPS = [
    "farve = 1\n",
    "tekst = 1\n",
    "for = 'alle'\n",
    "[[felt]]\nnavn = 'x'\nlinjer = 99\n",
    "[[begreb]]\nord = 'x'\n",
    "[[undtag]]\nregel = 'RP001'\nbegrundelse = 'x'\n",
    "[[afsnit]]\nid = 'x'\ntekst = 'x'\n",
]


def require(condition, what):
    """Ends the run with `what` unless `condition` holds."""
    if not condition:
        sys.exit(f"schemas.py: {what}")


def areas():
    """The folders that are areas, as copies of them must be made."""
    yield from sorted(path.parent for path in (TOP / "examples").glob("*/rusprot.toml"))
    yield TOP


def copied(area, folder):
    """A copy of an area in a folder: what rusprot reads of it, and nothing else."""
    root = folder / area.name
    root.mkdir()
    shutil.copy(area / "rusprot.toml", root)
    for name in ("protocols", "templates"):
        if (area / name).is_dir():
            ignored = shutil.ignore_patterns("page", "dist")
            shutil.copytree(area / name, root / name, ignore=ignored)
    return root


def lint(command, root):
    """Runs a linter in a folder: whether it is content, and what it says."""
    run = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    return run.returncode == 0, run.stdout + run.stderr


def main():
    rusprot, tombi, taplo = (str(pathlib.Path(path).resolve()) for path in sys.argv[1:4])
    linters = {"tombi": [tombi, "lint", "--offline", "."], "taplo": [taplo, "lint"]}
    files = 0
    with tempfile.TemporaryDirectory() as folder:
        for area in areas():
            root = copied(area, pathlib.Path(folder))
            begin = [rusprot, "init", "--institution", "Prøvestedet", "--yes", "--editor", "vscode"]
            subprocess.run(begin, cwd=root, check=True, capture_output=True)
            files += len(list(root.glob("**/*.toml")))
            for name, command in linters.items():
                sound, said = lint(command, root)
                require(sound, f"{name} in {area.name}:\n{said}")
        section = next(iter(sorted(root.glob("protocols/*/01-*.toml"))))
        before = section.read_text(encoding="utf-8")
        for slip in SLIPS:
            section.write_text(f"overskrift = 'A'\n{slip}", encoding="utf-8")
            for name, command in linters.items():
                sound, said = lint(command, root)
                require(not sound and section.name in said, f"{name} lets {slip!r} pass:\n{said}")
        for piece in SOUND:
            section.write_text(f"overskrift = 'A'\n{piece}", encoding="utf-8")
            for name, command in linters.items():
                sound, said = lint(command, root)
                quiet = sound and "warning" not in said.lower()
                require(quiet, f"{name} finds fault with {piece!r}:\n{said}")
        section.write_text(before, encoding="utf-8")
        for name, command in linters.items():
            require(lint(command, root)[0], f"{name} finds fault with a sound file")
    print(f"tombi and taplo: {files} files sound, {len(SLIPS)} slips found by both")


main()
