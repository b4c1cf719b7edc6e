"""Which exercise is meant, and its strip as a file."""

from pathlib import Path

from rueckgrat.figures.lint import dangling
from rueckgrat.figures.strip import draw_strip
from rueckgrat.pictures.files import write_svg
from skill.content.exercise import Exercise
from skill.content.schema import Content
from skill.errors import SkillError
from skill.files import slug
from skill.written.mistakes import suggest
from skill.written.spoken import words


def exercise_called(content: Content, name: str) -> Exercise:
    """Return the exercise with this id, title or spoken name; SkillError if there is none."""
    for exercise in content.exercises:
        called = {words(exercise.title), *exercise.spoken_names}
        if exercise.id == slug(name) or words(name) in called:
            return exercise
    raise SkillError(
        f"Eine Übung „{name}“ kenne ich nicht.",
        suggest(slug(name), [one.id for one in content.exercises]),
        code="no-exercise",
        name=name,
    )


def write_strip(exercise: Exercise, path: Path) -> None:
    """Write the strip of an exercise as SVG; SkillError when that is impossible."""
    if names := dangling(exercise):
        raise SkillError(
            f"Die Figur der Übung {exercise.title} stimmt nicht: {names[0].problem}.",
            "Mehr sagt „rueckgrat exercise check“.",
            code="wrong-figure",
        )
    write_svg(path, draw_strip(exercise))
