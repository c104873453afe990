"""The committed translations agree with the texts of the window, and every text is translated."""

from __future__ import annotations

import importlib.util
import re
import xml.etree.ElementTree as ET
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def translations() -> ModuleType:
    spec = importlib.util.spec_from_file_location("translations", ROOT / "packaging" / "translations.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_files_are_in_step_with_the_sources(translations: ModuleType) -> None:
    assert translations.problems() == [], "run: python packaging/translations.py, then fill in what it lists"


def test_placeholders_survive_translation(translations: ModuleType) -> None:
    wrong = []
    for path in sorted(translations.FOLDER.glob("*.ts")):
        for message in ET.parse(path).iter("message"):
            source = message.findtext("source", "")
            target = message.find("translation")
            assert target is not None
            texts = [form.text or "" for form in target.findall("numerusform")] or [target.text or ""]
            wrong += [f"{path.name}: {source!r} -> {text!r}" for text in texts if _places(text) != _places(source)]
    assert not wrong, "\n".join(wrong)


def _places(text: str) -> list[str]:
    return sorted(re.findall(r"\{\w*\}|%n|%\d", text))


def test_new_texts_are_found_and_filled(translations: ModuleType, tmp_path: Path) -> None:
    source = tmp_path / "panel.py"
    source.write_text(
        "class P(QObject):\n    def a(self, n):\n        return self.tr('Hello'), self.tr('%n topic(s)', '', n)\n",
        "utf-8",
    )
    for language in translations.LANGUAGES:
        (tmp_path / f"x_{language}.ts").unlink(missing_ok=True)
    translations.tool("lupdate", str(source), "-target-language", "ko_KR", "-ts", str(tmp_path / "x_ko.ts"))
    assert translations.missing(tmp_path / "x_ko.ts") == ["Hello", "%n topic(s)"]
    translations.fill(tmp_path / "x_ko.ts", {"Hello": "안녕", "%n topic(s)": "토픽 %n개"})
    assert translations.missing(tmp_path / "x_ko.ts") == []
    assert "토픽 %n개" in (tmp_path / "x_ko.ts").read_text("utf-8")
