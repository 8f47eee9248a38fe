import { splitImage } from '../../build/transformers/images.ts';
import type { Resource } from '../../object/resource.ts';
import { valueText } from '../../source/value-text.ts';
import { containersOf, podTemplateOf } from '../../workload/pod/pod-template.ts';
import { versionStep } from './version-step.ts';

/** What is remarkable of the images that change: a step back, a new major version, a digest that is gone, a tag that moves. */
export function imageChanges(base: Resource, head: Resource): string[] {
  const before = imagesOf(base);
  const remarks = [...imagesOf(head)].flatMap(([container, image]) => {
    const old = before.get(container);
    return old === undefined || old === image ? [] : remarksOn(splitImage(old), splitImage(image));
  });
  return [...new Set(remarks)];
}

function imagesOf(resource: Resource): ReadonlyMap<string, string> {
  const template = podTemplateOf(resource);
  const containers = template === undefined ? [] : containersOf(template);
  return new Map(
    containers.flatMap(({ container: { name, image } }) =>
      typeof image === 'string' ? [[valueText(name), image]] : [],
    ),
  );
}

type Reference = ReturnType<typeof splitImage>;

function remarksOn(old: Reference, now: Reference): string[] {
  const { name } = now;
  const step = versionStep(old.tag, now.tag);
  const remarks = [
    ...(old.name !== name ? [`image ${old.name} is replaced by ${name}`] : []),
    ...(old.name === name && step === 'back' ? [`image ${name} goes back to an earlier version`] : []),
    ...(old.name === name && step === 'major' ? [`image ${name} gets a new major version`] : []),
    ...(old.digest !== '' && now.digest === '' ? [`image ${name} is no longer pinned by a digest`] : []),
  ];
  return now.digest === '' && isMoving(now.tag) && !(isMoving(old.tag) && old.digest === '')
    ? [...remarks, `image ${name} has a tag that moves: the version is decided when a pod starts`]
    : remarks;
}

// Names of branches and channels; without a tag it is latest.
function isMoving(tag: string): boolean {
  return /^(?:|latest|stable|main|master|develop|dev|edge|nightly|canary|staging|production|prod)$/u.test(
    tag,
  );
}
