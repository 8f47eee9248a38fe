import { isKustomizationPath } from '../../object/kustomization-path.ts';
import { originOfDocument } from '../../object/provenance.ts';
import { directoryOf } from '../../source/path.ts';
import { isMapping } from '../../source/value.ts';
import { ownerOf } from '../kustomize/kustomization-file.ts';
import type { RunRule } from '../rule.ts';

export const fileNotReached: RunRule = {
  id: 'file-not-reached',
  severity: 'warning',
  scope: 'run',
  criterion: 'wired',
  tags: ['ownership'],
  *judge(builds, context) {
    // While a build is broken, nobody knows what it would have read.
    if (context.files === undefined || !builds.every(({ complete }) => complete)) return;
    const inputs = new Set(builds.flatMap((build) => build.inputs));
    for (const path of context.files) {
      if (inputs.has(path) || isKustomizationPath(path)) continue;
      const owner = ownerOf(path, (file) => context.sources.fileSystem.kind(file) === 'file');
      // What stands in a component that no build uses is not forgotten, but not switched on.
      if (owner === undefined || !inputs.has(owner)) continue;
      const { documents } = context.sources.load(path, 'kustomize');
      const manifest = documents.find(({ value }) => isManifest(value));
      if (manifest === undefined) continue;
      yield {
        at: [{ value: manifest.value, origin: originOfDocument('resources', manifest.positions) }, 'kind'],
        message: `no kustomization reaches this file, although ${owner} is ${directoryOf(path) === directoryOf(owner) ? 'next to' : 'above'} it`,
        help: `list it in ${owner}, or remove it`,
      };
    }
  },
};

function isManifest(value: unknown): boolean {
  const mapping = value as Parameters<typeof isMapping>[0];
  return (
    isMapping(mapping) && typeof mapping['apiVersion'] === 'string' && typeof mapping['kind'] === 'string'
  );
}
