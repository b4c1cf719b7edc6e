"""The page as a file: all in one, nothing from elsewhere, and what is said is only said."""

import base64
import io
import json
import re
from pathlib import Path

import numpy as np
import pytest
import soundfile

from rueckgrat.replay.overview import SessionOverview
from rueckgrat.replay.playback import write_playback
from tests.replay.playback.made_up import FAILURES, SECONDS, take, written


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("session")
    return written(folder, *FAILURES).read_text(encoding="utf-8")


def test_it_holds_the_sound(page: str) -> None:
    sound = base64.b64decode(re.search(r'id="sound">([^<]*)<', page)[1], validate=True)
    info = soundfile.info(io.BytesIO(sound))
    frames, rate_hz = soundfile.read(io.BytesIO(sound))
    second = {at: np.abs(frames[at * rate_hz :][:rate_hz]).max(axis=0) > 0.1 for at in (5, 30)}
    assert {at: loud.tolist() for at, loud in second.items()} == {
        5: [True, False],
        30: [False, True],
    }
    assert (info.format, info.subtype, info.channels) == ("OGG", "OPUS", 2)
    assert info.duration == pytest.approx(SECONDS, abs=0.11)


def test_it_asks_for_nothing_from_elsewhere(page: str) -> None:
    without_namespaces = page.replace("http://www.w3.org/2000/svg", "")
    assert not re.search(r"(src|href)=|https?:|//[a-z]+\.[a-z]", without_namespaces)
    assert "default-src 'none'" in page


def test_its_scripts_are_files_of_the_package_and_no_handlers_in_between(page: str) -> None:
    assert not re.search(r"\son\w+=|\sstyle=", page)
    assert page.count("<script>") == 1


def test_what_is_said_is_words_and_never_a_part_of_the_page(page: str) -> None:
    assert "Hallo &amp; &lt;b&gt;willkommen&lt;/b&gt;." in page
    assert "<b>" not in page
    assert page.count("</script>") == 3
    assert "<title>Ein „Versuch“ &amp; mehr – Rückgrat</title>" in page


def test_each_line_begins_where_it_sounds(page: str) -> None:
    begins = [float(one) for one in re.findall(r'class="line [a-z]+" data-at="([\d.]+)"', page)]
    assert begins == sorted(begins)
    assert begins[:5] == [0.1, 5.0, 6.1, 20.0, 25.0]  # the person's words when they are spoken
    assert page.count("<h3>Die Brücke</h3>") == 1


def test_a_failure_says_what_was_expected_and_what_was_not(page: str) -> None:
    assert page.count("erwartet: <code>heard: &lt;stop&gt;</code>") == 2  # above, and at its time
    assert page.count("unerwünscht: <code>state: paused</code>") == 2
    assert page.count('class="failure" data-at="37.00"') == 2  # three seconds before


def test_the_timeline_ends_with_the_session(page: str) -> None:
    timeline = json.loads(re.search(r'id="timeline-data">([^<]*)<', page)[1])
    assert len(timeline["heard"]) == len(timeline["played"]) == SECONDS / timeline["peakSeconds"]
    assert timeline["heard"].index("z") == pytest.approx(5 / timeline["peakSeconds"], abs=1)
    assert timeline["played"].index("z") == pytest.approx(30 / timeline["peakSeconds"], abs=1)
    assert max(ends for _, _, ends, _ in timeline["spans"]) == SECONDS
    assert timeline["failures"] == [40.0, 60.0]


def test_without_failures_nothing_is_said_of_any(tmp_path: Path) -> None:
    write_playback(tmp_path / "session.html", SessionOverview.of(take(), "Gut"), None)
    assert "Nicht wie" not in (tmp_path / "session.html").read_text(encoding="utf-8")


def test_without_sound_it_is_written_all_the_same(tmp_path: Path) -> None:
    write_playback(tmp_path / "session.html", SessionOverview.of(take(), "Still"), None)
    assert 'id="sound"></script>' in (tmp_path / "session.html").read_text(encoding="utf-8")


def test_it_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    class Breaking(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            raise OSError("no more")

    (tmp_path / "session.html").write_text("the last one", encoding="utf-8")
    with pytest.raises(OSError, match="no more"):
        write_playback(tmp_path / "session.html", SessionOverview.of(take(), "Ab"), Breaking())
    assert [one.name for one in tmp_path.iterdir()] == ["session.html"]
    assert (tmp_path / "session.html").read_text(encoding="utf-8") == "the last one"
