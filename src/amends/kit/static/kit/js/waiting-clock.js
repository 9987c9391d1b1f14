// How long somebody has been waiting, counted from the server's clock: since, now, soon, broken.
class WaitingClock extends HTMLElement {
  connectedCallback() {
    this.ahead = this.hasAttribute("now") ? Date.now() - Date.parse(this.getAttribute("now")) : 0;
    this.timer = setInterval(() => this.count(), 10e3);
    this.count();
  }

  disconnectedCallback() {
    clearInterval(this.timer);
  }

  count() {
    const waited = Date.now() - this.ahead - Date.parse(this.getAttribute("since"));
    const minutes = Math.max(0, Math.floor(waited / 60e3));
    const [number, unit] = [this.querySelector("b"), this.querySelector("span")];
    number.textContent = minutes;
    unit.textContent = minutes === 1 ? unit.dataset.one : unit.dataset.many;
    this.dataset.state = this.reached("broken", minutes) ? "broken" : this.reached("soon", minutes) ? "soon" : "";
  }

  reached(name, minutes) {
    return this.hasAttribute(name) && minutes >= Number(this.getAttribute(name));
  }
}

customElements.define("waiting-clock", WaitingClock);
