// <drawn-table>: draws the table inside it, and leaves the table for whoever would rather read it.
// The first column is a day (<time datetime="…">) or a number. Each other column says how it is drawn:
// <th data-draw="line | dashes | bars | low | high | dot | ring | disc" data-tone="accent | soft | soon | broken">.
// A "low" is followed by its "high", and the band between them is filled. On a strip all stands on one line.
const NUMBER = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 1 });
const DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });
const MONTH = new Intl.DateTimeFormat("en-GB", { month: "short", year: "numeric" });
const LONG = 200 * 86400; // seconds: longer spans are told in months
const SIZES = { dot: 6, ring: 13, disc: 13 };

const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
const toneOf = (name) => token({ accent: "accent-text", soft: "edge", soon: "soon", broken: "broken" }[name ?? "accent"]);

function told(cell) {
  const time = cell.querySelector("time");
  if (time) return Date.parse(time.dateTime) / 1000;
  const written = cell.dataset.value ?? cell.textContent.trim();
  return written === "" ? null : Number(written);
}

function moments(plot, marks) {
  const format = plot.scales.x.max - plot.scales.x.min > LONG ? MONTH : DAY;
  return marks.map((mark) => format.format(mark * 1000));
}

function series(head) {
  const tone = toneOf(head.dataset.tone);
  const draw = head.dataset.draw;
  const look = { label: head.textContent.trim(), stroke: tone, width: 2, spanGaps: draw !== "bars", points: { show: false } };
  if (draw === "dashes") look.dash = [6, 5];
  if (draw === "low" || draw === "high") Object.assign(look, { width: 0 });
  if (draw === "bars") Object.assign(look, { paths: uPlot.paths.bars({ size: [0.7, 48] }), fill: tone, width: 0 });
  if (draw in SIZES) {
    const fill = draw === "ring" ? token("surface") : tone;
    Object.assign(look, { paths: () => null, points: { show: true, size: SIZES[draw], stroke: tone, fill, width: 2 } });
  }
  return look;
}

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

  columns() {
    const rows = [...this.table.tBodies[0].rows].sort((a, b) => told(a.cells[0]) - told(b.cells[0]));
    const columns = [...rows[0].cells].map((_, column) => rows.map((row) => told(row.cells[column])));
    return this.onStrip ? columns.map((cells, column) => (column ? cells.map((x) => (x === null ? null : 0)) : cells)) : columns;
  }

  draw() {
    this.plot?.destroy();
    const heads = [...this.table.tHead.rows[0].cells];
    this.picture.replaceChildren(this.key(heads));
    const before = this.getAttribute("before") ?? "";
    const axis = { stroke: token("text-soft"), grid: { stroke: token("rule"), width: 1 }, ticks: { show: false }, font: `12px ${token("sans")}` };
    const values = (_, marks) => marks.map((mark) => (mark === null ? "" : before + NUMBER.format(mark)));
    const bands = heads.flatMap((head, i) => (head.dataset.draw === "low" ? [{ series: [i + 1, i], fill: token("accent-soft") }] : []));
    const room = heads.some((head) => head.dataset.draw === "bars") ? 0.6 : 0;
    const isTime = Boolean(this.table.tBodies[0].rows[0].cells[0].querySelector("time"));
    this.plot = new uPlot({
      ...this.size(),
      cursor: { show: false },
      legend: { show: false },
      padding: this.onStrip ? [12, 32, 0, 32] : [12, 12, 0, 0],
      scales: { x: { time: isTime, ...(room && { range: (_, low, high) => [low - room, high + room] }) }, y: this.onStrip ? { range: [-1, 1] } : { range: (_, low, high) => [Math.min(0, low), high * 1.05 || 1] } },
      axes: [
        { ...axis, grid: { show: false }, space: 72, values: isTime ? moments : (_, marks) => marks.map((mark) => (this.onStrip ? before : "") + NUMBER.format(mark)) },
        this.onStrip ? { show: false } : { ...axis, size: 64, values },
      ],
      series: [{}, ...heads.slice(1).map((head) => series(head))],
      bands,
    }, this.columns(), this.picture);
  }
}

customElements.define("drawn-table", DrawnTable);
