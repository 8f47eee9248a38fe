// Compares what two runs of helm print with what is printed here: texts byte for byte, then objects field by field.
import { parseAllDocuments } from 'yaml';

/**
 * `same` for the same bytes; `same but for chance` where all objects and fields are the same that two runs of helm agree about; else
 * `different`, with the first fields that differ.
 */
export function compareTexts(first, second, own) {
  if (first === own) return { verdict: 'same' };
  if (first === second) return { verdict: 'different', fields: differingFields(first, second, own) };
  if (agreesByLine(first, second, own)) return { verdict: 'same but for chance' };
  const fields = differingFields(first, second, own);
  return fields.length === 0 ? { verdict: 'same but for chance' } : { verdict: 'different', fields };
}

/** Whether no line differs that two runs of helm agree about. */
function agreesByLine(first, second, own) {
  const [left, right, mine] = [first, second, own].map((text) => text.split('\n'));
  if (left.length !== mine.length || right.length !== mine.length) return false;
  return mine.every((line, index) => line === left[index] || left[index] !== right[index]);
}

function differingFields(first, second, own) {
  const [left, right, mine] = [first, second, own].map(leavesOf);
  const paths = new Set([...left.keys(), ...mine.keys()]);
  const isChance = (path) => left.get(path) !== right.get(path);
  const differing = [...paths].filter((path) => left.get(path) !== mine.get(path) && !isChance(path));
  return differing.length > 0 || first !== second ? differing.slice(0, 5) : ['only how it is written'];
}

/** Each scalar of each document by its path, documents by their place. */
function leavesOf(text) {
  const leaves = new Map();
  const documents = parseAllDocuments(text, { version: '1.1', uniqueKeys: false, logLevel: 'silent' });
  for (const [index, document] of documents.entries())
    walk(document.toJS({ maxAliasCount: -1 }), [index], leaves);
  return leaves;
}

function walk(value, path, leaves) {
  const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  if (entries.length === 0) leaves.set(path.join('.'), JSON.stringify(value));
  for (const [key, inner] of entries) walk(inner, [...path, key], leaves);
}
