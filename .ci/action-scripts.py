#!/usr/bin/env python3
"""Runs shellcheck on every script of a composite action.

    action-scripts.py SHELLCHECK ACTION.YML
"""

import pathlib
import subprocess
import sys

import ruamel.yaml


def main(shellcheck, path):
    """Checks the scripts one by one; ends with 1 when one of them has a finding."""
    text = pathlib.Path(path).read_text(encoding="utf-8")
    action = ruamel.yaml.YAML(typ="safe", pure=True).load(text)
    failed = False
    for step in action["runs"]["steps"]:
        if "run" not in step:
            continue
        script = step["run"]
        if step["shell"] != "bash" or not script.startswith("set -euo pipefail\n"):
            print(f"{path}: »{step['name']}« is no bash that stops at errors")
            failed = True
        if "${{" in script:
            print(f"{path}: »{step['name']}« pastes an expression into its script")
            failed = True
        command = [shellcheck, "--shell=bash", "-"]
        run = subprocess.run(command, input=script.encode(), stdout=subprocess.PIPE, check=False)
        if run.returncode != 0:
            print(f"{path}: »{step['name']}«\n{run.stdout.decode()}")
            failed = True
    return 1 if failed else 0


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: action-scripts.py SHELLCHECK ACTION.YML")
    sys.exit(main(*sys.argv[1:]))
