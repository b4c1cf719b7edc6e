// The page of a recorded session: sound, words and timeline in step. Times are in seconds.
// It stands in one script behind timeline.js, which draws.

const byId = (id) => document.getElementById(id);
const audio = byId("audio");
const lines = [...document.querySelectorAll(".line")];
const begins = lines.map((line) => Number(line.dataset.at));
const failures = [...document.querySelectorAll(".failures .failure")];
const STEP_SECONDS = 5;

// --- sound -----------------------------------------------------------------------------------

// A blob and not a data: address, so that a browser may seek in it, however long it is.
function openSound() {
  const text = byId("sound").textContent;
  byId("sound").remove();
  if (!text) {
    fail("Zu diesem Training gibt es hier keinen Ton.");
    return;
  }
  const letters = atob(text);
  const bytes = new Uint8Array(letters.length);
  for (let place = 0; place < letters.length; place += 1) bytes[place] = letters.charCodeAt(place);
  audio.src = URL.createObjectURL(new Blob([bytes], { type: "audio/ogg; codecs=opus" }));
}

function fail(sentence) {
  byId("trouble").textContent = sentence;
  byId("play").disabled = true;
}

let silentPosition = 0; // where it would be, if there were sound
const hasSound = () => !byId("play").disabled;
const position = () => (hasSound() ? audio.currentTime : silentPosition);

function seek(seconds) {
  silentPosition = Math.min(Math.max(0, seconds), data.seconds);
  if (hasSound()) audio.currentTime = silentPosition;
  show();
}

function play() {
  if (hasSound()) audio.play().catch(() => {});
}

function playFrom(seconds) {
  seek(seconds);
  play();
}

function toggle() {
  if (!audio.paused) audio.pause();
  else playFrom(audio.ended ? 0 : position());
}

// --- words -----------------------------------------------------------------------------------

function clock(seconds) {
  const whole = Math.floor(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

// The last line that has begun, by halving; -1 before the first.
function lineAt(seconds) {
  let low = 0;
  let high = begins.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (begins[middle] <= seconds + 0.02) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

let isOpen = false; // what failed is to be seen first: opening the page scrolls nowhere
let current = null; // the number of the line that is marked, -1 before the first

function mark(number) {
  if (number === current) return;
  lines[current]?.removeAttribute("aria-current");
  if (lines[current]) lines[current].tabIndex = -1;
  current = number;
  lines[Math.max(0, current)]?.setAttribute("tabindex", "0");
  if (!lines[current]) return;
  lines[current].setAttribute("aria-current", "true");
  if (isOpen && byId("follow").checked) bringIntoSight(lines[current]);
}

const calm = matchMedia("(prefers-reduced-motion: reduce)");

function bringIntoSight(line) {
  const place = line.getBoundingClientRect();
  const top = document.querySelector(".player").getBoundingClientRect().bottom + 8;
  if (place.top >= top && place.bottom <= innerHeight - 8) return;
  const by = place.top - top - (innerHeight - top) / 3;
  scrollBy({ top: by, behavior: calm.matches ? "instant" : "smooth" });
}

// Goes by so many lines from the one in focus, or else from where the sound is.
function stepLine(by) {
  const focused = lines.indexOf(document.activeElement);
  const from = focused < 0 ? lineAt(position()) : focused;
  const to = Math.min(Math.max(0, from + by), lines.length - 1);
  if (!lines[to]) return;
  seek(begins[to]);
  if (focused >= 0) lines[to].focus({ preventScroll: true });
}

function nextFailure() {
  const later = failures.find((one) => Number(one.dataset.at) > position() + 0.05);
  const next = later ?? failures[0];
  if (next) playFrom(Number(next.dataset.at));
}

// --- in step ---------------------------------------------------------------------------------

function show() {
  const seconds = position();
  const slider = byId("position");
  slider.value = seconds;
  slider.setAttribute("aria-valuetext", `${clock(seconds)} von ${clock(data.seconds)}`);
  byId("clock").textContent = `${clock(seconds)} / ${clock(data.seconds)}`;
  mark(lineAt(seconds));
  showHead(seconds);
}

function showPlaying() {
  byId("play-sign").textContent = audio.paused ? "▶" : "❚❚";
  byId("play-word").textContent = audio.paused ? "Abspielen" : "Anhalten";
  if (!audio.paused) requestAnimationFrame(tick);
}

function tick() {
  show();
  if (!audio.paused) requestAnimationFrame(tick);
}

const KEYS = {
  " ": toggle,
  ArrowLeft: () => seek(position() - STEP_SECONDS),
  ArrowRight: () => seek(position() + STEP_SECONDS),
  Home: () => seek(0),
  End: () => seek(data.seconds),
  j: () => stepLine(1),
  k: () => stepLine(-1),
  f: nextFailure,
};
const LINE_KEYS = { ArrowDown: KEYS.j, ArrowUp: KEYS.k };
const OWN_KEYS = {
  " ": "button:not(.line):not(.failure), input[type=checkbox], select, summary",
  ArrowLeft: "select",
  ArrowRight: "select",
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || !byId("keys").checked) return;
  const target = event.target;
  const act = (target.matches(".line") && LINE_KEYS[event.key]) || KEYS[event.key];
  if (!act || target.matches(OWN_KEYS[event.key] ?? "select")) return;
  event.preventDefault();
  act();
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-at]");
  if (button) playFrom(Number(button.dataset.at));
});

byId("play").addEventListener("click", toggle);
byId("back").addEventListener("click", () => seek(position() - STEP_SECONDS));
byId("ahead").addEventListener("click", () => seek(position() + STEP_SECONDS));
byId("position").addEventListener("input", (event) => seek(Number(event.target.value)));
byId("speed").addEventListener("change", (event) => {
  audio.playbackRate = Number(event.target.value);
});
for (const name of ["play", "pause", "ended"]) audio.addEventListener(name, showPlaying);
audio.addEventListener("seeked", show);
audio.addEventListener("error", () =>
  fail("Dieser Browser spielt den Ton nicht (Ogg Opus). Nimm Firefox oder Chrome, oder session.wav."),
);
new ResizeObserver(() => {
  const width = byId("rows").clientWidth;
  if (width !== drawAll.width) {
    drawAll.width = width;
    drawAll();
  }
}).observe(byId("rows"));

openSound();
drawAll();
if (failures.length) seek(Number(failures[0].dataset.at));
show();
isOpen = true;
