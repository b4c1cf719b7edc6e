// Shows what the trainer tells: a scene, and between two scenes the movement on its clock.

import { stayAwake } from "./awake.js";
import { Figure } from "./figure.js";

const AWAY_AFTER_MS = 8000;
const AWAY_AFTER_ERROR_MS = 1500;
const HEARD_SECONDS = 4;
const LINE_STAYS_SECONDS = 6;
const REFUSED_MS = 5000;
const BREATHS = { in: "einatmen", out: "ausatmen", both: "weiteratmen" };
const LEAST_AIR = 10;
const MOST_AIR = 46;
const AWAY = "Der Trainer ist gerade nicht da. Ich suche ihn weiter.";
const TOO_MANY = "Es sind schon zu viele Seiten offen. Schließ eine, dann zeige ich mich hier.";
const MUTED = "Das Mikrofon ist zu.";

const byId = (id) => document.getElementById(id);
const calm = matchMedia("(prefers-reduced-motion: reduce)");

let scene = {};
let offset = 0; // of the session's clock against this page's, in seconds
let lastSign = performance.now();
let line = { text: "", ends: 0 }; // what was said last
const figure = new Figure(byId("figure"));

const pageSeconds = () => performance.now() / 1000;
const sessionSeconds = () => pageSeconds() + offset;

function put(id, text) {
  const element = byId(id);
  if (element.textContent !== text) element.textContent = text;
}

// --- what is told ---------------------------------------------------------------------------

function listen() {
  const source = new EventSource("/events");
  source.onmessage = (event) => {
    const told = JSON.parse(event.data);
    sign();
    offset = told.now - pageSeconds();
    if (told.scene && told.scene.mode) show(told.scene);
  };
  source.addEventListener("pulse", sign);
  source.onerror = () => {
    if (source.readyState === EventSource.CLOSED) refused();
    const lost = performance.now();
    setTimeout(() => lastSign < lost && miss(), AWAY_AFTER_ERROR_MS);
  };
}

async function refused() {
  setTimeout(listen, 3000);
  try {
    const { status } = await fetch("/events", { method: "HEAD" });
    if (status === 401) location.reload(); // the device was forgotten: the form is shown
    put("away", status === 503 ? TOO_MANY : AWAY);
  } catch {
    put("away", AWAY);
  }
}

function sign() {
  lastSign = performance.now();
  document.body.dataset.link = "open";
  byId("away").hidden = true;
  put("away", AWAY);
}

function check() {
  if (performance.now() - lastSign > AWAY_AFTER_MS) miss();
}

function miss() {
  document.body.dataset.link = "away";
  byId("away").hidden = scene.mode === "over"; // it has said goodbye
}

function show(next) {
  const before = scene;
  scene = next;
  document.body.dataset.mode = scene.mode;
  document.body.dataset.state = scene.state;
  const counts = scene.mode === "training" && scene.repetition;
  put("main", counts ? scene.repetition : scene.heading || scene.title);
  put("title", counts || (scene.heading && scene.mode !== "pain") ? scene.title : "");
  put("position", scene.position);
  put("person", scene.person);
  put("side", scene.mode === "training" ? scene.side : "");
  put("coming", scene.mode === "standby" ? scene.invitation : scene.coming);
  byId("clock").hidden = scene.mode !== "standby";
  byId("figure").toggleAttribute("hidden", scene.mode === "standby");
  const label = scene.title ? `${scene.title}, ${scene.phase.text || "Ausgangshaltung"}` : "Eine ruhende Figur";
  byId("figure").setAttribute("aria-label", label);
  chips("chips", scene.chips, before.chips);
  chips("more-chips", scene.more, before.more);
  byId("more").hidden = !scene.more.length;
  byId("stop").hidden = isQuiet();
  frame();
  watch();
}

const isQuiet = () => scene.mode === "standby" || scene.mode === "over";

function watch() {
  stayAwake(Boolean(scene.mode) && !isQuiet() && document.body.dataset.link === "open");
}

function chips(id, wanted, before) {
  if (before && JSON.stringify(wanted) === JSON.stringify(before)) return;
  const group = byId(id);
  const hadFocus = group.contains(document.activeElement) ? document.activeElement.dataset.command : null;
  group.replaceChildren(
    ...wanted.map((chip) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = chip.label;
      button.dataset.command = chip.command;
      return button;
    }),
  );
  if (hadFocus === null) return;
  const buttons = [...group.children];
  (buttons.find((button) => button.dataset.command === hadFocus) || buttons[0] || byId("stop")).focus();
}

// --- the movement, frame by frame -----------------------------------------------------------

function frame() {
  const now = sessionSeconds();
  const phase = scene.phase || {};
  const done = phase.seconds ? Math.min(1, Math.max(0, (now - phase.begins) / phase.seconds)) : 1;
  if (scene.mode !== "standby") figure.show(scene, Math.max(0, now - (phase.begins || 0)), calm.matches);
  breathe(phase, done);
  if (scene.line && now >= scene.line_begins - 0.05) line = { text: scene.line, ends: scene.line_ends };
  const isSaid = scene.mode === "pain" || now < line.ends + LINE_STAYS_SECONDS;
  put("line", refusal() || scene.problem || (isSaid ? line.text : ""));
  const isHeard = scene.heard && now - scene.heard_seconds < HEARD_SECONDS;
  put("heard", isHeard ? scene.heard : scene.is_muted ? MUTED : "");
}

function breathe(phase, done) {
  const isOn = scene.mode === "training" && Boolean(phase.breath);
  byId("breath").style.visibility = isOn ? "visible" : "hidden";
  if (!isOn) return;
  put("breath-word", BREATHS[phase.breath] || "");
  byId("air").setAttribute("r", String(Math.round(10 * air(phase, calm.matches ? 1 : done)) / 10));
}

// How full the ring is: the breath fills it, or lets it sink; in a long hold in turn, 4 s each.
function air(phase, done) {
  let full = phase.breath === "out" ? 1 - done : done;
  if (phase.breath === "both") {
    const turns = Math.max(2, Math.round(phase.seconds / 4));
    const turn = done * turns;
    full = Math.floor(turn) % 2 ? 1 - (turn % 1) : turn % 1;
  }
  const eased = (1 - Math.cos(Math.PI * full)) / 2;
  return LEAST_AIR + (MOST_AIR - LEAST_AIR) * eased;
}

function run() {
  if (!calm.matches && scene.mode) frame();
  requestAnimationFrame(run);
}

function tick() {
  const time = new Date();
  put("clock", time.toLocaleTimeString("de-DE", { hour: "2-digit", minute: "2-digit" }));
  if (calm.matches && scene.mode) frame();
  check();
  watch();
}

// --- touch ----------------------------------------------------------------------------------

let untouched = { text: "", until: 0 }; // why a touch did nothing, for a while

const refusal = () => (performance.now() < untouched.until ? untouched.text : "");

document.addEventListener("click", async (event) => {
  const button = event.target.closest("button[data-command]");
  if (!button) return;
  button.setAttribute("aria-busy", "true");
  try {
    const body = JSON.stringify({ command: button.dataset.command });
    const response = await fetch("/command", { method: "POST", body });
    if (!response.ok) untouched = { text: await response.text(), until: performance.now() + REFUSED_MS };
    if (response.status === 401) location.reload();
  } catch {
    check();
  }
  button.removeAttribute("aria-busy");
  byId("more").open = false;
});

function begin() {
  tick();
  setInterval(tick, 1000);
  document.addEventListener("visibilitychange", watch);
  listen();
  requestAnimationFrame(run);
}

begin();
