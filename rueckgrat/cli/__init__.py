"""The command line: ``commands`` with their options, and ``views`` for how it looks.

What the commands do lies in the rooms it belongs to. Command modules import the engines inside
their functions, so that ``--help`` answers at once.
"""

import sys

from skill.exit_codes import ERROR, INTERRUPTED


def main() -> None:
    """Run the command line of this process; exits. Ctrl-C ends it from the first moment on."""
    try:
        from rueckgrat.cli.app import app
    except KeyboardInterrupt:
        raise SystemExit(INTERRUPTED) from None
    from rueckgrat.cli.output import PatientOutput, make_streams_patient

    make_streams_patient()
    try:
        app(prog_name="rueckgrat")
    except SystemExit as end:
        sys.stdout.flush()
        raise SystemExit(end.code or (ERROR if PatientOutput.losses else 0)) from None
