"""Start Rückgrat from a checkout: ``python main.py`` does the same as the installed command."""

from skill.cli import main

if __name__ == "__main__":
    main()
