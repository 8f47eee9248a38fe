import { existsSync, readFileSync } from 'node:fs';
import { brotliCompressSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import {
  defaultKubernetesVersion,
  kubernetesVersions,
} from '../../../src/configuration/kubernetes-versions.ts';
import {
  factsFor,
  fieldVersions,
  findKind,
  kindsOf,
  lifecycleOf,
  type ObjectType,
  propertiesOf,
  requiredOf,
  supportedVersions,
  type Type,
  typeNamed,
} from '../../../src/schema/facts.ts';
import { factsText } from '../../../src/schema/facts-data.ts';

describe('facts', () => {
  test('stay small', () => {
    expect(factsText.length).toBeLessThan(300_000);
    expect(brotliCompressSync(factsText).length).toBeLessThan(40_000);
  });

  test('know the versions that can be checked for and stay at the nearest beyond them', () => {
    expect(supportedVersions()).toEqual(kubernetesVersions);
    expect(kubernetesVersions).toContain(defaultKubernetesVersion);
    expect(factsFor('v1.36.3')).toBe(factsFor('1.36'));
    expect(factsFor('1.99').version).toBe(kubernetesVersions.at(-1));
    expect(factsFor('1.20').version).toBe(kubernetesVersions[0]);
  });

  test('know scope, plural and life of a kind', () => {
    const facts = factsFor('1.36');
    expect(findKind(facts, 'apps', 'v1', 'Deployment')).toMatchObject({
      plural: 'deployments',
      namespaced: true,
    });
    expect(findKind(facts, '', 'v1', 'Namespace')).toMatchObject({ plural: 'namespaces', namespaced: false });
    expect(findKind(facts, 'apps', 'v1', 'constructor')).toBeUndefined();
    expect(lifecycleOf('policy', 'v1beta1', 'PodDisruptionBudget')).toEqual({
      introduced: '1.5',
      deprecated: '1.21',
      removed: '1.25',
      replacement: 'policy/v1/PodDisruptionBudget',
    });
  });

  test('know when a field came', () => {
    const container = typeNamed(factsFor('1.36'), 'core.v1.Container');
    expect(container && fieldVersions(container, 'restartPolicyRules')).toEqual(['1.34', '1.37']);
    expect(container && fieldVersions(container, 'image')).toEqual(['1.29', '1.37']);
  });
});

const sharedPath = new URL('../../../../shared/kubernetes/facts.json', import.meta.url);

interface SharedFacts {
  readonly names: readonly string[];
  readonly defs: readonly {
    readonly p?: Record<string, unknown>;
    readonly r?: unknown;
    readonly v?: unknown;
  }[];
  readonly gvks: Readonly<Record<string, readonly (readonly unknown[])[]>>;
}

/** Where a value holds for some versions only it stands in `_`, as `[value, from, to]`. */
function valueIn(folded: unknown, index: number): unknown {
  if (typeof folded !== 'object' || folded === null || !('_' in folded)) return folded;
  const runs = folded._ as readonly [unknown, number, number][];
  return runs.find(([, from, to]) => from <= index && index <= to)?.[0];
}

/** Required fields that changed stand there as a plain list of such runs. */
function requiredIn(folded: unknown, index: number): readonly string[] {
  const isRuns = Array.isArray(folded) && Array.isArray(folded[0]);
  return (valueIn(isRuns ? { _: folded } : folded, index) ?? []) as string[];
}

describe.skipIf(!existsSync(sharedPath))('facts compared with ../shared/kubernetes/facts.json', () => {
  const shared = JSON.parse(existsSync(sharedPath) ? readFileSync(sharedPath, 'utf8') : '{}') as SharedFacts;

  test.each(supportedVersions().map((version, index) => [version, index] as const))(
    '%s',
    (version, index) => {
      const facts = factsFor(version);
      const seen = new Map<ObjectType, number>();
      const differences: string[] = [];
      const kinds = new Map(
        kindsOf(facts).map((kind) => [[kind.group, kind.version, kind.kind].filter(Boolean).join('/'), kind]),
      );
      for (const [key, entries] of Object.entries(shared.gvks)) {
        const [id, scope, plural, range] = entries[0] as [number, string, string?, [number, number]?];
        if (plural === undefined || typeof plural !== 'string') continue;
        const isServed = range === undefined || (range[0] <= index && index <= range[1]);
        const kind = kinds.get(key);
        if ((kind !== undefined) !== isServed)
          differences.push(`${key} is ${isServed ? 'missing' : 'too much'}`);
        if (kind === undefined) continue;
        if (kind.plural !== plural || kind.namespaced !== (scope === 'n')) differences.push(`${key} differs`);
        compare(kind.type, id);
      }
      expect(differences).toEqual([]);
      expect(seen.size).toBeGreaterThan(450);

      function compare(type: ObjectType, id: number): void {
        if (seen.has(type)) return;
        seen.set(type, id);
        const name = shared.names[id];
        const expected = shared.defs[id]?.p ?? {};
        const properties = propertiesOf(facts, type);
        const names = Object.keys(expected).filter((key) => valueIn(expected[key], index) !== undefined);
        if ([...properties.keys()].sort().join() !== names.sort().join())
          differences.push(`${name} has ${[...properties.keys()]}, not ${names}`);
        const required = requiredIn(shared.defs[id]?.r, index);
        if (requiredOf(facts, type).join() !== required.join())
          differences.push(`${name} requires ${requiredOf(facts, type)}`);
        for (const [key, property] of properties) {
          const spec = valueIn(expected[key], index);
          const [text, attributes] = (Array.isArray(spec) ? spec : [spec, {}]) as [
            string,
            Record<string, unknown>,
          ];
          compareType(`${name}.${key}`, property.type, text);
          const enums = {
            ...attributes,
            ...(Array.isArray(attributes['e']) ? { e: [...new Set(attributes['e'])] } : {}),
          };
          if (!equal(property.attributes ?? {}, enums))
            differences.push(`${name}.${key} has ${JSON.stringify(property.attributes)}`);
        }
      }

      function compareType(where: string, type: Type, text: string): void {
        if (type.is === 'list' && text.startsWith('[]')) compareType(where, type.items, text.slice(2));
        else if (type.is === 'map' && text.startsWith('{}')) compareType(where, type.values, text.slice(2));
        else if (type.is === 'object' && text.startsWith('@')) compare(type, Number(text.slice(1)));
        else if (text !== type.is && !isFiner(type, text))
          differences.push(`${where} is ${type.is}, not ${text}`);
      }

      // Ours tell apart what decodes by hand, and what is an object without fields.
      function isFiner(type: Type, text: string): boolean {
        const union =
          text.startsWith('@') && shared.names[Number(text.slice(1))]?.includes('JSONSchemaPropsOr') === true;
        if (union) return type.is.startsWith('schemaOr');
        return (
          text === 'any' &&
          (type.is === 'raw' || (type.is === 'object' && propertiesOf(facts, type).size === 0))
        );
      }
    },
  );
});

function equal(a: unknown, b: unknown): boolean {
  const sorted = (value: unknown) =>
    JSON.stringify(value, (_, part) =>
      typeof part === 'object' && part !== null && !Array.isArray(part)
        ? Object.fromEntries(Object.entries(part).sort(([x], [y]) => (x < y ? -1 : 1)))
        : part,
    );
  return sorted(a) === sorted(b);
}
