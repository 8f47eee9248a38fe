import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { criterionWords } from '../src/diagnostic/criterion.ts';
import { project } from './support/run-cli.ts';

/** Words that a reader stumbles over, and what stands in their place. */
const gone: readonly (readonly [RegExp, string])[] = [
  [/first to mend/iu, 'Fix first'],
  [/how it came to be/iu, 'set by'],
  [/first written here/iu, 'defined here'],
  [/what counts in the end/iu, 'effective value'],
  [/this must not be merged|nothing that stops the merge/iu, 'Failed, Passed'],
  [/stands twice/iu, 'is a duplicate'],
  [/\bbelongs? into\b/iu, 'belongs in'],
  [/known since the baseline/iu, 'in the baseline'],
  [/judged in full/iu, 'fully checked'],
  [/NOT CHECKED:/u, 'Not checked'],
  [/no rule judged it/iu, 'not applicable'],
  [/not notice what is changed by hand/iu, 'drift detection is off'],
  [/without a look at who signed/iu, 'signature is not verified'],
  [
    /(?<!there )\bis no (?:address|alternative|directory|duration|file|key|label|list|manifest|map|mapping|name|number|operator|path|percentage|quantity|range|schedule|string|text|value)\b/iu,
    'is not a',
  ],
];

/** Texts that people read: pages and documents as they are, of modules what is not a comment. */
function readTexts(): { path: string; lines: string[] }[] {
  return ['src', 'docs', 'policies'].flatMap((folder) =>
    readdirSync(join(project, folder), { recursive: true, encoding: 'utf8' })
      .filter((path) => /\.(?:ts|md)$/u.test(path) && !isLeftOut(`${folder}/${path}`))
      .map((path) => ({
        path: `${folder}/${path}`,
        lines: readFileSync(join(project, folder, path), 'utf8')
          .split('\n')
          .map(withoutComment),
      })),
  );
}

// The field test quotes what earlier versions said.
function isLeftOut(path: string): boolean {
  return path === 'docs/field-test.md' || path.endsWith('-data.ts');
}

function withoutComment(line: string): string {
  return /^\s*(?:\/\/|\/?\*)/u.test(line) ? '' : line;
}

it.each(gone)('%s does not come back', (words) => {
  const found = readTexts().flatMap(({ path, lines }) =>
    lines.flatMap((line, index) => (words.test(line) ? [`${path}:${index + 1}: ${line.trim()}`] : [])),
  );
  expect(found).toEqual([]);
});

it('the page of terms explains every column of the table of criteria', () => {
  const page = readFileSync(join(project, 'docs/terms.md'), 'utf8');
  for (const [name, words] of Object.entries(criterionWords))
    expect(page).toContain(`| ${name} | ${words} |`);
});
