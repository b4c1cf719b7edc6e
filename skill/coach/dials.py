"""Tempo and volume of a session: what turns them, and what is said about it."""

from skill.coach.dial import GAINS_DB, TEMPOS, Dial
from skill.coach.prompts import Line, Prompts
from skill.coach.reply import Reply
from skill.coach.training import Training
from skill.messages.cues import SetVolume
from skill.messages.notes import TempoChosen


class Dials:
    """Both dials, and the answers of the commands that turn them.

    ``gain_db`` is how loud the session begins.
    """

    def __init__(self, prompts: Prompts, training: Training, gain_db: float = 0.0) -> None:
        self._prompts = prompts
        self._training = training
        self._tempo = Dial(TEMPOS, start=1.0)
        self._gain_db = Dial(GAINS_DB, start=0.0)
        self._gain_db.set(gain_db)

    @property
    def tempo(self) -> float:
        """The factor on the length of every movement phase."""
        return self._tempo.value

    @property
    def volume(self) -> SetVolume:
        """What makes everything as loud as the dial says."""
        return SetVolume(self._gain_db.value)

    def take_over_tempo(self) -> None:
        """Move at the pace of whoever trains now."""
        self._tempo.set(self._training.trainee.profile.tempo)

    def slower(self) -> Reply:
        """Take more time for every movement."""
        return self._turn_tempo(1, Line.SLOWER, Line.SLOWEST)

    def faster(self) -> Reply:
        """Take less time for every movement."""
        return self._turn_tempo(-1, Line.FASTER, Line.FASTEST)

    def louder(self) -> Reply:
        """Speak louder."""
        return self._turn_volume(1, Line.LOUDEST)

    def quieter(self) -> Reply:
        """Speak softer."""
        return self._turn_volume(-1, Line.QUIETEST)

    def _turn_tempo(self, steps: int, changed: Line, at_limit: Line) -> Reply:
        before = self.tempo
        line = changed if self._tempo.turn(steps) else at_limit
        self._training.trainee.note(TempoChosen(self.tempo))
        return Reply((self._prompts.say(line),), tempo_ratio=self.tempo / before)

    def _turn_volume(self, steps: int, at_limit: Line) -> Reply:
        if not self._gain_db.turn(steps):
            return Reply((self._prompts.say(at_limit),))
        line = self._training.row.after_volume
        lines = (self._prompts.say(line),) if line else ()
        return Reply(lines, volume=self.volume)
