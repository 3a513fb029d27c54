/* Turns a chart's drawing into an interactive one when asked, and back again.
   Switched on by data-explore on a <figure>; the drawing and the table stay the source of truth. */

const OPEN = new Map();
let library;

function plotlyFrom(src) {
  library ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = src;
    script.addEventListener("load", () => resolve(window.Plotly));
    script.addEventListener("error", () => {
      library = undefined;
      script.remove();
      reject(new Error("plotly.js did not load"));
    });
    document.head.append(script);
  });
  return library;
}

/* The page's colours, light or dark as they are now, for the colours the figure names. */
function coloursOf(tones, place) {
  const probe = document.createElement("span");
  place.append(probe);
  const colours = Object.entries(tones).map(([named, css]) => {
    probe.style.color = css;
    return [named, getComputedStyle(probe).color];
  });
  probe.remove();
  return new Map(colours);
}

function painted(part, colours) {
  if (typeof part === "string") return colours.get(part) ?? part;
  if (Array.isArray(part)) return part.map((each) => painted(each, colours));
  if (part === null || typeof part !== "object") return part;
  return Object.fromEntries(Object.entries(part).map(([key, each]) => [key, painted(each, colours)]));
}

async function draw(figure, plot, height) {
  const Plotly = await plotlyFrom(figure.dataset.plotlySrc);
  const { data, layout, config, tones } = JSON.parse(figure.dataset.figure);
  const colours = coloursOf(tones, figure);
  const sized = { ...painted(layout, colours), height: layout.height ?? height };
  // A finger that moves over the chart is scrolling the page.
  if (matchMedia("(pointer: coarse)").matches) sized.dragmode = false;
  await Plotly.react(plot, painted(data, colours), sized, config);
}

async function open(figure, button) {
  const drawing = figure.querySelector(".chart-drawing");
  const status = figure.querySelector(".chart-status");
  const plot = document.createElement("div");
  plot.className = "chart-plot";
  plot.setAttribute("role", "group");
  plot.setAttribute("aria-label", drawing.querySelector("title").textContent);
  const height = Math.max(drawing.clientHeight, 300);
  button.setAttribute("aria-busy", "true");
  status.textContent = "";
  try {
    await plotlyFrom(figure.dataset.plotlySrc);
    drawing.hidden = true;
    drawing.after(plot);
    await draw(figure, plot, height);
    OPEN.set(figure, { plot, height });
    button.dataset.explore = button.textContent;
    button.textContent = figure.dataset.close;
    button.setAttribute("aria-expanded", "true");
  } catch {
    plot.remove();
    drawing.hidden = false;
    status.textContent = figure.dataset.failed;
  } finally {
    button.removeAttribute("aria-busy");
  }
}

function close(figure, button) {
  const { plot } = OPEN.get(figure);
  OPEN.delete(figure);
  window.Plotly.purge(plot);
  plot.remove();
  figure.querySelector(".chart-drawing").hidden = false;
  button.textContent = button.dataset.explore;
  button.setAttribute("aria-expanded", "false");
  button.focus();
}

function enable(figure) {
  const button = figure.querySelector(".chart-explore");
  button.hidden = false;
  button.addEventListener("click", () => {
    if (button.hasAttribute("aria-busy")) return;
    if (OPEN.has(figure)) close(figure, button);
    else open(figure, button);
  });
  figure.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && OPEN.has(figure)) close(figure, button);
  });
}

function repaint() {
  OPEN.forEach(({ plot, height }, figure) => draw(figure, plot, height));
}

document.querySelectorAll("figure[data-explore]").forEach(enable);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", repaint);
new MutationObserver(repaint).observe(document.documentElement, { attributes: true });
