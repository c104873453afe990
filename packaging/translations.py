"""Keep the window's translations in step with its texts: `python packaging/translations.py [area...] [--fill FILE]`.

Texts are collected per area, so that several people can translate at once: each panel (`gui/panels/topics*`) is one, the
rest of the window is `window`, what goes wrong with a cluster is `errors`. For each area there is `resources/translations/<area>_ko.ts` and, for plurals only,
`<area>_en.ts`, which is written by rule ("%n topic(s)": one topic, two topics). Both are compiled to `.qm` beside them.

    translations.py topics                   collect, compile, and print as JSON what has no translation yet
    translations.py topics --fill ko.json    the same, after filling in {"English": "Korean", ...} from a file
    translations.py topics --fill en.json --language en     for English plurals that the rule gets wrong: {"%n ...": [one, many]}

Ends with 1 while something is not translated.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "desktop_broker"
FOLDER = ROOT / "resources" / "translations"
LANGUAGES = {"ko": "ko_KR", "en": "en_US"}


def areas() -> dict[str, list[Path]]:
    """Area -> its source files, sorted."""
    found: dict[str, list[Path]] = {}
    for path in [*sorted((PACKAGE / "gui").rglob("*.py")), PACKAGE / "app.py"]:
        if path.exists():
            found.setdefault(_area_of(path), []).append(path)
    found["errors"] = [PACKAGE / "kafka" / "error_sentences.py"]
    return found


def _area_of(path: Path) -> str:
    parts = path.relative_to(PACKAGE).parts
    if parts[:2] != ("gui", "panels") or parts[2] in ("__init__.py", "base.py"):
        return "window"
    return parts[2].removesuffix(".py").split("_")[0]


def tool(name: str, *arguments: str) -> None:
    """Run one of Qt's tools from the environment of this Python; CalledProcessError when it fails."""
    command = [str(Path(sys.executable).parent / f"pyside6-{name}"), *arguments]
    result = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    if result.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{result.stdout}{result.stderr}")


def update(area: str, sources: list[Path], folder: Path) -> None:
    """Bring the .ts files of an area in step with its sources; translations that still fit stay."""
    for language, locale in LANGUAGES.items():
        options = ["-locations", "none", "-no-obsolete", "-source-language", "en_US", "-target-language", locale]
        options += ["-pluralonly"] if language == "en" else []
        files = [str(path.relative_to(ROOT)) for path in sources]
        tool("lupdate", *options, *files, "-ts", str(folder / f"{area}_{language}.ts"))
    english = folder / f"{area}_en.ts"
    fill(english, {source: [source.replace("(s)", ""), source.replace("(s)", "s")] for source in missing(english)})


def fill(path: Path, words: dict[str, str | list[str]]) -> None:
    """Write translations into a .ts file, by their English text; a text that means the same in all contexts is given once."""
    tree = ET.parse(path)
    changed = False
    for message in tree.iter("message"):
        target = message.find("translation")
        word = words.get(message.findtext("source", ""))
        if word is None or target is None:
            continue
        target.attrib.pop("type", None)
        forms = target.findall("numerusform")
        if forms:
            given = word if isinstance(word, list) else [word] * len(forms)
            for form, text in zip(forms, given, strict=True):
                form.text = text
        else:
            target.text = word if isinstance(word, str) else word[0]
        changed = True
    if changed:
        body = ET.tostring(tree.getroot(), encoding="unicode").replace(" />", "/>")
        path.write_text(f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{body}\n', "utf-8")


def missing(path: Path) -> list[str]:
    """The English texts of a .ts file that have no translation."""
    return [
        message.findtext("source", "")
        for message in ET.parse(path).iter("message")
        if (target := message.find("translation")) is None or target.get("type") == "unfinished"
    ]


def compile_area(area: str, folder: Path) -> None:
    for language in LANGUAGES:
        source = folder / f"{area}_{language}.ts"
        tool("lrelease", "-silent", str(source), "-qm", str(source.with_suffix(".qm")))


def problems() -> list[str]:
    """What is not in step between sources and committed files; empty when all is. For the test suite."""
    found: list[str] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for area, sources in areas().items():
            for language in LANGUAGES:
                committed = FOLDER / f"{area}_{language}.ts"
                if not committed.exists():
                    found.append(f"{committed.name} is missing")
                    continue
                (folder / committed.name).write_bytes(committed.read_bytes())
            if found:
                continue
            update(area, sources, folder)
            compile_area(area, folder)
            for path in sorted(folder.glob(f"{area}_*")):
                if path.suffix == ".ts":
                    found += [f"{path.name}: no translation of {text!r}" for text in missing(path)]
                if not (FOLDER / path.name).exists() or path.read_bytes() != (FOLDER / path.name).read_bytes():
                    found.append(f"{path.name} is out of date")
    expected = {f"{area}_{language}.{kind}" for area in areas() for language in LANGUAGES for kind in ("ts", "qm")}
    found += [f"{path.name} belongs to no area" for path in FOLDER.iterdir() if path.name not in expected]
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("areas", nargs="*", help="all when none is given")
    parser.add_argument("--fill", type=Path, help="a JSON file with translations by English text")
    parser.add_argument("--language", choices=sorted(LANGUAGES), default="ko")
    options = parser.parse_args()
    known = areas()
    if unknown := set(options.areas) - set(known):
        parser.error(f"no such area: {', '.join(sorted(unknown))}; there are {', '.join(known)}")
    FOLDER.mkdir(exist_ok=True)
    words = json.loads(options.fill.read_text("utf-8")) if options.fill else {}
    left: dict[str, str] = {}
    for area in options.areas or known:
        update(area, known[area], FOLDER)
        fill(FOLDER / f"{area}_{options.language}.ts", words)
        update(
            area, known[area], FOLDER
        )  # once more: lupdate's own way of writing the file, so that nothing but texts differs
        compile_area(area, FOLDER)
        left.update(dict.fromkeys(missing(FOLDER / f"{area}_ko.ts") + missing(FOLDER / f"{area}_en.ts"), ""))
    sys.stdout.write(json.dumps(left, ensure_ascii=False, indent=1) + "\n" if left else "Everything is translated.\n")
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
