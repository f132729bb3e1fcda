// Settles 'as the system' before the first paint, and follows the system when it changes.
const root = document.documentElement;
const dark = matchMedia("(prefers-color-scheme: dark)");
const settle = () => { if (root.dataset.look === "system") root.dataset.theme = dark.matches ? "dark" : "light"; };
dark.addEventListener("change", settle);
settle();
