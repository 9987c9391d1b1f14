// Keeps "5 minutes ago" and "by 14:30" true while the page stays open. Same words as kit/when.py.
const MINUTE = 60e3, HOUR = 60 * MINUTE;
const many = (count, unit) => `${count} ${unit}${count === 1 ? "" : "s"}`;

function ago(past) {
  const away = Math.abs(past);
  if (away >= 12 * HOUR) return null;
  if (away < MINUTE) return past >= 0 ? "just now" : "in a moment";
  const words = away < HOUR ? many(Math.floor(away / MINUTE), "minute") : many(Math.floor(away / HOUR), "hour");
  return past > 0 ? `${words} ago` : `in ${words}`;
}

class LiveTime extends HTMLElement {
  connectedCallback() {
    this.timer = setInterval(() => this.say(), 30e3);
  }

  disconnectedCallback() {
    clearInterval(this.timer);
  }

  say() {
    const time = this.querySelector("time");
    const past = Date.now() - Date.parse(time.dateTime);
    if (this.dataset.said === "ago") time.textContent = ago(past) ?? time.textContent;
    if (this.dataset.said === "due" && past >= 0) time.textContent = time.textContent.replace(/^by /, "was due ");
  }
}

customElements.define("live-time", LiveTime);
