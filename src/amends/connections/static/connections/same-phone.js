// On every page of the desk, once a sitting: a browser on which somebody said yes is told of again
// after they signed in anew. Whoever never said yes is asked nothing.
async function again() {
  if (globalThis.Notification?.permission !== "granted" || sessionStorage.getItem("same-phone")) return;
  const known = await navigator.serviceWorker?.getRegistration("/desk/");
  const subscription = await known?.pushManager?.getSubscription();
  if (!subscription) return;
  const headers = JSON.parse(document.querySelector("[hx-headers]").getAttribute("hx-headers"));
  const body = new URLSearchParams({ endpoint: subscription.endpoint });
  const answer = await fetch("/desk/settings/phones/again/", { method: "POST", headers, body });
  if (answer.ok) sessionStorage.setItem("same-phone", "yes");
}

again().catch(() => {});
