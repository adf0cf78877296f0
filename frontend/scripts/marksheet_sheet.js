// The cells of the marksheet as the page has them, and what is shown at each: its code, its fault, a choice to make.
import { whyNot } from "./marksheet_codes.js";

export const SUBJECTS = ["reading", "writing", "maths", "science"];

/** One cell. `input` is what can be typed in; a cell that can only be read has none. */
export class Cell {
  /** @param {HTMLElement} shown @param {Row} row @param {number} column @param {string[]} reasons */
  constructor(shown, row, column, reasons) {
    this.shown = shown;
    this.row = row;
    this.column = column;
    this.id = shown.id;
    this.subject = SUBJECTS[column];
    this.input = shown instanceof HTMLInputElement ? shown : null;
    const parts = this.input ? this.input.name.split(".") : [];
    /** The version that the server has of it. */
    this.version = Number(parts[2] ?? 0);
    /** The code that the server has. */
    this.code = this.input ? parts.slice(3).join(".") : shown.matches(".ks-ms-still") ? shown.textContent.trim() : "";
    /** The code that is on its way. @type {string | undefined} */
    this.wanted = undefined;
    /** What was typed and cannot be saved. @type {string | undefined} */
    this.rejected = undefined;
    /** What somebody else entered meanwhile. @type {import("./marksheet_saving.js").Clash | undefined} */
    this.clash = undefined;
    this.isClosed = shown.matches(".ks-ms-shut, [data-closed]");
    this.isRequired = shown.getAttribute("aria-required") === "true";
    /** Why a judgement is wanted here, or not. */
    this.reason = "why" in shown.dataset ? reasons[Number(shown.dataset.why)] : shown.lastElementChild.textContent;
    shown.tabIndex = -1;
  }

  /** The code as the person left it. */
  get now() {
    return this.wanted ?? this.code;
  }

  /** What is typed and not yet taken. */
  get isBeingTyped() {
    return this.input !== null && this.input === document.activeElement && this.input.value !== (this.rejected ?? this.now);
  }

  /** The subject and the pupil. */
  get label() {
    return this.input?.getAttribute("aria-label") ?? `${this.subject[0].toUpperCase()}${this.subject.slice(1)}, ${this.row.name}`;
  }

  /** Show the code as it stands. */
  draw() {
    if (this.input) {
      this.input.value = this.rejected ?? this.now;
      this.input.name = [this.row.key, this.subject, this.version, this.code].join(".");
    } else if (this.shown.matches(".ks-ms-still")) this.shown.textContent = this.now;
    this.shown.classList.toggle("ks-ms-waiting", this.wanted !== undefined);
  }

  /** Take what the server has. @param {string} code @param {number} version */
  take(code, version) {
    this.code = code;
    this.version = version;
    if (!this.isBeingTyped) this.draw();
  }

  /** Say what is wrong here; nothing where nothing is. @param {string} why */
  setFault(why) {
    this.#say("fault", why ? faultLine(this.subject, why) : null);
    if (!this.input) return;
    if (why) this.input.setAttribute("aria-invalid", "true");
    else this.input.removeAttribute("aria-invalid");
  }

  /** Show a choice between two codes, or take it away. @param {HTMLElement | null} choice */
  setChoice(choice) {
    this.#say("clash", choice);
    this.shown.classList.toggle("ks-ms-clashing", choice !== null);
  }

  /** Put a line under the pupil's row, in place of the one of its kind. @param {string} kind @param {HTMLElement | null} line */
  #say(kind, line) {
    const id = `${this.id}-${kind}`;
    document.getElementById(id)?.remove();
    if (line) {
      line.id = id;
      this.row.lines(true).append(line);
    } else {
      const under = this.row.lines(false);
      if (under && !under.childElementCount) under.parentElement.remove();
    }
    const about = ["fault", "clash"].map((each) => `${this.id}-${each}`).filter((each) => document.getElementById(each));
    if (about.length) this.shown.setAttribute("aria-describedby", about.join(" "));
    else this.shown.removeAttribute("aria-describedby");
  }
}

/** @param {string} subject @param {string} why */
function faultLine(subject, why) {
  const line = document.createElement("p");
  line.className = "govuk-error-message";
  line.innerHTML = '<span class="govuk-visually-hidden">Error:</span> ';
  line.append(`${subject[0].toUpperCase()}${subject.slice(1)}: ${why}`);
  return line;
}

/** One pupil. */
export class Row {
  /** @param {HTMLTableRowElement} tr @param {string[]} reasons */
  constructor(tr, reasons) {
    this.tr = tr;
    this.key = tr.dataset.p;
    this.group = tr.parentElement;
    this.name = tr.querySelector(".ks-ms-name").textContent;
    this.cells = SUBJECTS.map((_, column) => new Cell(tr.cells[column + 1].firstElementChild, this, column, reasons));
    /** @type {HTMLAnchorElement} */
    this.link = tr.cells[5].querySelector("a");
    this.link.tabIndex = -1;
  }

  /** Whether the pupil is shown. */
  get isShown() {
    return !this.tr.hidden;
  }

  set isShown(yes) {
    this.tr.hidden = !yes;
    const under = this.lines(false);
    if (under) under.parentElement.hidden = !yes;
  }

  get isMissing() {
    return this.cells.some((cell) => cell.isRequired && !cell.now);
  }

  get isWrong() {
    return Boolean(this.tr.dataset.errors) || this.cells.some((cell) => cell.shown.hasAttribute("aria-invalid"));
  }

  /** Say how many errors the checks find. @param {number} count */
  setErrors(count) {
    if (Number(this.tr.dataset.errors ?? 0) === count) return;
    let mark = this.tr.querySelector(".ks-ms-errors");
    if (!count) {
      mark?.remove();
      delete this.tr.dataset.errors;
      return;
    }
    if (!mark) {
      mark = document.createElement("span");
      mark.className = "ks-ms-errors";
      this.tr.cells[0].append(mark);
    }
    mark.textContent = count === 1 ? "1 error" : `${count} errors`;
    this.tr.dataset.errors = String(count);
  }

  /** The place for lines under the row. @param {boolean} make @returns {HTMLElement | null} */
  lines(make) {
    const next = this.tr.nextElementSibling;
    if (next?.matches(".ks-ms-say")) return next.firstElementChild;
    if (!make) return null;
    const made = document.createElement("tr");
    made.className = "ks-ms-say";
    made.innerHTML = '<td colspan="6"></td>';
    this.tr.after(made);
    return made.firstElementChild;
  }
}

/** The whole table. */
export class Sheet {
  /**
   * @param {HTMLTableElement} table
   * @param {{codes: Record<string, import("./marksheet_codes.js").SubjectCodes>, reasons: string[]}} data
   */
  constructor(table, { codes, reasons }) {
    this.table = table;
    this.codes = codes;
    this.rows = [...table.querySelectorAll("tr[data-p]")].map((tr) => new Row(tr, reasons));
    /** @type {Map<string, Cell>} */
    this.byId = new Map(this.rows.flatMap((row) => row.cells.map((cell) => [cell.id, cell])));
  }

  /** The rows that are shown, in order. */
  get shown() {
    return this.rows.filter((row) => row.isShown);
  }

  /** @param {string} pupil @param {string} subject */
  find(pupil, subject) {
    return this.byId.get(`${pupil}-${subject}`);
  }

  /** The cell that an element belongs to. @param {EventTarget | null} element */
  cellOf(element) {
    return element instanceof Element ? this.byId.get(element.closest("td")?.firstElementChild?.id ?? "") : undefined;
  }

  /** Why a code cannot stand in a cell; nothing where it can. @param {Cell} cell @param {string} code */
  whyNot(cell, code) {
    if (code && cell.isClosed) return `${cell.reason} Clear it.`;
    return whyNot(this.codes[cell.subject], cell.subject, code);
  }

  /** The cells whose text cannot be saved. */
  get rejected() {
    return [...this.byId.values()].filter((cell) => cell.rejected !== undefined);
  }

  /** The cells for which somebody must choose. */
  get clashing() {
    return [...this.byId.values()].filter((cell) => cell.clash);
  }
}
