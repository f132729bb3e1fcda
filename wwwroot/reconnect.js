// The connection banner: Blazor marks the element with a class for each state, the style sheet shows the words for it.
// A server that was started anew knows nothing of this page: the page then loads itself again, and what was typed meanwhile is put back.
const banner = document.getElementById("components-reconnect-modal");
const fields = () => [...document.querySelectorAll(".decision textarea, .decision input[type=text]")];
const prefix = "typed:";
const place = () => prefix + location.pathname;
let lost = false;
let retrying;

banner.querySelector("[data-reload]").addEventListener("click", () => location.reload());
banner.addEventListener("components-reconnect-state-changed", ({ detail: { state } }) => {
  if (state === "show" || state === "retrying") {
    lost = true;
    keep();
  }
  if (state === "hide") {
    lost = false;
    giveBack();
  }
  // After giving up, it goes on trying now and then, and whenever the person comes back to the page.
  if (state === "failed") retrying ??= setInterval(retry, 5000);
  if (state === "rejected" || state === "resume-failed") reload();
});
document.addEventListener("visibilitychange", () => { if (retrying && document.visibilityState === "visible") retry(); });
document.addEventListener("input", () => { if (lost) keep(); });

async function retry() {
  try {
    if (!await Blazor.reconnect()) reload();
    clearInterval(retrying);
    retrying = undefined;
  } catch {
    // Nobody answers yet.
  }
}

async function reload() {
  // A reload while nobody answers would end on the browser's own page, which does not come back.
  while (!await fetch("health/live", { cache: "no-store" }).then(answer => answer.ok, () => false))
    await new Promise(resolve => setTimeout(resolve, 1000));
  location.reload();
}

// The draft in the store is as old as the last word that arrived; what is in the fields is newer. Kept by this tab alone, and no longer than needed.
function keep() {
  const texts = fields().map(field => field.value);
  if (texts.length) sessionStorage.setItem(place(), JSON.stringify(texts));
}

function giveBack() {
  const kept = sessionStorage.getItem(place());
  const found = kept && document.querySelector(".shell[data-interactive]") ? fields() : [];
  if (!found.length) return;
  sessionStorage.removeItem(place());
  JSON.parse(kept).slice(0, found.length).forEach((text, i) => {
    found[i].value = text;
    found[i].dispatchEvent(new Event("input", { bubbles: true }));
  });
}

if (location.pathname === "/sign-in") {
  // Whoever signs in now may be somebody else.
  Object.keys(sessionStorage).filter(key => key.startsWith(prefix)).forEach(key => sessionStorage.removeItem(key));
} else if (sessionStorage.getItem(place())) {
  // The fields are there when the circuit has taken the page over and the case is in hand, which may take a while.
  const observer = new MutationObserver(() => {
    giveBack();
    if (!sessionStorage.getItem(place())) observer.disconnect();
  });
  observer.observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ["data-interactive"] });
}
