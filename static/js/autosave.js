// Keeps what somebody wrote: as a draft on the server, if the form has one, and in this tab whenever
// the server could not take it.
const PAUSE = 3_000;
const SENT = "draft-sent";
const NEVER_KEPT = new Set(["csrf_token", "idempotency_key"]);

const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });

class Refused extends Error {}

class Draft {
  constructor(form) {
    this.form = form;
    this.url = form.dataset.autosaveUrl;
    this.note = form.querySelector("[data-autosave-note]");
    this.place = `draft:${this.url ?? location.pathname + location.search}`;
    this.timer = 0;
    this.left = false;
    this.kept = this.text();
    if (this.url) this.watch();
    form.addEventListener("submit", () => this.leave());
    window.addEventListener("pageshow", () => { this.left = false; });
    this.bringBack();
  }

  watch() {
    this.form.addEventListener("input", () => this.soon());
    this.form.addEventListener("change", () => this.soon());
    this.form.addEventListener("focusout", () => this.keep());
    window.addEventListener("online", () => this.keep());
  }

  text() {
    const written = [...new FormData(this.form)].filter(
      ([name, value]) => !NEVER_KEPT.has(name) && typeof value === "string",
    );
    return JSON.stringify(written);
  }

  say(text) {
    if (this.note) this.note.textContent = text;
    else document.dispatchEvent(new CustomEvent("say", { detail: { text } }));
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
    } catch (error) {
      sessionStorage.setItem(this.place, text);
      const why = error instanceof Refused ? "The server did not take the draft" : "The server cannot be reached";
      this.say(`${why}. What you wrote is kept in this tab.`);
      this.soon();
    }
  }

  async send() {
    const body = new FormData(this.form);
    // The draft must not use up the key that the real submit will carry.
    body.delete("idempotency_key");
    const answer = await fetch(this.url, {
      method: "POST",
      body,
      headers: { "X-CSRFToken": body.get("csrf_token") ?? "", Accept: "application/json" },
      keepalive: document.visibilityState === "hidden",
    });
    if (!answer.ok || answer.redirected) throw new Refused(answer.status);
    if (answer.headers.get("Content-Type")?.startsWith("application/json")) this.tell((await answer.json()).told ?? {});
  }

  // What the server noticed in the words of a field stands beside it.
  tell(told) {
    for (const [name, words] of Object.entries(told)) {
      const place = this.form.querySelector(`[data-told="${name}"]`);
      if (!place) continue;
      place.querySelector("[data-told-words]").textContent = words;
      place.hidden = !words;
    }
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
    if (this.url) this.soon();
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
  if (!place) return;
  if (!document.querySelector("[data-refused]")) sessionStorage.removeItem(place);
  // A page that did not take it may offer to send the same once more.
  document.querySelector("form[data-again]")?.addEventListener("submit", () => sessionStorage.setItem(SENT, place));
}

// Whoever uses this tab next is not to find it.
function forgetEverything() {
  sessionStorage.clear();
}

forgetWhatArrived();
for (const form of document.querySelectorAll("form.form[method=post]")) {
  if (!form.querySelector("[type=password]")) new Draft(form);
}
document.querySelector("form[action$='/sign-out']")?.addEventListener("submit", forgetEverything);
