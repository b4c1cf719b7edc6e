"""How results look on the terminal: tables, lines, live displays, questions."""
