import type { Report } from '../../src/report/report.ts';
import { lintFiles } from './lint-files.ts';

/** What data could try: commands to the runner, Markdown, HTML, XML, terminal escapes, links. */
export const hostile =
  '::error::a%0Ab ##[warning]x ]]> <script>alert(1)</script> ```` @team #1 [x](https://evil.example) ![y](https://evil.example/z) | \\| \u001b[31m \u202e \ufffe &amp;';

const path = 'we`ird|,: @team [x](y) <b>.yaml';

/** A finding whose words, object and file are all hostile, accepted ones and things not checked too. */
export function hostileReport(): Report {
  // YAML takes escapes where it does not take the characters.
  const name = JSON.stringify(hostile).replaceAll(
    /[^ -~]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  // What kustomize could not read again is no text of the configuration either.
  const reason = name.replace('\\ufffe', '');
  const pod = (field: string): string =>
    `apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n    - name: web\n      image: web:1.0.0\n      ${field}: Always\n`;
  return lintFiles(
    {
      [path]: pod(name),
      'accepted.yaml': pod('imagePulPolicy'),
      'kept/kustomization.yaml': `resources: [${name}]\n`,
      'cdb-lint.yaml': `exclusions:\n  - rule: unknown-field\n    file: accepted.yaml\n    reason: ${reason}\n`,
    },
    { only: ['unknown-field'] },
  );
}

/** Every text of a JSON value. */
export function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}
