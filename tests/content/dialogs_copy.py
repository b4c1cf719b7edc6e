from pathlib import Path

import pytest

from skill.content.loader import load_content
from skill.errors import ContentError


class DialogsCopy:
    """The real dialogs, copied to a place where a test may damage them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def replace(self, name: str, old: str, new: str) -> int:
        """Replace the first ``old`` in a file; return the number of the line it began in."""
        path = self.folder / name
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{name} does not hold {old!r} (any more)"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return text[: text.index(old)].count("\n") + 1

    def write(self, name: str, raw: bytes) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(raw)

    def complaint(self) -> str:
        """Return what the loader says, with the folder's name cut off."""
        with pytest.raises(ContentError) as caught:
            load_content(self.folder)
        assert caught.value.mend, f"no mend for: {caught.value}"
        return str(caught.value).replace(f"{self.folder}/", "")
