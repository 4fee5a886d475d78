#!/usr/bin/env python3
"""Validates what `rusprot check` and `rusprot status` write for other programs.

    reports.py RUSPROT [SARIF-SCHEMA]

Breaks a copy of examples/minimal in many ways, runs the program RUSPROT on it in each report format,
and reads every report as strictly as its consumer or more so. The JSON report says what must be in all
the others. SARIF is held against the published schema as well when SARIF-SCHEMA names a file.
"""

import csv
import datetime
import io
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.parse
import xml.etree.ElementTree as ElementTree

import icalendar
import junitparser

TOP = pathlib.Path(__file__).resolve().parent.parent
# GitHub shows this many annotations of a level a step.
ANNOTATIONS = 10
GITLAB_SEVERITIES = {"info", "minor", "major", "critical", "blocker"}
# The elements of JUnit XML that readers agree on, with the attributes that rusprot may use.
JUNIT = {
    "testsuites": {"name", "tests", "failures", "errors"},
    "testsuite": {"name", "tests", "failures", "errors", "skipped"},
    "testcase": {"classname", "name"},
    "failure": {"type", "message"},
    "skipped": {"message"},
    "system-out": set(),
}
ANNOTATION = re.compile(
    r"::(?P<level>error|warning) title=(?P<title>[^,:]+),file=(?P<file>[^,:]+)"
    r",line=(?P<line>[1-9]\d*),endLine=(?P<end>[1-9]\d*)"
    r"(?:,col=[1-9]\d*,endColumn=[1-9]\d*)?::(?P<message>.+)"
)
NOTICE = re.compile(r"::notice title=rusprot::(?P<message>.+)")
# A percent sign that begins no escape of a workflow command.
BARE_PERCENT = re.compile(r"%(?!25|0D|0A|3A|2C)")


def require(condition, what):
    """Ends the run with `what` unless `condition` holds."""
    if not condition:
        sys.exit(f"reports.py: {what}")


def broken_copy(folder):
    """A repository with more findings of each level than GitHub shows, and with awkward characters."""
    root = folder / "broken"
    shutil.copytree(TOP / "examples" / "minimal", root, ignore=shutil.ignore_patterns("dist"))
    protocol = root / "protocols" / "lillebo"
    (protocol / "07-gaester.toml").unlink()
    keys = "".join(f'"<nøgle> & {n} %, : \\"x\\"" = {n}\n' for n in range(ANNOTATIONS + 3))
    # A comma, a percent sign and letters outside ASCII must survive every format's escaping.
    awkward = protocol / "09-sær, 100 % & <æøå>.toml"
    awkward.write_text(f'{keys}overskrift = "Sær"\ntekst = "Ja."\n', encoding="utf-8")
    links = "\n".join(f"Læs mere [her](https://a{n}.test)." for n in range(ANNOTATIONS + 3))
    (protocol / "10-links.toml").write_text(
        f"overskrift = \"Links\"\ntekst = '''\n{links}\n'''\n", encoding="utf-8"
    )
    return root


class Program:
    """The program under test, on one repository."""

    def __init__(self, binary, root):
        self.binary = binary
        self.root = root

    def check(self, form, status):
        """The report of `rusprot check`, which must end with `status`."""
        command = [self.binary, "check", "--root", self.root, "--format", form]
        run = subprocess.run(command, capture_output=True, timeout=120, check=False)
        said = run.stderr.decode("utf-8", "replace")
        require(run.returncode == status, f"{form}: exit {run.returncode}, not {status}: {said}")
        return run.stdout.decode("utf-8")


    def status(self, form):
        """The duties, on a day on which none is overdue."""
        command = [self.binary, "status", "--root", self.root, "--format", form]
        command += ["--today", "2026-11-21"]
        run = subprocess.run(command, capture_output=True, timeout=120, check=False)
        said = run.stderr.decode("utf-8", "replace")
        require(run.returncode == 0, f"status {form}: exit {run.returncode}: {said}")
        return run.stdout.decode("utf-8")


def check_path(root, path, form):
    """A path is relative, with slashes, and names a file of the repository."""
    require(path and not path.startswith("/") and "\\" not in path, f"{form}: path {path!r}")
    require(".." not in path.split("/"), f"{form}: path {path!r}")
    require((root / path).exists(), f"{form}: there is no {path!r}")


def check_json(root, text):
    """The findings, as (level, path, line), in the order of the report."""
    report = json.loads(text)
    require(report["version"] == 1, "json: version")
    for finding in report["findings"]:
        check_path(root, finding["path"], "json")
    found = [(f["level"], f["path"], f["line"]) for f in report["findings"]]
    for level, name in [("error", "errors"), ("warning", "warnings")]:
        count = sum(1 for f in found if f[0] == level)
        require(count == report["summary"][name], f"json: {name}")
        require(count > ANNOTATIONS, f"the broken copy has only {count} {name}")
    return found


def check_sarif(root, text, findings, schema):
    """The schema, and what GitHub's code scanning asks for beyond it."""
    log = json.loads(text)
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    require(len({r["id"] for r in rules}) == len(rules), "sarif: a rule stands there twice")
    found, prints = [], []
    for result in run["results"]:
        if "ruleIndex" in result:
            require(rules[result["ruleIndex"]]["id"] == result["ruleId"], "sarif: ruleIndex")
        require(result["ruleId"] in {r["id"] for r in rules}, "sarif: ruleId")
        require(result["message"]["text"].strip(), "sarif: a result says nothing")
        place = result["locations"][0]["physicalLocation"]
        path = urllib.parse.unquote(place["artifactLocation"]["uri"], errors="strict")
        check_path(root, path, "sarif")
        found.append((result["level"], path, place["region"]["startLine"]))
        prints.append(json.dumps(result["partialFingerprints"], sort_keys=True))
    require(found == findings, "sarif: other findings than in json")
    require(len(set(prints)) == len(prints), "sarif: a fingerprint stands there twice")
    if schema is None:
        print("sarif: the published schema is not at hand, so that step is skipped")
        return
    with tempfile.NamedTemporaryFile("w", suffix=".sarif", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        command = [sys.executable, "-m", "check_jsonschema", "--schemafile", schema, file.name]
        subprocess.run(command, check=True, timeout=120)


def check_gitlab(root, text, findings):
    """The keys that GitLab's Code Quality report has, and no others."""
    issues = json.loads(text)
    for issue in issues:
        keys = {"description", "check_name", "fingerprint", "severity", "location"}
        require(set(issue) == keys, f"gitlab: keys {sorted(issue)}")
        require(set(issue["location"]) == {"path", "lines"}, "gitlab: keys of location")
        require(set(issue["location"]["lines"]) == {"begin"}, "gitlab: keys of lines")
        require(issue["severity"] in GITLAB_SEVERITIES, f"gitlab: {issue['severity']}")
        require(issue["description"].strip() and issue["check_name"], "gitlab: an empty text")
        check_path(root, issue["location"]["path"], "gitlab")
    found = [(i["location"]["path"], i["location"]["lines"]["begin"]) for i in issues]
    require(found == [f[1:] for f in findings], "gitlab: other findings than in json")
    prints = [issue["fingerprint"] for issue in issues]
    require(all(re.fullmatch(r"[0-9a-f]{32,}", p) for p in prints), "gitlab: fingerprint")
    require(len(set(prints)) == len(prints), "gitlab: a fingerprint stands there twice")
    return prints


def check_junit(root, text, findings):
    """Elements and attributes by name, and numbers that are those of a reader of its own."""
    for element in ElementTree.fromstring(text.encode("utf-8")).iter():
        require(element.tag in JUNIT, f"junit: element {element.tag}")
        strange = set(element.attrib) - JUNIT[element.tag]
        require(not strange, f"junit: {element.tag} with {sorted(strange)}")
    suites = junitparser.JUnitXml.fromstring(text.encode("utf-8"))
    require(isinstance(suites, junitparser.JUnitXml), "junit: the outermost element")
    told = (suites.tests, suites.failures, suites.errors)
    suites.update_statistics()
    require(told == (suites.tests, suites.failures, suites.errors), "junit: the numbers at the top")
    found = []
    for suite in suites:
        told = (suite.tests, suite.failures, suite.errors, suite.skipped)
        suite.update_statistics()
        counted = (suite.tests, suite.failures, suite.errors, suite.skipped)
        require(told == counted, f"junit: the numbers of {suite.name}")
        for case in suite:
            if not case.result:
                continue
            (result,) = case.result
            level = "error" if isinstance(result, junitparser.Failure) else "warning"
            check_path(root, case.classname, "junit")
            line = re.search(r"\((\d+):\d+\)$", case.name)
            require(line is not None, f"junit: no place in {case.name!r}")
            found.append((level, case.classname, int(line[1])))
    require(sorted(found) == sorted(findings), "junit: other findings than in json")


def unescape(text):
    """The text behind the escapes of a workflow command."""
    for escape, c in [("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")]:
        text = text.replace(escape, c)
    return text


def check_github(root, text, findings):
    """One workflow command a line, errors first, and no more than GitHub shows."""
    lines = text.splitlines()
    require("\r" not in text and text.endswith("\n"), "github: line ends")
    *annotations, last = lines
    notice = NOTICE.fullmatch(last)
    require(notice is not None, f"github: no notice of what is left out: {last!r}")
    found = []
    for line in annotations:
        match = ANNOTATION.fullmatch(line)
        require(match is not None, f"github: {line!r}")
        require(not BARE_PERCENT.search(line), f"github: a bare percent sign in {line!r}")
        path = unescape(match["file"])
        check_path(root, path, "github")
        found.append((match["level"], path, int(match["line"])))
    expected = []
    for level in ["error", "warning"]:
        expected += [f for f in findings if f[0] == level][:ANNOTATIONS]
    require(found == expected, "github: not the first findings of each level, errors first")
    left = [sum(1 for f in findings if f[0] == level) - ANNOTATIONS for level in ("error", "warning")]
    numbers = [int(n) for n in re.findall(r"\d+", notice["message"])]
    require(numbers == left, f"github: {numbers} left out, not {left}")


def check_fingerprints(program, prints):
    """Fingerprints stay when lines are put in above the findings, also what a protocol lacks."""
    for file in program.root.glob("protocols/lillebo/*.toml"):
        text = file.read_text(encoding="utf-8")
        file.write_text(f"# Ny linje.\n\n{text}", encoding="utf-8")
    after = [issue["fingerprint"] for issue in json.loads(program.check("gitlab", 1))]
    require(sorted(after) == sorted(prints), "gitlab: a fingerprint changed with its line")


def check_duties(program):
    """The calendar and the spreadsheet say what the JSON says, and are read without complaint."""
    duties = json.loads(program.status("json"))["duties"]
    text = program.status("ics")
    require(text.endswith("\r\n") and not re.search(r"(?<!\r)\n|\r(?!\n)", text), "ics: line ends")
    require(all(len(line.encode()) <= 75 for line in text.split("\r\n")), "ics: a line too long")
    calendar = icalendar.Calendar.from_ical(text)
    broken = [part.errors for part in calendar.walk() if part.errors]
    require(not broken, f"ics: {broken}")
    events = [(str(e["SUMMARY"]), e.decoded("DTSTART"), e.decoded("DTEND")) for e in calendar.events]
    expected = []
    for duty in duties:
        if duty["due"] is not None:
            due = datetime.date.fromisoformat(duty["due"])
            summary = f"{duty['institution']}: {duty['what']}"
            expected.append((summary, due, due + datetime.timedelta(days=1)))
    require(events == expected and events, "ics: other duties than in json")
    uids = {str(event["UID"]) for event in calendar.events}
    require(len(uids) == len(events), "ics: two events with one UID")
    text = program.status("csv")
    require(text.startswith("\ufeff") and text.endswith("\r\n"), "csv: beginning or end")
    rows = list(csv.reader(io.StringIO(text[1:], newline=""), delimiter=";", strict=True))
    require({len(row) for row in rows} == {len(rows[0])}, "csv: lines of different lengths")
    found = [(row[0] or None, row[2], row[5]) for row in rows[1:]]
    require(found == [(d["due"], d["institution"], d["what"]) for d in duties], "csv: other duties")
    print(f"json, ics, csv: the same {len(duties)} duties, well formed")


def main(binary, schema=None):
    """Runs every check on one broken copy."""
    with tempfile.TemporaryDirectory() as folder:
        root = broken_copy(pathlib.Path(folder))
        program = Program(pathlib.Path(binary).resolve(), root)
        findings = check_json(root, program.check("json", 1))
        # Findings are no failure in this format alone.
        check_sarif(root, program.check("sarif", 0), findings, schema)
        check_junit(root, program.check("junit", 1), findings)
        check_github(root, program.check("github", 1), findings)
        prints = check_gitlab(root, program.check("gitlab", 1), findings)
        check_fingerprints(program, prints)
        sound = pathlib.Path(folder) / "sound"
        shutil.copytree(TOP / "examples" / "minimal", sound, ignore=shutil.ignore_patterns("dist"))
        main_file = sound / "protocols" / "lillebo" / "protokol.toml"
        text = main_file.read_text(encoding="utf-8")
        # What has a meaning in a calendar or between cells, and a line that must be folded.
        named = text.replace("Lillebo", "Lillebo; æ, ø \\\\ og å " + "på den anden side " * 5, 1)
        main_file.write_text(named, encoding="utf-8")
        check_duties(Program(program.binary, sound))
        print(f"json, sarif, junit, github, gitlab: the same {len(findings)} findings, well formed")


if __name__ == "__main__":
    require(len(sys.argv) in (2, 3), "usage: reports.py RUSPROT [SARIF-SCHEMA]")
    main(*sys.argv[1:])
