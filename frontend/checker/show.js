// Draws what the checks say of one file.
import { button, count, details, list, make, paragraph } from "./dom.js";

const FIRST = ["School", "Pupils"];
const TAGS = { errors: "red", unreadable: "red", queries: "yellow", clean: "green" };

// The section on one file; `by` is how findings are put together: "fault" or "pupil".
export function section(answer, index, by) {
  const title = make("h2", { class: "govuk-heading-l ks-check__file", id: `file-${index}`, tabindex: -1 });
  if (answer.not_checked) {
    title.append(answer.not_checked);
    return make("section", { class: "ks-check__section", "aria-labelledby": `file-${index}` }, title, verdict("unreadable", "Not checked"), paragraph(answer.why));
  }
  const { shown } = answer;
  title.append(answer.file);
  return make(
    "section",
    { class: "ks-check__section", "aria-labelledby": `file-${index}` },
    title,
    verdict(shown.verdict, shown.words),
    facts(answer),
    ...shown.notes.map((note) => make("div", { class: "govuk-inset-text" }, note)),
    ...shown.severities.filter((each) => each.count).map((each) => severity(each, by)),
    changed(answer.changed),
    make("div", { class: "ks-check__repairs" }),
    made(shown),
  );
}

export function verdict(kind, words) {
  return make("p", { class: `ks-check__verdict ks-check__verdict--${kind}` }, words);
}

export function tag(answer) {
  const [kind, words] = answer.not_checked ? ["unreadable", "Not checked"] : [answer.shown.verdict, answer.shown.words];
  return make("strong", { class: `govuk-tag govuk-tag--${TAGS[kind]} ks-check__tag` }, words);
}

function facts({ about, shown }) {
  const rows = [];
  const more = (about?.facts ?? []).filter(([key]) => !FIRST.includes(key));
  if (about) rows.push(["What it is", about.what], ...about.facts.filter(([key]) => FIRST.includes(key)));
  else if (shown.pupils !== null) rows.push(["School", shown.school || "not known"], ["Pupils", shown.pupils.toLocaleString("en-GB")]);
  if (shown.year !== null && shown.pupils !== null) rows.push(["Checked for", `the summer of ${shown.year}`]);
  if (shown.expected) rows.push(["Expected numbers", shown.expected]);
  if (!rows.length) return null;
  const rest = more.length ? details("More about the file", listed(more)) : null;
  return make("div", { class: "ks-check__facts" }, listed(rows), rest);
}

function listed(rows) {
  return make(
    "dl",
    { class: "govuk-summary-list" },
    ...rows.map(([key, value]) =>
      make(
        "div",
        { class: "govuk-summary-list__row" },
        make("dt", { class: "govuk-summary-list__key" }, key),
        make("dd", { class: "govuk-summary-list__value" }, value),
      ),
    ),
  );
}

function severity(each, by) {
  const groups = by === "fault" ? each.faults.map(fault) : [...each.pupils.map(pupil), leftOut(each.pupils_left_out, "pupils")];
  return make(
    "div",
    { class: `ks-check__severity ks-check__severity--${each.severity}` },
    make("h3", { class: "govuk-heading-m" }, each.heading),
    each.file.length ? make("div", { class: "ks-check__group" }, make("h4", { class: "govuk-heading-s" }, "The file"), ...each.file.map(finding)) : null,
    ...groups,
  );
}

function finding(each) {
  return make("div", { class: "ks-check__finding" }, paragraph(each.message, "ks-check__message"), ...wayOut(each), place(each));
}

function wayOut(each) {
  return [
    each.fix ? make("p", { class: "govuk-body ks-check__fix" }, make("strong", {}, "What to do: "), each.fix) : null,
    each.allowed.length ? make("p", { class: "govuk-body-s ks-check__allowed" }, `Allowed: ${each.allowed.join(", ")}`) : null,
  ];
}

function place(each) {
  const where = each.place ? `, ${each.place}` : "";
  return make("p", { class: "govuk-body-s ks-check__place" }, `Check ${each.code}${where}`);
}

function pupil(each) {
  return make("div", { class: "ks-check__group" }, make("h4", { class: "govuk-heading-s" }, each.who), ...each.findings.map(finding));
}

// One fault is one line, however many pupils have it.
function fault(each) {
  const times = each.times > each.pupils ? `, ${each.times.toLocaleString("en-GB")} times` : "";
  const title = `${each.summary}: ${count(each.pupils, "pupil")}${times}`;
  const pupils = each.each.map((one) =>
    make(
      "li",
      {},
      one.message,
      make("span", { class: "ks-check__place" }, ` ${[one.upn, one.place].filter(Boolean).join(", ")}`),
      one.fix ? make("span", { class: "ks-check__own" }, one.fix) : null,
      one.allowed.length ? make("span", { class: "ks-check__own" }, `Allowed: ${one.allowed.join(", ")}`) : null,
    ),
  );
  const listed = make("ul", { class: "govuk-list govuk-list--bullet" }, ...pupils);
  return make(
    "div",
    { class: "ks-check__group" },
    make("h4", { class: "govuk-heading-s" }, title),
    ...wayOut(each),
    make("p", { class: "govuk-body-s ks-check__place" }, `Check ${each.code}`),
    pupils.length > 3 ? details(`Show the ${count(each.times, "place")}`, listed, leftOut(each.left_out, "places")) : listed,
  );
}

function leftOut(number, what) {
  return number ? paragraph(`And ${number.toLocaleString("en-GB")} more ${what}: save the findings to have them all.`) : null;
}

function changed(words) {
  if (!words) return null;
  return make(
    "div",
    { class: "ks-check__changed" },
    make("h3", { class: "govuk-heading-m" }, "What changed since the last file"),
    paragraph(`${words.verdict.replace(/\.$/, "")}. The last file: ${words.before}.`),
    ...words.remarks.map((remark) => paragraph(remark)),
    ...words.lists.map(([heading, items]) =>
      items.length > 5
        ? details(`${heading} (${items.length.toLocaleString("en-GB")})`, list(items))
        : make("div", {}, make("h4", { class: "govuk-heading-s" }, heading), list(items)),
    ),
  );
}

function made(shown) {
  const total = shown.made ? paragraph(`${count(shown.made, "check was", "checks were")} made; ${shown.passed} found nothing wrong.`) : null;
  return make("div", {}, make("h3", { class: "govuk-heading-m" }, "What was checked, and what was not"), total, list(shown.unrun));
}

// The repairs, each to be chosen; `save` is called with the places of those that were.
export function repairs(offer, index, save) {
  const boxes = offer.repairs.map((each) => {
    const id = `repair-${index}-${each.place}`;
    const input = make("input", { class: "govuk-checkboxes__input", type: "checkbox", id, value: each.place, checked: true, disabled: each.always });
    const label = make("label", { class: "govuk-label govuk-checkboxes__label", for: id }, each.words, each.always ? " (always made: without it nothing else can be)" : "");
    return make("div", { class: "govuk-checkboxes__item" }, input, label);
  });
  const legend = make("legend", { class: "govuk-fieldset__legend" }, "Choose what is put right in the new file");
  const group = make("fieldset", { class: "govuk-fieldset" }, legend, make("div", { class: "govuk-checkboxes govuk-checkboxes--small" }, ...boxes));
  const chosen = () => [...group.querySelectorAll("input:checked")].map((input) => Number(input.value));
  return [
    make("h3", { class: "govuk-heading-m" }, `Repairs that can be made safely: ${offer.repairs.length.toLocaleString("en-GB")}`),
    paragraph("None of them changes a judgement, and the file you chose stays as it is: they are made in a new one."),
    make("div", { class: "govuk-form-group" }, boxes.length > 8 ? details(`Show the ${boxes.length} repairs`, group) : group),
    make("div", { class: "govuk-button-group" }, button("Save the repaired file", () => save(chosen(), false)), button("Check the repaired file here", () => save(chosen(), true))),
  ];
}

export function summary(answers) {
  const rows = answers.map((answer, index) =>
    make(
      "tr",
      { class: "govuk-table__row" },
      make("th", { class: "govuk-table__header", scope: "row" }, make("a", { class: "govuk-link", href: `#file-${index}` }, answer.not_checked || answer.file)),
      make("td", { class: "govuk-table__cell" }, tag(answer)),
      make("td", { class: "govuk-table__cell govuk-table__cell--numeric" }, answer.shown?.pupils?.toLocaleString("en-GB") ?? "–"),
    ),
  );
  const heads = ["File", "Verdict", "Pupils"].map((words, at) =>
    make("th", { class: `govuk-table__header${at === 2 ? " govuk-table__header--numeric" : ""}`, scope: "col" }, words),
  );
  return make(
    "div",
    { class: "ks-scroll", tabindex: 0, role: "region", "aria-label": "Files that were checked" },
    make(
      "table",
      { class: "govuk-table" },
      make("caption", { class: "govuk-table__caption govuk-table__caption--m" }, `${count(answers.length, "file")} checked`),
      make("thead", { class: "govuk-table__head" }, make("tr", { class: "govuk-table__row" }, ...heads)),
      make("tbody", { class: "govuk-table__body" }, ...rows),
    ),
  );
}
