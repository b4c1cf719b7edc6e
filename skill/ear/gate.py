"""The voice activity gate: whether anybody may be speaking."""

from skill.ear.level import LevelMeter
from skill.ear.rules import EarRules


class VoiceGate:
    """Closed while nothing rises above the noise floor, so that silence need not be decoded.

    It errs on the open side: it opens at half of the rise by which ``LevelMeter`` tells sound
    from quiet, stays open until the floor is known, and closes late enough for the floor to
    have followed a noise that ended. In unsteady noise it simply stays open.
    """

    def __init__(self, rules: EarRules) -> None:
        self.is_open = True
        self._rules = rules
        self._calm_seconds = 0.0

    def sounds(self, meter: LevelMeter) -> bool:
        """Return whether the last block rises above the noise floor, or the floor is unknown."""
        rises = meter.peak_dbfs >= meter.floor_dbfs + self._rules.gate_rise_db
        return rises or not meter.knows_floor

    def process(
        self, meter: LevelMeter, busy: bool, voice: float | None, block_seconds: float
    ) -> None:
        """Take what the meter says of the last block, and the probability of a voice in it.

        ``busy``: the recogniser holds words of an utterance that has not ended. ``voice`` is None
        where nobody can tell.
        """
        speaks = voice is None or voice >= self._rules.voice_opens
        if busy or (self.sounds(meter) and speaks):
            self._calm_seconds = 0.0
            self.is_open = True
        else:
            self._calm_seconds += block_seconds
            self.is_open &= self._calm_seconds < self._rules.gate_hold_seconds
