import { splitImage } from '../../build/transformers/images.ts';
import { changedValues, type Layer, layersOf } from '../../object/layer.ts';
import type { Path } from '../../source/value.ts';
import { describe } from '../../workload/pod/pod-template.ts';
import type { ResourceRule } from '../rule.ts';

/** An entry of `images` goes by the name alone, so containers that run one image with different tags all get its own. */
export const imageTagsOverwritten: ResourceRule = {
  id: 'image-tags-overwritten',
  severity: 'warning',
  scope: 'resource',
  criterion: 'wired',
  tags: ['kustomize', 'supply-chain'],
  *judge(resource) {
    const byEntry = new Map<string, { path: Path; written: Set<string> }>();
    for (const { path, value, origin } of changedValues(resource)) {
      if (path.at(-1) !== 'image' || typeof value !== 'string') continue;
      const layers = layersOf(origin);
      const [entry, before] = [layers.at(-1), layers.at(-2)];
      const image = before && imageIn(before);
      if (entry?.by !== 'images' || image === undefined) continue;
      const key = `${entry.file} ${entry.text} ${splitImage(image).name}`;
      const known = byEntry.get(key) ?? { path, written: new Set<string>() };
      known.written.add(image.slice(splitImage(image).name.length + 1));
      byEntry.set(key, known);
    }
    for (const { path, written } of byEntry.values()) {
      if (written.size < 2) continue;
      yield {
        at: [resource, ...path],
        message: `${describe(resource)} runs this image with the tags ${[...written].sort().join(' and ')}, but this entry sets all of them to one`,
        help: 'set the tags in the manifest or with patches, because images identifies containers only by name',
      };
    }
  },
};

/** The image as it was written, behind a key or alone. */
function imageIn({ text }: Layer): string | undefined {
  const value = text
    .replace(/^["']?image["']?\s*:\s+/u, '')
    .trim()
    .replace(/^(["'])(.*)\1$/u, '$2');
  return /^[\w./:@-]+$/u.test(value) ? value : undefined;
}
