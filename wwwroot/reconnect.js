// The connection banner: Blazor marks the element with a class for each state, the style sheet shows the words for it.
const banner = document.getElementById("components-reconnect-modal");
banner.querySelector("[data-reload]").addEventListener("click", () => location.reload());
banner.addEventListener("components-reconnect-state-changed", e => {
  // After giving up, it goes on trying whenever the person comes back to the page.
  if (e.detail.state === "failed") document.addEventListener("visibilitychange", retry, { once: true });
});
async function retry() {
  if (document.visibilityState === "visible" && !await Blazor.reconnect()) location.reload();
}
