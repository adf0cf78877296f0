// What others change meanwhile: asked for every few seconds while the page is looked at, and shown where nobody types.

const EVERY = 7_000;

/**
 * @param {object} options
 * @param {string} options.url
 * @param {number} options.last  the event up to which the page knows
 * @param {import("./marksheet_sheet.js").Sheet} options.sheet
 * @param {import("./marksheet_saving.js").Saving} options.saving
 * @param {import("./marksheet_telling.js").Telling} options.telling
 * @returns {() => Promise<void>} asks at once
 */
export function hearOthers({ url, last, sheet, saving, telling }) {
  let known = last;
  let isAsking = false;
  const ask = async () => {
    if (document.hidden || isAsking || saving.isStopped) return;
    isAsking = true;
    try {
      const response = await fetch(`${url}?since=${known}`, { redirect: "manual", headers: { Accept: "application/json", "X-Background": "yes" } });
      if (!response.ok) return;
      const answer = await response.json();
      known = answer.last;
      if (answer.reload) tellToLoad(telling);
      else if (answer.changes.length) merge(answer);
    } catch {
      // No connection, or not now: the next time will tell.
    } finally {
      isAsking = false;
    }
  };
  const merge = (answer) => {
    const by = new Set();
    let count = 0;
    for (const change of answer.changes) {
      const cell = sheet.find(change.pupil, change.subject);
      const isMine = !cell || cell.wanted !== undefined || cell.clash || cell.rejected !== undefined || cell.isBeingTyped;
      if (isMine || (cell.input && change.version <= cell.version) || cell.code === change.code) continue;
      cell.take(change.code, change.version);
      cell.setFault(sheet.whyNot(cell, change.code));
      freshen(cell.shown);
      by.add(change.by);
      count += 1;
    }
    telling.count(answer);
    if (count) telling.say(`${[...by].join(" and ")} changed ${count === 1 ? "1 cell" : `${count} cells`}.`);
  };
  setInterval(ask, EVERY);
  document.addEventListener("visibilitychange", ask);
  return ask;
}

/** Mark a cell for a moment. @param {HTMLElement} shown */
function freshen(shown) {
  shown.classList.add("ks-ms-fresh");
  setTimeout(() => shown.classList.remove("ks-ms-fresh"), 5_000);
}

/** @param {import("./marksheet_telling.js").Telling} telling */
function tellToLoad(telling) {
  telling.note(["The pupils on this sheet, or what they owe, have changed. Load the page again to see it."]);
}
