// The page that checks files: what is chosen, what is being done, and what came of it.
import { button, count, make, paragraph } from "./dom.js";
import { Engine } from "./engine.js";
import { FILES, SCRIPTS } from "./files.js";
import { save } from "./saving.js";
import { repairs, section, summary, verdict } from "./show.js";

const at = (id) => document.getElementById(id);
const OPEN_AT_ONCE = 10;
const REPAIRS_FOR = 20;
let given = [];
let answers = [];
let paths = [];
let leftAlone = 0;
let by = "fault";
let run = 0;

export const engine = new Engine(({ loaded, total, starting }) => {
  if (starting) at("ready-words").textContent = "Starting the checks. This takes some seconds.";
  if (loaded) progress(loaded, total);
});

function progress(loaded, total) {
  const mb = (bytes) => (bytes / 1e6).toFixed(1);
  at("ready-bar").max = total;
  at("ready-bar").value = loaded;
  at("ready-words").textContent = `Fetching the checks: ${mb(loaded)} of ${mb(total)} MB`;
}

function say(words) {
  at("status").textContent = words;
}

// -- getting ready -----------------------------------------------------------------------------------------------
function lacking() {
  if (typeof WebAssembly !== "object") return "WebAssembly";
  if (typeof Worker !== "function") return "workers";
  if (typeof DecompressionStream !== "function") return "DecompressionStream";
  return "";
}

async function getReady() {
  const missing = lacking();
  if (missing) {
    cannot(`It has no ${missing}.`);
    return;
  }
  at("cannot").hidden = true;
  at("checker").hidden = false;
  say("Getting the checks ready.");
  const isKept = await keeper();
  try {
    isReady(await engine.start(), isKept && (await allKept()));
  } catch (fault) {
    cannot(`It says: ${fault.message}.`);
  }
}

function cannot(why) {
  at("cannot-why").textContent = why;
  at("cannot").hidden = false;
  at("checker").hidden = true;
  say("This browser cannot run the checks.");
}

function isReady({ keystage, years, python }, isKept) {
  at("getting-ready").hidden = true;
  say(
    isKept
      ? "Ready. Nothing more is fetched from now on, and this page also opens without a network."
      : "Ready. Nothing more is fetched from now on.",
  );
  at("kept").textContent = isKept
    ? "The page is kept in this browser: it opens again without a network."
    : "This browser does not keep the page: to open it again, a network is needed.";
  at("about").hidden = false;
  at("version").textContent = keystage;
  at("python").textContent = python;
  at("years").textContent = years.map(({ year, draft }) => (draft ? `${year} (a draft)` : year)).join(", ");
  const select = at("year");
  if (select.options.length === 1) {
    for (const { year, draft } of years) select.append(make("option", { value: year }, draft ? `${year} (a draft)` : `${year}`));
  }
  document.documentElement.dataset.ready = isKept ? "kept" : "ready";
}

// What keeps the page for later. Where a browser has none, or not for this address, the page works without.
async function keeper() {
  if (!navigator.serviceWorker) return false;
  try {
    const registration = await navigator.serviceWorker.register("sw.js");
    offerNewer(registration);
    if (navigator.serviceWorker.controller) return true;
    const controlled = new Promise((resolve) => navigator.serviceWorker.addEventListener("controllerchange", () => resolve(true), { once: true }));
    return await Promise.race([controlled, new Promise((resolve) => setTimeout(resolve, 8_000, false))]);
  } catch {
    return false;
  }
}

async function allKept() {
  const names = [...FILES.map((file) => file.name), ...SCRIPTS];
  for (let tries = 0; tries < 20; tries += 1) {
    const found = await Promise.all(names.map((name) => caches.match(new URL(name, import.meta.url).href)));
    if (found.every(Boolean)) return true;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  return false;
}

function offerNewer(registration) {
  const show = () => {
    if (registration.waiting && navigator.serviceWorker.controller) at("newer").hidden = false;
  };
  show();
  registration.addEventListener("updatefound", () => registration.installing?.addEventListener("statechange", show));
  at("take-newer").addEventListener("click", () => {
    navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
    registration.waiting?.postMessage("take over");
  });
}

// -- checking ----------------------------------------------------------------------------------------------------
function choose(files) {
  given = [...files];
  const isNamedThere = given.length === 1 && at("files").files[0] === given[0];
  at("chosen").replaceChildren(...(isNamedThere ? [] : given.slice(0, 20)).map((file) => make("li", {}, file.name)));
  if (given.length > 20) at("chosen").append(make("li", {}, `and ${given.length - 20} more`));
}

function wrong(words, id = "files") {
  const link = make("a", { href: `#${id}` }, words);
  const box = make(
    "div",
    { class: "govuk-error-summary", tabindex: -1 },
    make("div", { role: "alert" }, make("h2", { class: "govuk-error-summary__title" }, "There is a problem"), make("div", { class: "govuk-error-summary__body" }, make("ul", { class: "govuk-list govuk-error-summary__list" }, make("li", {}, link)))),
  );
  at("problem").replaceChildren(box);
  box.focus();
}

async function check(files, register, previous) {
  const mine = (run += 1);
  answers = [];
  paths = [];
  leftAlone = 0;
  at("problem").replaceChildren();
  at("results").replaceChildren();
  busy(true);
  waitIfNeeded();
  try {
    const year = at("year").value ? Number(at("year").value) : null;
    const { faults } = await engine.ask("begin", { year, register, previous });
    if (faults.length) {
      wrong(faults[0], "previous");
      return;
    }
    for (const [index, file] of files.entries()) {
      say(files.length > 1 ? `Checking file ${index + 1} of ${files.length}: ${file.name}` : `Checking ${file.name}`);
      take(await engine.ask("check", { file }));
    }
    if (mine === run) await done();
  } catch (fault) {
    await broken(fault);
  } finally {
    if (mine === run) busy(false);
  }
}

function take({ path, answers: found }) {
  for (const answer of found) {
    if (answer.left_alone) {
      leftAlone += 1;
      continue;
    }
    answers.push(answer);
    paths.push(answer.not_checked || path.toLowerCase().endsWith(".zip") ? null : path);
  }
}

// Whatever goes wrong in what a button does is told, and never lost.
const told =
  (work) =>
  async (...words) => {
    try {
      await work(...words);
    } catch (fault) {
      await broken(fault);
    }
  };

async function broken(fault) {
  if (fault.isStopped) return;
  wrong(fault.message);
  say("The check ended early.");
  if (fault.isFatal) await restart();
}

async function restart() {
  at("getting-ready").hidden = false;
  at("ready-words").textContent = "Starting the checks again.";
  // What was found before can no longer be saved or repaired: it is not shown as if it could.
  at("results").replaceChildren();
  try {
    isReady(await engine.stop(), document.documentElement.dataset.ready === "kept");
  } catch (fault) {
    cannot(`It says: ${fault.message}.`);
  }
}

function waitIfNeeded() {
  if (!at("getting-ready").hidden) say("The checks are still being made ready. Yours starts by itself.");
}

function busy(isBusy) {
  at("check").disabled = isBusy;
  at("stop").hidden = !isBusy;
  at("results").setAttribute("aria-busy", isBusy);
}

async function done() {
  draw();
  const words = answers.length === 1 ? answers[0].shown?.words || "Not checked" : `${count(answers.length, "file")} checked`;
  say(`Checked. ${words}.`);
  at("results-title")?.focus();
  await offerRepairs();
  document.documentElement.dataset.checked = run;
}

function draw() {
  const title = make("h2", { class: "govuk-heading-l", id: "results-title", tabindex: -1 }, "What was found");
  const parts = [title];
  if (leftAlone) parts.push(paragraph(`${count(leftAlone, "other file was", "other files were")} left alone: neither a return nor a template.`));
  if (answers.length > 1) parts.push(summary(answers));
  if (!answers.length) parts.push(paragraph("There is nothing to check in what you chose."));
  parts.push(tools());
  parts.push(...answers.map((answer, index) => (index < OPEN_AT_ONCE ? section(answer, index, by) : later(answer, index))));
  at("results").replaceChildren(...parts);
}

// Beyond the first files a section is drawn once it is opened: a country's files do not fit on a page.
function later(answer, index) {
  const name = answer.not_checked || answer.file;
  const box = make("details", { class: "govuk-details", id: `file-${index}` });
  box.append(make("summary", { class: "govuk-details__summary" }, make("span", { class: "govuk-details__summary-text" }, `${name}: ${answer.shown?.words || "Not checked"}`)));
  box.addEventListener("toggle", () => box.children.length === 1 && box.append(section(answer, `${index}-open`, by)));
  return box;
}

function tools() {
  const saved = (form) =>
    told(async () => {
      const { name, bytes } = await engine.ask("saved", { form });
      save(name, bytes);
      say(`Saved ${name}.`);
    });
  const view = (kind, words) =>
    make("button", { type: "button", class: "govuk-button govuk-button--secondary", "aria-pressed": String(by === kind), onclick: told(() => turn(kind)) }, words);
  return make(
    "div",
    { class: "ks-check__tools ks-no-print" },
    make("div", { class: "govuk-button-group", role: "group", "aria-label": "How findings are shown" }, view("fault", "By fault"), view("pupil", "By pupil")),
    make("div", { class: "govuk-button-group", role: "group", "aria-label": "Save or print" }, button("Save as Excel", saved("xlsx")), button("Save as CSV", saved("csv")), button("Print", () => print())),
  );
}

async function turn(kind) {
  by = kind;
  draw();
  say(kind === "fault" ? "Findings are shown by fault." : "Findings are shown by pupil.");
  at("results").querySelector('.ks-check__tools [aria-pressed="true"]').focus();
  await offerRepairs();
}

async function offerRepairs() {
  for (const [index, path] of paths.slice(0, REPAIRS_FOR).entries()) {
    const place = at("results").querySelectorAll(".ks-check__section")[index]?.querySelector(".ks-check__repairs");
    const offer = path && place ? await engine.ask("repairs", { path }) : null;
    if (offer) place.replaceChildren(...repairs(offer, index, told((chosen, again) => repair(path, chosen, again))));
  }
}

async function repair(path, chosen, again) {
  const { name, bytes } = await engine.ask("repaired", { path, chosen });
  if (again) {
    at("files").value = "";
    choose([new File([bytes], name, { type: "application/xml" })]);
    await check(given, at("register").files[0] || null, at("previous").files[0] || null);
    return;
  }
  save(name, bytes);
  say(`Saved ${name} with the repairs you chose. The file you chose first was not changed.`);
}

// -- what a person does ------------------------------------------------------------------------------------------
function listen() {
  at("files").addEventListener("change", () => choose(at("files").files));
  at("form").addEventListener("submit", (event) => {
    event.preventDefault();
    if (!given.length) wrong("Choose a file to check");
    else check(given, at("register").files[0] || null, at("previous").files[0] || null);
  });
  at("stop").addEventListener("click", async () => {
    run += 1;
    busy(false);
    say("Stopped. Nothing was changed. The checks are being made ready again.");
    await restart();
  });
  at("example").addEventListener(
    "click",
    told(async () => {
      waitIfNeeded();
      const made = await engine.ask("example");
      at("files").value = "";
      choose([made.file]);
      await check([made.file], made.register, null);
    }),
  );
  const zone = at("drop");
  for (const kind of ["dragenter", "dragover"]) {
    zone.addEventListener(kind, (event) => {
      event.preventDefault();
      zone.classList.add("ks-check__drop--over");
    });
  }
  zone.addEventListener("dragleave", () => zone.classList.remove("ks-check__drop--over"));
  // A file that misses the place must not open in place of the page.
  for (const kind of ["dragover", "drop"]) addEventListener(kind, (event) => event.preventDefault());
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    zone.classList.remove("ks-check__drop--over");
    if (event.dataTransfer.files.length) {
      at("files").files = event.dataTransfer.files;
      choose(at("files").files);
    }
  });
  addEventListener("beforeprint", () => document.querySelectorAll("#results details").forEach((each) => (each.open = true)));
}

listen();
getReady();
