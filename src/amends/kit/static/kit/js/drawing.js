// How a table becomes a picture: what its heads say, as uPlot wants to hear it (drawn-table.js).
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

const inSums = (before) => (_, marks) => marks.map((mark) => (mark === null ? "" : before + NUMBER.format(mark)));

export function columns(table, onStrip) {
  const rows = [...table.tBodies[0].rows].sort((a, b) => told(a.cells[0]) - told(b.cells[0]));
  const found = [...rows[0].cells].map((_, column) => rows.map((row) => told(row.cells[column])));
  return onStrip ? found.map((cells, column) => (column ? cells.map((x) => (x === null ? null : 0)) : cells)) : found;
}

export function look(table, { onStrip, before }) {
  const heads = [...table.tHead.rows[0].cells];
  const isTime = Boolean(table.tBodies[0].rows[0].cells[0].querySelector("time"));
  const room = heads.some((head) => head.dataset.draw === "bars") ? 0.6 : 0;
  const axis = { stroke: token("text-soft"), grid: { stroke: token("rule"), width: 1 }, ticks: { show: false }, font: `12px ${token("sans")}` };
  const beside = { ...axis, grid: { show: false }, space: room ? 24 : 72, values: isTime ? moments : inSums(onStrip ? before : "") };
  if (room) beside.incrs = [1, 2, 5, 10, 20, 50, 100, 200, 500];
  const named = isTime || onStrip ? {} : { label: heads[0].textContent.trim(), labelFont: axis.font, labelSize: 24 };
  const wide = room && { range: (_, low, high) => [low - room, high + room] };
  const tall = { range: onStrip ? [-1, 1] : (_, low, high) => [Math.min(0, low), high * 1.05 || 1] };
  return {
    cursor: { show: false },
    legend: { show: false },
    padding: onStrip ? [12, 32, 0, 32] : [12, 12, 0, 0],
    scales: { x: { time: isTime, ...wide }, y: tall },
    axes: [{ ...beside, ...named }, onStrip ? { show: false } : { ...axis, size: 64, values: inSums(before) }],
    series: [{}, ...heads.slice(1).map(series)],
    bands: heads.flatMap((head, i) => (head.dataset.draw === "low" ? [{ series: [i + 1, i], fill: token("accent-soft") }] : [])),
  };
}
