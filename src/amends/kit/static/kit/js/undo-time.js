// How long something can still be called back, counted from the server's clock; then it goes away.
class UndoTime extends HTMLElement {
  connectedCallback() {
    this.ahead = Date.now() - Date.parse(this.getAttribute("now"));
    this.words = this.querySelector("[data-leaves]");
    this.timer = setInterval(() => this.count(), 1e3);
    this.count();
  }

  disconnectedCallback() {
    clearInterval(this.timer);
  }

  count() {
    const left = Math.ceil((Date.parse(this.getAttribute("until")) - (Date.now() - this.ahead)) / 1e3);
    if (left <= 0) this.remove();
    else this.words.textContent = left === 1 ? "in 1 second" : `in ${left} seconds`;
  }
}

customElements.define("undo-time", UndoTime);
