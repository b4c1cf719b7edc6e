"""What passes between the rooms: frozen data, importing nothing else of ours."""
