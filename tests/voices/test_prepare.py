import errno
import threading
from pathlib import Path

import numpy as np
import pytest

from rueckgrat.voices import prepare as preparing
from rueckgrat.voices.prepare import (
    Batch,
    Worker,
    batches,
    prepare,
    the_only_preparation,
    useful_workers,
    workers_for,
)
from skill.coach.scripts import sentences
from skill.content.loader import load_content
from skill.content.schema import Manner
from skill.errors import SkillError, VoiceError
from skill.messages.blocks import VOICE_RATE_HZ, Pcm
from skill.messages.cues import Pitch, SetManner
from skill.settings import Settings
from skill.trainer import voice_for
from skill.voice.respelling import Respeller

CONTENT = load_content()


def test_all_is_prepared_by_all_voices_and_what_is_calm_calmly() -> None:
    settings = Settings(
        people=["Anna", {"name": "Zoë", "say": "Zo-ä"}], voices={"anna": "mb/mb-de5"}
    )
    made = batches(settings, CONTENT)
    calm = Manner(rate=110, pitch=Pitch.LOW)
    assert [(one.voice, one.manner) for one in made] == [
        *(("gmw/de", Manner()), ("mb/mb-de5", Manner())),
        *(("gmw/de", calm), ("mb/mb-de5", calm)),
    ]
    usual, relaxed = set(made[0].texts), set(made[2].texts)
    assert len(relaxed) < len(usual) / 3
    only = CONTENT.programme("entspannung").introduction
    assert {sentence for line in only for sentence in sentences(line)} <= relaxed
    assert "Die Brücke." not in relaxed


def test_what_is_prepared_in_a_manner_is_what_a_training_asks_for() -> None:
    settings = Settings(people=[{"name": "Zoë", "say": "Zo-ä"}])
    batch = Batch("gmw/de", CONTENT.programme("entspannung").voice, [])
    (worker,) = workers_for(batch, settings, CONTENT)
    voice = voice_for(settings, CONTENT)
    voice.perform(SetManner("Zoë", 110, Pitch.LOW))
    worker.keep("Hallo, Zoë.")
    assert voice._lines.is_kept("Hallo, Zoë.")
    voice.perform(SetManner("Zoë"))
    assert not voice._lines.is_kept("Hallo, Zoë, so schnell.")


class Speaker:
    """A synthesiser that takes one second for each line of one second."""

    identity = "nobody"

    def __init__(self) -> None:
        self.said: list[str] = []
        self.now = 0.0

    def render(self, text: str) -> Pcm:
        if text.startswith("unspeakable"):
            raise VoiceError("no")
        self.said.append(text)
        self.now += len(text)
        tone = np.sin(np.arange(VOICE_RATE_HZ) * 0.1) * 8_000
        return tone.astype(np.int16)

    def clock(self) -> float:
        return self.now


TEXTS = ["Stopp.", "Gut so.", "Atme ein.", "Atme aus."]


@pytest.fixture
def speaker() -> Speaker:
    return Speaker()


@pytest.fixture
def worker(speaker: Speaker) -> Worker:
    return Worker(speaker, Respeller({}))


def test_every_line_is_rendered_once_in_order(speaker: Speaker, worker: Worker) -> None:
    *_, end = prepare([worker], TEXTS, speaker.clock)
    assert speaker.said == TEXTS
    assert (end.lines, end.kept_before, end.rendered, end.unspoken) == (4, 0, 4, [])
    assert 3.5 < end.speech_seconds < 4.5
    assert (end.seconds, end.seconds_left) == (sum(map(len, TEXTS)), 0)


def test_the_time_left_is_reckoned_from_what_it_took(speaker: Speaker, worker: Worker) -> None:
    lefts = [state.seconds_left for state in prepare([worker], TEXTS, speaker.clock)]
    assert lefts == [None, 25, 18, 9, 0]


def test_stopped_anywhere_it_goes_on_from_there(speaker: Speaker, worker: Worker) -> None:
    going = prepare([worker], TEXTS, speaker.clock)
    for _ in range(3):
        next(going)
    going.close()
    assert speaker.said == TEXTS[:2]
    *_, end = prepare([worker], TEXTS, speaker.clock)
    assert speaker.said == TEXTS
    assert (end.kept_before, end.rendered, end.done) == (2, 2, 4)
    assert next(prepare([worker], TEXTS)).done == 4


def test_ctrl_c_within_a_line_loses_that_line_only(
    speaker: Speaker, worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    render = speaker.render

    def interrupted(text: str) -> Pcm:
        if text == TEXTS[2]:
            raise KeyboardInterrupt
        return render(text)

    monkeypatch.setattr(speaker, "render", interrupted)
    with pytest.raises(KeyboardInterrupt):
        list(prepare([worker], TEXTS))
    monkeypatch.undo()
    assert next(prepare([worker], TEXTS)).kept_before == 2


def test_a_line_that_cannot_be_spoken_is_named_and_the_rest_goes_on(
    speaker: Speaker, worker: Worker
) -> None:
    *_, end = prepare([worker], ["unspeakable", *TEXTS], speaker.clock)
    assert (end.unspoken, end.rendered, end.done) == (["unspeakable"], 4, 5)


def test_a_full_disk_ends_it_at_once(
    speaker: Speaker, worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("skill.voice.cache.write_whole", full)
        with pytest.raises(SkillError, match=r"\(der Speicher ist voll\).*geht es mit") as caught:
            list(prepare([worker], TEXTS))
    assert caught.value.code == "lines-not-kept"
    assert speaker.said == TEXTS[:1], "no work that is lost"
    *_, end = prepare([Worker(speaker, Respeller({}))], TEXTS)
    assert end.rendered == len(TEXTS), "with room again"


def test_a_voice_that_fails_at_everything_is_given_up(speaker: Speaker, worker: Worker) -> None:
    broken = [f"unspeakable {number}" for number in range(20)]
    with pytest.raises(VoiceError, match="no"):
        list(prepare([worker], [*TEXTS, *broken, "Ende."]))
    assert speaker.said == TEXTS


def test_memory_bounds_the_processes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preparing, "_MEMORY", tmp_path / "meminfo")
    monkeypatch.setattr("os.sched_getaffinity", lambda _: {0, 1, 2, 3})
    for kib, count in ((300_000, 0), (500_000, 1), (900_000, 2), (8_000_000, 4)):
        (tmp_path / "meminfo").write_text(f"MemTotal: 9 kB\nMemAvailable:   {kib} kB\n")
        assert useful_workers() == count


def test_two_at_once_are_refused() -> None:
    with the_only_preparation() as first, the_only_preparation() as second:
        assert (first, second) == (True, False)


def test_several_share_the_work(speaker: Speaker) -> None:
    both = threading.Barrier(2, timeout=10)

    class Meeting(Speaker):
        def render(self, text: str) -> Pcm:
            both.wait()  # passes only if two render at once
            return super().render(text)

    speakers = [Meeting(), Meeting()]
    workers = [Worker(one, Respeller({})) for one in speakers]
    *_, end = prepare(workers, TEXTS)
    assert (end.rendered, end.unspoken) == (4, [])
    assert sorted(speakers[0].said + speakers[1].said) == sorted(TEXTS)
