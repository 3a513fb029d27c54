// Follows a long job and says how far it has come, until there is something to open.
const PAUSE = 2_000;
const LONGEST_PAUSE = 30_000;

function draw(section, { done, total, state, sentence }) {
  const bar = section.querySelector("[data-progress-bar]");
  if (state === "waiting") {
    bar.removeAttribute("value");
  } else {
    bar.max = total || 1;
    bar.value = done;
  }
  const words = section.querySelector("[data-progress-sentence]");
  if (words.textContent !== sentence) words.textContent = sentence;
  section.dataset.progressState = state;
  section.setAttribute("aria-busy", String(state === "waiting" || state === "running"));
}

async function follow(section, pause = PAUSE) {
  try {
    const answer = await fetch(section.dataset.progressUrl, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(`Progress refused: ${answer.status}`);
    const job = await answer.json();
    draw(section, job);
    if (job.next_url) {
      location.assign(job.next_url);
    } else if (job.state === "waiting" || job.state === "running") {
      setTimeout(() => follow(section), PAUSE);
    }
  } catch {
    setTimeout(() => follow(section, Math.min(pause * 2, LONGEST_PAUSE)), pause);
  }
}

for (const section of document.querySelectorAll("[data-progress-url]")) {
  if (["waiting", "running"].includes(section.dataset.progressState)) {
    setTimeout(() => follow(section), PAUSE);
  }
}
