// Takes the reader to what went wrong, and from there to the field.
const summary = document.querySelector("[data-error-summary]");

function goTo(event) {
  const link = event.target.closest("a[href^='#']");
  const field = link && document.getElementById(link.hash.slice(1));
  if (!field) return;
  event.preventDefault();
  const label = field.closest(".field") ?? field;
  label.scrollIntoView({ block: "start" });
  field.focus({ preventScroll: true });
}

if (summary) {
  summary.focus();
  summary.addEventListener("click", goTo);
}
