// Asks for a refresh now and then, but never while somebody is typing here or looking elsewhere.
// <quiet-refresh seconds="2" hx-get="…" hx-trigger="refresh" hx-target="#today">
class QuietRefresh extends HTMLElement {
  connectedCallback() {
    this.timer = setInterval(() => this.ask(), 1000 * (this.getAttribute("seconds") ?? 20));
    this.seen = () => this.ask();
    document.addEventListener("visibilitychange", this.seen);
  }

  disconnectedCallback() {
    clearInterval(this.timer);
    document.removeEventListener("visibilitychange", this.seen);
  }

  ask() {
    if (document.visibilityState === "visible" && !this.busy) {
      this.dispatchEvent(new CustomEvent("refresh"));
    }
  }

  get busy() {
    const typing = document.activeElement?.matches("input, textarea, select");
    const open = this.querySelector("details[open] form, :popover-open");
    return (typing && this.contains(document.activeElement)) || open || this.matches(".htmx-request");
  }
}

customElements.define("quiet-refresh", QuietRefresh);
