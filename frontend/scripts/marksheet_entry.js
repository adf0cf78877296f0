// Entering codes: one, or many at once; what cannot stand is refused at the cell and stays visible; all can be undone.
import { parseBlock } from "./marksheet_block.js";
import { tidy } from "./marksheet_codes.js";

/** @typedef {import("./marksheet_sheet.js").Cell} Cell */
/** @typedef {{cell: Cell, from: string, to: string}} Step */

export class Entry {
  /**
   * @param {import("./marksheet_sheet.js").Sheet} sheet
   * @param {import("./marksheet_saving.js").Saving} saving
   * @param {import("./marksheet_telling.js").Telling} telling
   */
  constructor(sheet, saving, telling) {
    this.sheet = sheet;
    this.saving = saving;
    this.telling = telling;
    /** @type {Step[][]} */
    this.done = [];
    /** @type {Step[][]} */
    this.undone = [];
  }

  /** Take what was typed in a cell. @param {Cell} cell @returns {boolean} whether it could be taken */
  commit(cell) {
    if (!cell.input || cell.input.value === (cell.rejected ?? cell.now)) return cell.rejected === undefined;
    return this.enter([[cell, cell.input.value]], "typed") === 0;
  }

  /** Put back what stood in a cell before it was typed in. @param {Cell} cell */
  restore(cell) {
    if (!cell.input) return;
    if (cell.rejected !== undefined) {
      cell.rejected = undefined;
      cell.setFault(this.sheet.whyNot(cell, cell.now));
      this.telling.standing();
    }
    cell.draw();
    cell.input.select();
  }

  /**
   * Enter codes. Those that cannot stand are shown with the reason, and not sent.
   * @param {[Cell, string][]} wanted
   * @param {string} how
   * @returns {number} how many could not be taken
   */
  enter(wanted, how) {
    /** @type {Step[]} */
    const steps = [];
    let refused = 0;
    for (const [cell, text] of wanted) {
      const code = tidy(text);
      const why = code === cell.now ? "" : this.sheet.whyNot(cell, code);
      if (why) {
        refused += 1;
        this.reject(cell, text, why);
        continue;
      }
      if (code !== cell.now) steps.push({ cell, from: cell.now, to: code });
      else if (cell.rejected !== undefined) cell.setFault("");
      cell.rejected = undefined;
      cell.draw();
    }
    if (refused === 1 && wanted.length === 1) this.telling.alert(this.#faultOf(wanted[0][0]));
    if (steps.length) {
      this.done.push(steps);
      this.undone = [];
      this.#apply(steps, how);
    }
    return refused;
  }

  /** Show that a code cannot be saved; what was typed stays. @param {Cell} cell @param {string} text @param {string} why */
  reject(cell, text, why) {
    cell.rejected = text;
    cell.wanted = this.saving.waiting.get(cell.id)?.code ?? this.saving.flying.get(cell.id)?.code;
    cell.draw();
    cell.setFault(why);
    this.telling.standing();
  }

  /** @param {Cell} cell */
  #faultOf(cell) {
    return document.getElementById(`${cell.id}-fault`)?.textContent ?? "";
  }

  /** @param {Step[]} steps @param {string} how */
  #apply(steps, how) {
    const changes = [];
    for (const { cell, to } of steps) {
      cell.rejected = undefined;
      cell.setFault("");
      cell.wanted = to;
      cell.draw();
      if (cell.clash) this.telling.clash(cell, { ...cell.clash, yours: to });
      else changes.push({ pupil: cell.row.key, subject: cell.subject, code: to, version: cell.version, how });
    }
    if (changes.length) this.saving.put(changes);
    this.telling.standing();
  }

  undo() {
    this.#back(this.done, this.undone, "Undone", "There is nothing to undo.");
  }

  redo() {
    this.#back(this.undone, this.done, "Done again", "There is nothing to do again.");
  }

  /** Turn the last steps of one pile around and put them on the other; what somebody else changed since stays. */
  #back(pile, other, word, nothing) {
    const last = pile.pop();
    if (!last) return this.telling.say(nothing);
    const steps = last
      .filter(({ cell, to }) => cell.now === to && cell.rejected === undefined && !cell.clash)
      .map(({ cell, from, to }) => ({ cell, from: to, to: from }))
      .filter(({ cell, to }) => cell.input && !this.sheet.whyNot(cell, to));
    const left = last.length - steps.length;
    if (steps.length) {
      other.push(steps);
      this.#apply(steps, "undone");
      if (steps.length === 1) steps[0].cell.input.focus();
    }
    const stays = left ? ` ${cells(left)} changed since, and left as ${left === 1 ? "it is" : "they are"}.` : "";
    this.telling.say(`${word}: ${cells(steps.length)}.${stays}`);
    return undefined;
  }

  /** Clear cells. @param {Cell[]} chosen */
  clear(chosen) {
    const open = chosen.filter((cell) => cell.input);
    this.enter(open.map((cell) => [cell, ""]), "typed");
    if (open.length > 1) this.telling.say(`${cells(open.length)} cleared.`);
  }

  /** Fill the rows of a selection from its first row. @param {Cell[][]} rows */
  fillRows(rows) {
    const [first, ...others] = rows;
    this.#fill(others.flatMap((row) => row.map((cell, at) => [cell, first[at].now])));
  }

  /** Fill the empty cells below a cell, to the end of its class. @param {Cell} cell */
  fillBelow(cell) {
    this.#fill(this.emptyBelow(cell).map((each) => [each, cell.now]));
  }

  /** The empty cells below a cell that take its code. @param {Cell} cell */
  emptyBelow(cell) {
    if (!cell.now || !cell.input || cell.rejected !== undefined) return [];
    const rows = this.sheet.shown.filter((row) => row.group === cell.row.group);
    return rows
      .slice(rows.indexOf(cell.row) + 1)
      .map((row) => row.cells[cell.column])
      .filter((each) => each.input && !each.now && !each.isClosed && each.rejected === undefined && !each.clash);
  }

  /** @param {[Cell, string][]} wanted */
  #fill(wanted) {
    const open = wanted.filter(([cell, code]) => code && cell.input && !cell.isClosed);
    this.enter(open, "filled");
    const skipped = wanted.length - open.length;
    this.telling.say(`${cells(open.length)} filled.${skipped ? ` ${cells(skipped)} skipped.` : ""}`);
  }

  /**
   * Enter a block from the clipboard, its first cell at a cell.
   * Blank cells of the block leave what is there; cells that take nothing are skipped and named.
   * @param {Cell} start
   * @param {string} text
   */
  paste(start, text) {
    const block = parseBlock(text);
    const rows = this.sheet.shown;
    const top = rows.indexOf(start.row);
    /** @type {[Cell, string][]} */
    const wanted = [];
    const skipped = [];
    let over = 0;
    block.forEach((line, down) =>
      line.forEach((code, right) => {
        if (!code.trim()) return;
        const cell = rows[top + down]?.cells[start.column + right];
        if (!cell) over += 1;
        else if (!cell.input || cell.isClosed) skipped.push(cell);
        else wanted.push([cell, code]);
      }),
    );
    const refused = this.enter(wanted, "pasted");
    this.telling.note(
      [
        `${cells(wanted.length - refused)} pasted.`,
        refused && `${cells(refused)} with a code that is not valid: marked in the table, and not saved.`,
        skipped.length && `Skipped, because nothing is entered there: ${named(skipped)}.`,
        over && `${cells(over)} of the block did not fit in the table, and ${over === 1 ? "was" : "were"} left over.`,
      ].filter(Boolean),
    );
  }
}

/** @param {number} count */
function cells(count) {
  return count === 1 ? "1 cell" : `${count} cells`;
}

/** @param {Cell[]} skipped */
function named(skipped) {
  const names = skipped.slice(0, 5).map((cell) => cell.label.replace(", ", " of "));
  return names.join("; ") + (skipped.length > 5 ? `; and ${skipped.length - 5} more` : "");
}
