"""What sounds: the lines of a state, answers in their midst, and the repetitions of a set."""

import itertools
from collections.abc import Callable, Sequence
from dataclasses import replace

from skill.coach.dials import Dials
from skill.coach.player import Player
from skill.coach.prompts import Prompts, Words
from skill.coach.question import Question
from skill.coach.repetition import begun, repetition_parts
from skill.coach.score import Part, Spoken, at_tempo
from skill.coach.speaker import Speaker
from skill.coach.training import Training
from skill.messages.cues import Cue, Earcon, Hush, Say

ANSWER_DELAY_SECONDS = 0.1
"""An answer begins this long after the line that it cuts: after the fade, still at once."""


class Delivery:
    """Makes cues of lines and repetitions, and keeps them until they are taken.

    ``speech_seconds`` tells how long a line takes to be said. ``now`` is the session's clock in
    seconds, moved on by the coach. ``question`` follows whether the state's question has sounded.
    """

    def __init__(
        self,
        training: Training,
        prompts: Prompts,
        dials: Dials,
        speech_seconds: Callable[[str], float],
    ) -> None:
        ids = itertools.count(1)
        self._speaker = Speaker(ids)
        self._player = Player(ids)
        self._training = training
        self._prompts = prompts
        self._dials = dials
        self._speech_seconds = speech_seconds
        self._cues: list[Cue] = []
        self.question = Question(training.row)
        self.now = 0.0

    @property
    def is_speaking(self) -> bool:
        """Tell whether a line is being said, outside a repetition."""
        return self._speaker.is_speaking

    @property
    def is_playing(self) -> bool:
        """Tell whether a repetition is being played."""
        return self._player.is_playing

    @property
    def is_sounding(self) -> bool:
        """Tell whether either is going on."""
        return self.is_speaking or self.is_playing

    @property
    def is_played(self) -> bool:
        """Tell whether the repetition has come to its end."""
        return self.now >= self._player.end_seconds

    @property
    def unsaid(self) -> tuple[Words, ...]:
        """Lines that have not been said to their end."""
        return self._speaker.unsaid

    @property
    def to_be_said(self) -> tuple[str, ...]:
        """All lines that wait for their turn, the next one first."""
        return (*(words.text for words in self._speaker.unsaid), *self._player.unsaid)

    def is_saying(self, cue_id: int) -> bool:
        """Tell whether this is the line being said."""
        return self._speaker.is_saying(cue_id)

    def taken_cues(self) -> list[Cue]:
        """Return what has yet to be handed out, once."""
        cues, self._cues = self._cues, []
        return cues

    def cue(self, cue: Cue) -> None:
        """Hand this out."""
        self._cues.append(cue)

    def tone(self, name: str, delay_seconds: float = 0.0) -> None:
        """Hand out a sign tone."""
        self.cue(Earcon(name, self.now + delay_seconds))

    def stop(self) -> None:
        """Forget all lines and the repetition; what sounds already goes on."""
        self._speaker.stop()
        self._player.stop()

    # --- lines -------------------------------------------------------------------------------

    def begin(self, lines: Sequence[Words], delay_seconds: float = 0.0) -> None:
        """Say these lines (one at least) instead of all others."""
        self._say(self._speaker.begin(lines, self.now + delay_seconds))

    def say_next(self) -> bool:
        """Go on behind the line that has ended; return whether there is another one."""
        cue = self._speaker.go_on(self.now)
        if cue:
            self._say(cue)
        return cue is not None

    def answer(
        self, lines: Sequence[Words], ratio: float = 1.0, goes_on: bool = True, again: bool = True
    ) -> float:
        """Say this at once, then go on with what it interrupts; return when it begins.

        ``ratio`` is new tempo / old tempo. What was said before is dropped where nothing
        ``goes_on``; an answer that this one interrupts is given ``again`` behind it.
        """
        if self._player.is_playing:
            return self._answer_within(lines, ratio)
        delay = 0.0
        if self._speaker.is_speaking:
            self.cue(Hush())
            delay = ANSWER_DELAY_SECONDS
        rest = self._speaker.unsaid if again else self._speaker.unsaid_but_asides
        start = self.now + delay
        behind = rest if goes_on else ()
        self._say(self._speaker.begin([*lines, *behind], start, asides=len(lines)))
        return start

    def measured(self, words: Words) -> Spoken:
        """Return a line and how long it takes."""
        return Spoken(words.text, words.line, self._speech_seconds(words.text))

    def _anew(self, line: Spoken) -> Spoken:
        return replace(line, seconds=self._speech_seconds(line.text))

    def _answer_within(self, lines: Sequence[Words], ratio: float) -> float:
        self.cue(Hush())
        text = " ".join(words.text for words in lines)
        answer = self.measured(Words(text, lines[0].line))
        start = self.now + ANSWER_DELAY_SECONDS
        self._player.interrupt(answer, self.now, start, ratio, self._dials.tempo)
        self.play_on()
        return start

    def _say(self, cue: Say) -> None:
        self.question.take_note(cue, self.now)
        self.cue(cue)

    # --- repetitions -------------------------------------------------------------------------

    def play(self, at_seconds: float, again: bool, left: tuple[Part, ...] = ()) -> None:
        """Begin with the repetition that comes next, or with what is ``left`` of it.

        ``again``: it was begun once before.
        """
        parts = left or self._parts(again)
        self._play(begun(parts, self._prompts, self.measured), at_seconds)

    def play_on(self) -> None:
        """Hand out what begins soon."""
        tempo = self._dials.tempo
        self._cues += self._player.due(self.now, lambda part: part.measured(self._anew), tempo)

    def play_next(self, gap_seconds: float) -> None:
        """Play the next repetition so long after the end of the last one."""
        self._play(self._parts(), max(self.now, self._player.end_seconds + gap_seconds))

    def _parts(self, again: bool = False) -> tuple[Part, ...]:
        return repetition_parts(
            self._training, self._prompts, self.measured, self._dials.tempo, again
        )

    def _play(self, parts: tuple[Part, ...], at_seconds: float) -> None:
        self._player.begin(at_tempo(parts, self._dials.tempo), at_seconds)
        self.play_on()

    def left_to_play(self) -> tuple[Part, ...]:
        """Return what a pause goes on with: the running phase from its beginning, and all later."""
        return self._player.rest(self.now)
