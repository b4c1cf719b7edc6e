import pytest

from rueckgrat.calibration.measuring import Figures, RecordingOutcome
from rueckgrat.calibration.recordings import Recording
from rueckgrat.calibration.tuning import LEAST, choose
from skill.messages.blocks import silence
from skill.messages.heard import Command, Decision, Heard


def outcome(said: str | None, *heard: tuple[str, float]) -> RecordingOutcome:
    command = Command(said) if said else None
    commands = tuple(
        Heard(Command(name), "", confidence, 0, 0, 0, Decision.FINAL) for name, confidence in heard
    )
    right = [one.command for one in commands] == [command]
    return RecordingOutcome(Recording("x.wav", "", command, silence(0)), commands, right)


def chosen(*outcomes: RecordingOutcome) -> dict[str, float]:
    return choose(Figures(outcomes), lambda name: 0.5, {"stop"})


@pytest.mark.parametrize(
    ("outcomes", "expected"),
    [
        ([outcome("next", ("next", 1.0))], {}),
        ([outcome("next", ("next", 1.0)), outcome("next", ("next", 0.45))], {"next": 0.40}),
        ([outcome("next", ("next", 0.52))], {"next": 0.47}),
        ([outcome("next", ("next", 0.1))], {"next": LEAST}),
        ([outcome("next")], {}),  # never heard: nothing to learn from
        # What fired wrongly never raises it, but keeps it from being lowered beneath.
        ([outcome("next", ("next", 0.9)), outcome(None, ("next", 0.6))], {}),
        ([outcome("next", ("next", 0.4)), outcome(None, ("next", 0.38))], {"next": 0.43}),
        ([outcome("next", ("next", 0.4)), outcome("back", ("next", 0.6))], {}),
    ],
)
def test_thresholds(outcomes: list[RecordingOutcome], expected: dict[str, float]) -> None:
    assert chosen(*outcomes) == expected


def test_safety_commands_are_only_ever_lowered() -> None:
    sure = outcome("stop", ("stop", 0.9))
    assert chosen(sure, outcome(None, ("stop", 0.7))) == {}
    assert chosen(sure, outcome("stop", ("stop", 0.4)), outcome(None, ("stop", 0.45))) == {
        "stop": 0.35
    }
