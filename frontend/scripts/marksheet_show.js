// Which pupils are shown. Where the whole sheet is on the page it is done here, at once; otherwise the server is asked.

/** @param {import("./marksheet_sheet.js").Sheet} sheet @param {boolean} isWhole @param {() => void} onShow */
export function startShowing(sheet, isWhole, onShow) {
  /** @type {HTMLFormElement} */
  const form = document.getElementById("ms-filters");
  if (!isWhole) {
    form.addEventListener("change", (event) => {
      if (event.target instanceof HTMLSelectElement) form.requestSubmit();
    });
    return;
  }
  const show = () => {
    const asked = new FormData(form);
    const group = asked.get("class") ?? "";
    const kind = asked.get("show");
    const words = fold(String(asked.get("q"))).split(/\s+/).filter(Boolean);
    let count = 0;
    for (const row of sheet.rows) {
      const name = fold(row.name);
      row.isShown =
        (!group || (row.group.dataset.class || "-") === group) &&
        (kind !== "missing" || row.isMissing) &&
        (kind !== "errors" || row.isWrong) &&
        words.every((word) => name.includes(word));
      count += Number(row.isShown);
    }
    for (const body of sheet.table.tBodies) body.hidden = !body.querySelector("tr[data-p]:not([hidden])");
    sheet.table.tHead.hidden = !count;
    document.getElementById("ms-nobody").hidden = count > 0;
    onShow();
  };
  form.addEventListener("input", show);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    show();
  });
  form.querySelector("button").hidden = true;
  if ([...new FormData(form).values()].some(Boolean)) show();
}

/** A name without accents and in small letters, so that “Zoe” finds “Zoë”. @param {string} text */
export function fold(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}
