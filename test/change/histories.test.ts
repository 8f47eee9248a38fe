import { describe, expect, it } from 'vitest';
import type { ObjectChange } from '../../src/report/change-report.ts';
import { planFiles } from '../support/plan-files.ts';
import argoOutcomes from './fixtures/argo-outcomes.json' with { type: 'json' };
import controllerOutcomes from './fixtures/flux-controller-outcomes.json' with { type: 'json' };
import fluxOutcomes from './fixtures/flux-outcomes.json' with { type: 'json' };
import { argoHistories } from './histories/argo-histories.ts';
import { controllerHistories, type History, histories } from './histories/histories.ts';

/** What became of each object in orders of reconciliation that can all happen. */
type Outcomes = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
const ofFlux: Outcomes = fluxOutcomes;
const ofController: Outcomes = controllerOutcomes;
const ofArgo: Outcomes = argoOutcomes;

/** What becomes of a plan's object as long as what it waits for is refused, or not confirmed. */
function waiting({ actions, owner }: ObjectChange): readonly string[] {
  if (actions[0] === 'create') return ['absent'];
  if (actions[0] === 'no-op') return ['kept'];
  // Flux keeps in its inventory what it did not prune.
  return actions[0] === 'delete' && owner.startsWith('Application ') ? ['left'] : ['kept'];
}

/** What becomes of an object that we tell of: one thing whatever the order, or more where the order decides. */
function foretold({ actions, reason }: ObjectChange, details: readonly string[]): readonly string[] {
  if (reason === 'owner-renamed' || reason === 'moves-beside') return ['adopted', 'recreated'];
  if (details.some((one) => one.endsWith('may take effect too late'))) return tooLate(details);
  // Nobody deletes the owner, which goes on.
  if (reason === 'owner-kept') return ['kept'];
  const [first, second] = actions;
  if (first === 'delete') return second === 'create' ? ['recreated'] : ['deleted'];
  if (first === 'orphan') return ['left'];
  if (first === 'adopt') return ['adopted'];
  if (first === 'create') return ['created'];
  return first === 'refused' ? ['refused'] : ['kept'];
}

/** A switch of the owner that changes together with a removal counts already, or not yet. */
function tooLate(details: readonly string[]): readonly string[] {
  return ['deleted', details.some((one) => one.startsWith('spec.suspend')) ? 'kept' : 'left'];
}

function toldOf({ base, edits }: History): ReadonlyMap<string, readonly string[]> {
  const { rows, objects } = planFiles(base, edits);
  const stopping = new Set(
    objects.flatMap(({ kind, namespace, name, reason }) =>
      reason === 'owner-lacks' ? [`${kind} ${namespace}/${name}`] : [],
    ),
  );
  return new Map(
    rows.flatMap(({ objects, details }) => {
      const waits = details.some((one) => /^it waits (?:while|until) /u.test(one));
      return objects.map((one) => {
        const key = `${one.kind}/${one.namespace ?? ''}/${one.name}`;
        const said = waits ? waiting(one) : foretold(one, details);
        // It may stop before it comes to the new revision, or after.
        return [key, stopping.has(one.owner) ? [...said, ...waiting(one)] : said] as const;
      });
    }),
  );
}

function expectOutcomes(history: History, expected: Readonly<Record<string, readonly string[]>> = {}): void {
  const told = toldOf(history);
  const said = Object.keys(expected).map((key) => [key, told.get(key) ?? ['kept']]);
  expect(Object.keys(expected).length).toBeGreaterThan(0);
  expect(Object.fromEntries(said)).toEqual(expected);
}

describe('what Flux itself makes of a history', () => {
  it.each(histories)('$name', (history) => expectOutcomes(history, ofFlux[history.name]));
});

/** What kustomize-controller made of each object in the order in which it happened to work is one of the things that we foretell. */
describe('what kustomize-controller makes of a history in a cluster', () => {
  it.each([...histories, ...controllerHistories])('$name', (history) => {
    const told = toldOf(history);
    const made = Object.entries(ofController[history.name] ?? {});
    expect(made.length).toBeGreaterThan(0);
    for (const [key, [outcome]] of made) expect([key, ...(told.get(key) ?? ['kept'])]).toContain(outcome);
  });
});

describe('what Argo CD itself makes of a history', () => {
  it.each(argoHistories)('$name', (history) => expectOutcomes(history, ofArgo[history.name]));
});
