// Which codes a subject has, and why another is not one. The server decides; this says it at once, at the cell.

/**
 * What the page knows of a subject's codes.
 * @typedef {object} SubjectCodes
 * @property {string[]} codes
 * @property {Record<string, string>} wrong  why a code that somebody may well type is not valid
 * @property {[string, string][]} patterns  regular expressions of such codes, and why; “{code}” stands for the code
 */

/** A code without spaces around it and in capitals, as the server tidies it. @param {string} text */
export function tidy(text) {
  const trimmed = text.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, "");
  return /^[\x00-\x7f]*$/.test(trimmed) ? trimmed.toUpperCase() : trimmed;
}

/**
 * Why a code cannot stand in a subject, with those that can; nothing where it can.
 * @param {SubjectCodes} subject
 * @param {string} name  of the subject
 * @param {string} code
 */
export function whyNot(subject, name, code) {
  if (!code || subject.codes.includes(code)) return "";
  const pattern = subject.patterns.find(([each]) => new RegExp(`^(?:${each})$`).test(code));
  const why = Object.hasOwn(subject.wrong, code) ? subject.wrong[code] : pattern?.[1].replace("{code}", code);
  return `${why ?? `“${code}” is not a code for ${name}.`} Use ${listed(subject.codes)}.`;
}

/** @param {string[]} words */
function listed(words) {
  return words.length > 1 ? `${words.slice(0, -1).join(", ")} or ${words.at(-1)}` : words.join("");
}
