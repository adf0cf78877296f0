// Shows how much of a file has gone while it is sent. Without this script the form is sent as any other.
const part = document.querySelector("[data-sending]");
const form = part?.querySelector("form");
const progress = part?.querySelector("[data-sending-progress]");
const bar = part?.querySelector("[data-sending-bar]");
const words = part?.querySelector("[data-sending-words]");

form?.addEventListener("submit", (event) => {
  if (!form.elements.file.files.length) return; // The server says what is missing.
  event.preventDefault();
  send();
});

function send() {
  const request = new XMLHttpRequest();
  request.open("POST", form.action || window.location.href);
  request.setRequestHeader("Accept", "application/json");
  request.responseType = "json";
  request.upload.addEventListener("progress", (sent) => show(sent.loaded, sent.total));
  request.addEventListener("load", () => answered(request));
  request.addEventListener("error", () => failed(["The file was not sent: the connection broke. Try again."]));
  progress.hidden = false;
  words.textContent = "Sending the file";
  busy(true);
  request.send(new FormData(form));
}

function show(sent, total) {
  const percent = total ? Math.floor((100 * sent) / total) : 0;
  bar.value = percent;
  words.textContent = percent < 100 ? `${percent}% sent` : "The file has gone. It is being checked";
}

function answered(request) {
  const answer = request.response;
  if (answer?.href) {
    window.location.assign(answer.href);
  } else if (answer?.why) {
    failed(answer.why);
  } else {
    form.submit(); // Something that a page must say: signed out, or too large.
  }
}

function failed(why) {
  progress.hidden = true;
  busy(false);
  const old = document.querySelector("[data-sending-fault]");
  old?.remove();
  document.querySelector(".govuk-error-summary")?.remove();
  const summary = document.createElement("div");
  summary.className = "govuk-error-summary";
  summary.dataset.sendingFault = "";
  summary.tabIndex = -1;
  summary.setAttribute("role", "alert");
  const title = document.createElement("h2");
  title.className = "govuk-error-summary__title";
  title.textContent = "There is a problem";
  const list = document.createElement("ul");
  list.className = "govuk-list govuk-error-summary__list";
  list.append(
    ...why.map((text) => {
      const line = document.createElement("li");
      const link = document.createElement("a");
      link.href = `#${form.elements.file.id}`;
      link.textContent = text;
      line.append(link);
      return line;
    }),
  );
  summary.append(title, list);
  part.before(summary);
  summary.focus();
}

function busy(is) {
  for (const button of form.querySelectorAll("button")) button.disabled = is;
}
