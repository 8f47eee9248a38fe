// Where the pages of the rules lie: src/rules/SUBJECT/ID.md.
import { readdirSync } from 'node:fs';

const folder = new URL('../src/rules/', import.meta.url);

/** Every rule that has a page, as {id, subject}, sorted by its id. */
export function rulePages() {
  const subjects = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return subjects
    .flatMap(({ name: subject }) =>
      readdirSync(new URL(`${subject}/`, folder))
        .filter((name) => name.endsWith('.md'))
        .map((name) => ({ id: name.slice(0, -'.md'.length), subject })),
    )
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}
