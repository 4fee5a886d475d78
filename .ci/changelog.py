#!/usr/bin/env python3
"""changelog.py VERSION: prints what CHANGELOG.md says of a version; ends with 1 where it says nothing.

Without a version: that of Cargo.toml, which the changelog may still call Unreleased.
"""

import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent


def cargo_version() -> str:
    """The version that is built."""
    text = (ROOT / "Cargo.toml").read_text(encoding="utf-8")
    return re.search(r'^version = "([^"]+)"', text, re.MULTILINE)[1]


def section(name: str) -> str:
    """The text below a heading of the changelog; empty where there is none."""
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    parts = re.split(r"^## ", text, flags=re.MULTILINE)
    found = [part for part in parts if part.split("\n")[0].split(" ")[0].strip("[]") == name]
    return found[0].split("\n", 1)[1].strip() if found else ""


def main() -> None:
    """Says what a release is, or why it is none."""
    wanted = sys.argv[1].removeprefix("v") if len(sys.argv) > 1 else None
    built = cargo_version()
    if wanted is None:
        if not (section(built) or section("Unreleased")):
            sys.exit("CHANGELOG.md says nothing of what is to come.")
        return
    if wanted != built:
        sys.exit(f"The tag says {wanted}, and Cargo.toml says {built}.")
    told = section(wanted)
    if not told:
        sys.exit(f"CHANGELOG.md has no section ## {wanted}.")
    print(told)


if __name__ == "__main__":
    main()
