// Beside the table: the cell that the person is in, the codes of its subject, and tools for those without a keyboard.

/** @typedef {import("./marksheet_sheet.js").Cell} Cell */

/** @param {string} id @returns {HTMLElement} */
const byId = (id) => document.getElementById(id);

export class Panel {
  /** @param {{pick: (code: string) => void, fill: () => void, undo: () => void, redo: () => void, history: () => void}} does */
  constructor(does) {
    this.panel = byId("ms-panel");
    for (const line of this.panel.querySelectorAll("li[data-code]")) {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...line.childNodes);
      button.addEventListener("click", () => does.pick(line.dataset.code));
      line.append(button);
    }
    for (const name of ["fill", "undo", "redo", "history"]) byId(`ms-${name}`).addEventListener("click", does[name]);
    const meanings = byId("ms-meanings");
    meanings.addEventListener("click", () => {
      const isShown = this.panel.classList.toggle("ks-ms-panel--whole");
      meanings.setAttribute("aria-pressed", String(isShown));
    });
    // A pointer leaves the cell where it is, so that what is typed there is not taken for finished.
    this.panel.addEventListener("pointerdown", (event) => {
      if (event.target instanceof Element && event.target.closest("button")) event.preventDefault();
    });
    this.panel.addEventListener("mousedown", (event) => {
      if (event.target instanceof Element && event.target.closest("button")) event.preventDefault();
    });
  }

  /** Show where the person is. @param {Cell} cell @param {number} below  empty cells that its code could fill @param {number} selected */
  show(cell, below, selected) {
    byId("ms-here").hidden = false;
    byId("ms-where").textContent = selected > 1 ? `${selected} cells selected` : cell.label;
    byId("ms-reason").textContent = selected > 1 ? "" : `${stateOf(cell)} ${cell.reason ?? ""}`.trim();
    const fill = byId("ms-fill");
    fill.disabled = selected < 2 && !below;
    fill.textContent =
      selected < 2 && below ? `Fill ${below === 1 ? "the empty cell" : `the ${below} empty cells`} below with ${cell.now}` : "Fill down";
    for (const section of this.panel.querySelectorAll("[data-subject]")) {
      section.hidden = section.dataset.subject !== cell.subject;
    }
  }
}

/** @param {Cell} cell */
function stateOf(cell) {
  if (cell.isClosed) return "";
  if (!cell.input) return "To read only.";
  return cell.isRequired ? "" : "May be left empty.";
}
