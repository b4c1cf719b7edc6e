"""When what a dialog test expects happened in a take."""

from collections.abc import Callable, Iterator, Sequence

from rueckgrat.observers.record import happened_seconds, whole_lines
from rueckgrat.replay.dialog import Expectation
from rueckgrat.replay.matching import (
    ANY,
    begins_seconds,
    contains_words,
    is_command,
    is_line,
    is_note,
    is_state,
)
from rueckgrat.replay.runner import Take
from rueckgrat.replay.runs import runs
from skill.audio.waves import AUDIBLE_DBFS, FRAME_SECONDS, frame_levels_dbfs
from skill.messages.blocks import VOICE_RATE_HZ, Pcm
from skill.messages.events import (
    BreathSounded,
    Event,
    Said,
    SpeechDropped,
    SpeechRejected,
    ToneSounded,
)


def times(expectation: Expectation, from_seconds: float, take: Take) -> list[float]:
    """Return every moment at which it happened, in order.

    Speech of the user counts when it was decided on, a line when it begins (or the sentence of it
    that was named by its words), a cut when the line breaks off. Silences are looked for from
    ``from_seconds`` on.
    """
    if expectation.silence:
        return list(_silences(take.coach, expectation.silence, from_seconds))
    is_met = _MET[expectation.what]
    wanted = str(getattr(expectation, expectation.what))
    met = (event for event in _with_whole_lines(take.events) if is_met(event, wanted))
    if expectation.coach:
        lines = (event for event in met if isinstance(event, Said))
        begun = (begins_seconds(line, wanted, take.events) for line in lines)
        return sorted(seconds for seconds in begun if seconds is not None)
    when = _end_seconds if expectation.cut else happened_seconds
    return sorted(map(when, met))


def _with_whole_lines(events: Sequence[Event]) -> Iterator[Event]:
    yield from whole_lines(events)
    yield from (event for event in events if not isinstance(event, Said))


def _end_seconds(event: Event) -> float:
    return event.end_seconds if isinstance(event, Said) else event.seconds


def _is_rejected(event: Event, wanted: str) -> bool:
    return isinstance(event, SpeechRejected) and _is_about(event, wanted)


def _is_dropped(event: Event, wanted: str) -> bool:
    return isinstance(event, SpeechDropped) and _is_about(event, wanted)


def _is_about(event: SpeechRejected | SpeechDropped, wanted: str) -> bool:
    return wanted == ANY or contains_words(f"{event.text} ({event.reason})", wanted)


def _is_cut(event: Event, wanted: str) -> bool:
    return isinstance(event, Said) and event.is_cut and is_line(event, wanted)


def _is_breath(event: Event, wanted: str) -> bool:
    return isinstance(event, BreathSounded) and wanted in (ANY, event.direction)


def _is_earcon(event: Event, wanted: str) -> bool:
    return isinstance(event, ToneSounded) and wanted in (ANY, event.name)


_MET: dict[str, Callable[[Event, str], bool]] = {
    "heard": is_command,
    "rejected": _is_rejected,
    "dropped": _is_dropped,
    "coach": is_line,
    "cut": _is_cut,
    "state": is_state,
    "breath": _is_breath,
    "earcon": _is_earcon,
    "remembered": is_note,
}


def _silences(coach: Pcm, least_seconds: float, from_seconds: float) -> Iterator[float]:
    """Yield where the loudspeaker falls silent for long enough, counted from ``from_seconds``."""
    first = int(from_seconds / FRAME_SECONDS)
    silent = frame_levels_dbfs(coach, VOICE_RATE_HZ)[first:] < AUDIBLE_DBFS
    for start, after in runs(silent):
        if (after - start) * FRAME_SECONDS >= least_seconds:
            yield (first + start) * FRAME_SECONDS
