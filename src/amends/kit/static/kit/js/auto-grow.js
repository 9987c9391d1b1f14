// <auto-grow><textarea></auto-grow>: the field grows with the words where CSS alone cannot do it.
class AutoGrow extends HTMLElement {
  connectedCallback() {
    if (CSS.supports("field-sizing", "content")) return;
    this.addEventListener("input", () => this.fit());
    this.fit();
  }

  fit() {
    const field = this.querySelector("textarea");
    field.style.blockSize = "auto";
    field.style.blockSize = `${field.scrollHeight + 2}px`;
  }
}

customElements.define("auto-grow", AutoGrow);
