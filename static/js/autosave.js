// Keeps what somebody wrote: as a draft on the server, if the form has one, and in this tab whenever
// the server could not take it.
const PAUSE = 3_000;
const SENT = "draft-sent";
const NEVER_KEPT = new Set(["csrf_token", "idempotency_key"]);

const clock = new Intl.DateTimeFormat(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
// A form may say them in another language, as data-words-kept and so on.
const WORDS = {
  kept: "Draft kept {time}",
  away: "The server cannot be reached. What you wrote is kept in this tab.",
  refused: "The server did not take the draft. What you wrote is kept in this tab.",
  back: "What you wrote before is back.",
};

class Refused extends Error {}

class Draft {
  constructor(form) {
    this.form = form;
    this.url = form.dataset.autosaveUrl;
    this.note = form.querySelector("[data-autosave-note]");
    this.place = `draft:${this.url ?? location.pathname + location.search}`;
    this.timer = 0;
    this.left = false;
    this.sending = false;
    this.reached = false;
    this.wanted = null;
    this.kept = this.text();
    if (this.url) this.watch();
    // First of all that listen, so that a form which stays is not marked as sent.
    form.addEventListener("submit", (event) => this.submit(event), { capture: true });
    form.addEventListener("input", () => { this.wanted = null; });
    window.addEventListener("online", () => this.goOn());
    window.addEventListener("pageshow", () => { this.left = false; });
    this.bringBack();
  }

  watch() {
    this.form.addEventListener("input", () => this.soon());
    this.form.addEventListener("change", () => this.soon());
    this.form.addEventListener("focusout", () => this.keep());
    window.addEventListener("offline", () => this.say(this.words("away")));
  }

  text() {
    const written = [...new FormData(this.form)].filter(
      ([name, value]) => !NEVER_KEPT.has(name) && typeof value === "string",
    );
    return JSON.stringify(written);
  }

  words(key) {
    return this.form.dataset[`words${key[0].toUpperCase()}${key.slice(1)}`] ?? WORDS[key];
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
    // One at a time, or an older text might arrive after a newer one.
    if (this.sending) return this.soon();
    const text = this.text();
    if (this.left || text === this.kept) return;
    this.sending = true;
    try {
      await this.send();
      this.kept = text;
      if (!this.left) sessionStorage.removeItem(this.place);
      this.say(this.words("kept").replace("{time}", clock.format(new Date())));
    } catch (error) {
      sessionStorage.setItem(this.place, text);
      this.say(this.words(error instanceof Refused ? "refused" : "away"));
      this.soon();
    } finally {
      this.sending = false;
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

  // Without a net the browser would leave the page for one of its own. It may be wrong about the
  // net, so the server is asked. What was to be sent is sent once there is a net, unless somebody
  // goes on writing.
  async submit(event) {
    if (navigator.onLine || this.reached) return this.leave();
    event.preventDefault();
    event.stopImmediatePropagation();
    sessionStorage.setItem(this.place, this.text());
    this.wanted = event.submitter;
    try {
      await fetch(location.href, { method: "HEAD", cache: "no-store" });
      this.goOn();
    } catch {
      this.say(this.words("away"));
    }
  }

  goOn() {
    if (!this.wanted) {
      if (this.url) this.keep();
      return;
    }
    this.reached = true;
    this.form.requestSubmit(this.wanted);
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
    this.say(this.words("back"));
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

// The server sends the browser on once it has taken something. A page that was come to directly says
// nothing of the sort: the submit may have been lost on the way. Nor does one that says it refused.
function forgetWhatArrived() {
  const place = sessionStorage.getItem(SENT);
  sessionStorage.removeItem(SENT);
  if (!place) return;
  const [came] = performance.getEntriesByType("navigation");
  if (came?.redirectCount && !document.querySelector("[data-refused]")) sessionStorage.removeItem(place);
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
