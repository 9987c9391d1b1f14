// <copy-text text="…"><button hidden>Copy the link</button></copy-text>: shown only where it works.
class CopyText extends HTMLElement {
  connectedCallback() {
    this.button = this.querySelector("button");
    this.button.hidden = !navigator.clipboard;
    this.button.addEventListener("click", () => this.copy());
  }

  async copy() {
    await navigator.clipboard.writeText(this.getAttribute("text"));
    const words = this.button.textContent;
    this.button.textContent = this.getAttribute("done") ?? "Copied";
    setTimeout(() => (this.button.textContent = words), 2000);
  }
}

customElements.define("copy-text", CopyText);
