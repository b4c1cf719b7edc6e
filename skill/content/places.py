"""Where each part of the content is written, so that a mistake names its file and line."""

from pathlib import Path

from skill.content.dialog_files import OWN_COMMANDS, DialogFile
from skill.content.exercise import Exercise
from skill.content.lint import LintFinding
from skill.content.schema import Programme
from skill.errors import ContentError
from skill.written.yaml_source import Location, YamlSource

_Written = tuple[YamlSource, Location]


class Places:
    """Keeps file and place of every part ("commands", "next"); later files replace earlier ones.

    A row of ``commands.yaml`` may have templates of other files, so they have places of their own.
    """

    def __init__(self) -> None:
        self._parts: dict[tuple[str, str], _Written] = {}
        self._templates: dict[tuple[tuple[str, str], Location], _Written] = {}

    def note(self, file: DialogFile) -> None:
        """Note where the parts of a file are written."""
        if isinstance(file.shape, Exercise | Programme):
            self.note_part((file.kind, file.shape.id), file.source, ())
            return
        self.note_part((file.kind, ""), file.source, (file.kind,))
        for location in file.source.lines:
            if len(location) == 2:
                kind = "rules" if location[0] == "rules" else file.kind
                self.note_part((kind, str(location[1])), file.source, location)

    def note_part(self, part: tuple[str, str], source: YamlSource, location: Location) -> None:
        """Note where one part is written."""
        self._parts[part] = (source, location)

    def note_template(
        self, command: str, index: int, source: YamlSource, location: Location
    ) -> None:
        """Note where a template is written that stands at ``index`` of a command's sentences."""
        self._templates[("commands", command), ("sentences", index)] = (source, location)

    def path(self, finding: LintFinding) -> Path | None:
        """Return the file that a finding is in; None where it is in none."""
        written = self._written(finding)
        return written[0].path if written else None

    def is_added(self, finding: LintFinding) -> bool:
        """Return whether a finding is in an ``own-commands.yaml``."""
        path = self.path(finding)
        return path is not None and path.stem == OWN_COMMANDS

    def error(self, finding: LintFinding) -> ContentError:
        """Return a finding as an error that names file and line."""
        written = self._written(finding)
        if written is None:
            return ContentError(f"{finding.at} {finding.problem}.", finding.mend, code="rule")
        source, location = written
        return source.error(location, finding.problem, finding.mend)

    def _written(self, finding: LintFinding) -> _Written | None:
        if template := self._templates.get((finding.place, finding.location)):
            return template
        if finding.place not in self._parts:
            return None
        source, location = self._parts[finding.place]
        return source, (*location, *finding.location)
