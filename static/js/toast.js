// Announces messages, lets them be put away, and clears the ones that only confirm.
// Other modules say something with: document.dispatchEvent(new CustomEvent("say", {detail: {text, kind}})).
const READING_TIME = 8_000;
const region = document.querySelector("[data-toasts]");

function closeButton(toast) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "toast-close";
  button.textContent = "Close";
  button.addEventListener("click", () => toast.remove());
  return button;
}

// Messages that ask for something stay until they are put away.
function clearLater(toast) {
  if (toast.classList.contains("problem") || toast.querySelector("form")) return;
  let timer = 0;
  const start = () => { timer = setTimeout(() => toast.remove(), READING_TIME); };
  const stop = () => clearTimeout(timer);
  toast.addEventListener("pointerenter", stop);
  toast.addEventListener("focusin", stop);
  toast.addEventListener("pointerleave", start);
  toast.addEventListener("focusout", start);
  start();
}

function show(toast) {
  toast.append(closeButton(toast));
  // A live region speaks only of what is added after it exists.
  region.append(toast);
  clearLater(toast);
}

function say({ text, kind = "note" }) {
  const toast = document.createElement("div");
  toast.className = `toast ${kind}`;
  const words = document.createElement("p");
  words.textContent = text;
  toast.append(words);
  show(toast);
}

if (region) {
  const waiting = [...region.children];
  waiting.forEach((toast) => toast.remove());
  setTimeout(() => waiting.forEach(show), 100);
  document.addEventListener("say", (event) => say(event.detail));
}
