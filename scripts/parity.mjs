// Lists where we and a real API server disagree, by verdict or by field:
//   node scripts/parity.mjs [--sender create|server-side-apply|client-side-apply|kustomize] [--version 1.36] [--family TEXT] [--kind KIND] [--class CLASS] [--id ID] [--verdict accept|reject] [--fields] [--yaml] [--limit N]
// Runs on the TypeScript sources.
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { rolldown } from 'rolldown';

const list = JSON.parse(
  readFileSync(new URL('../src/configuration/kubernetes-releases.json', import.meta.url), 'utf8'),
);
const text = { type: 'string' };
const flag = { type: 'boolean', default: false };
const { values } = parseArgs({
  options: {
    family: text,
    kind: text,
    verdict: text,
    class: text,
    id: text,
    version: { ...text, default: list.default },
    sender: { ...text, default: 'create' },
    limit: { ...text, default: '40' },
    fields: flag,
    yaml: flag,
  },
});

const { judge, readAdmissionCases } = await load('../test/support/admission-cases.ts');
const cases = readAdmissionCases();
if (cases === undefined) throw new Error('../shared/admission/cases.jsonl.gz is not there');
const judgements = cases.filter(isWanted).map((entry) => judge(entry, values.version, values.sender));
const wrong = judgements.filter((judgement) => !judgement.isSameVerdict);
const elsewhere = judgements.filter(
  ({ case: { verdict }, isSameVerdict, isSameField }) =>
    verdict === 'reject' && isSameVerdict && !isSameField,
);
for (const judgement of (values.fields ? elsewhere : wrong).slice(0, Number(values.limit))) print(judgement);
printBreakdown(values.fields ? elsewhere : wrong);
const refused = judgements.filter((judgement) => judgement.expected === 'reject');
console.log(
  `same verdict ${percent(judgements.length - wrong.length, judgements.length)}, wrong ${wrong.length}`,
);
console.log(
  `same field ${percent(refused.filter((judgement) => judgement.isSameField).length, refused.length)}`,
);

async function load(path) {
  const directory = mkdtempSync(join(tmpdir(), 'parity-'));
  const file = join(directory, 'cases.mjs');
  const input = new URL(path, import.meta.url);
  const build = await rolldown({ input: input.pathname, platform: 'node', logLevel: 'silent' });
  const define = `import.meta.url = ${JSON.stringify(input.href)};`;
  await build.write({ file, format: 'esm', codeSplitting: false, intro: define });
  await build.close();
  return import(file);
}

function isWanted(entry) {
  if (values.kind !== undefined && entry.kind !== values.kind) return false;
  if (values.verdict !== undefined && entry.verdict !== values.verdict) return false;
  if (values.class !== undefined && entry.class !== values.class) return false;
  if (values.id !== undefined && !entry.id.includes(values.id)) return false;
  return (
    values.family === undefined || (entry.families ?? []).some((family) => family.includes(values.family))
  );
}

function print({ case: entry, expected, verdict, findings }) {
  console.log(`${entry.id}  server ${expected}, we ${verdict}`);
  for (const cause of entry.causes ?? [])
    console.log(`    server ${cause.field}: ${cause.reason}: ${cause.message.slice(0, 160)}`);
  if (entry.message !== undefined) console.log(`    server ${entry.message.slice(0, 200)}`);
  if (entry.mutated !== undefined) console.log(`    changed ${entry.mutated.path}`);
  for (const finding of findings) console.log(`    we     ${finding.slice(0, 200)}`);
  if (values.yaml) console.log(entry.yaml);
}

function printBreakdown(list) {
  const counts = new Map();
  for (const { case: entry } of list) {
    for (const family of entry.families ?? ['(accepted by the server)']) {
      const key = `${family} | ${entry.kind}`;
      counts.set(family, (counts.get(family) ?? 0) + 1);
      if (values.family !== undefined) counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  for (const [key, count] of [...counts].sort((a, b) => b[1] - a[1]).slice(0, 50))
    console.log(String(count).padStart(5), key);
}

function percent(part, whole) {
  return `${((100 * part) / Math.max(whole, 1)).toFixed(2)} % of ${whole}`;
}
