import { describe, expect, it } from 'vitest';
import type { Judged } from '../../src/admit/judge.ts';
import { gone } from '../../src/build/graph-reader.ts';
import type { Diagnostic } from '../../src/diagnostic/diagnostic.ts';
import type { Resource } from '../../src/object/resource.ts';
import type { Rule } from '../../src/rules/rule.ts';
import { type CarriedJudgements, openNotes, takeJudgements } from '../../src/run/carried-judgements.ts';
import type { UnitWorld } from '../../src/run/unit-world.ts';
import type { Surroundings } from '../../src/workload/surroundings.ts';
import { tracked } from '../support/values.ts';

function resource(plain: object): Resource {
  const { value: object, origin } = tracked(plain);
  return { object, origin };
}

const map = resource({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'map' } });
const pod = resource({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'pod' } });
const secret = resource({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'secret' } });
const custom = resource({ apiVersion: 'example.com/v1', kind: 'Widget', metadata: { name: 'widget' } });
const file = { path: 'pod.yaml', text: 'kind: Pod\n' };

function diagnostic(message: string, more: object = {}): Diagnostic {
  const span = { file, start: 0, end: file.text.length };
  return { rule: 'r', severity: 'error', message, span, related: [], ...more };
}

const build = {
  root: 'apps',
  inputs: ['apps/kustomization.yaml'],
  resources: [map, pod],
  diagnostics: [diagnostic('of the build')],
  effects: [{ by: 'patches' }],
  dropped: [resource({ kind: 'Job' })],
  variables: new Set(['one']),
  complete: true,
};

/** What a unit is judged in; `ofBuild` and `ofUnit` are other than usual. */
function world(more: object = {}, ofUnit: object = {}, ofBuild: object = {}): UnitWorld {
  const unit = { id: { role: 'root', root: 'apps' }, title: 'apps', hasPlaceholders: false, ...ofUnit };
  return {
    unit: { ...unit, build: { ...build, ...ofBuild } },
    target: { kubernetesVersions: ['1.34'] },
    policies: [{ name: 'policy', bindings: [{ params: [] }] }],
    thirdPartyPolicies: [],
    ...more,
  } as unknown as UnitWorld;
}

const nothing: Judged = {
  diagnostics: [],
  accepted: [],
  withoutSchema: [],
  usedLooseKinds: [],
  undecoded: [],
  schemaless: [],
  ruleless: [],
};
const refused: Judged = { ...nothing, diagnostics: [diagnostic('refused')] };
const mustNotLeave = 'must not leave';

/** Whatever is written, by its number; nothing with a text that must not leave. */
function openGraph(): { write(value: unknown): number | undefined; read(node: number): unknown } {
  const nodes: unknown[] = [];
  return {
    write: (value) =>
      JSON.stringify(value, (key, one) => (key === 'positions' ? undefined : one)).includes(mustNotLeave)
        ? undefined
        : nodes.push(value) - 1,
    read: (node) => (node in nodes ? nodes[node] : gone),
  };
}

const alone = [undefined, 'client-side', undefined, undefined];
const ruleNamed = (id: string): Rule => ({ id }) as unknown as Rule;
const surroundings = { kubernetesVersion: '1.34', environments: [], files: [] } as unknown as Surroundings;
const again = 'judged again';

interface Given {
  /** What is found of the unit, by object; each is judged alone unless said otherwise. */
  readonly found?: ReadonlyMap<Resource, Judged>;
  readonly beside?: readonly unknown[];
  /** What rules find, and what they ask for. */
  readonly rules?: Readonly<Record<string, (context: Surroundings) => readonly Diagnostic[]>>;
}

/** What one machine notes down. */
function carried(
  given: UnitWorld,
  { found, beside = alone, rules = {} }: Given = {},
): {
  readonly results: CarriedJudgements;
  readonly graph: ReturnType<typeof openGraph>;
  readonly notes: ReturnType<typeof openNotes>;
} {
  const graph = openGraph();
  const notes = openNotes(graph);
  const ofObjects = notes.objects(given, (_resource, _beside, find) => find());
  for (const one of given.unit.build.resources)
    ofObjects(one, beside, () => found?.get(one) ?? (one === pod ? refused : nothing));
  const ofRules = notes.rules(given.unit, () => []);
  for (const [id, judge] of Object.entries(rules))
    ofRules(ruleNamed(id), given.unit.build, surroundings, (context) => [...judge(context)]);
  const spent = { mostOfOne: 1, costly: 2, effort: 3 };
  return { results: notes.carry('1.34', spent), graph, notes };
}

type Forge = (results: CarriedJudgements, graph: ReturnType<typeof openGraph>) => unknown;

/** What another machine takes of it: of each object and each rule what is found, or that it is judged again. */
function taken(
  given: UnitWorld,
  later: UnitWorld,
  { beside = alone, forge, version = '1.34', ...more }: Given & { forge?: Forge; version?: string } = {},
): { readonly objects: unknown[]; readonly rules: unknown[] } {
  const { results, graph } = carried(given, more);
  const copy = JSON.parse(JSON.stringify(results)) as CarriedJudgements;
  forge?.(copy, graph);
  const judging = takeJudgements([{ results: copy, taken: { read: graph.read } as never }]);
  const ofObjects = judging.objects(later, () => again as unknown as Judged);
  const ofRules = judging.rules(later.unit, () => again as unknown as Diagnostic[]);
  const context = { ...surroundings, kubernetesVersion: version } as Surroundings;
  const { build: ofUnit } = later.unit;
  return {
    objects: ofUnit.resources.map((one) => ofObjects(one, beside, () => nothing)),
    rules: ['finds', 'silent', 'asks'].map((id) => ofRules(ruleNamed(id), ofUnit, context, () => [])),
  };
}

const found = [diagnostic('found')];
const rules: NonNullable<Given['rules']> = {
  finds: ({ environments }) => (environments.length === 0 ? found : []),
  silent: () => [],
  asks: ({ files }) => (files === undefined ? found : []),
};
const all = { objects: [nothing, refused], rules: [found, [], again] };
const none = { objects: [again, again], rules: [again, again, again] };
const onlyObjects = { objects: [nothing, refused], rules: [again, again, again] };

describe('what is found in a unit', () => {
  it('is taken where the unit is as it was, of rules what asks for nothing beyond it', () => {
    expect(taken(world(), world(), { rules })).toEqual(all);
  });

  it('is noted down in as few words as there are', () => {
    const { results, notes } = carried(world(), { rules });
    expect(results).toMatchObject({
      kubernetesVersion: '1.34',
      spent: { mostOfOne: 1, costly: 2, effort: 3 },
    });
    const [unit] = results.units;
    expect(unit?.objects.map(([place, , byFlux]) => [place, byFlux])).toEqual([
      [0, false],
      [1, false],
    ]);
    expect([unit?.rules.map(([rule]) => rule), unit?.open]).toEqual([['finds'], ['asks']]);
    expect([notes.knows(pod.object), notes.knows(secret.object)]).toEqual([true, false]);
  });

  it('is noted down as it is', () => {
    const full = Object.fromEntries(Object.keys(nothing).map((name) => [name, ['x']])) as unknown as Judged;
    const { results, graph } = carried(world(), { found: new Map([[pod, full]]) });
    const nodes = results.units[0]?.objects.map(([, node]) => graph.read(node));
    expect(nodes).toEqual([nothing, full]);
  });

  const dropped = [resource({ kind: 'Job', other: true })];
  it.each<[string, UnitWorld]>([
    ['another identity', world({}, { id: { role: 'root', root: 'other' } })],
    ['another title', world({}, { title: 'other' })],
    ['placeholders', world({}, { hasPlaceholders: true })],
    ['another target', world({ target: { kubernetesVersions: ['1.34'], other: true } })],
    ['another policy', world({ policies: [{ name: 'other', bindings: [] }] })],
    ['another directory', world({}, {}, { root: 'other' })],
    ['another variable', world({}, {}, { variables: new Set(['two']) })],
    ['no variable', world({}, {}, { variables: undefined })],
    ['another problem', world({}, {}, { diagnostics: [diagnostic('other')] })],
    ['fewer problems', world({}, {}, { diagnostics: [] })],
    ['more objects', world({}, {}, { resources: [map, pod, custom] })],
    ['another object', world({}, {}, { resources: [map, custom] })],
    ['another name of an object', world({}, {}, { resources: [map, { ...pod, unhashedName: 'p' }] })],
    ['an object of a chart', world({}, {}, { resources: [map, { ...pod, chart: {} }] })],
  ])('is judged again in a unit with %s', (_, later) => {
    expect(taken(world(), later, { rules })).toEqual({
      ...none,
      objects: later.unit.build.resources.map(() => again),
    });
  });

  it.each<[string, object]>([
    ['dropped', { dropped }],
    ['dropped, which is none', { dropped: undefined }],
    ['changed by entries', { effects: [{ by: 'patches' }] }],
  ])('is judged again by rules where another thing was %s', (_, ofBuild) => {
    expect(taken(world(), world({}, {}, ofBuild), { rules })).toEqual(onlyObjects);
  });

  it('is taken where another run made the same object of the same places', () => {
    const later = world({}, {}, { resources: [map, { ...pod }] });
    expect(taken(world(), later, { rules })).toEqual(all);
    const ofChart = world({}, {}, { resources: [map, { ...pod, chart: {} }] });
    expect(taken(ofChart, world(), { rules })).toEqual(none);
    expect(taken(ofChart, ofChart, { rules })).toEqual({ ...all, objects: [nothing, nothing] });
  });

  it.each<[string, object]>([
    ['that the repository brings', { policies: [{ name: 'p', resource: {}, bindings: [] }] }],
    [
      'with parameters of the repository',
      { policies: [{ name: 'p', bindings: [{ params: [] }, { params: [1] }] }] },
    ],
    [
      'for third parties that the repository brings',
      { thirdPartyPolicies: [{ name: 'p', resource: {}, bindings: [] }] },
    ],
  ])('is not noted down where it is judged by a policy %s', (_, more) => {
    expect(carried(world(more)).results.units).toEqual([]);
    expect(taken(world(), world(more), { rules })).toEqual(none);
  });

  it('is not noted down where the words for the unit must not leave', () => {
    expect(carried(world({}, { title: mustNotLeave })).results.units).toEqual([]);
  });

  it('is not taken where a Secret stands beside it, but for the objects', () => {
    const beside = world({}, {}, { resources: [secret, pod] });
    expect(carried(beside).results.units).toMatchObject([
      { resources: [-1, expect.any(Number)], others: -1 },
    ]);
    expect(taken(beside, beside, { rules })).toEqual({ objects: [again, refused], rules: none.rules });
  });

  it('is judged again where it could not leave', () => {
    const open = resource({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: mustNotLeave } });
    const beside = world({}, {}, { resources: [open, pod] });
    const [unit] = carried(beside).results.units;
    expect([unit?.resources[0], unit?.objects.map(([place]) => place)]).toEqual([-1, [1]]);
    expect(taken(beside, beside, { rules })).toEqual(none);
    const told = new Map([[map, { ...nothing, diagnostics: [diagnostic(mustNotLeave)] }]]);
    const [ofTold] = carried(world(), { found: told }).results.units;
    expect(ofTold?.objects.map(([place]) => place)).toEqual([1]);
    expect(taken(world(), world(), { found: told, rules }).objects).toEqual([again, refused]);
    const silent = { ...rules, finds: () => [diagnostic(mustNotLeave)] };
    expect(taken(world(), world(), { rules: silent }).rules).toEqual([again, [], again]);
    const [ofSilent] = carried(world(), { rules: silent }).results.units;
    expect([ofSilent?.rules, ofSilent?.open]).toEqual([[], ['asks', 'finds']]);
    const lost = world({}, {}, { dropped: [mustNotLeave] });
    expect(carried(lost).results.units[0]?.others).toBe(-1);
    expect(taken(lost, lost, { rules })).toEqual(onlyObjects);
  });

  it.each<[string, readonly unknown[], readonly unknown[]]>([
    ['the base has it as well', alone, [undefined, 'client-side', {}, undefined]],
    ['it is of a third party', alone, [undefined, 'client-side', undefined, 'why']],
    ['it is applied by another way', alone, [undefined, 'server-side-apply', undefined, undefined]],
    ['it was of a third party', [undefined, 'client-side', undefined, 'why'], alone],
    ['it was applied by another way', [undefined, 'server-side-apply', undefined, undefined], alone],
  ])('is judged again of an object where %s', (_, before, now) => {
    const { results, graph } = carried(world(), { beside: before });
    const judging = takeJudgements([{ results, taken: { read: graph.read } as never }]);
    const later = world();
    const ofObjects = judging.objects(later, () => again as unknown as Judged);
    expect(ofObjects(pod, now, () => nothing)).toBe(again);
    expect(ofObjects(pod, before, () => nothing)).toEqual(before[3] === undefined ? refused : again);
  });

  it('is judged again of an object whose kind the repository may define', () => {
    const given = world({}, {}, { resources: [custom, pod] });
    expect(taken(given, given, { rules })).toEqual({ ...all, objects: [again, refused] });
  });

  it('is judged again by rules for another version of Kubernetes, or where several are spoken of', () => {
    expect(taken(world(), world(), { rules, version: '1.35' }).rules).toEqual(none.rules);
    const two = [carried(world(), { rules }), carried(world({}, { title: 'b' }), { rules })] as const;
    for (const [other, is] of [
      ['1.34', found],
      ['1.35', again],
    ] as const) {
      const judging = takeJudgements(
        two.map(({ results, graph }, index) => ({
          results: index === 0 ? results : { ...results, kubernetesVersion: other },
          taken: { read: graph.read } as never,
        })),
      );
      const { unit, ...rest } = world();
      judging.objects({ unit, ...rest }, () => nothing);
      const ofRules = judging.rules(unit, () => again as unknown as Diagnostic[]);
      expect(ofRules(ruleNamed('finds'), unit.build, surroundings, () => [])).toEqual(is);
    }
  });

  it('is judged by whoever judges otherwise where nobody noted down the unit', () => {
    const { unit } = world();
    expect(
      takeJudgements([]).rules(unit, () => found)(ruleNamed('finds'), unit.build, surroundings, () => []),
    ).toBe(found);
    expect(
      openNotes(openGraph()).rules(unit, () => found)(ruleNamed('finds'), unit.build, surroundings, () => []),
    ).toBe(found);
  });
});

describe('of what somebody forged is not taken', () => {
  /** Puts something in the place of what is found of the Pod. */
  const judgedAs =
    (value: unknown): Forge =>
    (results, graph) => {
      const node = graph.write(value);
      for (const unit of results.units as unknown as { objects: unknown[] }[])
        unit.objects = [unit.objects[0], [1, node, false]];
    };
  const saying = (...some: readonly unknown[]): Forge => judgedAs({ ...nothing, diagnostics: some });
  const without = (name: string): Judged =>
    Object.fromEntries(Object.entries(nothing).filter(([key]) => key !== name)) as unknown as Judged;
  const spanned = (more: object): Diagnostic =>
    diagnostic('d', { span: { file, start: 0, end: 1, ...more } });
  const accepting = (one: unknown): Forge => judgedAs({ ...nothing, accepted: [one] });

  it.each<[string, Forge]>([
    ['a judgement that is none', judgedAs('x')],
    ['a judgement that is nothing', judgedAs(null)],
    ['a judgement that is a list', judgedAs([])],
    ...Object.keys(nothing).map((name): [string, Forge] => [
      `a judgement without ${name}`,
      judgedAs(without(name)),
    ]),
    ['a diagnostic that is none', saying('x')],
    ['a diagnostic beside one that is none', saying(diagnostic('d'), 'x')],
    ['a diagnostic with a fix', saying(diagnostic('d', { fix: {} }))],
    ['a diagnostic without a message', saying({ ...diagnostic('d'), message: undefined })],
    ['a diagnostic without a rule', saying(Object.fromEntries(Object.entries(diagnostic('d')).slice(1)))],
    ['a diagnostic of a severity that there is not', saying(diagnostic('d', { severity: 'fatal' }))],
    ['a diagnostic whose help is a number', saying(diagnostic('d', { help: 1 }))],
    ['a diagnostic of a run that it is not', saying(diagnostic('d', { isOfRun: 'yes' }))],
    ['a place that is none', saying(diagnostic('d', { span: 1 }))],
    ['a place in no file', saying(spanned({ file: null }))],
    ['a place in a file without a path', saying(spanned({ file: { text: 'abc' } }))],
    ['a place in a file without a text', saying(spanned({ file: { path: 'a', text: ['a', 'b'] } }))],
    ['a place before the file', saying(spanned({ start: -1 }))],
    ['a place behind the file', saying(spanned({ end: file.text.length + 1 }))],
    ['a place between characters', saying(spanned({ start: 0.5 }))],
    ['a place that is a text', saying(spanned({ end: '1' }))],
    ['related places that are none', saying(diagnostic('d', { related: 1 }))],
    ['a related place that is none', saying(diagnostic('d', { related: [null] }))],
    ['a related place without a message', saying(diagnostic('d', { related: [{ span: spanned({}).span }] }))],
    ['a related place without a place', saying(diagnostic('d', { related: [{ message: 'm' }] }))],
    ['an object that is none', saying(diagnostic('d', { object: 'Pod' }))],
    ['an object without a kind', saying(diagnostic('d', { object: { apiVersion: 'v1', name: 'a' } }))],
    [
      'an object with more',
      saying(diagnostic('d', { object: { apiVersion: 'v1', kind: 'a', name: 'a', uid: 'a' } })),
    ],
    ['an identity that is none', saying(diagnostic('d', { identity: 'x' }))],
    ['an identity without all parts', saying(diagnostic('d', { identity: { subject: 's' } }))],
    ['an acceptance that is none', accepting(1)],
    ['an acceptance of nothing', accepting({ reason: 'r' })],
    ['an acceptance without a reason', accepting({ diagnostic: diagnostic('d') })],
    ['a kind without schema that is no text', judgedAs({ ...nothing, withoutSchema: [1] })],
    ['a loose kind', judgedAs({ ...nothing, usedLooseKinds: [{}] })],
    ...['undecoded', 'schemaless', 'ruleless'].map((name): [string, Forge] => [
      `another object that is ${name}`,
      judgedAs({ ...nothing, [name]: [map] }),
    ]),
  ])('%s', (_, forge) => {
    expect(taken(world(), world(), { rules, forge })).toEqual({ ...all, objects: [nothing, again] });
  });

  it('nothing that is as a judgement may be', () => {
    const whole = diagnostic('d', {
      ...{
        help: 'h',
        field: 'f',
        entryPoint: 'e',
        unchecked: 'u',
        cause: 'c',
        isOfRun: true,
        severity: 'note',
      },
      object: { apiVersion: 'v1', kind: 'Pod', namespace: 'n', name: 'pod' },
      identity: { subject: 's', field: 'f', object: 'o', home: 'h', written: 'w' },
      related: [{ message: 'm', span: { file, start: 0, end: 0 } }],
    });
    const judged = {
      ...{
        diagnostics: [whole, diagnostic('w', { severity: 'warning' })],
        withoutSchema: ['v1 Pod'],
        usedLooseKinds: [],
      },
      accepted: [{ diagnostic: whole, reason: 'r' }],
      ...{ undecoded: [pod], schemaless: [pod], ruleless: [pod] },
    };
    expect(taken(world(), world(), { rules, forge: judgedAs(judged) })).toEqual({
      ...all,
      objects: [nothing, judged],
    });
  });

  type Unit = { words: string; resources: number[]; others: number; objects: unknown[]; rules: unknown[] };
  const ofUnit =
    (change: (unit: Unit, graph: ReturnType<typeof openGraph>) => unknown): Forge =>
    (results, graph) => {
      for (const unit of results.units as unknown as Unit[]) change(unit, graph);
    };

  it.each<[string, Forge, object]>([
    ['an object that is not there', ofUnit((unit) => void unit.objects.push([9, 0, false])), all],
    ['a unit with other words', ofUnit((unit) => Object.assign(unit, { words: '[]' })), none],
    ['a unit with fewer objects', ofUnit((unit) => void unit.resources.pop()), none],
    ['a unit with more objects', ofUnit((unit) => unit.resources.push(0)), none],
    ['a unit whose object has no number', ofUnit((unit) => Object.assign(unit.resources, { 0: null })), none],
    [
      'a unit whose other things are no list',
      ofUnit((unit, { write }) => Object.assign(unit, { others: write({ length: 2 }) })),
      onlyObjects,
    ],
    ['a unit whose object is gone', ofUnit((unit) => Object.assign(unit.resources, { 1: 1e9 })), none],
    ...[1, null, {}, { object: {} }, { origin: {} }, { object: 1, origin: {} }].map(
      (one): [string, Forge, object] => [
        `a unit whose object is ${JSON.stringify(one)}`,
        ofUnit((unit, { write }) => Object.assign(unit.resources, { 1: write(one) ?? 0 })),
        none,
      ],
    ),
    [
      'a unit of which other things are gone',
      ofUnit((unit) => Object.assign(unit, { others: 1e9 })),
      onlyObjects,
    ],
    [
      'a unit with other things',
      ofUnit((unit, { write }) => Object.assign(unit, { others: write([]) ?? 0 })),
      onlyObjects,
    ],
    [
      'a rule that finds what is gone',
      ofUnit((unit) => Object.assign(unit, { rules: [['finds', 1e9]] })),
      { ...all, rules: none.rules.map((one, index) => (index === 1 ? [] : one)) },
    ],
    [
      'a rule that finds what is no diagnostic',
      ofUnit((unit, { write }) => Object.assign(unit, { rules: [['finds', write([diagnostic('d'), 1])]] })),
      { ...all, rules: none.rules.map((one, index) => (index === 1 ? [] : one)) },
    ],
  ])('%s', (_, forge, is) => {
    expect(taken(world(), world(), { rules, forge })).toEqual(is);
  });

  it('a judgement of a Secret, and what rules find beside one', () => {
    const beside = world({}, {}, { resources: [secret, pod] });
    const { effects, dropped } = build;
    const forge = ofUnit((unit, { write }) => {
      unit.objects.push([0, write(nothing), false]);
      Object.assign(unit, { others: write([...effects, ...dropped]) });
    });
    expect(taken(beside, beside, { rules, forge })).toEqual({ objects: [again, refused], rules: none.rules });
  });
});
