// Shows what the trainer tells: a scene, and between two scenes the movement on its clock.

import { Figure } from "./figure.js";

const AWAY_AFTER_MS = 8000;
const AWAY_AFTER_ERROR_MS = 1500;
const HEARD_SECONDS = 4;
const LINE_STAYS_SECONDS = 6;
const BREATHS = { in: "einatmen", out: "ausatmen", both: "weiteratmen" };
const LEAST_AIR = 10;
const MOST_AIR = 46;

const byId = (id) => document.getElementById(id);
const calm = matchMedia("(prefers-reduced-motion: reduce)");

let scene = {};
let offset = 0; // of the session's clock against this page's, in seconds
let lastSign = performance.now();
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
    if (source.readyState === EventSource.CLOSED) setTimeout(listen, 3000);
    const lost = performance.now();
    setTimeout(() => lastSign < lost && miss(), AWAY_AFTER_ERROR_MS);
  };
}

function sign() {
  lastSign = performance.now();
  document.body.dataset.link = "open";
  byId("away").hidden = true;
}

function check() {
  if (performance.now() - lastSign > AWAY_AFTER_MS) miss();
}

function miss() {
  document.body.dataset.link = "away";
  byId("away").hidden = false;
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
  byId("stop").hidden = scene.mode === "standby" || scene.mode === "over";
  frame();
}

function chips(id, wanted, before) {
  if (before && JSON.stringify(wanted) === JSON.stringify(before)) return;
  byId(id).replaceChildren(
    ...wanted.map((chip) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = chip.label;
      button.dataset.command = chip.command;
      return button;
    }),
  );
}

// --- the movement, frame by frame -----------------------------------------------------------

function frame() {
  const now = sessionSeconds();
  const phase = scene.phase || {};
  const done = phase.seconds ? Math.min(1, Math.max(0, (now - phase.begins) / phase.seconds)) : 1;
  if (scene.mode !== "standby") figure.show(scene, Math.max(0, now - (phase.begins || 0)), calm.matches);
  breathe(phase, done);
  const isSaid = scene.line && now < scene.line_ends + LINE_STAYS_SECONDS;
  put("line", scene.problem || (isSaid ? scene.line : ""));
  put("heard", scene.heard && now - scene.heard_seconds < HEARD_SECONDS ? scene.heard : "");
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
}

// --- touch ----------------------------------------------------------------------------------

document.addEventListener("click", async (event) => {
  const button = event.target.closest("button[data-command]");
  if (!button) return;
  button.setAttribute("aria-busy", "true");
  try {
    const body = JSON.stringify({ command: button.dataset.command });
    const response = await fetch("/command", { method: "POST", body });
    if (!response.ok) put("line", await response.text());
    if (response.status === 401) location.reload();
  } catch {
    check();
  }
  button.removeAttribute("aria-busy");
  byId("more").open = false;
});

// --- the screen stays on --------------------------------------------------------------------

// Browsers lend a wake lock to safe origins only (https, or this machine). Elsewhere a silent
// moving picture keeps the screen awake.
async function stayAwake() {
  if (scene.mode === "standby" || scene.mode === "over" || document.visibilityState !== "visible") return;
  if ("wakeLock" in navigator) {
    try {
      await navigator.wakeLock.request("screen");
      document.body.dataset.awake = "lock";
      return;
    } catch {
      // refused, or no safe origin: the picture below
    }
  }
  if (document.querySelector("video")) return;
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 2;
  const context = canvas.getContext("2d");
  setInterval(() => context.fillRect(0, 0, 2, 2), 1000);
  const video = document.createElement("video");
  video.muted = true;
  video.playsInline = true;
  video.srcObject = canvas.captureStream(1);
  video.style.cssText = "position:fixed;width:1px;height:1px;opacity:0";
  document.body.append(video);
  video.play().then(() => (document.body.dataset.awake = "video"), () => video.remove());
}

function begin() {
  tick();
  setInterval(tick, 1000);
  setInterval(stayAwake, 15000);
  document.addEventListener("visibilitychange", stayAwake);
  listen();
  setTimeout(stayAwake, 500);
  requestAnimationFrame(run);
}

begin();
