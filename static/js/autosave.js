// Keeps a draft while somebody writes: on the server, and in this tab when the server is out of reach.
const PAUSE = 3_000;
const SENT = "draft-sent";
const NEVER_KEPT = new Set(["csrf_token", "idempotency_key"]);

const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });

class Draft {
  constructor(form) {
    this.form = form;
    this.note = form.querySelector("[data-autosave-note]");
    this.place = `draft:${form.dataset.autosaveUrl}`;
    this.timer = 0;
    this.left = false;
    this.kept = this.text();
    form.addEventListener("input", () => this.soon());
    form.addEventListener("change", () => this.soon());
    form.addEventListener("focusout", () => this.keep());
    form.addEventListener("submit", () => this.leave());
    window.addEventListener("online", () => this.keep());
    window.addEventListener("pageshow", () => { this.left = false; });
    this.bringBack();
  }

  text() {
    const written = [...new FormData(this.form)].filter(
      ([name, value]) => !NEVER_KEPT.has(name) && typeof value === "string",
    );
    return JSON.stringify(written);
  }

  say(sentence) {
    if (this.note) this.note.textContent = sentence;
  }

  soon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.keep(), PAUSE);
  }

  async keep() {
    clearTimeout(this.timer);
    const text = this.text();
    if (this.left || text === this.kept) return;
    try {
      await this.send();
      this.kept = text;
      if (!this.left) sessionStorage.removeItem(this.place);
      this.say(`Draft kept ${clock.format(new Date())}`);
    } catch {
      sessionStorage.setItem(this.place, text);
      this.say("The server cannot be reached. What you wrote is kept in this tab.");
      this.soon();
    }
  }

  async send() {
    const body = new FormData(this.form);
    // The draft must not use up the key that the real submit will carry.
    body.delete("idempotency_key");
    const answer = await fetch(this.form.dataset.autosaveUrl, {
      method: "POST",
      body,
      headers: { "X-CSRFToken": body.get("csrf_token") ?? "", Accept: "application/json" },
      keepalive: document.visibilityState === "hidden",
    });
    if (!answer.ok || answer.redirected) throw new Error(`Draft refused: ${answer.status}`);
  }

  leave() {
    this.left = true;
    clearTimeout(this.timer);
    // Should the submit be refused or lost on the way, the text is still here.
    sessionStorage.setItem(this.place, this.text());
    sessionStorage.setItem(SENT, this.place);
  }

  bringBack() {
    const stored = sessionStorage.getItem(this.place);
    if (!stored || stored === this.kept) return;
    const byName = new Map();
    for (const [name, value] of JSON.parse(stored)) {
      byName.set(name, [...(byName.get(name) ?? []), value]);
    }
    for (const field of this.form.elements) {
      if (field.name && field.type !== "hidden" && !NEVER_KEPT.has(field.name)) {
        fill(field, byName.get(field.name) ?? []);
      }
    }
    this.say("What you wrote before is back.");
    this.soon();
  }
}

function fill(field, values) {
  if (field.type === "checkbox" || field.type === "radio") {
    field.checked = values.includes(field.value);
  } else if ("value" in field && field.type !== "file" && field.type !== "submit" && values.length) {
    field.value = values[0];
  }
}

// Any page of ours after a submit means that the server took it, except one that says it did not.
function forgetWhatArrived() {
  const place = sessionStorage.getItem(SENT);
  sessionStorage.removeItem(SENT);
  if (place && !document.querySelector("[data-refused]")) sessionStorage.removeItem(place);
}

forgetWhatArrived();
document.querySelectorAll("form[data-autosave-url]").forEach((form) => new Draft(form));
