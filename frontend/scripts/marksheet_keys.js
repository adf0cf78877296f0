// The keyboard, the pointer and the clipboard in the table: one listener for each, however many cells there are.

/** @typedef {import("./marksheet_sheet.js").Cell} Cell */

const ARROWS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

/**
 * @param {object} options
 * @param {HTMLTableElement} options.table
 * @param {import("./marksheet_sheet.js").Sheet} options.sheet
 * @param {import("./marksheet_entry.js").Entry} options.entry
 * @param {import("./marksheet_moving.js").Moving} options.moving
 * @param {(cell: Cell) => void} options.showWhere
 * @param {() => void} options.fill
 * @param {() => void} options.openHistory
 */
export function startKeys({ table, sheet, entry, moving, showWhere, openHistory }) {
  /** Whether the arrows move within the text of the cell. */
  let isInside = false;
  let wasInCell = false;

  table.addEventListener("focusin", (event) => {
    const cell = sheet.cellOf(event.target);
    if (cell?.shown === event.target) {
      moving.enter(cell);
      cell.input?.select();
    } else if (event.target instanceof HTMLAnchorElement) moving.enterLink(event.target);
  });
  table.addEventListener("focusout", (event) => {
    isInside = false;
    const cell = sheet.cellOf(event.target);
    if (cell?.shown === event.target) entry.commit(cell);
  });
  table.addEventListener("mousedown", (event) => {
    const cell = sheet.cellOf(event.target);
    if (!cell) return;
    wasInCell = document.activeElement === cell.shown;
    if (event.shiftKey && moving.cell && event.target === cell.shown) {
      event.preventDefault();
      moving.select(cell);
      showWhere(moving.cell);
    }
  });
  table.addEventListener("click", (event) => {
    const cell = sheet.cellOf(event.target);
    if (cell?.shown !== event.target || event.shiftKey) return;
    moving.select(null);
    if (wasInCell) isInside = true;
    else cell.input?.select();
  });
  table.addEventListener("paste", (event) => {
    const cell = sheet.cellOf(event.target);
    const text = event.clipboardData?.getData("text/plain") ?? "";
    const isBlock = /[\t\r\n]/.test(text.trimEnd()) || moving.corner;
    if (cell?.shown !== event.target || (!isBlock && isInside)) return;
    event.preventDefault();
    if (!text.trim()) return;
    const isOne = !/[\t\r\n]/.test(text.trim());
    if (isOne && moving.corner) entry.enter(moving.selected.flat().filter((each) => each.input && !each.isClosed).map((each) => [each, text]), "pasted");
    else if (isOne && cell.input) entry.enter([[cell, text]], "pasted");
    else entry.paste(topLeft(moving), text);
    cell.input?.select();
    showWhere(cell);
  });
  table.addEventListener("keydown", (event) => {
    if (event.isComposing || event.altKey || !(event.target instanceof HTMLElement)) return;
    const cell = sheet.cellOf(event.target);
    const isCell = cell?.shown === event.target;
    const isLink = event.target.closest(".ks-ms-more") !== null;
    if (!isCell && !isLink) return;
    if (moveBy(event, cell) || (isCell && actBy(event, cell))) event.preventDefault();
  });

  /** Move, where the key moves. @param {KeyboardEvent} event @param {Cell | undefined} cell @returns {boolean} */
  function moveBy(event, cell) {
    const arrow = ARROWS[event.key];
    const control = event.ctrlKey || event.metaKey;
    const isInText = isInside && !["ArrowUp", "ArrowDown"].includes(event.key);
    if (arrow && !isInText && !control) {
      if (event.shiftKey && cell) {
        moving.stretch(arrow[0], arrow[1]);
        showWhere(cell);
        entry.telling.say(selection(moving));
      } else moving.go(event.target, arrow[0], arrow[1]);
      return true;
    }
    if ((event.key === "Home" || event.key === "End") && !isInside && !event.shiftKey) {
      moving.goToEnd(event.target, event.key === "End", control);
      return true;
    }
    return false;
  }

  /** Do what the key does in a cell. @param {KeyboardEvent} event @param {Cell} cell @returns {boolean} */
  function actBy(event, cell) {
    if (event.ctrlKey || event.metaKey) return withControl(event, cell);
    switch (event.key) {
      case "Enter":
        entry.commit(cell);
        isInside = false;
        moving.goToOpen(cell, event.shiftKey ? -1 : 1);
        return true;
      case "Escape":
        isInside = false;
        entry.restore(cell);
        moving.select(null);
        showWhere(cell);
        return true;
      case "F2":
        isInside = true;
        cell.input?.setSelectionRange(cell.input.value.length, cell.input.value.length);
        return true;
      case "F4":
        openHistory();
        return true;
      case "Delete":
        if (isInside) return false;
        entry.clear(moving.selected.flat());
        return true;
      default:
        return false;
    }
  }

  /** @param {KeyboardEvent} event @param {Cell} cell @returns {boolean} */
  function withControl(event, cell) {
    switch (event.key.toLowerCase()) {
      case "z":
        if (cell.isBeingTyped) entry.restore(cell);
        else if (event.shiftKey) entry.redo();
        else entry.undo();
        break;
      case "y":
        entry.redo();
        break;
      case "d":
        entry.commit(cell);
        if (moving.corner) entry.fillRows(moving.selected);
        else copyFromAbove(cell);
        cell.input?.select();
        break;
      default:
        return false;
    }
    showWhere(cell);
    return true;
  }

  /** @param {Cell} cell */
  function copyFromAbove(cell) {
    const rows = sheet.shown;
    const above = rows[rows.indexOf(cell.row) - 1]?.cells[cell.column];
    if (above?.now && cell.input) entry.fillRows([[above], [cell]]);
    else entry.telling.say("There is no code above to copy.");
  }
}

/** @param {import("./marksheet_moving.js").Moving} moving @returns {Cell} */
function topLeft(moving) {
  return moving.selected[0][0];
}

/** @param {import("./marksheet_moving.js").Moving} moving */
function selection(moving) {
  const { length } = moving.selected.flat();
  return length === 1 ? "1 cell selected." : `${length} cells selected.`;
}
