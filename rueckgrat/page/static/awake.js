// Keeps the screen on while it is wanted, and lets go of it as soon as it is not.

// Browsers lend a wake lock to safe origins only (https, or this machine). Elsewhere a silent
// moving picture keeps the screen awake.
let wanted = false;
let isAsking = false;
let lock = null;
let picture = null; // what stops it

export function stayAwake(isWanted) {
  wanted = isWanted && document.visibilityState === "visible";
  if (!wanted) release();
  else if (!isAsking && !picture && (!lock || lock.released)) ask();
}

async function ask() {
  isAsking = true;
  try {
    lock = await navigator.wakeLock.request("screen");
    note("lock");
  } catch {
    await play(); // refused, or there is none
  }
  isAsking = false;
  if (!wanted) release();
}

function release() {
  if (lock) lock.release().catch(() => {});
  if (picture) picture();
  lock = picture = null;
  note("");
}

async function play() {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 2;
  const context = canvas.getContext("2d");
  const drawing = setInterval(() => context.fillRect(0, 0, 2, 2), 1000);
  const video = document.createElement("video");
  video.muted = true;
  video.playsInline = true;
  video.setAttribute("aria-hidden", "true");
  video.srcObject = canvas.captureStream(1);
  video.style.cssText = "position:fixed;width:1px;height:1px;opacity:0";
  document.body.append(video);
  picture = () => {
    clearInterval(drawing);
    video.srcObject.getTracks().forEach((track) => track.stop());
    video.remove();
  };
  try {
    await video.play();
    note("video");
  } catch {
    release(); // not before the first touch: it is tried again
  }
}

function note(how) {
  if (document.body.dataset.awake !== how) document.body.dataset.awake = how;
}
