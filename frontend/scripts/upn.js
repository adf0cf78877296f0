// Says of a UPN, as it is typed, which character is wrong and which letter would be right. The words are the server's,
// the same that it gives without a script.
const WAIT = 300;

for (const part of document.querySelectorAll("[data-upn]")) {
  const input = document.getElementById(part.dataset.field);
  const advice = document.getElementById(`${part.dataset.field}-advice`);
  if (input && advice) listen(input, advice, part.dataset.upn);
}

function listen(input, advice, address) {
  let timer;
  let asked = input.value;
  input.setAttribute("aria-describedby", `${input.getAttribute("aria-describedby") || ""} ${advice.id}`.trim());
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
  input.addEventListener("change", ask);

  async function ask() {
    const value = input.value;
    if (value === asked) return;
    asked = value;
    // Nothing is said of a UPN that is still being typed, as long as what is there could become one.
    const isComplete = value.replace(/\s/g, "").length >= 13 || document.activeElement !== input;
    const words = isComplete ? await fetchWords(address, value) : [];
    if (input.value === value && words) show(advice, words);
  }
}

async function fetchWords(address, value) {
  try {
    const answer = await fetch(`${address}?value=${encodeURIComponent(value)}`, { credentials: "same-origin" });
    return answer.ok ? (await answer.json()).words : null;
  } catch {
    return null; // Without the network nothing is said now; the server says it when the form is sent.
  }
}

function show(advice, words) {
  advice.replaceChildren(
    ...words.map((text) => {
      const line = document.createElement("p");
      line.className = "govuk-body ks-tight";
      line.textContent = text;
      return line;
    }),
  );
}
