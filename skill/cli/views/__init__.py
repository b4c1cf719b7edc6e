"""How things look on the terminal: tables, lines, live displays, questions."""
