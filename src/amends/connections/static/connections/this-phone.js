// <this-phone key="…" worker="/desk/worker.js"><form>…</form><p data-say></p></this-phone>: asks the browser
// for leave, and says in plain words where that cannot be had.
const SAYS = {
  unsafe: "Phones can be told only where Amends is reached by https.",
  home: "On an iPhone or iPad, first put Amends on the Home Screen: Share, then Add to Home Screen. Open it from there and come back to this page.",
  never: "This browser cannot be told anything while Amends is closed. A messenger does the same; see below.",
  denied: "This browser was told never to show messages from Amends. Allow them in its settings for this site, then load this page again.",
  failed: "This browser did not give us leave. A messenger does the same; see below.",
};

class ThisPhone extends HTMLElement {
  connectedCallback() {
    this.button = this.querySelector("button");
    const trouble = this.trouble();
    this.say(trouble);
    this.button.hidden = Boolean(trouble);
    this.button.addEventListener("click", (event) => {
      event.preventDefault();
      this.ask().catch(() => this.say(Notification.permission === "denied" ? SAYS.denied : SAYS.failed));
    });
  }

  trouble() {
    if (!window.isSecureContext) return SAYS.unsafe;
    if (!("serviceWorker" in navigator && "PushManager" in window && "Notification" in window)) {
      return navigator.standalone === false ? SAYS.home : SAYS.never;
    }
    return Notification.permission === "denied" ? SAYS.denied : "";
  }

  async ask() {
    if ((await Notification.requestPermission()) !== "granted") throw new Error("no leave");
    await navigator.serviceWorker.register(this.getAttribute("worker"), { scope: "/desk/" });
    const { pushManager } = await navigator.serviceWorker.ready;
    const told = (await this.subscribed(pushManager)).toJSON();
    const form = this.querySelector("form");
    form.elements.endpoint.value = told.endpoint;
    form.elements.p256dh.value = told.keys.p256dh;
    form.elements.auth.value = told.keys.auth;
    form.requestSubmit();
  }

  async subscribed(manager) {
    const wanted = { userVisibleOnly: true, applicationServerKey: bytes(this.getAttribute("key")) };
    try {
      return await manager.subscribe(wanted);
    } catch (error) {
      if (error.name !== "InvalidStateError") throw error;
      await (await manager.getSubscription()).unsubscribe(); // of a key we have no more
      return manager.subscribe(wanted);
    }
  }

  say(words) {
    this.querySelector("[data-say]").textContent = words;
  }
}

function bytes(text) {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (sign) => sign.charCodeAt(0));
}

customElements.define("this-phone", ThisPhone);
