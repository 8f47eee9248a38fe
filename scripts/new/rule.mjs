// A rule: src/rules/SUBJECT/ID.ts and its page. It judges one object; rule.ts has the scopes that see more.
import { existsSync, readdirSync } from 'node:fs';
import { loadInternals } from '../../bench/load-internals.mjs';
import { rulePages } from '../rule-pages.mjs';
import { camelCase, defectPattern } from './names.mjs';

export const pattern = defectPattern;

const rules = new URL('../../src/rules/', import.meta.url);
const policies = new URL('../../policies/base/', import.meta.url);

export async function planNew(id, [subject]) {
  const subjects = readdirSync(rules, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? [entry.name] : [],
  );
  const folder = subject ?? 'workload';
  if (!subjects.includes(folder))
    return { problem: `subjects are ${subjects.join(', ')}: docs/architecture.md says what belongs where` };
  if (rulePages().some((page) => page.id === id) || existsSync(new URL(`${id}.yaml`, policies)))
    return { problem: `there is a ${id} already` };
  const place = `src/rules/${folder}/${id}`;
  return {
    files: { [`${place}.ts`]: codeText(id), [`${place}.md`]: await pageText(id) },
    next: `Change both${subject === undefined ? ` (${subjects.join(', ')} are the other subjects)` : ''} and run: npx vitest run test/pages.test.ts -t '${id}'`,
  };
}

function codeText(id) {
  return `import { isKind, isTrueAt } from '../../object/object-field.ts';
import type { ResourceRule } from '../rule.ts';

/** A paused Deployment: say here what the rule looks at, and whose behaviour it knows, with file and version. */
export const ${camelCase(id)}: ResourceRule = {
  id: '${id}',
  severity: 'warning',
  scope: 'resource',
  criterion: 'wired',
  tags: ['workloads'],
  *judge(resource) {
    if (!isKind(resource, 'apps', 'Deployment') || !isTrueAt(resource.object, 'spec', 'paused')) return;
    yield {
      at: [resource, 'spec', 'paused'],
      message: 'the Deployment is paused, so its pods stay as they are whatever is merged',
      help: 'take spec.paused out',
    };
  },
};
`;
}

async function pageText(id) {
  const { pageSkeleton } = await loadInternals('../src/command/page-skeleton.ts');
  return pageSkeleton(id, {
    summary: 'A Deployment is paused, so nothing is rolled out.',
    why: 'Say here what goes wrong, when, and for whom. Every line of the cases below that is wrong has its mark; a finding without one fails.',
    bad: {
      title: 'A paused Deployment',
      spec: `  paused: true # warning: [${id}] "the Deployment is paused"\n`,
    },
    good: { title: 'One that rolls out' },
  });
}
