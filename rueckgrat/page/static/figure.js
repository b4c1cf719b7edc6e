export class Figure {
  constructor(svg) { this.svg = svg; }
  show() {}
}
