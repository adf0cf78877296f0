// Moving about the table and selecting in it. One cell can be reached by Tab; the arrows do the rest.

/** @typedef {import("./marksheet_sheet.js").Cell} Cell */

const LAST_CODE = 3;
const LINK = 4;

export class Moving {
  /** @param {import("./marksheet_sheet.js").Sheet} sheet @param {(cell: Cell | null) => void} onMove */
  constructor(sheet, onMove) {
    this.sheet = sheet;
    this.onMove = onMove;
    /** The cell that the person is in, or was in last. @type {Cell | null} */
    this.cell = null;
    /** The other corner of the selection. @type {Cell | null} */
    this.corner = null;
    /** What can be reached by Tab. @type {HTMLElement | null} */
    this.stop = null;
    this.reset();
  }

  /** Let Tab reach the first cell that is open, or the first at all. */
  reset() {
    const cells = this.sheet.shown.flatMap((row) => row.cells);
    const first = cells.find((cell) => cell.input) ?? cells[0];
    if (first) this.#setStop(first.shown);
  }

  /** @param {HTMLElement} element */
  #setStop(element) {
    if (this.stop) this.stop.tabIndex = -1;
    element.tabIndex = 0;
    this.stop = element;
  }

  /** Note that the person is in a cell now. @param {Cell} cell */
  enter(cell) {
    this.#setStop(cell.shown);
    if (cell === this.cell && this.corner) return;
    this.cell = cell;
    this.select(null);
    this.onMove(cell);
  }

  /** Note that the person is at a row's link. @param {HTMLElement} link */
  enterLink(link) {
    this.#setStop(link);
    this.select(null);
  }

  /** Go some rows down and columns right. @param {HTMLElement} from @param {number} down @param {number} right */
  go(from, down, right) {
    const tr = from.closest("tr");
    const rows = this.sheet.shown;
    const at = rows.findIndex((row) => row.tr === tr);
    const column = from.closest("td").cellIndex - 1;
    const row = rows[clamp(at + down, rows.length - 1)];
    if (row) this.#focus(row, clamp(column + right, row.link.offsetParent ? LINK : LAST_CODE));
  }

  /** Go to the end of a row, or of the table. @param {HTMLElement} from @param {boolean} last @param {boolean} all */
  goToEnd(from, last, all) {
    const rows = this.sheet.shown;
    const here = rows.find((row) => row.tr === from.closest("tr"));
    const row = all ? rows.at(last ? -1 : 0) : here;
    if (row) this.#focus(row, last ? LAST_CODE : 0);
  }

  /** Go to the next cell of the column that takes a code; stay where there is none. @param {Cell} cell @param {1 | -1} way */
  goToOpen(cell, way) {
    const rows = this.sheet.shown;
    for (let at = rows.indexOf(cell.row) + way; at >= 0 && at < rows.length; at += way) {
      const next = rows[at].cells[cell.column];
      if (next.input) return this.#focus(rows[at], cell.column);
    }
    cell.input?.select();
    return undefined;
  }

  /** @param {import("./marksheet_sheet.js").Row} row @param {number} column */
  #focus(row, column) {
    const element = column === LINK ? row.link : row.cells[column].shown;
    element.focus({ preventScroll: true });
    element.closest("td").scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  /** Let the selection reach to a cell. @param {Cell | null} corner */
  select(corner) {
    if (!corner && !this.corner) return;
    for (const cell of this.selected.flat()) cell.shown.parentElement.classList.remove("ks-ms-selected");
    this.corner = corner === this.cell ? null : corner;
    if (!this.corner) return;
    for (const cell of this.selected.flat()) cell.shown.parentElement.classList.add("ks-ms-selected");
    this.corner.shown.scrollIntoView({ block: "nearest" });
  }

  /** Move the corner of the selection. @param {number} down @param {number} right */
  stretch(down, right) {
    const rows = this.sheet.shown;
    const from = this.corner ?? this.cell;
    if (!from) return;
    const row = rows[clamp(rows.indexOf(from.row) + down, rows.length - 1)];
    this.select(row.cells[clamp(from.column + right, LAST_CODE)]);
  }

  /** The selected cells, row by row: at least the one that the person is in. @returns {Cell[][]} */
  get selected() {
    if (!this.cell) return [];
    if (!this.corner) return [[this.cell]];
    const rows = this.sheet.shown;
    const [top, bottom] = [this.cell, this.corner].map((cell) => rows.indexOf(cell.row)).sort((a, b) => a - b);
    const [left, right] = [this.cell.column, this.corner.column].sort((a, b) => a - b);
    return rows.slice(Math.max(top, 0), bottom + 1).map((row) => row.cells.slice(left, right + 1));
  }
}

/** @param {number} value @param {number} most */
function clamp(value, most) {
  return Math.max(0, Math.min(value, most));
}
