from collections.abc import Iterator

import numpy as np
import pytest

from skill.audio import one_way
from skill.audio.devices import Role
from skill.audio.one_way import heard_blocks, play_blocks
from skill.errors import AudioError
from skill.messages.blocks import EAR_BLOCK_SAMPLES, VOICE_BLOCK_SAMPLES, Pcm
from tests.audio.fake_card import FakeCard


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(one_way, "_SILENT_SECONDS", 0.2)


def _numbered(count: int) -> Iterator[Pcm]:
    for number in range(1, count + 1):
        yield np.full(VOICE_BLOCK_SAMPLES, number, dtype=np.int16)


def test_a_microphone_alone_is_heard_block_by_block(card: FakeCard) -> None:
    del card.listed[1]
    blocks = heard_blocks(card, "mic")
    heard = np.concatenate([next(blocks) for _ in range(3)])
    assert np.array_equal(heard, np.arange(3 * EAR_BLOCK_SAMPLES))
    blocks.close()
    assert card.open[Role.MICROPHONE].closed


def test_a_microphone_that_stops_is_named(card: FakeCard) -> None:
    blocks = heard_blocks(card, None)
    next(blocks)
    card.working.discard(Role.MICROPHONE)
    with pytest.raises(AudioError, match="„Mic“ liefert nichts mehr"):
        list(blocks)


def test_a_speaker_alone_plays_everything_once_and_in_order(card: FakeCard) -> None:
    del card.listed[0]
    play_blocks(card, None, _numbered(12))
    played = np.concatenate(card.played)
    assert np.array_equal(
        played[played > 0], np.repeat(np.arange(1, 13), VOICE_BLOCK_SAMPLES).astype(np.int16)
    )
    assert card.open[Role.SPEAKER].closed


def test_a_speaker_that_stops_is_said_and_let_go(card: FakeCard) -> None:
    card.working.discard(Role.SPEAKER)
    with pytest.raises(AudioError, match="spielt nicht mehr"):
        play_blocks(card, None, _numbered(12))


@pytest.mark.parametrize(
    ("name", "message"), [(None, "Ich finde keinen Lautsprecher"), ("Jabra", "„Jabra“")]
)
def test_without_the_device_it_says_so(card: FakeCard, name: str | None, message: str) -> None:
    if name is None:
        del card.listed[1]
    with pytest.raises(AudioError, match=message):
        play_blocks(card, name, _numbered(1))
