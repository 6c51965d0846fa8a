"""A real headless Chromium that looks at a page: what a harness page's script reports of it, as JSON."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--hide-scrollbars", "--disable-dev-shm-usage",
)  # fmt: skip


@dataclass(frozen=True)
class Browser:
    """``folder`` holds the profile and the pages; nothing of it outlives a test."""

    folder: Path

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        assert CHROMIUM is not None
        command = [CHROMIUM, *FLAGS, f"--user-data-dir={self.folder / 'profile'}", *arguments]
        return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)

    def console(self, page: str) -> list[str]:
        """What the page writes to the console when it is opened by itself."""
        path = self.folder / "page.html"
        path.write_text(page, encoding="utf-8")
        done = self.run("--enable-logging=stderr", "--virtual-time-budget=3000", "--dump-dom", path.as_uri())
        return [line for line in done.stderr.splitlines() if "CONSOLE" in line]

    def ask(self, page: str, script: str, width: int = 1280, height: int = 800) -> Any:
        """The value of ``script``, the body of a function of the page's ``window`` and ``document``."""
        shown, harness = self.folder / "shown.html", self.folder / "harness.html"
        shown.write_text(page, encoding="utf-8")
        harness.write_text(_HARNESS % (width, height, shown.as_uri(), script), encoding="utf-8")
        allowed = (
            "--disable-web-security",
            "--allow-file-access-from-files",
            "--disable-site-isolation-trials",
        )
        done = self.run(
            *allowed, "--window-size=1400,1000", "--virtual-time-budget=5000", "--dump-dom", harness.as_uri()
        )
        answer = re.search(r'<pre id="answer">(.*?)</pre>', done.stdout, re.DOTALL)
        assert answer, done.stderr[-2000:]
        return json.loads(html.unescape(answer.group(1)))

    def pdf(self, page: str) -> bytes:
        """The page as it is printed."""
        path, out = self.folder / "print.html", self.folder / "print.pdf"
        path.write_text(page, encoding="utf-8")
        self.run("--no-pdf-header-footer", f"--print-to-pdf={out}", path.as_uri())
        return out.read_bytes()


_HARNESS = """<!doctype html><body style="margin:0">
<iframe id="shown" style="border:0;width:%dpx;height:%dpx" src="%s"></iframe><pre id="answer"></pre>
<script>
const look = (window, document) => { %s };
addEventListener("load", () => {
  const frame = window.document.getElementById("shown");
  let answer;
  try { answer = look(frame.contentWindow, frame.contentDocument); } catch (error) { answer = String(error); }
  window.document.getElementById("answer").textContent = JSON.stringify(answer);
});
</script>"""
