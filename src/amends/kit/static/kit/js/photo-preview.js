// <photo-preview><input type="file" multiple></photo-preview>: shows the chosen photos before they go.
class PhotoPreview extends HTMLElement {
  connectedCallback() {
    this.list = document.createElement("ul");
    this.append(this.list);
    this.addEventListener("change", (event) => this.show(event.target.files));
  }

  show(files) {
    this.list.replaceChildren(...[...files].map((file) => this.line(file)));
  }

  line(file) {
    const line = document.createElement("li");
    if (!file.type.startsWith("image/")) {
      line.textContent = file.name;
      return line;
    }
    const picture = document.createElement("img");
    picture.alt = file.name;
    picture.src = URL.createObjectURL(file);
    picture.addEventListener("load", () => URL.revokeObjectURL(picture.src));
    line.append(picture);
    return line;
  }
}

customElements.define("photo-preview", PhotoPreview);
