// When a request by htmx does not get through, say so and keep the words; when a form is refused,
// lead the eye and the keyboard to what is wrong.
const SILENT = "That did not get through. Your words are still here: try once more in a moment.";
const REFUSED = "That could not be done just now. Read the page afresh and try once more.";

function say(words) {
  const line = document.createElement("p");
  line.className = "flash";
  line.dataset.kind = "error";
  line.textContent = words;
  document.getElementById("flash")?.replaceChildren(line);
  window.scrollTo({ top: 0 });
}

const asked = (event) => event.detail.requestConfig?.verb !== "get";

document.addEventListener("htmx:sendError", (event) => asked(event) && say(SILENT));
document.addEventListener("htmx:timeout", (event) => asked(event) && say(SILENT));
document.addEventListener("htmx:responseError", (event) => asked(event) && say(REFUSED));
document.addEventListener("htmx:afterSettle", (event) => {
  if (event.detail.xhr?.status === 422) {
    event.detail.target.querySelector("[aria-invalid=true], .errorlist")?.focus();
  }
});
