// The marksheet. Without this script the page is a plain form; with it, cells save themselves.
import { formatBlock } from "./marksheet_block.js";
import { Entry } from "./marksheet_entry.js";
import { startKeys } from "./marksheet_keys.js";
import { Kept } from "./marksheet_kept.js";
import { Moving } from "./marksheet_moving.js";
import { hearOthers } from "./marksheet_others.js";
import { Panel } from "./marksheet_panel.js";
import { Saving, idOf } from "./marksheet_saving.js";
import { Sheet } from "./marksheet_sheet.js";
import { startShowing } from "./marksheet_show.js";
import { Telling } from "./marksheet_telling.js";

/** @type {HTMLFormElement} */
const form = document.getElementById("marksheet");
/** @type {HTMLTableElement | null} */
const table = document.getElementById("ms-grid");
if (table) start(form.dataset);

/** @param {DOMStringMap} page */
function start(page) {
  let frame = 0;
  const sheet = new Sheet(table, JSON.parse(document.getElementById("ms-data").textContent));
  const kept = new Kept(`${page.return}-${page.person}`);
  const telling = new Telling(sheet, choose);
  const saving = new Saving({ url: page.cells, person: page.person, kept, onState: (state) => telling.show(state), onAnswer: take });
  const entry = new Entry(sheet, saving, telling);
  const panel = new Panel({ pick, fill, undo: () => entry.undo(), redo: () => entry.redo(), history: openHistory });
  const moving = new Moving(sheet, showWhere);
  startKeys({ table, sheet, entry, moving, showWhere, fill, openHistory });
  startShowing(sheet, !page.filtered, () => moving.reset());
  hearOthers({ url: page.cells, last: Number(page.last), sheet, saving, telling });

  table.addEventListener("copy", (event) => {
    const rows = moving.selected;
    if (!moving.corner || !event.clipboardData) return;
    event.clipboardData.setData("text/plain", formatBlock(rows.map((row) => row.map((cell) => cell.now))));
    event.preventDefault();
    telling.say(`${rows.length * rows[0].length} cells copied.`);
  });
  addEventListener("beforeunload", (event) => {
    if (moving.cell?.isBeingTyped) entry.commit(moving.cell);
    const isKept = saving.isStopped && kept.works;
    if ((saving.count && !isKept) || sheet.rejected.length) event.preventDefault();
  });
  addEventListener("pagehide", () => moving.cell?.isBeingTyped && entry.commit(moving.cell));
  table.addEventListener("mouseover", (event) => {
    const cell = sheet.cellOf(event.target);
    if (cell?.isClosed && !cell.shown.title) cell.shown.title = cell.reason;
  });
  // Somebody may have signed in again on another page.
  addEventListener("focus", () => saving.isStopped && saving.again());

  if (sheet.rows.some((row) => row.cells.some((cell) => cell.input))) {
    restore();
    telling.standing();
  }
  form.dataset.ready = "yes";
  // The heading of the table sticks below the bar, however high that is.
  new ResizeObserver(([{ borderBoxSize }]) => {
    form.style.setProperty("--ks-ms-bar", `${Math.floor(borderBoxSize[0].blockSize)}px`);
  }).observe(form.querySelector(".ks-ms-bar"));
  sheet.byId.get(location.hash.slice(1))?.shown.focus();

  /** Send what an earlier visit could not. */
  function restore() {
    const changes = kept.all();
    for (const change of changes) {
      const cell = sheet.find(change.pupil, change.subject);
      if (!cell?.input) continue;
      cell.wanted = change.code;
      cell.draw();
    }
    if (!changes.length) return;
    const count = changes.length === 1 ? "1 change was" : `${changes.length} changes were`;
    telling.note([`${count} kept on this computer from your last visit. Saving now.`]);
    saving.put(changes);
  }

  /** Take what the server says of a save. @param {any} answer */
  function take(answer) {
    for (const saved of answer.saved) {
      const cell = sheet.find(saved.pupil, saved.subject);
      if (!cell) continue;
      if (!saving.waiting.has(idOf(saved))) cell.wanted = undefined;
      cell.take(saved.code, saved.version);
    }
    for (const clash of answer.conflicts) {
      const cell = sheet.find(clash.pupil, clash.subject);
      if (!cell?.input) continue;
      const later = saving.waiting.get(idOf(clash));
      saving.waiting.delete(idOf(clash));
      cell.wanted = later?.code ?? clash.yours;
      cell.take(clash.theirs, clash.version);
      telling.clash(cell, { ...clash, yours: cell.wanted });
    }
    for (const refused of answer.refused) {
      const cell = sheet.find(refused.pupil, refused.subject);
      if (cell?.input) entry.reject(cell, refused.code, refused.words);
    }
    const strangers = [...answer.conflicts, ...answer.refused].filter((each) => !sheet.find(each.pupil, each.subject)?.input);
    if (strangers.length) {
      const whom = strangers.length === 1 ? "1 change" : `${strangers.length} changes`;
      telling.note([`${whom} could not be saved, for pupils who are not on this page. ${strangers[0].why ?? "Show everybody to choose."}`]);
    }
    telling.count(answer);
    if (moving.cell) showWhere(moving.cell);
  }

  /** Do as the person chose between two codes. @param {import("./marksheet_sheet.js").Cell} cell @param {boolean} useMine */
  function choose(cell, useMine) {
    const { yours, version } = cell.clash;
    telling.clash(cell, null);
    cell.wanted = useMine ? yours : undefined;
    cell.draw();
    if (useMine) saving.put([{ pupil: cell.row.key, subject: cell.subject, code: yours, version, how: "chosen" }]);
    else saving.drop(cell.id);
    cell.shown.focus();
  }

  /** @param {import("./marksheet_sheet.js").Cell} cell */
  function showWhere(cell) {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(() => showNow(cell));
  }

  /** @param {import("./marksheet_sheet.js").Cell} cell */
  function showNow(cell) {
    panel.show(cell, entry.emptyBelow(cell).length, moving.selected.flat().length);
  }

  /** Enter a code that was picked from the list, and go on to the next cell. @param {string} code */
  function pick(code) {
    const cells = moving.selected.flat().filter((cell) => cell.input && (!cell.isClosed || cell.code));
    if (!cells.length) return;
    entry.enter(cells.map((cell) => [cell, code]), cells.length > 1 ? "filled" : "typed");
    if (moving.corner) moving.cell.shown.focus();
    else moving.goToOpen(moving.cell, 1);
    showWhere(moving.cell);
  }

  function fill() {
    const { cell } = moving;
    if (!cell) return;
    if (cell.isBeingTyped) entry.commit(cell);
    if (moving.corner) entry.fillRows(moving.selected);
    else entry.fillBelow(cell);
    cell.shown.focus();
    showWhere(cell);
  }

  function openHistory() {
    if (moving.cell) location.assign(`${page.history}${moving.cell.row.key}/${moving.cell.subject}/`);
  }
}
