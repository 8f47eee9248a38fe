import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { criterionWords } from '../src/diagnostic/criterion.ts';
import { readProse } from './support/read-prose.ts';
import { project } from './support/run-cli.ts';

/** Words that a native reader notices, and what is written in their place. */
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
  [/(?<![-\w./$])judg(?:e|es|ed|ing|e?ments?)(?![-\w/.(])/iu, 'check'],
  [/\b(?:is|are|was|be) told (?:as|once|only|where)\b|\btold once\b/iu, 'is reported'],
  [/\bwhoever\b|\bsomebody\b|\beverybody\b|\banybody\b/iu, 'anyone who, someone'],
  [/(?<!runs as |root is )\bnobody\b/iu, 'no one'],
  [/\b(?:is|are|was) taken in\b|\btakes (?:it|them) in\b/iu, 'is included'],
  [/\ba text\b|\btexts\b/iu, 'a string'],
  [/\banew\b/iu, 'again'],
  [/\bbeside\b/iu, 'next to'],
  [/\bstands? (?:in|at|among|under|beside|elsewhere|twice)\b|\blies (?:in|within|outside)\b/iu, 'is in'],
  [/\bsave for\b|\bfor want of\b|\bfor ever\b|\bmend(?:s|ed)?\b/iu, 'except for, for lack of, forever, fix'],
  [/, so that\b/iu, ', so'],
  [/\bmostly\b/iu, 'usually'],
  [/\bdo(?:es)? not go together\b/iu, 'cannot be combined'],
  [/\bleads? nowhere\b/iu, 'does not exist'],
  [/\bthe other way round\b/iu, 'vice versa'],
  [/\bfor a reason that you write\b/iu, 'with a reason'],
  [/\bexclude each other\b(?!, and)/iu, 'are mutually exclusive'],
  [/\bmust be above\b|\bmust not be above\b/iu, 'must be greater than, must not exceed'],
  [/\bbytes in all\b|\bcharacters in all\b/iu, 'in total'],
];

const read = readProse(
  [
    'src',
    'docs',
    'policies',
    'README.md',
    'CONTRIBUTING.md',
    'SECURITY.md',
    'action.yml',
    'templates',
    'schema',
    'editors',
    'k8s',
    'flux',
    'argocd',
    '.github',
    'CODE_OF_CONDUCT.md',
  ],
  // The page of terms quotes these words; the others are generated from what is read here.
  (path) =>
    /^docs\/(?:terms|rules)\.md$|-data\.ts$|\/(?:pages|policy-pages|catalogue|script)\.ts$/u.test(path),
);

it.each(gone)('%s does not come back', (words) => {
  expect(read.filter(({ text }) => words.test(text))).toEqual([]);
});

it('the page of terms explains every column of the table of criteria', () => {
  const page = readFileSync(join(project, 'docs/terms.md'), 'utf8');
  for (const [name, words] of Object.entries(criterionWords))
    expect(page).toContain(`| ${name} | ${words} |`);
});
