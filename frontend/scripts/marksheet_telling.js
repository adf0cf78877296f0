// What the page tells besides the cells: how saving stands, what is left, what the checks say, and choices to make.

/** @typedef {import("./marksheet_sheet.js").Cell} Cell */
/** @typedef {import("./marksheet_saving.js").Clash} Clash */
/** @typedef {import("./marksheet_saving.js").State} State */

/** @param {string} id @returns {HTMLElement} */
const byId = (id) => document.getElementById(id);

export class Telling {
  /**
   * @param {import("./marksheet_sheet.js").Sheet} sheet
   * @param {(cell: Cell, useMine: boolean) => void} onChoice
   */
  constructor(sheet, onChoice) {
    this.sheet = sheet;
    this.onChoice = onChoice;
    /** @type {State} */
    this.state = { kind: "saved", count: 0 };
    this.wasTold = "";
    byId("ms-state").addEventListener("click", (event) => this.#show(event.target));
    byId("ms-note").addEventListener("click", (event) => {
      if (event.target instanceof HTMLButtonElement) byId("ms-note").hidden = true;
    });
  }

  /** Say something politely to those who listen. @param {string} text */
  say(text) {
    const said = byId("ms-said");
    said.textContent = said.textContent === text ? `${text}\u00a0` : text;
  }

  /** Say something at once to those who listen. @param {string} text */
  alert(text) {
    byId("ms-alert").textContent = text;
  }

  /** Show sentences above the table until somebody takes them away. @param {string[]} sentences */
  note(sentences) {
    const note = byId("ms-note");
    note.replaceChildren(
      ...sentences.map((text) => make("p", "govuk-body", text)),
      make("button", "ks-ms-tool", "Close", { type: "button" }),
    );
    note.hidden = false;
    this.say(sentences.join(" "));
  }

  /** Show how saving stands. @param {State} state */
  show(state) {
    this.state = state;
    const words = wordsOf(state);
    if (state.kind !== this.wasTold && !["saved", "saving"].includes(state.kind)) this.alert(words);
    if (state.kind === "saved" && this.wasTold) this.say(words);
    if (state.kind !== "saving") this.wasTold = state.kind === "saved" ? "" : state.kind;
    this.standing();
  }

  /** Show how things stand: what is not saved, refused, or to be chosen. */
  standing() {
    const { kind } = this.state;
    const parts = [make("span", `ks-ms-${kind}`, wordsOf(this.state))];
    if (kind === "out" || kind === "stopped") {
      parts.push(make("a", "govuk-link", kind === "out" ? "Sign in again" : "Load the page again", { href: location.href }));
    }
    const { rejected, clashing } = this.sheet;
    if (rejected.length) parts.push(toShow("rejected", `${codes(rejected.length)} not accepted`));
    if (clashing.length) parts.push(toShow("clashing", `${cells(clashing.length)} to choose about`));
    byId("ms-state").replaceChildren(...parts);
  }

  /** @param {EventTarget | null} target */
  #show(target) {
    if (!(target instanceof HTMLElement) || !target.dataset.show) return;
    const [first] = target.dataset.show === "rejected" ? this.sheet.rejected : this.sheet.clashing;
    if (!first) return;
    first.row.isShown = true;
    first.shown.focus();
  }

  /** Show what is left and what the checks say. @param {any} answer */
  count(answer) {
    const { remaining, checks } = answer;
    byId("ms-total").textContent = remaining.total.toLocaleString("en-GB");
    for (const each of document.querySelectorAll("[data-left-of]")) {
      each.textContent = String(remaining.classes[each.dataset.leftOf] ?? 0);
    }
    byId("ms-checks").textContent = checks.words;
    for (const row of this.sheet.rows) row.setErrors(answer.errors[row.key] ?? 0);
    for (const link of document.querySelectorAll(".govuk-service-navigation__link")) {
      recount(link, "Marksheet", remaining.total ? `(${remaining.total} left)` : "");
      recount(link, "Checks", checks.errors ? `(${checks.errors} ${checks.errors === 1 ? "error" : "errors"})` : "");
    }
  }

  /** Let the person choose between two codes at a cell; null takes the choice away. @param {Cell} cell @param {Clash | null} clash */
  clash(cell, clash) {
    const isNew = clash !== null && cell.clash === undefined;
    cell.clash = clash ?? undefined;
    cell.setChoice(clash && this.#choice(cell, clash));
    if (isNew) this.alert(`${cell.label}: ${clash.words} Choose which to keep.`);
    this.standing();
  }

  /** @param {Cell} cell @param {Clash} clash */
  #choice(cell, clash) {
    const box = make("div", "ks-ms-clash", "", { role: "group", "aria-label": `Choose for ${cell.label}` });
    const keep = clash.theirs ? `Keep ${clash.theirs}` : "Keep it empty";
    const use = clash.yours ? `Use ${clash.yours}` : "Clear it";
    const subject = cell.subject[0].toUpperCase() + cell.subject.slice(1);
    const theirs = clash.words.slice(0, clash.words.lastIndexOf(" You "));
    const yours = clash.yours ? `You entered ${clash.yours}.` : "You took it out.";
    box.append(
      make("p", "", `${subject}: ${theirs} ${yours}`),
      make("button", "ks-ms-tool", keep, { type: "button" }),
      make("button", "ks-ms-tool", use, { type: "button" }),
    );
    const [keepButton, useButton] = box.querySelectorAll("button");
    keepButton.addEventListener("click", () => this.onChoice(cell, false));
    useButton.addEventListener("click", () => this.onChoice(cell, true));
    return box;
  }
}

/** @param {Element} link @param {string} name @param {string} rest */
function recount(link, name, rest) {
  const text = link.textContent.trim();
  if (text !== name && !text.startsWith(`${name} (`)) return;
  const words = `${name} ${rest}`.trim();
  if (text !== words) (link.querySelector("strong") ?? link).textContent = words;
}

/** @param {State} state */
export function wordsOf({ kind, count, why, at }) {
  const kept = `${changes(count)} kept on this computer`;
  switch (kind) {
    case "saving":
      return "Saving…";
    case "offline":
      return `No connection: ${kept}, trying again`;
    case "trouble":
      return `The service did not answer: ${kept}, trying again`;
    case "out":
      return `You are signed out: ${kept}.`;
    case "stopped":
      return `${why || "The service refused this page."} ${count ? `${kept[0].toUpperCase()}${kept.slice(1)}.` : ""}`.trim();
    default:
      return at ? `All changes saved at ${clock(at)}` : "Saved as you type";
  }
}

/** A time as the rest of the service writes it, by London's clocks. @param {Date} at */
export function clock(at) {
  const options = { timeZone: "Europe/London", hour: "numeric", minute: "2-digit", hourCycle: "h23" };
  const [hour, minute] = new Intl.DateTimeFormat("en-GB", options).format(at).split(":").map(Number);
  if (minute === 0 && hour % 12 === 0) return hour ? "midday" : "midnight";
  return `${hour % 12 || 12}${minute ? `:${String(minute).padStart(2, "0")}` : ""}${hour < 12 ? "am" : "pm"}`;
}

/** @param {number} count */
const changes = (count) => (count === 1 ? "1 change" : `${count} changes`);
/** @param {number} count */
const cells = (count) => (count === 1 ? "1 cell" : `${count} cells`);
/** @param {number} count */
const codes = (count) => (count === 1 ? "1 code" : `${count} codes`);

/** @param {string} what @param {string} text */
function toShow(what, text) {
  const button = make("button", "ks-link-button ks-ms-show", text, { type: "button" });
  button.dataset.show = what;
  return button;
}

/** @param {string} tag @param {string} className @param {string} text @param {Record<string, string>} attributes */
function make(tag, className, text, attributes = {}) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.textContent = text;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}
