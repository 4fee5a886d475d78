#!/usr/bin/env python3
"""deb.py BINARY OUTPUT-FOLDER: makes the .deb of a built program, by what Cargo.toml says under [package.metadata.deb].
deb.py --help-files BINARY FOLDER: makes what the program itself says of it: manual pages, completions, whose it is.

cargo-deb reads the same table, with the second run's files in target/deb. It takes minutes to compile and this takes a
second, so the gate uses this and a release may use either. The same binary gives the same bytes.
"""

import gzip
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
EPOCH = 1_767_225_600  # a day in the past that never changes


def package() -> dict:
    """What cargo knows of the package."""
    command = ["cargo", "metadata", "--format-version", "1", "--no-deps", "--offline"]
    told = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return next(one for one in json.loads(told)["packages"] if one["name"] == "rusprot")


def architecture() -> str:
    """The machine's, as Debian calls it."""
    return subprocess.run(["dpkg", "--print-architecture"], check=True, capture_output=True, text=True).stdout.strip()


def control(about: dict, deb: dict, size: int) -> str:
    """The control file."""
    lines = {
        "Package": about["name"],
        "Version": about["version"],
        "Architecture": architecture(),
        "Maintainer": deb["maintainer"],
        "Installed-Size": str(size),
        "Depends": deb["depends"],
        "Recommends": deb["recommends"],
        "Section": deb["section"],
        "Priority": deb["priority"],
        "Description": about["description"],
    }
    lines = {key: value for key, value in lines.items() if value}
    extended = "\n".join(f" {line}" if line else " ." for line in deb["extended-description"].strip().split("\n"))
    return "".join(f"{key}: {value}\n" for key, value in lines.items()) + extended + "\n"


def help_files(binary: pathlib.Path, folder: pathlib.Path) -> None:
    """What the program makes of its own help, and the file that Debian looks for a licence in."""
    # Nothing of the machine is to be in them, its width of lines neither.
    run = {"check": True, "env": {"PATH": "/usr/bin:/bin"}}
    subprocess.run([binary, "--quiet", "man", folder / "man1"], **run)
    completions = folder / "completions"
    completions.mkdir()
    for shell in ("bash", "zsh", "fish"):
        with (completions / f"rusprot.{shell}").open("wb") as script:
            subprocess.run([binary, "completions", shell], stdout=script, **run)
    licence = (ROOT / "LICENSE-MIT").read_text(encoding="utf-8").strip()
    either = "rusprot may be used under the MIT licence, below, or the Apache License 2.0, in LICENSE-APACHE beside this."
    (folder / "copyright").write_text(f"{either}\n\n{licence}\n", encoding="utf-8")


def sources(source: str, binary: pathlib.Path, made: pathlib.Path) -> list[pathlib.Path]:
    """The files that a line of the table means, in the order of their names."""
    if source.startswith("target/release/"):
        return [binary]
    folder, rest = (made, source.removeprefix("target/deb/")) if source.startswith("target/deb/") else (ROOT, source)
    found = sorted(folder.glob(rest))
    if not found:
        sys.exit(f"deb.py: there is no {source}")
    return found


def stage(binary: pathlib.Path, deb: dict, made: pathlib.Path, tree: pathlib.Path) -> int:
    """Lays the files out; how many kilobytes they take."""
    size = 0
    for pattern, target, mode in deb["assets"]:
        for source in sources(pattern, binary, made):
            place = tree / target
            if target.endswith("/"):
                # The program is called what the table calls it, whatever its file is called here.
                place = place / (source.name if "*" in pattern else pathlib.PurePath(pattern).name)
            place.parent.mkdir(parents=True, exist_ok=True)
            if "/man/" in target:
                # As Debian keeps them; neither a name nor a time stands in it.
                place = place.with_name(f"{place.name}.gz")
                place.write_bytes(gzip.compress(source.read_bytes(), 9, mtime=0))
            else:
                shutil.copyfile(source, place)
            place.chmod(int(mode, 8))
            size += place.stat().st_size
    return size // 1024 + 1


def main() -> None:
    """Makes the package and says where it is."""
    if sys.argv[1] == "--help-files":
        help_files(pathlib.Path(sys.argv[2]).resolve(), pathlib.Path(sys.argv[3]).resolve())
        return
    binary, folder = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2])
    about = package()
    deb = about["metadata"]["deb"]
    folder.mkdir(parents=True, exist_ok=True)
    out = folder / f"{about['name']}_{about['version']}_{architecture()}.deb"
    with tempfile.TemporaryDirectory() as temporary:
        tree = pathlib.Path(temporary) / "tree"
        tree.mkdir(mode=0o755)
        made = pathlib.Path(temporary) / "made"
        made.mkdir()
        help_files(binary, made)
        size = stage(binary, deb, made, tree)
        (tree / "DEBIAN").mkdir()
        (tree / "DEBIAN/control").write_text(control(about, deb, size), encoding="utf-8")
        for path in tree.rglob("*"):
            if path.is_dir():
                path.chmod(0o755)
        environment = {"SOURCE_DATE_EPOCH": str(EPOCH), "PATH": "/usr/sbin:/usr/bin:/sbin:/bin"}
        command = ["dpkg-deb", "--root-owner-group", "-Zxz", "--build", str(tree), str(out)]
        subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL)
    print(out)


if __name__ == "__main__":
    main()
