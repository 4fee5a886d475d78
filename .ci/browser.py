#!/usr/bin/env python3
"""Drives `rusprot serve` in a real Chromium, as people do: by clicks and keys.

    browser.py RUSPROT CHROMIUM [NAME]…

Begins repositories with the program RUSPROT, serves them, and writes in them through the browser CHROMIUM. Every
view is looked through by axe-core at the width of a phone and of a desk. With names, only those tests are run.
"""

import contextlib
import http.server
import json
import os
import pathlib
import re
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import threading
import time
import zlib

import axe_playwright_python
from playwright.sync_api import expect, sync_playwright

TOP = pathlib.Path(__file__).resolve().parent.parent
AXE = (pathlib.Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]
DESK = {"width": 1280, "height": 900}
PHONE = {"width": 320, "height": 640}
TODAY = "2026-11-21"

rusprot = ""
browser = None


def require(condition, what):
    """Fails with `what` unless `condition` holds."""
    if not condition:
        raise AssertionError(what)


def run(root, *args, code=0):
    """Runs the program in a folder; it must end with this code, or with any where that is None."""
    env = {"PATH": os.environ["PATH"], "HOME": str(root), "RUSPROT_TODAY": TODAY}
    ended = subprocess.run([rusprot, *args], cwd=root, env=env, capture_output=True, text=True, check=False)
    require(code is None or ended.returncode == code, f"{args} ends with {ended.returncode}\n{ended.stdout}{ended.stderr}")
    return ended.stdout


def git(root, *args):
    """Runs git in a folder, with nothing of the user's own settings."""
    env = {**os.environ, "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1"}
    who = ["-c", "user.name=Prøve", "-c", "user.email=proeve@lindehoej.test"]
    return subprocess.run(["git", *who, *args], cwd=root, env=env, capture_output=True, text=True, check=True).stdout


class Server:
    """A server that runs, and can be ended and begun again on its port."""

    def __init__(self, root, *args):
        self.root, self.args, self.port = root, args, "0"
        self.start()

    def start(self):
        env = {"PATH": os.environ["PATH"], "HOME": str(self.root), "RUSPROT_TODAY": TODAY,
               "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1"}
        command = [rusprot, "serve", "--quiet", "--port", self.port, *self.args]
        self.process = subprocess.Popen(command, cwd=self.root, env=env, stdout=subprocess.PIPE, text=True)
        self.address = self.process.stdout.readline().strip().removeprefix("Åbn ")
        self.origin = self.address.split("/#")[0].rstrip("/")
        self.port = self.origin.rsplit(":", 1)[1]

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


@contextlib.contextmanager
def served(root, *args):
    """A server for a folder; it ends with the block."""
    server = Server(root, *args)
    try:
        yield server
    finally:
        server.kill()


@contextlib.contextmanager
def folder(example=None):
    """A folder of its own, with a copy of an example in it, or of the two institutions of this repository: "own"."""
    with tempfile.TemporaryDirectory() as name:
        root = pathlib.Path(name) / "repo"
        if example == "own":
            root.mkdir()
            shutil.copy(TOP / "rusprot.toml", root)
            shutil.copytree(TOP / "protocols", root / "protocols")
        elif example:
            shutil.copytree(TOP / "examples" / example, root, ignore=shutil.ignore_patterns("dist"))
        else:
            root.mkdir()
        yield root


@contextlib.contextmanager
def tab(address, viewport=DESK, context=None):
    """A page of a browser that remembers nothing of others. No error of a script and no other host is let pass."""
    own = context or browser.new_context(viewport=viewport, locale="da-DK")
    page = own.new_page()
    page.set_default_timeout(15_000)
    expect.set_options(timeout=15_000)
    wrong = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if "Content Security" in said.text else None)
    host = re.match(r"https?://[^/]+", address)[0]
    page.on("request", lambda request: None if request.url.startswith((host, "data:", "blob:")) else wrong.append(request.url))
    page.goto(address)
    try:
        yield page
        require(not wrong, wrong)
    finally:
        page.close()
        if context is None:
            own.close()


def accessible(page, view):
    """axe-core finds nothing on the page as it is."""
    page.evaluate(AXE)
    found = page.evaluate(
        "rules => axe.run(document, { runOnly: rules, iframes: false })", {"type": "tag", "values": RULES})
    told = [f"{one['id']}: {one['nodes'][0]['html'][:200]} {one['nodes'][0].get('failureSummary', '')}" for one in found["violations"]]
    require(not told, f"{view}: {json.dumps(told, indent=1, ensure_ascii=False)}")
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    require(wide <= 0, f"{view} is {wide} pixels wider than the screen")


def accessible_inside(page, view):
    """axe-core finds nothing on the page inside the frame, as it is at this moment, with the buttons that stand on it: it
    follows what somebody writes, so a picture of it is looked at."""
    frame = next(frame for frame in page.frames if frame.url.endswith("/index.html"))
    html, width = frame.evaluate("[document.documentElement.outerHTML, innerWidth]")
    require(width > 0, f"the page is seen in {view}")
    alone = browser.new_page(viewport={"width": width, "height": 800})
    alone.set_content(html)
    accessible(alone, f"the page inside {view}")
    alone.close()


def shown(page):
    """The protocol's page inside the frame."""
    return page.frame_locator("#vindue")


def in_frame(page, end):
    """Waits until the frame shows the page whose path ends so. The page's policy lets no script be made of words, so
    it is asked for again and again from here."""
    path = ""
    for _ in range(150):
        path = page.evaluate("document.getElementById('vindue').contentWindow.location.pathname")
        if path.endswith(end):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"the frame shows {path}")


def scrolled_to(page, element):
    """Where an element stands once it is scrolled to: a page that is loaded meanwhile begins at its top again."""
    place, before = None, None
    for _ in range(50):
        element.evaluate("element => element.scrollIntoView()")
        page.wait_for_timeout(200)
        place = element.evaluate("element => element.getBoundingClientRect().top")
        if place == before:
            return place
        before = place
    raise AssertionError(f"it does not come to rest: {place}")


def saved(page):
    """Saves by the button, and waits until it is done."""
    page.get_by_role("button", name="Gem", exact=True).click()
    expect(page.locator("#gemt")).to_have_text("Gemt")


def png(width, height):
    """A picture of noise, so that it cannot be made small."""
    rows = b"".join(b"\0" + os.urandom(width * 3) for _ in range(height))
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows, 0)) + chunk(b"IEND", b"")


def from_init_to_a_clean_check():
    """Somebody who has never seen TOML answers every heading, adds a rule, a card and a picture, sees a finding go,
    saves a version, and the files check clean."""
    with folder() as root:
        run(root, "init", "--institution", "Bostedet Lindehøj", "--yes")
        git(root, "init", "-q", "-b", "main")
        git(root, "add", "-A")
        git(root, "commit", "-q", "-m", "Begynd")
        with served(root, "--edit", "--draft") as server, tab(server.address) as page:
            page.get_by_role("button", name="Skriv", exact=True).click()
            expect(page.get_by_role("heading", name="Hvad vil du skrive i?")).to_be_focused()
            accessible(page, "the list of parts")
            accessible_inside(page, "the list of parts")
            parts = page.locator("#skriv .parts").first.locator(".part")
            expect(parts).to_have_count(8)
            for number in range(8):
                page.locator("#skriv .parts").first.locator(".part").nth(number).click()
                expect(page.locator("#gem")).to_be_visible()
                text = page.get_by_label("Tekst", exact=True).first
                text.fill(f"Sådan gør vi i afsnit {number + 1}. Vi taler sammen om det og hjælper hinanden.")
                for box in page.locator(".points input[type=checkbox]").all():
                    box.check()
                for inner in page.locator(".row textarea").all():
                    if not inner.input_value():
                        inner.fill("Vi taler sammen om det og hjælper hinanden.")
                if number == 2:
                    card(page)
                if number == 6:
                    rule(page)
                accessible(page, f"the form of part {number + 1}")
                saved(page)
                page.get_by_role("button", name="← Alle afsnit").click()
            picture(page, root)
            settle(page, root)
            expect(page.locator("#fund-knap")).to_have_text("Ingen fejl")
            version(page)
        run(root, "check")
        require(git(root, "log", "-1", "--format=%an <%ae> %s").strip() == "Karen Prøve <karen@lindehoej.test> Vi har svaret på det hele", "the version")
        require(git(root, "status", "--porcelain").strip() == "", git(root, "status"))


def add(page, what):
    """Adds something to the section from the list of what there is."""
    page.get_by_label("Tilføj noget andet til afsnittet").last.select_option(label=what)
    page.get_by_role("button", name="Tilføj", exact=True).last.click()


def card(page):
    """Adds an action card with two steps, and moves the second up."""
    add(page, "Handling")
    page.get_by_label("Situation").fill("En borger er påvirket og utryg")
    page.get_by_role("button", name="Tilføj trin").click()
    page.get_by_role("textbox", name="Gør").fill("Ring til vagttelefonen.")
    page.get_by_role("button", name="Tilføj trin").click()
    page.get_by_role("textbox", name="Gør").nth(1).fill("Bliv hos borgeren.")
    page.get_by_role("button", name="Flyt op: Trin 2").click()
    expect(page.get_by_role("textbox", name="Gør").first).to_have_value("Bliv hos borgeren.")


def rule(page):
    """Adds a rule with a choice."""
    add(page, "Regel")
    text = page.locator(".row").last.locator("textarea").first
    text.fill("Gæster går hjem klokken 22.")
    page.get_by_label("Styrke (kan udelades)").select_option(label="Skal")


def picture(page, root):
    """Adds a picture, which needs a description."""
    page.locator("#skriv .parts").first.locator(".part").first.click()
    page.get_by_label("Tekst", exact=True).first.click()
    page.keyboard.press("Control+End")
    page.keyboard.type("\n\n")
    page.get_by_role("button", name="Billede i »Tekst«").first.click()
    box = page.get_by_role("dialog", name="Billede")
    box.get_by_label("Fil").set_input_files({"name": "Haven æ.png", "mimeType": "image/png", "buffer": png(40, 30)})
    accessible(page, "the window for a picture")
    box.get_by_label("Beskriv billedet").fill("Haven bag huset")
    box.get_by_role("button", name="Sæt ind").click()
    expect(box).to_have_count(0)
    expect(shown(page).get_by_role("img", name="Haven bag huset")).to_be_visible()
    saved(page)
    require((root / "protocols/bostedet-lindehoej/billeder/haven-ae.png").exists(), "the picture is in its folder")
    page.get_by_role("button", name="← Alle afsnit").click()


def settle(page, root):
    """Whatever is still found is mended in the form where it stands, as the finding says."""
    page.locator("#skriv .parts").nth(1).locator(".part").first.click()
    text = page.get_by_label("Tekst", exact=True).first
    text.fill("Se 7.1 og [](afsnit:findes-ikke).")
    wrong = page.locator(".found li.error").first
    expect(wrong).to_be_visible()
    accessible(page, "a form with a finding")
    text.fill("Her er husets regler.")
    expect(page.locator(".found li.error")).to_have_count(0)
    for inner in page.locator(".row textarea").all():
        if not inner.input_value():
            inner.fill("Vi er stille efter klokken 22.")
    saved(page)
    page.get_by_role("button", name="← Alle afsnit").click()


def version(page, say="Vi har svaret på det hele", close=True):
    """Saves a version under a name."""
    page.get_by_role("button", name="Gem version").click()
    box = page.get_by_role("dialog", name="Gem version")
    expect(box.get_by_text("Gren: main")).to_be_visible()
    accessible(page, "the window for a version")
    box.get_by_label("Hvad har du ændret?").fill(say)
    box.get_by_label("Dit navn").fill("Karen Prøve")
    box.get_by_label("Din mail").fill("karen@lindehoej.test")
    box.get_by_role("button", name="Gem version").click()
    expect(box.get_by_text("Versionen er gemt på grenen main")).to_be_visible()
    if close:
        box.get_by_role("button", name="Luk").click()


def parts_are_begun_renamed_and_taken_to_others():
    """A section that the skabelon asks for is begun by a button, a part of one's own gets a heading and another one, what
    leads to it follows, and a version is sent on to where the files are shared, only when somebody asks."""
    with folder("minimal") as root, tempfile.TemporaryDirectory() as elsewhere:
        gone = sorted((root / "protocols/lillebo").glob("08-*"))[0]
        heading = re.search(r'overskrift = "(.*)"', gone.read_text(encoding="utf-8"))[1]
        gone.unlink()
        git(root, "init", "-q", "-b", "main")
        git(root, "add", "-A")
        git(root, "commit", "-q", "-m", "Begynd")
        subprocess.run(["git", "init", "-q", "--bare", elsewhere], check=True)
        git(root, "remote", "add", "origin", elsewhere)
        with served(root, "--edit", "--draft") as server, tab(server.address) as page:
            page.get_by_role("button", name="Skriv", exact=True).click()
            page.get_by_role("button", name=f"Begynd afsnittet {heading}").click()
            expect(page.get_by_label("Overskrift", exact=True).first).to_have_value(heading)
            page.get_by_label("Tekst", exact=True).first.fill("Vi spørger borgeren først.")
            saved(page)
            page.get_by_role("button", name="← Alle afsnit").click()
            expect(page.get_by_role("button", name=f"Begynd afsnittet {heading}")).to_have_count(0)
            page.get_by_role("button", name="Nyt afsnit").click()
            box = page.get_by_role("dialog", name="Nyt afsnit")
            accessible(page, "the window for a new part")
            box.get_by_label("Overskrift").fill("Haven")
            box.get_by_role("button", name="Lav det").click()
            expect(page.locator("#skriv-titel")).to_contain_text("Haven")
            text = page.get_by_label("Tekst", exact=True).first
            text.fill("Vi dyrker kartofler.")
            saved(page)
            for name in ("Henvis til et afsnit, et bilag eller en kontakt", "Fodnote", "Tabel"):
                page.get_by_role("button", name=f"{name} i »Tekst«").first.click()
                expect(page.get_by_role("dialog")).to_be_visible()
                accessible(page, f"the window of »{name}«")
                page.keyboard.press("Escape")
                expect(page.get_by_role("dialog")).to_have_count(0)
            page.get_by_label("Overskrift", exact=True).first.fill("Køkkenhaven")
            expect(shown(page).get_by_role("heading", name="Køkkenhaven")).to_be_visible()
            accessible_inside(page, "a form that is not saved")
            saved(page)
            page.get_by_role("button", name="← Alle afsnit").click()
            expect(page.locator("#skriv .part", has_text="Køkkenhaven")).to_be_visible()
            require(list((root / "protocols/lillebo").glob("*haven*")), "the file keeps its name, and so what leads to it")
            version(page, say="Vi har fået en have", close=False)
            require(git(elsewhere, "branch") == "", "nothing is sent before somebody asks")
            box = page.get_by_role("dialog", name="Gem version")
            box.get_by_role("button", name="Send til origin").click()
            expect(box.get_by_text("Sendt: ")).to_be_visible()
            accessible(page, "the window for what was sent")
            box.get_by_role("button", name="Luk").click()
        require(git(elsewhere, "log", "-1", "--format=%an %s", "main").strip() == "Karen Prøve Vi har fået en have", "what was sent")


def by_keys_alone():
    """A section is written and saved without a mouse, and what is saved moves nothing else in the file."""
    with folder("minimal") as root:
        path = root / "protocols/lillebo" / sorted(p.name for p in (root / "protocols/lillebo").glob("02-*"))[0]
        before = path.read_text(encoding="utf-8")
        with served(root, "--edit") as server, tab(server.address) as page:
            expect(page.locator("#skriv-knap")).to_be_visible()
            reach(page, "#skriv-knap")
            page.keyboard.press("Enter")
            expect(page.locator("#skriv-titel")).to_be_focused()
            for _ in range(60):
                page.keyboard.press("Tab")
                if page.evaluate("document.activeElement.textContent.startsWith('2') && document.activeElement.className === 'part'"):
                    break
            page.keyboard.press("Enter")
            expect(page.locator("#gem")).to_be_visible()
            reach(page, "textarea")
            page.keyboard.press("Control+Home")
            page.keyboard.type("Nyt først. ")
            expect(page.locator("#gemt")).to_have_text("Ikke gemt endnu")
            expect(shown(page).get_by_text("Nyt først.")).to_be_visible()
            page.keyboard.press("Control+s")
            expect(page.locator("#gemt")).to_have_text("Gemt")
        after = path.read_text(encoding="utf-8")
        require(after.replace("Nyt først. ", "", 1) == before, after)


def reach(page, selector):
    """Presses the tabulator until an element has the focus."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"no key leads to {selector}")


def first_part(page):
    """Opens the first section."""
    page.get_by_role("button", name="Skriv", exact=True).click()
    page.locator("#skriv .part").first.click()
    expect(page.locator("#gem")).to_be_visible()
    return page.get_by_label("Tekst", exact=True).first


def part_file(root):
    """The file of the first section."""
    return sorted((root / "protocols/lillebo").glob("01-*.toml"))[0]


def two_tabs_on_one_file():
    """Of two tabs the second sees what the first saved, and neither loses a word."""
    with folder("minimal") as root, served(root, "--edit") as server:
        context = browser.new_context(viewport=DESK, locale="da-DK")
        with tab(server.address, context=context) as one, tab(server.address, context=context) as other:
            first, second = first_part(one), first_part(other)
            first.fill("Skrevet i den første fane.")
            second.fill("Skrevet i den anden fane.")
            saved(one)
            other.get_by_role("button", name="Se begge").click()
            box = other.get_by_role("dialog", name="To har skrevet i det samme")
            expect(box.get_by_text("Skrevet i den første fane.")).to_be_visible()
            expect(box.get_by_text("Skrevet i den anden fane.")).to_be_visible()
            accessible(other, "the choice between two texts")
            box.get_by_role("button", name="Fortsæt").click()
            saved(other)
            require("anden fane" in part_file(root).read_text(encoding="utf-8"), "the choice is saved")
            expect(first).to_have_value("Skrevet i den anden fane.")
        context.close()


def a_file_changed_under_the_form():
    """What an editor saved meanwhile is not written over, and what it changed elsewhere is taken in."""
    with folder("minimal") as root, served(root, "--edit") as server, tab(server.address) as page:
        path = part_file(root)
        text = first_part(page)
        text.fill("Skrevet i browseren.")
        before = path.read_text(encoding="utf-8")
        path.write_text(before + "\n# fra et andet program\nnote = 'husk'\n" if "[[" not in before else "note = 'husk'\n" + before, encoding="utf-8")
        page.get_by_role("button", name="Se begge").click()
        expect(page.get_by_text("Din tekst er sat sammen med det, der står i filen.")).to_be_visible()
        saved(page)
        after = path.read_text(encoding="utf-8")
        require("note = 'husk'" in after and "Skrevet i browseren." in after, after)


def nobody_is_moved_when_a_file_changes():
    """Whoever stands on a part in the list, or in the middle of a text that is saved, stands there still when the files change."""
    with folder("minimal") as root, served(root, "--edit") as server, tab(server.address) as page:
        path = part_file(root)
        other = sorted(path.parent.glob("02-*"))[0]
        page.locator("#skriv-knap").click()
        part = page.locator("#skriv .part").nth(2)
        part.focus()
        version = page.evaluate("document.documentElement.dataset.version")
        other.write_text(other.read_text(encoding="utf-8").replace("overskrift = \"", "overskrift = \"Om ", 1), encoding="utf-8")
        expect(page.locator("html")).not_to_have_attribute("data-version", version)
        expect(page.locator("#skriv .part").nth(1)).to_contain_text("Om ")
        expect(part).to_be_focused()
        page.keyboard.press("Shift+Tab")
        page.locator("#skriv .part").first.click()
        text = page.get_by_label("Tekst", exact=True).first
        text.focus()
        page.keyboard.press("Control+Home")
        page.keyboard.type("Ny ")
        page.keyboard.press("Control+s")
        expect(page.locator("#gemt")).to_have_text("Gemt")
        page.keyboard.type("og sidst ")
        require(text.input_value().startswith("Ny og sidst "), text.input_value())
        page.keyboard.press("Control+s")
        expect(page.locator("#gemt")).to_have_text("Gemt")
        path.write_text(path.read_text(encoding="utf-8").replace("Ny og sidst", "Ny og til sidst", 1), encoding="utf-8")
        expect(text).to_have_value(re.compile("^Ny og til sidst "))
        expect(text).to_be_focused()
        require(page.evaluate("document.activeElement.selectionStart") == len("Ny og sidst "), "the cursor stays")


def a_server_that_dies_while_somebody_types():
    """What was typed is there again when the server is, in a new tab as well."""
    with folder("minimal") as root, served(root, "--edit") as server:
        context = browser.new_context(viewport=DESK, locale="da-DK")
        with tab(server.address, context=context) as page:
            first_part(page).fill("Skrevet, da strømmen gik.")
            server.kill()
            page.get_by_label("Tekst", exact=True).first.press("End")
            page.keyboard.type(" Og lidt til.")
            page.get_by_role("button", name="Gem", exact=True).click()
            expect(page.locator("#gemt")).to_contain_text("Programmet svarer ikke")
        server.start()
        with tab(server.address, context=context) as page:
            page.get_by_role("button", name="Skriv", exact=True).click()
            expect(page.get_by_text("Ikke gemt")).to_be_visible()
            page.locator("#skriv .part").first.click()
            expect(page.get_by_label("Tekst", exact=True).first).to_have_value("Skrevet, da strømmen gik. Og lidt til.")
            expect(page.get_by_text("er hentet frem")).to_be_visible()
            saved(page)
        require("Og lidt til." in part_file(root).read_text(encoding="utf-8"), "it is saved in the end")
        context.close()


def a_large_picture():
    """A picture of three megabytes goes in; what is no picture does not."""
    with folder("minimal") as root, served(root, "--edit") as server, tab(server.address) as page:
        first_part(page)
        for name, content, well in [("stor.png", png(1000, 1000), True), ("tekst.png", b"ikke et billede", False)]:
            page.get_by_role("button", name="Billede i »Tekst«").first.click()
            box = page.get_by_role("dialog", name="Billede")
            box.get_by_label("Fil").set_input_files({"name": name, "mimeType": "image/png", "buffer": content})
            box.get_by_label("Beskriv billedet").fill("Et stort billede")
            box.get_by_role("button", name="Sæt ind").click()
            if well:
                expect(box).to_have_count(0)
                require((root / "protocols/lillebo/billeder/stor.png").stat().st_size > 2_900_000, "it is whole")
            else:
                expect(box.get_by_role("alert")).to_contain_text("ikke et billede")
                box.get_by_role("button", name="Fortryd").click()


def on_a_phone():
    """Everything can be reached and read at 320 pixels."""
    with folder("minimal") as root, served(root, "--edit") as server, tab(server.address, PHONE) as page:
        expect(page.locator("#skriv-knap")).to_be_visible()
        accessible(page, "the page on a phone")
        page.locator("#fund-knap").click()
        accessible(page, "the findings on a phone")
        page.locator("#fund-knap").click()
        text = first_part(page)
        accessible(page, "a form on a phone")
        text.fill("Skrevet på en telefon.")
        page.get_by_role("button", name="Henvis til et afsnit, et bilag eller en kontakt i »Tekst«").first.click()
        accessible(page, "the window for a reference on a phone")
        page.keyboard.press("Escape")
        saved(page)
        page.get_by_role("button", name="Luk").click()
        expect(shown(page).get_by_text("Skrevet på en telefon.")).to_be_visible()


def a_save_moves_nothing_on_the_page():
    """A save of an editor is on the page, and what is read stays where it is."""
    with folder("minimal") as root, served(root) as server, tab(server.address) as page:
        heading = shown(page).locator("main h2").nth(3)
        before = scrolled_to(page, heading)
        path = part_file(root)
        path.write_text(path.read_text(encoding="utf-8").replace("tekst = '''\n", "tekst = '''\nEt nyt første afsnit.\n\n", 1), encoding="utf-8")
        expect(shown(page).get_by_text("Et nyt første afsnit.")).to_be_attached()
        after = heading.evaluate("element => element.getBoundingClientRect().top")
        require(abs(after - before) < 3, f"it moved from {before} to {after}")
        accessible(page, "the preview")
        accessible_inside(page, "the preview")
        good = path.read_text(encoding="utf-8")
        path.write_text("overskrift = \"Halv", encoding="utf-8")
        expect(page.locator("#banner")).to_contain_text("den sidste udgave")
        expect(shown(page).get_by_text("Et nyt første afsnit.")).to_be_attached()
        path.write_text(good, encoding="utf-8")
        expect(page.locator("#banner")).to_be_hidden()


def an_edition_for_some_of_the_readers_follows_the_files_too():
    """The edition that a link leads to is shown in the frame, and a save is on it; each can be chosen from the list."""
    with folder("minimal") as root:
        config = root / "rusprot.toml"
        edition = '\n[[udgave]]\nid = "borgere"\nnavn = "Til dig, der bor her"\nfor = ["borger"]\n'
        config.write_text(config.read_text(encoding="utf-8") + edition, encoding="utf-8")
        with served(root) as server, tab(server.address) as page:
            shown(page).get_by_role("link", name="Til dig, der bor her").click()
            expect(shown(page).get_by_text("Til dig, der bor her").first).to_be_visible()
            in_frame(page, "/borgere/index.html")
            path = part_file(root)
            path.write_text(path.read_text(encoding="utf-8").replace("tekst = '''\n", "tekst = '''\nNyt til dig.\n\n", 1), encoding="utf-8")
            expect(shown(page).get_by_text("Nyt til dig.")).to_be_attached()
            in_frame(page, "/borgere/index.html")
            accessible_inside(page, "an edition")
            # It can be chosen from the list too, and the address of the preview is that of what it shows.
            choice = page.get_by_label("Vis", exact=True)
            expect(choice).to_have_value("lillebo/borgere")
            choice.select_option(value="")
            choice.select_option(value="lillebo")
            expect(shown(page).get_by_role("link", name="Til dig, der bor her")).to_be_attached()
            choice.select_option(value="lillebo/borgere")
            in_frame(page, "/borgere/index.html")
            expect(page.get_by_role("link", name="Åbn som PDF")).to_have_attribute("href", "/sider/lillebo/borgere/protokol.pdf")
            page.reload()
            in_frame(page, "/borgere/index.html")
            expect(choice).to_have_value("lillebo/borgere")


def a_page_of_another_origin_writes_nothing():
    """A page from elsewhere can neither read nor write here, whatever it sends."""
    class Elsewhere(http.server.BaseHTTPRequestHandler):
        def do_GET(self):  # noqa: N802
            self.send_response(200)
            self.send_header("content-type", "text/html")
            self.end_headers()
            self.wfile.write(b"<!doctype html><title>x</title>")

        def log_message(self, *_):
            pass

    elsewhere = http.server.HTTPServer(("127.0.0.1", 0), Elsewhere)
    threading.Thread(target=elsewhere.serve_forever, daemon=True).start()
    with folder("minimal") as root, served(root, "--edit") as server:
        before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
        context = browser.new_context()
        page = context.new_page()
        page.goto(f"http://127.0.0.1:{elsewhere.server_port}/")
        token = server.address.split("noegle=")[1]
        tried = page.evaluate("""async ([origin, token]) => {
            const path = 'protocols/lillebo/protokol.toml';
            const body = JSON.stringify({ path, version: 'x', changes: { titel: 'Overtaget' } });
            const ways = [
              [`${origin}/api/edit/save`, { method: 'POST', body, mode: 'no-cors' }],
              [`${origin}/api/edit/save`, { method: 'POST', body, headers: { 'x-rusprot': token } }],
              [`${origin}/api/edit/text`, { method: 'POST', body: JSON.stringify({ path, version: 'x', text: '' }), mode: 'no-cors' }],
              [`${origin}/api/state`, {}],
            ];
            return Promise.all(ways.map(([to, how]) => fetch(to, how).then((reply) => reply.type, () => 'refused')));
        }""", [server.origin, token])
        require(all(one in ("refused", "opaque") for one in tried), tried)
        framed = page.evaluate("""(origin) => new Promise((done) => {
            const frame = document.createElement('iframe');
            frame.onload = () => { try { done(frame.contentDocument === null ? 'closed' : frame.contentDocument.body.textContent); } catch { done('closed'); } };
            frame.src = origin; document.body.append(frame);
        })""", server.origin)
        require(framed in ("closed", ""), framed)
        after = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
        require(before == after, "no file is another")
        context.close()
    elsewhere.shutdown()


def pages_of(root, *args):
    """The web pages that a build of a folder makes, by their path in it."""
    run(root, "build", "--draft", "--formats", "html,json", *args)
    return sorted(path for path in (root / "dist").rglob("*.html"))


# The items whose number is as wide as the room before their text.
TOO_CLOSE = """() => [...document.querySelectorAll('.rules > li, .steps > li')].filter((item) =>
    parseFloat(getComputedStyle(item, '::before').width) > parseFloat(getComputedStyle(item).paddingLeft) - 2)
    .map((item) => item.textContent.trim().slice(0, 40))"""


def every_page_fits_every_screen():
    """No page scrolls sideways, and no number stands on its text: on a phone, a tablet, a desk, and with letters twice as large."""
    for example in ("own", "minimal", "flere-omraader", "kvalitetsstandard"):
        with folder(example) as root:
            page = browser.new_page()
            for path in pages_of(root):
                page.goto(path.as_uri())
                for size in ("100%", "200%"):
                    page.evaluate("size => { document.documentElement.style.fontSize = size; }", size)
                    for width in (320, 640, 768, 1280):
                        page.set_viewport_size({"width": width, "height": 800})
                        wide = page.evaluate("document.documentElement.scrollWidth")
                        require(wide <= width, f"{path.relative_to(root)} at {width} px and {size} is {wide} px wide")
                        close = page.evaluate(TOO_CLOSE)
                        require(not close, f"{path.relative_to(root)} at {width} px and {size}: the number is on {close}")
            page.close()


def notes(value):
    """The notes of a document with their numbers, as `protokol.json` has them."""
    if isinstance(value, dict):
        own = [(f"_{value['id']}", str(value["number"]))] if value.get("type") == "footnote" else []
        return own + [note for below in value.values() for note in notes(below)]
    return [note for below in value for note in notes(below)] if isinstance(value, list) else []


def a_note_shows_the_number_of_its_mark():
    """What the browser shows before each note is the document's number, and so is its mark in the text."""
    with folder("minimal") as root:
        count = 0
        # One note in each of two sections: the number of the second is not its place in its list.
        for section in ("01-hvad-er", "07-gaester"):
            path = root / f"protocols/lillebo/{section}.toml"
            text = path.read_text(encoding="utf-8")
            path.write_text(text.replace("\n'''", f"[^n]\n\n[^n]: En note i {section}.\n'''", 1), encoding="utf-8")
        for path in pages_of(root):
            document = path.with_name("protokol.json")
            if path.name != "index.html" or not document.exists():
                continue
            page = browser.new_page()
            page.goto(path.as_uri())
            shown = page.evaluate("""() => [...document.querySelectorAll('.notes li')].map((note) => [
                note.id, getComputedStyle(note, '::before').content.replaceAll('"', ''),
                document.getElementById(note.id + '-her').lastChild.textContent])""")
            wanted = [[name, number, number] for name, number in notes(json.loads(document.read_text()))]
            require(shown == wanted, f"{shown} for {wanted}")
            count += len(shown)
            page.close()
        require(count > 1, "some notes to look at")


def a_page_can_be_read_searched_and_led_through():
    """axe finds nothing on any page; the contents follow the reader, fold by chapter and can be searched."""
    with folder("own") as root:
        paths = pages_of(root)
        for viewport in (PHONE, DESK):
            for path in paths:
                page = browser.new_page(viewport=viewport)
                page.goto(path.as_uri())
                accessible(page, f"{path.relative_to(root)} at {viewport['width']} px")
                page.close()
        wrong = []
        page = browser.new_page(viewport=DESK)
        page.on("console", lambda said: wrong.append(said.text))
        page.goto((root / "dist/kranporten/index.html").as_uri())
        stops = page.locator(".contents > details > ol > li > a, .contents .chapter > summary").count()
        require(stops < 35, f"{stops} stops of the keyboard before the text")
        heading = page.locator("h2").nth(6)
        page.evaluate("element => { document.documentElement.style.scrollBehavior = 'auto'; element.scrollIntoView(); }", heading.element_handle())
        expect(page.locator(".contents [aria-current]")).to_have_attribute("href", "#" + heading.get_attribute("id"))
        expect(page.locator(".contents [aria-current]")).to_be_in_viewport()
        page.get_by_label("Søg på siden").fill("naloxon")
        expect(page.locator(".search [role=status]")).to_have_text(re.compile("Står i [0-9]+ afsnit"))
        left = page.locator(".contents > details > ol > li:visible").count()
        require(0 < left < page.locator(".contents > details > ol > li").count(), left)
        page.get_by_label("Søg på siden").fill("xyzzy")
        expect(page.locator(".search [role=status]")).to_have_text("Ordet står ikke på siden.")
        page.get_by_label("Søg på siden").fill("")
        expect(page.locator(".contents > details > ol > li:visible").first).to_be_visible()
        require(page.locator("abbr[title]").count() > 0, "words of the list are explained")
        require(not wrong, wrong)
        page.close()
        without = browser.new_context(java_script_enabled=False)
        page = without.new_page()
        page.goto((root / "dist/kranporten/index.html").as_uri())
        page.locator(".contents .chapter > summary").first.click()
        expect(page.locator(".contents .chapter li").first).to_be_visible()
        without.close()


TESTS = [
    every_page_fits_every_screen, a_note_shows_the_number_of_its_mark, a_page_can_be_read_searched_and_led_through,
    from_init_to_a_clean_check, parts_are_begun_renamed_and_taken_to_others, by_keys_alone, two_tabs_on_one_file, a_file_changed_under_the_form, nobody_is_moved_when_a_file_changes,
    a_server_that_dies_while_somebody_types, a_large_picture, on_a_phone, a_save_moves_nothing_on_the_page,
    an_edition_for_some_of_the_readers_follows_the_files_too,
    a_page_of_another_origin_writes_nothing,
]


def main():
    """Runs the tests, and says which failed."""
    global rusprot, browser  # noqa: PLW0603
    rusprot, program, *names = sys.argv[1:]
    rusprot = str(pathlib.Path(rusprot).resolve())
    failed = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program)
        for test in TESTS:
            if names and test.__name__ not in names:
                continue
            began = time.monotonic()
            try:
                test()
                print(f"ok      {test.__name__} ({time.monotonic() - began:.1f} s)", flush=True)
            except Exception as error:  # noqa: BLE001
                failed.append(test.__name__)
                print(f"FAILED  {test.__name__}: {error}", flush=True)
        browser.close()
    if failed:
        sys.exit(f"browser.py: {len(failed)} failed: {', '.join(failed)}")


if __name__ == "__main__":
    main()
