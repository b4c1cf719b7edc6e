"""What all pictures are drawn with: a sheet of SVG, and colours."""
