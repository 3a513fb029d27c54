// Lets a person choose light, dark or the system's look; the server reads the cookie.
const YEAR = 31_536_000;

function choose(value) {
  const root = document.documentElement;
  if (value) {
    root.dataset.theme = value;
  } else {
    delete root.dataset.theme;
  }
  const secure = location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `theme=${value}; Path=/; Max-Age=${value ? YEAR : 0}; SameSite=Lax${secure}`;
}

function switchOn(group) {
  group.addEventListener("click", (event) => {
    const pressed = event.target.closest("button");
    if (!pressed) return;
    choose(pressed.value);
    for (const button of group.querySelectorAll("button")) {
      button.setAttribute("aria-pressed", String(button === pressed));
    }
  });
}

document.querySelectorAll("[data-theme-switch]").forEach(switchOn);
