"""A new exercise as a person describes it, written down as a file to go on with."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

from skill.content.exercise import BREATHED_FROM_SECONDS
from skill.written.spoken import LONGEST_CUE_LETTERS

_PLAIN = re.compile(r"[^\W\d_][\w .!?-]*[\w.!?]")
"""Text that means itself in YAML, also between square brackets."""


@dataclass(frozen=True)
class DraftPhase:
    """One movement or hold; ``breath`` is in, out, or empty: free, in a long hold both in turn."""

    name: str
    say: str
    seconds: float
    breath: str = ""
    is_hold: bool = False


@dataclass(frozen=True)
class Draft:
    """The answers that make an exercise; ``figure`` is YAML, or empty."""

    title: str
    spoken_names: tuple[str, ...]
    purpose: str
    muscles: tuple[str, ...]
    explanation: str
    position: str
    phases: tuple[DraftPhase, ...]
    sides: tuple[str, ...]
    repetitions: int
    reminder: str
    caution: str
    leave: str
    figure: str = ""


def example(title: str, spoken_name: str) -> Draft:
    """Return a complete exercise under this name: the defaults of all questions."""
    return Draft(
        title=title,
        spoken_names=(spoken_name,),
        purpose="Kräftigt den Rücken und macht ihn beweglich.",
        muscles=("Rücken", "Po"),
        explanation="Du hebst dich langsam an, bleibst einen Moment oben und senkst dich wieder.",
        position="Leg dich auf den Rücken und stell die Füße hüftbreit auf.",
        phases=(
            DraftPhase("heben", "Ausatmen und heben.", 3, "out"),
            DraftPhase("bleiben", "Oben bleiben.", 2, is_hold=True),
            DraftPhase("senken", "Einatmen und senken.", 3, "in"),
        ),
        sides=(),
        repetitions=6,
        reminder="Ganz ruhig, ohne Schwung.",
        caution="Geh nur so weit, wie es sich gut anfühlt.",
        leave="Lös die Haltung ganz langsam, leg dich bequem hin und atme ruhig.",
    )


def as_yaml(draft: Draft) -> str:
    """Return the exercise as a file with remarks for the person who goes on with it."""
    count = draft.repetitions
    return f"""\
# {draft.title}. Ändere, was du willst, und prüfe es dann mit: rueckgrat exercise check
# Alle Felder erklärt docs/adding-an-exercise.md.
title: {_text(draft.title)}
spoken_names: {_list(draft.spoken_names)}   # so verlangst du sie: kleine Buchstaben, keine Zeichen

purpose: {_text(draft.purpose)}
muscles: {_list(draft.muscles)}

introduction:
  full:                       # beim ersten Mal; mit einer zweiten Zeile klingt es abwechslungsreich
    - {_text(draft.explanation)}
  short:                      # wenn du sie schon kennst
    - {_text(f"Auf geht es, {draft.title}.")}

position:
  - {_text(draft.position)}
{_sides(draft.sides)}
phases:                       # eine Wiederholung, der Reihe nach
{_phases(draft.phases)}
repetitions: {{start: {count}, least: {min(2, count)}, most: {max(12, count)}}}

reminders:                    # zwischendurch, höchstens {LONGEST_CUE_LETTERS} Zeichen
  - {_text(draft.reminder)}
cautions:                     # vorher
  - {_text(draft.caution)}
leave:                        # behutsam heraus, wenn es unangenehm wird
  - {_text(draft.leave)}

rest_seconds: 20              # Pause danach
{_figure(draft.figure)}"""


def _figure(figure: str) -> str:
    return f"\n{figure}" if figure else ""


def _phases(phases: Sequence[DraftPhase]) -> str:
    return "".join(_phase(phase) for phase in phases)


def _phase(phase: DraftPhase) -> str:
    kind = "    kind: hold                # halten; ohne diese Zeile: bewegen\n"
    is_long = phase.is_hold and phase.seconds > BREATHED_FROM_SECONDS
    breathed = phase.breath or ("both" if is_long else "")
    breath = f"    breath: {breathed:<4}              # in: ein, out: aus, both: im Wechsel\n"
    return (
        f"  - name: {_text(phase.name)}\n"
        f"{kind if phase.is_hold else ''}"
        f"    say: {_list([phase.say])}\n"
        f"{breath if breathed else ''}"
        f"    seconds: {phase.seconds:g}\n"
    )


def _sides(sides: Sequence[str]) -> str:
    if not sides:
        return "# Beide Seiten arbeiten zusammen, deshalb gibt es hier keine sides.\n"
    both = ("Wir beginnen hier", "Und nun")
    lines = [
        f"  - name: {_text(name)}\n"
        f"    title: {_text(side)}\n"
        f"    announce: {_list([f'{begin}: {side}.'])}\n"
        for name, side, begin in zip(("rechts", "links"), sides, both, strict=True)
    ]
    return "\nsides:                        # erst die eine Seite, dann die andere\n" + "".join(
        lines
    )


def _list(texts: Sequence[str]) -> str:
    return f"[{', '.join(_text(text) for text in texts)}]"


def _text(text: str) -> str:
    """Return a text as YAML, in quotes where it needs them."""
    return text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)
