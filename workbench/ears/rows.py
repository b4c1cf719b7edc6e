"""Answers become figures: recall, false accepts and delay, beside the peers and the goals."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from rueckgrat.calibration.peers import EAR
from skill.content.schema import Content
from skill.messages.heard import Decision
from workbench.ears import corpora, scenes
from workbench.ears.answers import Answer, Decided, name_of
from workbench.ears.conditions import CLEAN, CONDITIONS
from workbench.ears.contenders import PEERS, in_order
from workbench.ears.figures import (
    AT_MOST,
    Figure,
    Value,
    per_hour,
    percentile,
    present,
    share,
)
from workbench.ears.measuring import ANY_STATE, Measured

NOISY = "noise 10 dB"
RECALL_GOALS = {CLEAN: 97.0, "noise 20 dB": 97.0, NOISY: 94.0, "room": 94.0}
DIGIT_GOALS = {CLEAN: 99.0, "noise 20 dB": 97.0, NOISY: 92.0}
CUT_GOALS = {"emodb": 75.0}
LOOK_ALIKE_GOAL = 1.0
TRAINING_GOAL_PER_HOUR = 0.5
STANDBY_GOAL_PER_HOUR = 0.1
MUSIC_GOAL_PER_HOUR = 6.0
LATENCY_GOALS = {50: 250.0, 95: 500.0}
SAFETY_LATENCY_GOAL = 150.0


NEW_VOICES = ("new voices",)
_VOICES: Mapping[str, Callable[[Answer], bool]] = {
    "new voices": lambda answer: not answer.known,
    "voices heard in training": lambda answer: answer.known,
}

EVERYBODY = (*corpora.SPEECH, scenes.HEARD_SENTENCES, corpora.DIGITS)
_SOUNDS = ("noise", "music", "breathing")

_STATE_TITLES = {
    scenes.TRAINING_STATE: f"in training ({scenes.TRAINING_STATE})",
    scenes.NUMBER_STATE: f"asked for a number ({scenes.NUMBER_STATE})",
    scenes.STANDBY_STATE: "in standby",
}


@dataclass(frozen=True)
class Answers:
    """All answers of one model; asked by kind, source and condition."""

    measured: Sequence[Measured]
    content: Content

    @cached_property
    def listeners(self) -> list[str]:
        """Everybody who was asked, as the table shows them."""
        return in_order(one.listener for one in self.measured)

    @property
    def ears(self) -> list[str]:
        """The same without plain loops."""
        return [one for one in self.listeners if one not in PEERS]

    def of(
        self,
        listener: str,
        kinds: Collection[str],
        condition: str = CLEAN,
        *,
        state: str = "",
        sources: Collection[str] = (),
    ) -> list[Answer]:
        """Return one listener's answers; of all states and sources where none are named."""
        return [
            answer
            for one in self.measured
            if one.listener == listener
            and one.scene.kind in kinds
            and one.scene.condition == condition
            and (not sources or one.scene.source in sources)
            for answer in one.answers
            if not state or answer.state in (state, ANY_STATE)
        ]

    def accepted(self, answer: Answer, state: str = "") -> list[Decided]:
        """Return what is obeyed of an answer in a state (its own if none is named)."""
        return answer.accepted(self.content.live_commands(state or answer.state))

    def is_right(self, answer: Answer) -> bool:
        """Return whether the expected command was obeyed, and no other."""
        accepted = [one.command for one in self._possible(answer)]
        return bool(accepted) and set(accepted) == {answer.expected}

    def delay_seconds(self, answer: Answer) -> float:
        """Return the time from the end of the word to the first decision, of a right answer."""
        return self._possible(answer)[0].decided_seconds - answer.end_seconds

    def is_safety(self, answer: Answer) -> bool:
        """Return whether a safety command was said."""
        return name_of(answer.expected) in self.content.safety_commands

    def _possible(self, answer: Answer) -> list[Decided]:
        return [] if answer.state == ANY_STATE else self.accepted(answer)


def rows(found: Answers) -> Iterator[Figure]:
    """Yield all figures that clips give."""
    yield from _command_rows(found)
    yield from _digit_rows(found)
    yield from _word_rows(found)
    yield from _look_alike_rows(found)
    yield from _false_accept_rows(found)
    yield from _latency_rows(found)


_STATE_GOALS = {
    scenes.TRAINING_STATE: TRAINING_GOAL_PER_HOUR,
    scenes.NUMBER_STATE: None,
    scenes.STANDBY_STATE: STANDBY_GOAL_PER_HOUR,
}


def _no_voices(answer: Answer) -> bool:
    """Return whether the noise of a clip is without people; its name ends in the noise's."""
    return not any(name in answer.clip for name in corpora.VOICES_IN_NOISE)


def _any(_: Answer) -> bool:
    return True


def _recall(
    found: Answers,
    kind: str,
    condition: str,
    keep: Callable[[Answer], bool] = _any,
    sources: Collection[str] = (),
) -> dict[str, Value]:
    """Return the share of right answers by listener."""
    values = {}
    for listener in found.listeners:
        answers = list(filter(keep, found.of(listener, [kind], condition, sources=sources)))
        values[listener] = share(sum(map(found.is_right, answers)), len(answers))
    return present(values)


def _command_rows(found: Answers) -> Iterator[Figure]:
    group = "Recall: commands, synthetic voices kept out of training"
    for condition in CONDITIONS:
        values = _recall(found, scenes.COMMANDS, condition)
        if values:
            yield Figure(group, condition, values, RECALL_GOALS.get(condition))
    values = _recall(found, scenes.COMMANDS, NOISY, _no_voices)
    if values:
        yield Figure(group, f"{NOISY}, nobody speaks in it", values)
    for condition in (CLEAN, NOISY):
        values = _recall(found, scenes.COMMANDS, condition, found.is_safety)
        if values:
            yield Figure(group, f"safety commands, {condition}", values)


def _digit_rows(found: Answers) -> Iterator[Figure]:
    group = "Recall: digits said by people"
    for name, keep in _VOICES.items():
        for condition in CONDITIONS:
            values = _recall(found, scenes.DIGITS, condition, keep)
            if values:
                goal = DIGIT_GOALS.get(condition) if name in NEW_VOICES else None
                yield Figure(group, f"{condition}, {name}", values, goal)
    values = _recall(found, scenes.DIGITS, NOISY, _no_voices)
    if values:
        yield Figure(group, f"{NOISY}, all voices, nobody speaks in it", values)


def _word_rows(found: Answers) -> Iterator[Figure]:
    group = "Recall: command words said by people"
    for condition in CONDITIONS:
        values = _recall(found, scenes.WORDS, condition)
        if values:
            yield Figure(group, f"single words (wikimedia, gcompris), {condition}", values)
    for source in corpora.SENTENCES:
        values = _recall(found, scenes.CUT, CLEAN, sources=[source])
        if values:
            title = f"cut from fluent sentences ({source})"
            yield Figure(group, title, values, CUT_GOALS.get(source))
    for name, keep in _VOICES.items():
        values = _recall(found, scenes.STRANGERS_STOP, CLEAN, keep)
        if values:
            yield Figure(group, f'English "stop" taken for "stopp" in training, {name}', values)


def _look_alike_rows(found: Answers) -> Iterator[Figure]:
    group = "Single words that are no command and fire"
    for state in (scenes.TRAINING_STATE, scenes.NUMBER_STATE):
        goal = LOOK_ALIKE_GOAL if state == scenes.TRAINING_STATE else None
        for sources in (corpora.WORDS, *((one,) for one in corpora.WORDS)):
            values = {}
            for listener in found.listeners:
                answers = _from(found, listener, sources, state)
                fired = sum(bool(found.accepted(answer, state)) for answer in answers)
                values[listener] = share(fired, len(answers))
            if present(values):
                name = f"{' + '.join(sources)}, {_STATE_TITLES[state]}"
                whole = goal if len(sources) > 1 else None
                yield Figure(group, name, present(values), whole, AT_MOST)


def _false_accept_rows(found: Answers) -> Iterator[Figure]:
    for state, goal in _STATE_GOALS.items():
        sound_goals = {"music": MUSIC_GOAL_PER_HOUR}
        if goal is not None:
            sound_goals = dict.fromkeys(_SOUNDS, goal)
        group = f"False accepts {_STATE_TITLES[state]}"
        for name, sources, own_goal in (
            ("all human speech", EVERYBODY, goal),
            ("… voices never heard in training", NEW_VOICES, goal),
            *((one, (one,), None) for one in EVERYBODY),
            *((one, (one,), sound_goals.get(one)) for one in _SOUNDS),
        ):
            chosen = {who: _from(found, who, sources, state) for who in found.listeners}
            rates = present({who: _rate(found, of, state) for who, of in chosen.items()})
            if rates:
                all_known = all(answer.known for answers in chosen.values() for answer in answers)
                title = f"{name}, heard in training" if all_known else name
                yield Figure(group, title, rates, own_goal, AT_MOST)
        yield from _useless_rows(found, group, state)


def _useless_rows(found: Answers, group: str, state: str) -> Iterator[Figure]:
    live = found.content.live_commands(state)
    answered = _from(found, EAR, EVERYBODY, state)
    rate = per_hour(
        sum(len(one.of_no_use(live)) for one in answered),
        sum(one.sound_seconds for one in answered),
    )
    if rate:
        yield Figure(group, "commands that don't count here: the coach says so", {EAR: rate})


def _from(found: Answers, listener: str, sources: Sequence[str], state: str) -> list[Answer]:
    if sources == NEW_VOICES:
        speech = found.of(listener, scenes.SPEECH_KINDS, state=state)
        return [answer for answer in speech if not answer.known]
    return found.of(listener, scenes.QUIET_KINDS, state=state, sources=sources)


def _rate(found: Answers, answers: Sequence[Answer], state: str) -> Value | None:
    """Return false accepts by the hour of sound: silence put around it doesn't count as time."""
    count = sum(len(found.accepted(answer, state)) for answer in answers)
    return per_hour(count, sum(answer.sound_seconds for answer in answers))


def _latency_rows(found: Answers) -> Iterator[Figure]:
    group = "Delay from the end of the word to the decision"
    chosen: Mapping[str, tuple[str, str, Callable[[Answer], bool]]] = {
        "commands, clean": (scenes.COMMANDS, CLEAN, _any),
        "commands, clean, early": (scenes.COMMANDS, CLEAN, lambda one: _is(one, Decision.EARLY)),
        "commands, clean, final": (scenes.COMMANDS, CLEAN, lambda one: _is(one, Decision.FINAL)),
        "safety commands, clean": (scenes.COMMANDS, CLEAN, found.is_safety),
        "commands, room": (scenes.COMMANDS, "room", _any),
        "commands, noise 10 dB": (scenes.COMMANDS, NOISY, _any),
        "digits, clean": (scenes.DIGITS, CLEAN, _any),
    }
    for name, (kind, condition, keep) in chosen.items():
        for percent in (50, 95):
            values = present(
                {
                    who: _delay(
                        found, list(filter(keep, found.of(who, [kind], condition))), percent
                    )
                    for who in found.listeners
                }
            )
            goal = LATENCY_GOALS[percent] if name == "commands, clean" else None
            if name.startswith("safety") and percent == 50:
                goal = SAFETY_LATENCY_GOAL
            if values:
                label = "median" if percent == 50 else "p95"
                yield Figure(group, f"{name}, {label}", values, goal, AT_MOST)


def _is(answer: Answer, decision: Decision) -> bool:
    return bool(answer.decided) and answer.decided[0].decision == decision


def _delay(found: Answers, answers: Sequence[Answer], percent: float) -> Value | None:
    delays = [found.delay_seconds(answer) for answer in answers if found.is_right(answer)]
    return percentile(delays, percent, f"{len(delays)} of {len(answers)}")
