// A policy of the catalogue: policies/base/ID.yaml, its page, and its line in the kustomization. What it says at first is what
// `cdb-lint init policy` writes.
import { existsSync } from 'node:fs';
import { loadInternals } from '../../bench/load-internals.mjs';
import { rulePages } from '../rule-pages.mjs';
import { defectPattern, withSortedLine } from './names.mjs';

export const pattern = defectPattern;

const folder = new URL('../../policies/base/', import.meta.url);

export async function planNew(id) {
  if (rulePages().some((page) => page.id === id) || existsSync(new URL(`${id}.yaml`, folder)))
    return { problem: `there is a ${id} already` };
  const { policySkeleton } = await loadInternals('../src/command/policy-skeleton.ts');
  const files = policySkeleton(id).map(({ name, text }) => [
    `policies/base/${name}`,
    name.endsWith('.md') ? withProfile(text) : withLabels(text, id),
  ]);
  return {
    files: Object.fromEntries(files),
    edits: {
      'policies/base/kustomization.yaml': (text) =>
        withSortedLine(text, /^ {2}- .*\.yaml$/u, `  - ${id}.yaml`),
    },
    next: `Change both and run: npx vitest run test/pages.test.ts -t '${id}'\nThe labels say which profiles it is part of; cdb-lint.dev/criterion, where it counts in the matrix.`,
  };
}

/** On the policy and on its binding: what makes it one of the catalogue, from which profiles/ and overlays/ choose. */
function withLabels(text, id) {
  return text.replaceAll(
    `metadata:\n  name: ${id}\n`,
    `metadata:\n  name: ${id}\n  labels:\n    profile.cdb-lint.dev/all: "true"\n`,
  );
}

function withProfile(text) {
  return `${text.trimEnd()} Part of the profile \`all\`.\n`;
}
