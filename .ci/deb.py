#!/usr/bin/env python3
"""deb.py BINARY OUTPUT-FOLDER: makes the .deb of a built program, by what Cargo.toml says under [package.metadata.deb].

cargo-deb reads the same table. It takes minutes to compile and this takes a second, so the gate uses this and a release
may use either. The same binary gives the same bytes.
"""

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


def stage(binary: pathlib.Path, deb: dict, tree: pathlib.Path) -> int:
    """Lays the files out; how many kilobytes they take."""
    size = 0
    for source, target, mode in deb["assets"]:
        source = binary if source.startswith("target/") else ROOT / source
        place = tree / target
        if target.endswith("/"):
            place = place / source.name
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, place)
        place.chmod(int(mode, 8))
        size += source.stat().st_size
    return size // 1024 + 1


def main() -> None:
    """Makes the package and says where it is."""
    binary, folder = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2])
    about = package()
    deb = about["metadata"]["deb"]
    folder.mkdir(parents=True, exist_ok=True)
    out = folder / f"{about['name']}_{about['version']}_{architecture()}.deb"
    with tempfile.TemporaryDirectory() as temporary:
        tree = pathlib.Path(temporary) / "tree"
        tree.mkdir(mode=0o755)
        size = stage(binary, deb, tree)
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
