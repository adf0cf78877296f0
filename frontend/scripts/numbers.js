// Keeps numbers up to date while a page stands open: asks every ten seconds whether anything has changed.
const WAIT = 10000;
const part = document.querySelector("[data-numbers]");
const said = document.querySelector("[data-numbers-said]");

if (part) setInterval(ask, WAIT);

async function ask() {
  if (document.hidden) return;
  const since = part.querySelector("[data-numbers-stamp]")?.dataset.numbersStamp ?? "";
  const url = new URL(part.dataset.numbers, location.href);
  url.searchParams.set("since", since);
  try {
    const answer = await fetch(url, {
      credentials: "same-origin",
      headers: { "X-Background": "yes" },
    });
    if (answer.status !== 200 || answer.redirected) return;
    put(await answer.text());
  } catch {
    // Without the network the page stays as it is; the next turn asks again.
  }
}

function put(html) {
  const focused = document.activeElement?.closest("[data-numbers]") ? document.activeElement.getAttribute("href") : null;
  const parsed = new DOMParser().parseFromString(html, "text/html");
  part.replaceChildren(...parsed.body.childNodes);
  if (focused) [...part.querySelectorAll("a")].find((link) => link.getAttribute("href") === focused)?.focus({ preventScroll: true });
  said.textContent = part.dataset.numbersWords ?? "The numbers have changed.";
}
