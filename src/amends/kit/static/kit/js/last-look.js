// The last look before a letter leaves: the press of its form is held while somebody looks, and goes
// on unless there is something to hear. Never in the way: a second press always sends.
export class LastLook {
  // `look` answers true when the letter should wait for a second press.
  constructor(form, look) {
    this.form = form;
    this.look = look;
    form.addEventListener("htmx:confirm", (event) => this.confirmed(event));
    form.addEventListener("submit", (event) => this.submitted(event));
  }

  confirmed(event) {
    if (event.detail.elt === this.form) this.leaving(event, () => event.detail.issueRequest(true));
  }

  // A form that goes without htmx is stopped, looked at, and pressed again.
  submitted(event) {
    if (!this.form.hasAttribute("hx-post")) this.leaving(event, () => this.again(event.submitter));
  }

  again(button) {
    this.sure = true;
    this.form.requestSubmit(button);
  }

  async leaving(event, send) {
    if (this.sure || !this.form.elements.words.value.trim()) return;
    event.preventDefault();
    if (this.looking) return;
    this.looking = true;
    this.sure = await this.look();
    this.looking = false;
    if (!this.sure) send();
  }
}
