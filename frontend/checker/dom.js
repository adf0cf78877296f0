// Makes elements. Text is always text: nothing from a file is ever read as HTML.
export function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

export function paragraph(text, more = "") {
  return make("p", { class: `govuk-body ${more}`.trim() }, text);
}

export function list(items, more = "") {
  return make("ul", { class: `govuk-list govuk-list--bullet ${more}`.trim() }, ...items.map((item) => make("li", {}, item)));
}

export function details(summary, ...children) {
  return make(
    "details",
    { class: "govuk-details ks-check__more" },
    make("summary", { class: "govuk-details__summary" }, make("span", { class: "govuk-details__summary-text" }, summary)),
    make("div", { class: "govuk-details__text" }, ...children),
  );
}

export function button(text, pressed, more = "") {
  return make("button", { type: "button", class: `govuk-button govuk-button--secondary ${more}`.trim(), onclick: pressed }, text);
}

export function count(number, one, many) {
  return `${number.toLocaleString("en-GB")} ${number === 1 ? one : many || `${one}s`}`;
}
