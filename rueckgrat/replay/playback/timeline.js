"use strict";
// The timeline of the page: waves, breath and states, in rows for as much time as the window is
// wide. Stands in one script with page.js, which comes behind it. Times are in seconds.

const data = JSON.parse(document.getElementById("timeline-data").textContent);

const ROW_SECONDS = [10, 15, 20, 30, 60];
const LEAST_PX_PER_SECOND = 14;
const SIGNS_PX = data.failures.length ? 14 : 0;
const ROW_PX = 92 + SIGNS_PX;
// Each lane: where it begins in a row, and how high it is, in px.
const LANES = { heard: [16, 24], played: [42, 24], breath: [68, 10], state: [80, 7] };
for (const lane of Object.values(LANES)) lane[0] += SIGNS_PX;
const LANE_OF = { you: "heard", rejected: "heard", echo: "heard", coach: "played", tone: "played" };
let rowSeconds = 0;
let pxPerSecond = 0;
let head = null;

function make(name, attributes, parent, title) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  if (title) make("title", {}, element).textContent = title;
  parent.append(element);
  return element;
}

function upright(row, kind, seconds, top, bottom, title) {
  const x = ((seconds - row.from) * pxPerSecond).toFixed(1);
  return make("line", { class: kind, x1: x, x2: x, y1: top, y2: bottom }, row.svg, title);
}

function drawAll() {
  const rows = byId("rows");
  const width = rows.clientWidth - parseFloat(getComputedStyle(rows).paddingLeft) * 2;
  if (width <= 0) return;
  rowSeconds = ROW_SECONDS.findLast((one) => width / one >= LEAST_PX_PER_SECOND) ?? ROW_SECONDS[0];
  pxPerSecond = width / rowSeconds;
  rows.replaceChildren();
  const count = Math.max(1, Math.ceil(data.seconds / rowSeconds - 1e-6));
  const drawn = Array.from({ length: count }, (_, number) => {
    const svg = make("svg", { height: ROW_PX, "aria-hidden": "true" }, rows);
    const row = { svg, from: number * rowSeconds, to: (number + 1) * rowSeconds };
    svg.addEventListener("click", (event) => {
      const x = event.clientX - svg.getBoundingClientRect().left;
      playFrom(row.from + x / pxPerSecond);
    });
    drawAxis(row);
    return row;
  });
  for (const span of data.spans) drawSpan(drawn, ...span);
  for (const row of drawn) {
    drawWave(row, "heard", data.heard);
    drawWave(row, "played", data.played);
  }
  data.failures.forEach((seconds, number) => drawFailure(drawn, seconds, number + 1));
  head = null;
  show();
}

const rowOf = (rows, seconds) =>
  rows[Math.min(Math.max(0, Math.floor(seconds / rowSeconds)), rows.length - 1)];

function drawAxis(row) {
  const step = pxPerSecond < 10 ? 10 : 5;
  for (let second = row.from; second < Math.min(row.to, data.seconds); second += step) {
    upright(row, "hair", second, 14, ROW_PX - 5);
    const x = (second - row.from) * pxPerSecond;
    make("text", { x: x + 1, y: 11 }, row.svg).textContent = clock(second);
  }
}

function drawSpan(rows, kind, from, to, title) {
  if (kind === "cut" || kind === "problem") {
    upright(rowOf(rows, from), kind, from, LANES.heard[0], LANES.breath[0] - 2, title);
    return;
  }
  const breath = kind.startsWith("breath-");
  const lane = kind.startsWith("state") ? "state" : breath ? "breath" : LANE_OF[kind];
  const [top, height] = LANES[lane];
  const end = Math.max(to, from + 0.1);
  for (const row of rows.slice(Math.floor(from / rowSeconds), Math.ceil(end / rowSeconds))) {
    const left = (Math.max(from, row.from) - row.from) * pxPerSecond;
    const right = (Math.min(end, row.to) - row.from) * pxPerSecond;
    if (breath) {
      const high = (x) => {
        const share = ((x / pxPerSecond + row.from - from) / (end - from)) * height;
        return top + (kind === "breath-in" ? height - share : share);
      };
      const bottom = top + height;
      const points = `${left},${bottom} ${left},${high(left)} ${right},${high(right)} ${right},${bottom}`;
      make("polygon", { class: kind, points }, row.svg, title);
    } else {
      const size = kind === "tone" ? 4 : height;
      make("rect", { class: kind, x: left, y: top, width: right - left, height: size }, row.svg, title);
    }
  }
}

function drawWave(row, lane, peaks) {
  const [top, height] = LANES[lane];
  const middle = top + height / 2;
  const first = Math.round(row.from / data.peakSeconds);
  const after = Math.min(Math.round(row.to / data.peakSeconds), peaks.length);
  let path = "";
  for (let frame = first; frame < after; frame += 1) {
    const half = (parseInt(peaks[frame], 36) / 35) * (height / 2);
    if (half < 0.5) continue;
    const x = ((frame - first) * data.peakSeconds * pxPerSecond).toFixed(1);
    path += `M${x} ${(middle - half).toFixed(1)}h${(data.peakSeconds * pxPerSecond).toFixed(2)}`;
    path += `v${(2 * half).toFixed(1)}H${x}z`;
  }
  make("path", { class: `wave-${lane}`, d: path, "pointer-events": "none" }, row.svg);
}

function drawFailure(rows, seconds, number) {
  const row = rowOf(rows, seconds);
  upright(row, "failure-rule", Math.max(0, seconds), LANES.heard[0], ROW_PX - 5);
  // Several may be of the same moment: then their signs stand side by side.
  const size = 12 + 7 * String(number).length;
  const width = rowSeconds * pxPerSecond;
  let x = Math.max(row.taken ?? 0, (Math.max(0, seconds) - row.from) * pxPerSecond - 4);
  if (x + size > width) x = Math.min(width, row.begun ?? width) - size;
  row.begun = Math.min(row.begun ?? x, x);
  row.taken = Math.max(row.taken ?? 0, x + size);
  const sign = { class: "failure-sign", x, y: 12 + SIGNS_PX };
  make("text", sign, row.svg).textContent = `✗${number}`;
}

function showHead(seconds) {
  const svgs = byId("rows").children;
  if (!svgs.length) return;
  const number = Math.min(Math.floor(seconds / rowSeconds), svgs.length - 1);
  const x = ((seconds - number * rowSeconds) * pxPerSecond).toFixed(1);
  head ??= make("line", { class: "head", y1: 12, y2: ROW_PX - 3, "pointer-events": "none" }, svgs[number]);
  head.setAttribute("x1", x);
  head.setAttribute("x2", x);
  if (head.parentNode === svgs[number] && head.dataset.shown) return;
  head.dataset.shown = "yes";
  svgs[number].append(head);
  const pane = byId("pane");
  const top = number * ROW_PX;
  const inSight = top >= pane.scrollTop && top + ROW_PX <= pane.scrollTop + pane.clientHeight;
  if (byId("follow").checked && !inSight) pane.scrollTop = top - ROW_PX / 2;
}
