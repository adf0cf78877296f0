// A block of cells as the clipboard has it: tabs between cells, line ends between rows, as Excel writes and reads it.

/**
 * The rows of a block. A cell in quotation marks may hold tabs, line ends and doubled quotation marks.
 * @param {string} text
 * @returns {string[][]}
 */
export function parseBlock(text) {
  const rows = [[""]];
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at];
    const row = rows[rows.length - 1];
    const last = row.length - 1;
    if (quoted) {
      if (sign !== '"') row[last] += sign;
      else if (text[at + 1] === '"') row[last] += text[(at += 1)];
      else quoted = false;
    } else if (sign === '"' && row[last] === "") quoted = true;
    else if (sign === "\t") row.push("");
    else if (sign === "\n" || sign === "\r") {
      if (sign === "\r" && text[at + 1] === "\n") at += 1;
      rows.push([""]);
    } else row[last] += sign;
  }
  const end = rows[rows.length - 1];
  if (rows.length > 1 && end.length === 1 && end[0] === "") rows.pop();
  return rows;
}

/** The text of a block. @param {string[][]} rows */
export function formatBlock(rows) {
  return rows.map((row) => row.map(quote).join("\t")).join("\r\n");
}

/** @param {string} text */
function quote(text) {
  return /["\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
