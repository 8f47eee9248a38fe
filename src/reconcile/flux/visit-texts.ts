import { isSequence, type Mapping, type Path, type Value } from '../../source/value.ts';

const maximumDepth = 200;

/** What is done with a text at a path, or with the last key of that path. */
export type VisitText = (text: string, path: Path, part: 'value' | 'key') => void;

/** Calls back for each text that holds `mark`, keys included, with its path; all do where that is empty. */
export function visitTexts(value: Value, path: Path, mark: '${' | '$$' | '', visit: VisitText): void {
  if (typeof value === 'string') {
    if (value.includes(mark)) visit(value, path, 'value');
    return;
  }
  if (path.length > maximumDepth || typeof value !== 'object' || value === null) return;
  if (isSequence(value)) {
    value.forEach((item, index) => {
      visitTexts(item, [...path, index], mark, visit);
    });
    return;
  }
  const mapping = value as Mapping;
  for (const key of Object.keys(mapping)) {
    if (key.includes(mark)) visit(key, [...path, key], 'key');
    visitTexts(mapping[key] ?? null, [...path, key], mark, visit);
  }
}
