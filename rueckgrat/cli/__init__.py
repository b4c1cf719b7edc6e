"""The command line: ``commands`` with their options, and ``views`` for how it looks.

What the commands do lies in the rooms it belongs to. Command modules import the engines inside
their functions, so that ``--help`` answers at once.
"""

from skill.exit_codes import INTERRUPTED


def main() -> None:
    """Run the command line of this process; exits. Ctrl-C ends it from the first moment on."""
    try:
        from rueckgrat.cli.app import app
    except KeyboardInterrupt:
        raise SystemExit(INTERRUPTED) from None
    app(prog_name="rueckgrat")
