"""Exercises to make progress with."""

from typing import Any

from skill.content.exercise import Exercise

EASIER = {"title": "klein", "say": ["Nur ein wenig."], "position": ["Stell die Füße auf."]}
HARDER = {
    "title": "groß",
    "say": ["Jetzt mit einem Bein."],
    "phases": [
        {"name": "heben", "say": ["Hoch."], "seconds": 5},
        {"name": "oben", "kind": "hold", "say": ["Oben."], "seconds": 10, "longest": 15},
    ],
}


def an_exercise(**changes: Any) -> Exercise:
    """Return an exercise of 2 to 15 repetitions (6 to begin with), its hold of 10 to 18 seconds."""
    fields = {
        "id": "hebe",
        "title": "Hebe",
        "spoken_names": ["hebe"],
        "purpose": "Kräftigt.",
        "muscles": ["Bauch"],
        "introduction": {"full": ["Wir heben."], "short": ["Heben."]},
        "position": ["Leg dich hin."],
        "phases": [
            {"name": "heben", "say": ["Hoch."], "seconds": 4},
            {"name": "oben", "kind": "hold", "say": ["Oben."], "seconds": 10, "longest": 18},
        ],
        "repetitions": {"start": 6, "least": 2, "most": 15},
        "reminders": ["Ruhig."],
        "cautions": ["Sanft."],
        "leave": ["Leg ab."],
    }
    return Exercise.model_validate(fields | changes)


def a_ladder(**changes: Any) -> Exercise:
    """Return the exercise with an easier and a harder variant (its hold of 10 to 15 seconds)."""
    return an_exercise(easier=EASIER, harder=HARDER, **changes)
