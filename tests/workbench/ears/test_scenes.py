"""The plan of a run: bounded, the same every time, nothing twice."""

from collections import Counter

from workbench.ears.corpora import DIGITS
from workbench.ears.corpora import SPEECH as SOURCES
from workbench.ears.scenes import (
    COMMANDS,
    EVERYBODY,
    HEARD_SENTENCES,
    QUICK,
    SOUND,
    SPEECH,
    TRAINING_STATE,
    scenes,
    spread,
)


def test_quick_is_a_little_of_everything() -> None:
    full, quick = (scenes(["test"], one_in) for one_in in (1, QUICK))
    assert {(s.kind, s.source, s.condition) for s in full} == {
        (s.kind, s.source, s.condition) for s in quick
    }
    assert all(scene.limit <= 160 for scene in quick)


def test_pieces_cover_a_scene_once() -> None:
    pieces = Counter((s.source, s.condition) for s in scenes(["test"]) if s.kind == SPEECH)
    whole = [s for s in scenes(["test"]) if s.kind == SPEECH]
    assert all(pieces[s.source, s.condition] == s.pieces for s in whole)
    assert sorted(s.piece for s in whole if s.source == "arabic_words") == list(
        range(next(s.pieces for s in whole if s.source == "arabic_words"))
    )


def test_in_training_the_ear_hears_everybody_and_peers_a_sample() -> None:
    everybody = [scene for scene in scenes(["test"]) if scene.kind == EVERYBODY]
    assert {scene.source for scene in everybody} == {*SOURCES, HEARD_SENTENCES, DIGITS}
    assert {(scene.states, scene.peers) for scene in everybody} == {((TRAINING_STATE,), False)}
    assert all(TRAINING_STATE not in s.states for s in scenes(["test"]) if s.kind == SPEECH)


def test_both_parts_play_the_same_scenes() -> None:
    both = scenes(["tune", "test"], QUICK)
    assert len(both) == 2 * len(scenes(["tune"], QUICK))
    assert {s.kind for s in both} >= {COMMANDS, SPEECH, SOUND}


def test_a_sample_takes_equally_many_of_each_group_in_the_old_order() -> None:
    items = [f"{speaker}{number}" for speaker in "abc" for number in range(9)]
    chosen = spread(items, 6, lambda one: one[0], str)
    assert Counter(one[0] for one in chosen) == {"a": 2, "b": 2, "c": 2}
    assert chosen == sorted(chosen)


def test_a_sample_hardly_changes_when_an_item_is_added() -> None:
    items = [f"a{number}" for number in range(50)]
    before, after = (set(spread(more, 10, lambda _: 0, str)) for more in (items, [*items, "a50"]))
    assert len(before & after) >= 9


def test_a_limit_above_all_takes_all() -> None:
    assert spread([3, 1, 2], 10, lambda one: one, str) == [3, 1, 2]
