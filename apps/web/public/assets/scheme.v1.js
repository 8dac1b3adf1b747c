// Sets the colour scheme before the first paint. A file of its own, so that no inline script
// is needed. Browsers keep it for a year: a change needs a new name.
(() => {
  let choice = "auto";
  try {
    choice = localStorage.getItem("firstline.scheme") || "auto";
  } catch {}
  const dark = choice === "dark" || (choice === "auto" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.setAttribute("data-mantine-color-scheme", dark ? "dark" : "light");
})();
