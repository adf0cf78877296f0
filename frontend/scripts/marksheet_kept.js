// What is not yet acknowledged by the server, kept in the browser: keys of pupils and codes, never a name.

/** @typedef {import("./marksheet_saving.js").Change} Change */

export class Kept {
  /** @param {string} key  of the return and the person, so that nobody sends what somebody else typed */
  constructor(key) {
    this.key = `keystage-marksheet-${key}`;
    /** Whether the browser keeps anything. */
    this.works = true;
  }

  /** @returns {Change[]} */
  all() {
    return Object.values(this.#read());
  }

  /** @param {Change[]} changes */
  add(changes) {
    const kept = this.#read();
    for (const change of changes) kept[`${change.pupil}-${change.subject}`] = change;
    this.#write(kept);
  }

  /** @param {string[]} ids */
  remove(ids) {
    const kept = this.#read();
    for (const id of ids) delete kept[id];
    this.#write(kept);
  }

  /** Another page of the same person may have written meanwhile, so it is read each time. @returns {Record<string, Change>} */
  #read() {
    try {
      const found = JSON.parse(localStorage.getItem(this.key) ?? "{}");
      return Object.fromEntries(Object.entries(found).filter(([, change]) => isChange(change)));
    } catch {
      return {};
    }
  }

  /** @param {Record<string, Change>} kept */
  #write(kept) {
    try {
      if (Object.keys(kept).length) localStorage.setItem(this.key, JSON.stringify(kept));
      else localStorage.removeItem(this.key);
      this.works = true;
    } catch {
      this.works = false;
    }
  }
}

/** @param {any} found @returns {found is Change} */
function isChange(found) {
  const texts = [found?.pupil, found?.subject, found?.code, found?.how];
  return texts.every((each) => typeof each === "string") && Number.isInteger(found.version);
}
