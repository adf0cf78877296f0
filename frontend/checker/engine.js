// The page's side of the worker: starts it, asks it, and ends it when a person has waited long enough.
export class Engine {
  constructor(told) {
    this.told = told;
    this.waiting = new Map();
    this.number = 0;
  }

  start() {
    let isModule = false;
    const options = {
      get type() {
        isModule = true;
        return "module";
      },
    };
    this.ready = new Promise((resolve, reject) => {
      this.worker = new Worker(new URL("./worker.js", import.meta.url), options);
      if (!isModule) reject(new Error("no module workers"));
      this.worker.onerror = (event) => {
        event.preventDefault();
        reject(new Error(event.message || "the worker could not be started"));
      };
      this.worker.onmessage = ({ data }) => {
        if (data.ready) resolve(data.ready);
        else if (data.failed) reject(new Error(data.failed));
        else if (data.id === undefined) this.told(data);
        else this.take(data);
      };
    });
    return this.ready;
  }

  take({ id, value, fault, isFatal }) {
    const { resolve, reject } = this.waiting.get(id);
    this.waiting.delete(id);
    if (fault === undefined) resolve(value);
    else reject(Object.assign(new Error(fault), { isFatal }));
  }

  async ask(action, more = {}) {
    await this.ready;
    const id = (this.number += 1);
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      this.worker.postMessage({ id, action, ...more });
    });
  }

  // Ends whatever is being done, and starts afresh from what the browser has kept.
  stop() {
    this.worker.terminate();
    for (const { reject } of this.waiting.values()) reject(Object.assign(new Error("Stopped."), { isStopped: true }));
    this.waiting.clear();
    return this.start();
  }
}
