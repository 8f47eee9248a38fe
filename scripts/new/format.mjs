// A format of the report: its file, its line in format.ts, its test, and its row in docs/formats.md.
import { withLineAfter, wordPattern } from './names.mjs';

export const pattern = wordPattern;

export function planNew(name) {
  return {
    files: {
      [`src/report/machine/${name}.ts`]: codeText(name),
      [`test/report/${name}.test.ts`]: testText(name),
    },
    edits: {
      'src/report/format.ts': (text) =>
        withLineAfter(
          withLineAfter(text, /^ {2}\w+: .*Report\b.*,$/u, `  ${name}: ${name}Report,`),
          /^import .* from '\.\/machine\//u,
          `import { ${name}Report } from './machine/${name}.ts';`,
        ),
      'docs/formats.md': (text) =>
        withLineAfter(text, /^\| `\w+` \|/u, `| \`${name}\` | say here who reads it |`),
    },
    next: `Change them and run: npx vitest run test/report/${name}.test.ts test/report/canary.test.ts\nThe second one looks for secrets in every format.`,
  };
}

function codeText(name) {
  return `import { place } from '../finding/place.ts';
import type { Report } from '../report.ts';
import { visible } from '../visible.ts';

/** A line a finding: say here who reads the format, and which specification it keeps to. */
export function ${name}Report({ findings }: Report): string {
  const lines = findings.map(
    ({ rule, severity, message, span }) => \`\${place(span)}: \${severity} \${visible(rule)}: \${visible(message)}\`,
  );
  return \`# What cdb-lint finds, a line each.\\n\${lines.map((line) => \`\${line}\\n\`).join('')}\`;
}
`;
}

function testText(name) {
  return `import { expect, it } from 'vitest';
import { ${name}Report } from '../../src/report/machine/${name}.ts';
import { lintFiles } from '../support/lint-files.ts';

it('has a line for each finding', () => {
  const pod =
    'apiVersion: v1\\nkind: Pod\\nmetadata: {name: web}\\nspec:\\n  containers:\\n    - name: web\\n      imagee: web:1\\n';
  const text = ${name}Report(lintFiles({ 'pod.yaml': pod }, { only: ['unknown-field'] }));
  expect(text).toMatch(/^#.*\\npod\\.yaml:7:7: error unknown-field: .+\\n$/u);
});
`;
}
