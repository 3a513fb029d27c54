// Keeps a form from being sent twice by an eager finger; the server would store it once anyway.
const SECOND_CHANCE = 15_000;

function markBusy(buttons, busy) {
  for (const button of buttons) {
    button.setAttribute("aria-disabled", String(busy));
    button.setAttribute("aria-busy", String(busy));
  }
}

function guard(form) {
  let sent = false;
  const buttons = form.querySelectorAll("button[type=submit]");
  const release = () => {
    sent = false;
    markBusy(buttons, false);
  };
  form.addEventListener("submit", (event) => {
    if (sent) {
      event.preventDefault();
      return;
    }
    sent = true;
    // Marked, not disabled: a disabled button would not send its own name and value.
    markBusy(buttons, true);
    setTimeout(release, SECOND_CHANCE);
  });
  // Coming back with the back button restores the page as it was, guard included.
  window.addEventListener("pageshow", release);
}

document.querySelectorAll("form[data-once]").forEach(guard);
