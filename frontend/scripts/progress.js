// Keeps a page that shows work under way up to date, until the work is over. Without this a link asks for it again.
const WAIT = 2000;

if (part()?.dataset.progress === "under way") setTimeout(again, WAIT);

function part() {
  return document.querySelector("[data-progress]");
}

async function again() {
  const fresh = await fetched();
  if (fresh) show(fresh);
  if (part().dataset.progress === "under way") setTimeout(again, WAIT);
}

async function fetched() {
  try {
    const answer = await fetch(location.href, { credentials: "same-origin", headers: { "X-Background": "yes" } });
    if (!answer.ok || answer.redirected) return null;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    return page.querySelector("[data-progress]");
  } catch {
    return null; // without the network what is there stays there
  }
}

function show(fresh) {
  const held = part();
  const focused = held.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
  held.replaceWith(fresh);
  if (focused) [...fresh.querySelectorAll("a")].find((link) => link.getAttribute("href") === focused)?.focus();
  const told = document.querySelector("[data-progress-told]");
  if (told) told.textContent = fresh.dataset.progressWords;
}
