// <drawn-table>: draws the table inside it, and leaves the table for whoever would rather read it.
// The first column is a day (<time datetime="…">) or a number. Each other column says how it is drawn:
// <th data-draw="line | dashes | bars | low | high | dot | ring | disc" data-tone="accent | soft | soon | broken">.
// A "low" is followed by its "high", and the band between them is filled. On a strip all stands on one line.
import { columns, look } from "./drawing.js";

class DrawnTable extends HTMLElement {
  connectedCallback() {
    this.table = this.querySelector("table");
    if (!window.uPlot || !this.table?.tBodies[0]?.rows.length) return;
    const fold = this.querySelector("details");
    if (fold) fold.open = false;
    this.picture = this.querySelector(".picture") ?? this.insertBefore(document.createElement("div"), this.firstChild);
    this.picture.className = "picture";
    this.picture.setAttribute("aria-hidden", "true");
    this.watch = new ResizeObserver(() => this.plot?.setSize(this.size()));
    this.dark = matchMedia("(prefers-color-scheme: dark)");
    this.again = () => this.draw();
    this.dark.addEventListener("change", this.again);
    this.draw();
    this.watch.observe(this);
  }

  disconnectedCallback() {
    this.watch?.disconnect();
    this.dark?.removeEventListener("change", this.again);
    this.plot?.destroy();
  }

  get onStrip() {
    return this.getAttribute("kind") === "strip";
  }

  size() {
    return { width: this.clientWidth, height: this.onStrip ? 84 : Math.min(300, Math.max(200, this.clientWidth * 0.45)) };
  }

  key(heads) {
    const key = document.createElement("p");
    key.className = "key";
    for (const head of heads.slice(1).filter((head) => head.dataset.draw !== "high")) {
      const name = document.createElement("span");
      Object.assign(name.dataset, { draw: head.dataset.draw, tone: head.dataset.tone ?? "accent" });
      name.textContent = head.dataset.name ?? head.textContent.trim();
      key.append(name);
    }
    return key;
  }

  draw() {
    this.plot?.destroy();
    this.picture.replaceChildren(this.key([...this.table.tHead.rows[0].cells]));
    const asked = { onStrip: this.onStrip, before: this.getAttribute("before") ?? "" };
    const told = { ...this.size(), ...look(this.table, asked) };
    this.plot = new uPlot(told, columns(this.table, this.onStrip), this.picture);
  }
}

customElements.define("drawn-table", DrawnTable);
