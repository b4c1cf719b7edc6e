"""Every number of the recipe that someone may want to change, in one place."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

SAMPLE_RATE_HZ = 16_000
FRAME_SHIFT_SAMPLES = 160
FRAME_LENGTH_SAMPLES = 400
MEL_BANDS = 40
FRAME_SUBSAMPLING = 3
"""One network output per 30 ms, as Vosk's ``--frame-subsampling-factor=3`` expects."""

REPOSITORY = Path(__file__).resolve().parents[2]
DEFAULT_WORK = Path(__file__).resolve().parent / "work"
DEFAULT_RECORDINGS = REPOSITORY.parent / "shared" / "recordings"
DEFAULT_DIALOGS = REPOSITORY / "dialogs"
DEFAULT_MODEL = REPOSITORY / "models" / "rueckgrat-small-de"


class RecipeError(Exception):
    """Something a person has to mend; the message says what and how."""


@dataclass(frozen=True)
class TrainingRun:
    """Length and learning rates of one training run (AdamW, cosine to zero)."""

    name: str
    steps: int
    peak_learning_rate: float = 2e-3
    warmup_steps: int = 150
    ema_decay: float = 0.998
    label_smoothing: float = 0.05
    first_batch: int = 0
    """Number of the first batch: every run should see other ones than the run before it."""
    sequence_weight: float = 0.0
    """Share of the sequence loss (``sequence.py``) in the loss; the rest is cross-entropy."""
    boost: float = 0.0
    """Margin by which the right sequence has to win (``PhoneLoop.boost``)."""


@dataclass(frozen=True)
class Recipe:
    """One complete description of a model: data, network, schedule.

    The step counts are fixed rather than a time, so that two machines train the same model.
    """

    seed: int = 20261123
    # Data.
    held_out_digit_speakers: tuple[str, ...] = ("hd05", "hd10")
    held_out_every_kerstin: int = 10
    held_out_every_stranger: int = 5
    """Of the people with a name that speak other languages, sorted: the first of five."""
    held_out_every_crowd_clip: int = 10
    """Of recordings whose speakers have no name, sorted by file: the first of ten."""
    held_out_every_noise: int = 5
    held_out_rirs: tuple[str, ...] = ("ir_bathroom1.ogg", "rir_clap.ogg")
    common_words: int = 5_000
    synthetic_words_hours: float = 3.5
    synthetic_sentences_hours: float = 2.5
    synthetic_command_voices: int = 36
    synthetic_pair_voices: int = 40
    """How often every word of ``minimal_pairs.txt`` is spoken."""
    hard_weight: float = 2.0
    """How much more a row counts that holds one of those words."""
    # Network.
    width: int = 384
    dropout: float = 0.05
    # Batches: rows of 50 outputs (1.5 s).
    batch_rows: int = 64
    outputs_per_row: int = 50
    weight_decay: float = 1e-2
    bootstrap: TrainingRun = TrainingRun("bootstrap", 350)
    first: TrainingRun = TrainingRun("first", 800, first_batch=10_000)
    final: TrainingRun = TrainingRun("final", 6_000, first_batch=100_000)
    # Without smoothing the network dares to be sure, which is what confidence is made of.
    polish: TrainingRun = TrainingRun(
        "polish",
        1_500,
        peak_learning_rate=8e-4,
        warmup_steps=30,
        label_smoothing=0.0,
        first_batch=1_000_000,
        sequence_weight=0.7,
        boost=0.2,
    )
    # The same once more, with the people that were kept out to be measured on.
    adopt: TrainingRun = TrainingRun(
        "adopt",
        1_500,
        peak_learning_rate=6e-4,
        warmup_steps=30,
        label_smoothing=0.0,
        first_batch=2_000_000,
        sequence_weight=0.7,
        boost=0.2,
    )
    # Goes on from a finished model, with everybody. Short: what it knew of German should stay.
    onward: TrainingRun = TrainingRun(
        "onward",
        600,
        peak_learning_rate=6e-4,
        warmup_steps=100,
        label_smoothing=0.0,
        first_batch=3_000_000,
        sequence_weight=0.6,
        boost=0.2,
    )
    onward_share: float = 0.6
    """Of the network that went on; the rest is the one it went on from (``finished.between``)."""
    # Ends the short recipe: the same, straight after the first network.
    quick: TrainingRun = TrainingRun(
        "quick",
        400,
        peak_learning_rate=6e-4,
        warmup_steps=30,
        label_smoothing=0.0,
        first_batch=5_000_000,
        sequence_weight=0.7,
        boost=0.2,
    )
    acoustic_scale: float = 0.5
    """How much the decoder makes of the network's scores; the sequence loss trains for it."""


RECIPE = Recipe()
