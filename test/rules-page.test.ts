import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { policyNames } from '../src/admit/policy/built-in.ts';
import { pagedRules } from '../src/rules/paged-rules.ts';
import { rules } from '../src/rules/registry.ts';

interface PeerCheck {
  readonly subject: string;
  readonly by: 'covered' | 'admission' | 'left out' | 'not yet';
  readonly ours?: readonly string[];
  readonly why?: string;
}

const root = new URL('..', import.meta.url);
const checks = JSON.parse(readFileSync(new URL('docs/peer-checks.json', root), 'utf8')) as PeerCheck[];

test('each of the 101 things that others check is found here, or left out for a reason', () => {
  expect(checks).toHaveLength(101);
  expect(new Set(checks.map(({ subject }) => subject)).size).toBe(101);
  const known = new Set([...policyNames(), ...rules.map(({ id }) => id)]);
  for (const { by, ours = [], why } of checks) {
    expect(ours.filter((id) => !known.has(id))).toEqual([]);
    expect(by === 'covered' ? ours.length : why?.length).toBeGreaterThan(0);
  }
});

test('the checklist of the Flux team names rules that there are', () => {
  const page = readFileSync(new URL('docs/flux-checklist.md', root), 'utf8');
  const answers = page.split('\n').flatMap((line) => line.match(/^\| .+ \| (.+) \|$/u)?.[1] ?? []);
  const named = answers.flatMap((answer) =>
    [...answer.matchAll(/`([a-z]+(?:-[a-z]+)+)`/gu)].map(([, id]) => id),
  );
  const known = new Set([...policyNames(), ...pagedRules, 'without-effect']);
  expect(named.length).toBeGreaterThan(40);
  expect(named.filter((id) => id === undefined || !known.has(id))).toEqual([]);
});
