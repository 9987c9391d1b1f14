// A form that is on its way is not sent a second time by an impatient thumb. A page that comes
// back from the browser's memory starts afresh, and so does a form whose answer has arrived.
const underWay = new WeakSet();

const stop = (event) => {
  const form = event.target;
  if (form.method === "get" || event.submitter?.formMethod === "get") return;
  if (underWay.has(form)) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  underWay.add(form);
  form.setAttribute("aria-busy", "true");
};

const arrived = (form) => {
  underWay.delete(form);
  form.removeAttribute("aria-busy");
};

// A submission that another script takes over and never sends must not lock its form.
const settle = (event) => {
  const form = event.target;
  queueMicrotask(() => event.defaultPrevented && !form.matches(".htmx-request") && arrived(form));
};

document.addEventListener("submit", stop, true);
document.addEventListener("submit", settle);
document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.target.closest?.("form");
  if (form) arrived(form);
});
window.addEventListener("pageshow", (event) => {
  if (event.persisted) document.querySelectorAll("form[aria-busy]").forEach(arrived);
});
