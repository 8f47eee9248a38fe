import type { Build } from '../../object/build.ts';
import { isOperation, itemTexts, type Layer, layersOf } from '../../object/layer.ts';
import { getAt } from '../../object/provenance.ts';
import { nameOf, type Resource } from '../../object/resource.ts';
import { isSequence, type Path, type Value, valueAt } from '../../source/value.ts';
import { valueNumber, valueText } from '../../source/value-text.ts';
import type { BuildRule } from '../rule.ts';

/**
 * A strategic merge patch tells ports apart by number alone, and of several with one number it keeps the first, those that it
 * does not touch included (kyaml merge2 with the schema of Kubernetes 1.21).
 */
export const portLostInMerge: BuildRule = {
  id: 'port-lost-in-merge',
  severity: 'warning',
  scope: 'build',
  criterion: 'wired',
  tags: ['kustomize', 'network'],
  *judge({ resources }: Build) {
    for (const resource of resources) {
      for (const path of portLists(resource)) {
        const lost = lostPort(resource, path);
        if (lost === undefined) continue;
        yield {
          at: [resource, ...path],
          message: `of the ports ${lost} of ${valueText(resource.object['kind'])} ${nameOf(resource.object)}, only one remains: a patch merges ports by number`,
          help: 'use a JSON 6902 patch for this object, which merges nothing',
        };
      }
    }
  },
};

function portLists({ object }: Resource): Path[] {
  if (object['kind'] === 'Service') return [['spec', 'ports']];
  const template: Path = ['spec', 'template', 'spec'];
  return ['containers', 'initContainers'].flatMap((field) => {
    const containers = valueAt(object, [...template, field]);
    return (isSequence(containers) ? containers : []).map((_, index) => [...template, field, index, 'ports']);
  });
}

/** A number that a layer of the list has more than once, and the list no more. */
function lostPort({ object, origin }: Resource, path: Path): number | undefined {
  const list = valueAt(object, path);
  if (!isSequence(list)) return undefined;
  const left = countsOf(list.map(numberOf));
  const own = getAt({ value: object, origin }, path);
  for (const layer of own === undefined ? [] : layersOf(own.origin)) {
    const numbers = isOperation(layer) ? [] : numbersIn(layer);
    const counts = countsOf(numbers);
    const lost = numbers.find((one) => (counts.get(one) ?? 0) > 1 && left.get(one) === 1);
    if (lost !== undefined) return lost;
  }
  return undefined;
}

function numberOf(port: Value): number {
  return valueNumber(valueAt(port, ['port']) ?? valueAt(port, ['containerPort']));
}

/** The numbers of the ports as they stand in a layer. */
function numbersIn(layer: Layer): number[] {
  return itemTexts(layer).flatMap((text) => {
    const [, number] = /(?:containerPort|port)["']?:(\d+)/u.exec(text) ?? [];
    return number === undefined ? [] : [Number(number)];
  });
}

function countsOf(numbers: readonly number[]): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const one of numbers) counts.set(one, (counts.get(one) ?? 0) + 1);
  return counts;
}
