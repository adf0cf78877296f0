// Saving: one request at a time; what is not yet acknowledged is kept on this computer, and sent again until it is.

/**
 * What a cell shall hold, and the version of it that the person saw.
 * @typedef {{pupil: string, subject: string, code: string, version: number, how: string}} Change
 */
/**
 * What somebody else entered in a cell meanwhile.
 * @typedef {{pupil: string, subject: string, yours: string, theirs: string, by: string, when: string, version: number, is_yours: boolean, words: string}} Clash
 */
/**
 * How saving stands, for the person.
 * @typedef {{kind: "saved" | "saving" | "offline" | "trouble" | "out" | "stopped", count: number, why?: string, at?: Date}} State
 */

const MOST = 2000;
const LONGEST_WAIT = 30_000;
const PATIENCE = 20_000;

export class Saving {
  /**
   * @param {object} options
   * @param {string} options.url
   * @param {string} options.person  the key of whoever types
   * @param {import("./marksheet_kept.js").Kept} options.kept
   * @param {(state: State) => void} options.onState
   * @param {(answer: any) => void} options.onAnswer
   */
  constructor({ url, person, kept, onState, onAnswer }) {
    this.url = url;
    this.person = person;
    this.kept = kept;
    this.onState = onState;
    this.onAnswer = onAnswer;
    /** @type {Map<string, Change>} */
    this.waiting = new Map();
    /** @type {Map<string, Change>} */
    this.flying = new Map();
    /** Codes that were sent without an answer: the server may have them. @type {Map<string, Set<string>>} */
    this.unanswered = new Map();
    this.tries = 0;
    this.timer = 0;
    this.isStopped = false;
    this.isBusy = false;
    addEventListener("online", () => this.again());
  }

  /** How many cells are not saved. */
  get count() {
    return new Set([...this.waiting.keys(), ...this.flying.keys()]).size;
  }

  /** Save a change as soon as may be. @param {Change[]} changes */
  put(changes) {
    for (const change of changes) this.waiting.set(idOf(change), change);
    this.kept.add(changes);
    if (!this.timer) this.#send();
  }

  /** Forget a change that is no longer wanted. @param {string} id */
  drop(id) {
    this.waiting.delete(id);
    this.kept.remove([id]);
  }

  /** Try again now. */
  again() {
    clearTimeout(this.timer);
    this.timer = 0;
    this.isStopped = false;
    this.#send();
  }

  async #send() {
    if (this.isBusy || this.isStopped) return;
    if (!this.waiting.size) {
      this.onState({ kind: "saved", count: 0, at: this.savedAt });
      return;
    }
    this.isBusy = true;
    this.#take();
    if (!this.tries) this.onState({ kind: "saving", count: this.count });
    const next = await this.#ask();
    this.isBusy = false;
    if (next === "again") this.#send();
    else if (next === "later") this.#wait();
  }

  /** Take what can go in one request: one way of entering, no more than the server takes. */
  #take() {
    const how = this.waiting.values().next().value.how;
    for (const [id, change] of this.waiting) {
      if (change.how !== how || this.flying.size >= MOST) continue;
      this.flying.set(id, change);
      this.waiting.delete(id);
    }
  }

  /** Put back what did not arrive; a later change of the same cell stands. @param {boolean} mayHaveArrived */
  #putBack(mayHaveArrived) {
    const later = this.waiting;
    this.waiting = new Map(this.flying);
    for (const [id, change] of this.flying) {
      if (mayHaveArrived) this.unanswered.set(id, (this.unanswered.get(id) ?? new Set()).add(change.code));
    }
    for (const [id, change] of later) this.waiting.set(id, change);
    this.flying.clear();
  }

  /** @returns {Promise<"again" | "later" | "stop">} */
  async #ask() {
    const changes = [...this.flying.values()];
    let response;
    try {
      response = await fetch(this.url, {
        method: "POST",
        redirect: "manual",
        headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": token() },
        body: JSON.stringify({
          changes: changes.map(({ how, ...change }) => change),
          how: changes[0].how,
          person: this.person,
        }),
        signal: AbortSignal.timeout(PATIENCE),
      });
      if (response.ok) return this.#answered(await response.json());
    } catch {
      this.#putBack(true);
      return this.#fail({ kind: "offline", count: this.count });
    }
    this.#putBack(response.status >= 500);
    if (response.status >= 500 || response.status === 429) return this.#fail({ kind: "trouble", count: this.count });
    const why = await whyOf(response);
    this.isStopped = true;
    const isOut = response.type === "opaqueredirect" || response.status === 401 || (response.status === 403 && !why);
    this.onState({ kind: isOut ? "out" : "stopped", count: this.count, why });
    return "stop";
  }

  /** @param {State} state @returns {"later"} */
  #fail(state) {
    this.tries += 1;
    this.onState(state);
    return "later";
  }

  #wait() {
    const wait = Math.min(LONGEST_WAIT, 1000 * 2 ** (this.tries - 1)) * (0.8 + 0.4 * Math.random());
    this.timer = setTimeout(() => {
      this.timer = 0;
      this.#send();
    }, wait);
  }

  /** @param {any} answer @returns {"again"} */
  #answered(answer) {
    this.tries = 0;
    this.savedAt = new Date();
    for (const saved of answer.saved) {
      const id = idOf(saved);
      const later = this.waiting.get(id);
      if (later) this.waiting.set(id, { ...later, version: saved.version });
      this.unanswered.delete(id);
    }
    answer.conflicts = answer.conflicts.filter((clash) => !this.#isOwnEcho(clash));
    this.kept.remove([...answer.saved, ...answer.refused].map(idOf));
    if (this.waiting.size) this.kept.add([...this.waiting.values()]);
    this.flying.clear();
    this.onAnswer(answer);
    return "again";
  }

  /** Send again what only clashes with an earlier code of one's own, whose answer was lost. @param {Clash} clash */
  #isOwnEcho(clash) {
    const id = idOf(clash);
    if (!clash.is_yours || !this.unanswered.get(id)?.has(clash.theirs)) return false;
    const latest = this.waiting.get(id) ?? this.flying.get(id);
    this.waiting.set(id, { ...latest, version: clash.version });
    this.unanswered.delete(id);
    return true;
  }
}

/** @param {{pupil: string, subject: string}} place */
export function idOf({ pupil, subject }) {
  return `${pupil}-${subject}`;
}

/** The token that shows the request is ours; signing in again gives another one. */
function token() {
  const cookie = document.cookie.split("; ").find((each) => each.startsWith("keystage_csrf="));
  return cookie?.split("=")[1] ?? document.querySelector("[name=csrfmiddlewaretoken]").value;
}

/** What the server says of a refusal; nothing where it says nothing of its own. @param {Response} response */
async function whyOf(response) {
  try {
    return (await response.json()).why ?? "";
  } catch {
    return "";
  }
}
