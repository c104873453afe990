"""Where things live."""

from __future__ import annotations

from desktop_broker.common.paths import default_data_dir, log_dir, settings_file


def test_everything_lies_in_folders_of_the_programs_own() -> None:
    for path in (default_data_dir(), settings_file(), log_dir()):
        assert path.is_absolute()
        assert "desktop-broker" in path.parts
