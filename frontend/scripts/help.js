// A help thread that is live: new messages appear by themselves, and a message that could not be sent stays in its form.

const OFTEN = 4_000;
const SELDOM = 15_000;
const BEHIND = 60_000;
const QUIET_AFTER = 5 * 60_000;
const AWAY_AFTER = 10 * 60_000;

/** @param {string} id @returns {HTMLElement} */
const byId = (id) => document.getElementById(id);

const list = byId("help-messages");
const form = /** @type {HTMLFormElement | null} */ (byId("help-form"));
const url = list.dataset.news;
let last = list.dataset.last;
let newsAt = Date.now();
let touchedAt = Date.now();
let timer = 0;
let isAsking = false;

/** Ask what is new, and show it. */
async function ask() {
  if (isAsking) return;
  isAsking = true;
  clearTimeout(timer);
  try {
    // A page that nobody looks at keeps no session alive, and tells nobody that somebody is there.
    const isLooking = !document.hidden && Date.now() - touchedAt < AWAY_AFTER;
    const response = await fetch(`${url}?after=${last}${isLooking ? "&looking" : ""}`, {
      redirect: "manual",
      headers: { Accept: "application/json", ...(isLooking ? {} : { "X-Background": "yes" }) },
    });
    if (response.status === 200) show(await response.json());
    if (response.ok) live("New messages appear here by themselves.");
    else live(response.type === "opaqueredirect" ? "You are signed out. Sign in again to see new messages." : "New messages do not arrive just now.");
  } catch {
    live("No connection: new messages do not arrive just now.");
  } finally {
    isAsking = false;
    timer = setTimeout(ask, pause());
  }
}

/** How long to wait: a few seconds while somebody looks and something happens, longer otherwise. */
function pause() {
  if (document.hidden) return BEHIND;
  return Date.now() - newsAt > QUIET_AFTER ? SELDOM : OFTEN;
}

/** @param {{html: string, last: string, by: string[], standing: string}} news */
function show(news) {
  list.insertAdjacentHTML("afterbegin", news.html);
  last = news.last;
  newsAt = Date.now();
  byId("help-none").hidden = true;
  byId("help-standing").textContent = news.standing;
  if (news.by.length) byId("help-said").textContent = `New message from ${news.by.join(" and ")}.`;
}

/** @param {string} words */
function live(words) {
  const shown = byId("help-live");
  if (shown.textContent !== words) shown.textContent = words;
}

/** Send what stands in the form, and keep it there until it has arrived. @param {SubmitEvent} event */
async function send(event) {
  event.preventDefault();
  const text = /** @type {HTMLTextAreaElement} */ (form.elements.namedItem("text"));
  const key = /** @type {HTMLInputElement} */ (form.elements.namedItem("key"));
  const token = /** @type {HTMLInputElement} */ (form.elements.namedItem("csrfmiddlewaretoken"));
  if (form.dataset.sending) return;
  form.dataset.sending = "yes";
  fault("");
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": token.value },
      body: JSON.stringify({ text: text.value, key: key.value }),
    });
    const answer = await response.json();
    if (response.status === 201) {
      key.value = answer.next;
      text.value = "";
      byId("help-said").textContent = "Message sent.";
      await ask();
    } else fault(answer.why);
  } catch {
    fault("The message was not sent: there is no connection, or the service does not answer. Your text is kept here. Try again in a moment.");
  } finally {
    delete form.dataset.sending;
  }
}

/** @param {string} words */
function fault(words) {
  byId("help-fault").textContent = words;
  const text = /** @type {HTMLTextAreaElement} */ (form.elements.namedItem("text"));
  text.classList.toggle("govuk-textarea--error", Boolean(words));
  if (words) text.focus();
}

form?.addEventListener("submit", send);
for (const each of ["pointermove", "keydown", "scroll"]) {
  addEventListener(each, () => (touchedAt = Date.now()), { passive: true });
}
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) ask();
});
live("New messages appear here by themselves.");
timer = setTimeout(ask, OFTEN);
