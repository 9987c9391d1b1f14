// <coach-beside url="where it is asked">: reads along while somebody writes the words of its form,
// and looks once before the letter leaves.
import { LastLook } from "./last-look.js";

const [TYPING, PAUSE, PATIENCE] = [700, 2500, 1500];

class CoachBeside extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form");
    this.field = this.form.elements.words;
    this.said = this.querySelector("coach-marks");
    this.tidy();
    this.field.addEventListener("input", () => this.written());
    new LastLook(this.form, () => this.holds());
    this.addEventListener("taken", (event) => this.look("paused", { coach_take: event.detail }));
    this.addEventListener("click", (event) => this.chosen(event.target.closest("button")));
  }

  disconnectedCallback() {
    this.quiet();
  }

  // From here on its buttons send no form: Enter in another field means the letter itself.
  tidy() {
    this.querySelectorAll("[formaction]").forEach((button) => (button.type = "button"));
    this.querySelector("[data-ask]")?.toggleAttribute("hidden", !this.hasAttribute("keeps-asking"));
  }

  quiet() {
    clearTimeout(this.soon);
    clearTimeout(this.later);
  }

  written() {
    this.quiet();
    this.soon = setTimeout(() => this.look("writing"), TYPING);
    this.later = setTimeout(() => this.look("paused"), PAUSE);
  }

  chosen(button) {
    if (button?.name === "coach_drop") this.look("paused", { coach_drop: button.value });
    if (button?.matches("[data-ask]")) this.look("paused");
  }

  // True when the coach has answered in time; silence is no trouble.
  async look(moment, more = {}, patience = 10e3) {
    if (moment !== "writing") this.quiet();
    this.asking?.abort();
    const asking = (this.asking = new AbortController());
    const late = setTimeout(() => asking.abort(), patience);
    const words = new URLSearchParams(new FormData(this.form));
    Object.entries({ coach: moment, ...more }).forEach(([name, value]) => words.set(name, value));
    const post = { method: "POST", body: words, headers: { "HX-Request": "true" }, signal: asking.signal };
    const answer = await fetch(this.getAttribute("url"), post).catch(() => null);
    const html = answer?.ok && !answer.redirected ? await answer.text().catch(() => "") : "";
    clearTimeout(late);
    if (html) this.show(html);
    return Boolean(html);
  }

  show(html) {
    const focused = this.said.contains(document.activeElement);
    this.said.innerHTML = html;
    this.tidy();
    if (focused) this.field.focus();
    this.querySelector("[role=status]").textContent = this.said.querySelector("[data-say]").textContent;
  }

  async holds() {
    const looked = await this.look("sending", {}, PATIENCE);
    return looked && Boolean(this.said.querySelector("[data-holds]"));
  }
}

customElements.define("coach-beside", CoachBeside);
