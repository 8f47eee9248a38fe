import { isKind, textAt } from '../../object/object-field.ts';
import { nameOf, namespaceOf, type Resource } from '../../object/resource.ts';
import { type Path, valueAt } from '../../source/value.ts';
import { valueText } from '../../source/value-text.ts';
import type { Held } from '../effect.ts';
import { changeWords } from '../words.ts';
import { type Consequence, fieldsOf, isBelow, type Taken } from './consequence.ts';
import { versionStep } from './version-step.ts';

/** What becomes of a release that helm-controller installs: another one in its place, or an upgrade. */
export function releaseConsequences(taken: Taken): Consequence[] {
  if (!isKind(taken.head.resource, 'helm.toolkit.fluxcd.io', 'HelmRelease')) return [];
  const moved = movedRelease(taken);
  return moved.length > 0 ? moved : upgrade(taken);
}

/** helm-controller 1.5, action.ReleaseTargetChanged: a release is known by where it is stored, its namespace and its name. */
function movedRelease({ base, head }: Taken): Consequence[] {
  const [before, after] = [targetOf(base.resource), targetOf(head.resource)];
  const fields = (['storageNamespace', 'targetNamespace', 'releaseName'] as const).filter(
    (field) => before[field] !== after[field],
  );
  const [first] = fields;
  if (first === undefined) return [];
  const at = (field: string): Path => ['spec', field];
  const written = fields.find((field) => valueAt(head.resource.object, at(field)) !== undefined) ?? first;
  return [
    {
      at: at(written),
      explains: fields.map(at),
      actions: ['delete', 'create'],
      reason: 'release-reinstalled',
      severity: 'breaks',
      what: fields.map((field) => `${field} ${before[field]} → ${after[field]}`).join(', '),
      details: [
        'volumes that the chart creates are deleted with the old release, unless they have helm.sh/resource-policy: keep',
      ],
      safe: [
        { text: 'add a second HelmRelease with the new target, and move data and clients to it' },
        { text: 'remove this one in a later change' },
      ],
    },
  ];
}

type Target = Readonly<Record<'storageNamespace' | 'targetNamespace' | 'releaseName', string>>;

function targetOf({ object }: Resource): Target {
  const namespace = namespaceOf(object);
  const target = textAt(object, 'spec', 'targetNamespace');
  return {
    storageNamespace: textAt(object, 'spec', 'storageNamespace') ?? namespace,
    targetNamespace: target ?? namespace,
    // The controller puts another namespace in front of the name (GetReleaseName).
    releaseName:
      textAt(object, 'spec', 'releaseName') ??
      (target === undefined ? nameOf(object) : `${target}-${nameOf(object)}`),
  };
}

const version = ['spec', 'chart', 'spec', 'version'] as const;
const upgraded: readonly Path[] = [
  ['spec', 'chart'],
  ['spec', 'chartRef'],
  ['spec', 'values'],
  ['spec', 'valuesFrom'],
  ['spec', 'postRenderers'],
];

/** Each field of the chart or of the values that differs. */
function upgrade({ base, head, update }: Taken): Consequence[] {
  const fields = fieldsOf(update).filter((path) => upgraded.some((one) => isBelow(path, one)));
  const [before, after] = [base, head].map(({ resource }) =>
    valueText(valueAt(resource.object, version)),
  ) as [string, string];
  const step = versionStep(before, after);
  return fields.map((path) => {
    const isVersion = isBelow(path, version) && before !== '' && after !== '';
    return {
      at: path,
      explains: [path],
      actions: ['update'],
      reason: 'release-upgraded',
      severity: 'changes',
      what: isVersion ? `chart ${before} → ${after}` : changeWords(base, head, [path], update.states.next),
      details: isVersion ? (step === undefined ? [] : [remarks[step]]) : imageRemarks(base, head, path),
    };
  });
}

function imageRemarks(base: Held, head: Held, path: Path): string[] {
  if (path.at(-1) !== 'tag') return [];
  const [before, after] = [base, head].map(({ resource }) => valueText(valueAt(resource.object, path))) as [
    string,
    string,
  ];
  const step = versionStep(before, after);
  return step === undefined
    ? []
    : [`the image ${step === 'back' ? 'goes back to an earlier version' : 'gets a new major version'}`];
}

const remarks = {
  back: 'the chart goes back to an earlier version',
  major: 'the chart gets a new major version',
} as const;
