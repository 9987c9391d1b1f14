// <coach-marks>: marks the words that the notes inside it point at, in a layer under the words of its
// form; a click on a rewrite, or Ctrl+., puts it in, and it can be undone.
class CoachMarks extends HTMLElement {
  connectedCallback() {
    this.field = this.closest("form").elements.words;
    this.under = document.createElement("div");
    this.under.className = "coach-under";
    this.under.setAttribute("aria-hidden", "true");
    this.field.before(this.under);
    this.field.classList.add("coach-over");
    this.field.setAttribute("aria-keyshortcuts", "Control+.");
    this.field.addEventListener("input", () => this.paint());
    this.field.addEventListener("keydown", (event) => this.pressed(event));
    this.field.addEventListener("scroll", () => this.level());
    this.addEventListener("click", (event) => this.take(event.target.closest("[name=coach_take]"), event));
    new MutationObserver(() => this.paint()).observe(this, { childList: true });
    this.paint();
  }

  // The marks follow their words while somebody types; a note whose words are gone goes too.
  paint() {
    const places = [];
    for (const note of this.querySelectorAll(".coach-note")) {
      note.place = this.placeOf(note);
      note.toggleAttribute("data-gone", !note.place);
      if (note.place && note.words) places.push(note.place);
    }
    places.sort((one, other) => one[0] - other[0]);
    this.under.replaceChildren(...marked(this.field.value, places));
    this.level();
  }

  placeOf(note) {
    const [start, end] = [Number(note.dataset.start), Number(note.dataset.end)];
    note.words ??= this.field.value.slice(start, end);
    if (!note.words) return [Math.min(start, this.field.value.length), Math.min(end, this.field.value.length)];
    const at = this.field.value.indexOf(note.words, Math.max(0, start - 400));
    return at < 0 ? null : [at, at + note.words.length];
  }

  level() {
    this.under.scrollTop = this.field.scrollTop;
  }

  pressed(event) {
    if (event.key !== "." || !(event.ctrlKey || event.metaKey)) return;
    this.take(this.querySelector(".coach-note:not([data-gone]) [name=coach_take]"), event);
  }

  take(button, event) {
    const place = button?.closest(".coach-note").place;
    if (!place) return;
    event.preventDefault();
    this.field.focus();
    this.field.setSelectionRange(...place);
    if (!document.execCommand("insertText", false, button.dataset.putIn)) {
      this.field.setRangeText(button.dataset.putIn, ...place, "end");
    }
    this.dispatchEvent(new CustomEvent("taken", { bubbles: true, detail: button.value }));
  }
}

function marked(words, places) {
  const pieces = [];
  let from = 0;
  for (const [start, end] of places.filter((one, n) => !n || one[0] >= places[n - 1][1])) {
    const mark = document.createElement("mark");
    mark.textContent = words.slice(start, end);
    pieces.push(words.slice(from, start), mark);
    from = end;
  }
  return [...pieces, `${words.slice(from)}\n`];
}

customElements.define("coach-marks", CoachMarks);
