"""Everybody can use the site: axe finds nothing serious, in both colours, languages and widths."""

import os
import shutil
import subprocess
import tarfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.browser
ROOT = Path(__file__).parents[2]
AXE = "4.14.1"
RUN = """async () => (await axe.run(document, {resultTypes: ["violations"]})).violations
    .filter((v) => ["serious", "critical"].includes(v.impact))
    .map((v) => [v.id, v.nodes.slice(0, 3).map((n) => n.html.slice(0, 200))])"""


@pytest.fixture(scope="session")
def axe() -> Path:
    """axe-core (MPL-2.0, for tests only), fetched once by npm into a folder that git ignores."""
    script = ROOT / f".cache/axe-core-{AXE}.js"
    if not script.exists():
        npm = shutil.which("npm")
        if npm is None:
            pytest.skip("no npm to fetch axe-core with")
        script.parent.mkdir(exist_ok=True)
        done = subprocess.run(
            [npm, "pack", f"axe-core@{AXE}", "--silent"],
            cwd=script.parent, capture_output=True, text=True, timeout=120,
        )  # fmt: skip
        if done.returncode:
            missing = f"npm could not fetch axe-core: {done.stderr.strip()[-200:]}"
            if os.environ.get("LICHANG_REQUIRE_BROWSER") == "1":
                pytest.fail(missing)
            pytest.skip(missing)
        packed = script.parent / done.stdout.split()[-1]
        with tarfile.open(packed) as files:
            script.write_bytes(files.extractfile("package/axe.min.js").read())
        packed.unlink()
    return script


@pytest.mark.parametrize(
    ("width", "scheme", "language"),
    [(390, "light", "zh"), (1440, "dark", "zh"), (1440, "light", "en"), (390, "dark", "en")],
)
def test_axe_finds_nothing_serious_on_any_kind_of_page(
    site, sure_site, browser, axe, width, scheme, language
):
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True
    )
    page = context.new_page()
    found = {}
    for path in [*site.one_of_each(), *sure_site.folder.glob("*.html")]:
        page.goto(f"{path.as_uri()}?lang={language}#area=*")
        page.add_script_tag(path=axe)
        page.wait_for_timeout(50)
        if violations := page.evaluate(RUN):
            found[path.name] = violations
        if page.locator("#panel").count() and page.locator("button.m").count():
            page.locator("button.m").first.click()
            if violations := page.evaluate(RUN):
                found[f"{path.name} with a sentence"] = violations
            for view in ("argument", "side"):
                page.check(f"#view-{view}")
                if violations := page.evaluate(RUN):
                    found[f"{path.name} {view}"] = violations
    context.close()
    assert found == {}


def test_the_skip_link_and_the_voice_switch_work_by_keyboard(site, browser):
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.goto(site.uri("index.html"))
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.focus("#scope-author")
    page.keyboard.press("ArrowRight")
    assert page.is_checked("#scope-attributed")
    context.close()
