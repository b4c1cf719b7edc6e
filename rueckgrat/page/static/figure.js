// The jointed figure: draws frames of points, and goes from one to the next. docs/figures.md of the
// project describes what it gets.

const SVG = "http://www.w3.org/2000/svg";
const TURN_MS = 500; // from the frame that is shown to one that is not its neighbour
const SHOWN_SECONDS = 3; // of each phase, while an exercise is explained

const between = (a, b, share) => a.map((x, i) => x + (b[i] - x) * share);

export function frameAt(phase, seconds, t) {
  const share = phase.every ? (t / phase.every) % 1 : Math.min(t / seconds, 1);
  const eased = phase.every ? share : (1 - Math.cos(Math.PI * share)) / 2;
  const place = eased * (phase.frames.length - 1);
  const n = Math.min(Math.floor(place), phase.frames.length - 2);
  return n < 0 ? phase.frames[0] : between(phase.frames[n], phase.frames[n + 1], place - n);
}

export class Figure {
  constructor(svg) {
    this.svg = svg;
    this.all = new Map(); // exercise → its figure, or null while it is on its way
    this.drawn = ""; // what the elements are made for
    this.shown = null; // the frame on the sheet
    this.from = null; // where a turn began, and when
    this.began = 0;
    this.key = ""; // the phase that is shown
  }

  // Show what the scene is at, `done` seconds into its phase; `still`: no movement.
  show(scene, done, still) {
    const figure = this.figureOf(scene.exercise || "resting");
    if (!figure || !figure.levels) return;
    this.rests = Boolean(figure.rests);
    const level = figure.levels[scene.level] || figure.levels.normal;
    const names = Object.keys(level.sides);
    const side = names.includes(scene.side) ? scene.side : names[0];
    this.prepare(figure, level, side, `${scene.exercise} ${scene.level} ${side}`);
    const wanted = this.wanted(level.sides[side], scene, done, still);
    if (!wanted) return;
    this.turnTo(wanted.key, wanted.frame, still);
    this.draw(wanted.highlight);
  }

  wanted(side, scene, done, still) {
    const phase = scene.phase && !this.rests && side.phases[scene.phase.name];
    if (phase && scene.mode === "training") {
      const seconds = scene.phase.seconds || 1;
      const key = `${scene.phase.name} ${scene.phase.begins}`;
      return { key, frame: frameAt(phase, seconds, still ? seconds : done), highlight: phase.highlight };
    }
    if (scene.mode === "training" && this.shown) return { key: this.key, frame: this.shown, highlight: [] };
    const phases = this.rests ? [] : Object.entries(side.phases);
    if (scene.state === "exercise.introduce" && phases.length && !still) {
      const t = performance.now() / 1000;
      const turn = Math.floor(t / SHOWN_SECONDS);
      const [name, one] = phases[turn % phases.length];
      return { key: `${name} ${turn}`, frame: frameAt(one, SHOWN_SECONDS, t % SHOWN_SECONDS), highlight: one.highlight };
    }
    return { key: `start ${scene.state}`, frame: side.start, highlight: [] };
  }

  turnTo(key, frame, still) {
    const now = performance.now();
    if (key !== this.key) {
      this.key = key;
      this.from = this.shown;
      this.began = now;
    }
    const share = this.from && !still ? Math.min(1, (now - this.began) / TURN_MS) : 1;
    this.shown = share < 1 ? between(this.from, frame, share) : frame;
  }

  figureOf(exercise) {
    if (!this.all.has(exercise)) {
      this.all.set(exercise, null);
      fetch(`/figure/${encodeURIComponent(exercise)}.json`)
        .then((response) => (response.ok ? response.json() : null))
        .then((figure) => figure && this.all.set(exercise, figure))
        .catch(() => this.all.delete(exercise));
    }
    return this.all.get(exercise);
  }

  prepare(figure, level, side, name) {
    if (name === this.drawn) return;
    const sameBody = this.drawn.split(" ")[0] === name.split(" ")[0];
    this.drawn = name;
    if (!sameBody) this.shown = this.from = null;
    this.svg.setAttribute("viewBox", figure.view_box.join(" "));
    const sheet = document.createElementNS(SVG, "g");
    const { flip, parts } = level.sides[side];
    if (flip) {
      const middle = figure.view_box[0] + figure.view_box[2] / 2;
      sheet.setAttribute("transform", `translate(${2 * middle} 0) scale(-1 1)`);
    }
    for (const prop of level.props) sheet.append(shape(`prop ${prop.name}`, path(prop.line, prop.area), 0.012, prop.area));
    this.strokes = [...parts, ...extras(figure.highlights), ...level.band].map((part) => {
      const element = shape(`limb ${part.extra ? "extra" : part.name}${part.far ? " far" : ""}`, "", part.width, part.area);
      sheet.append(element);
      return { element, part };
    });
    this.highlights = figure.highlights;
    this.svg.replaceChildren(sheet);
  }

  draw(highlight) {
    const marked = new Set(highlight || []);
    for (const { element, part } of this.strokes) {
      const line = part.points.flatMap((point) => [this.shown[2 * point], this.shown[2 * point + 1]]);
      element.setAttribute("d", path(line, part.area));
      const isMarked = part.extra ? marked.has(part.extra) : marked.has(part.name) && !(part.name in this.highlights);
      element.classList.toggle("marked", isMarked);
    }
  }
}

function extras(highlights) {
  return Object.entries(highlights).flatMap(([name, parts]) => parts.map((part) => ({ ...part, extra: name })));
}

function shape(classes, d, width, area) {
  const element = document.createElementNS(SVG, "path");
  element.setAttribute("class", area ? `${classes} area` : classes);
  element.setAttribute("stroke-width", String(width));
  if (d) element.setAttribute("d", d);
  return element;
}

function path(line, area) {
  let d = "";
  for (let i = 0; i < line.length; i += 2) {
    d += `${i ? "L" : "M"}${line[i].toFixed(4)} ${line[i + 1].toFixed(4)}`;
  }
  return area ? `${d}Z` : d;
}
