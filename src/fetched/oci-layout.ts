import type { Sources } from '../source/load.ts';
import { parseDocuments } from '../source/parse.ts';
import { itemsAt, type Value, valueAt } from '../source/value.ts';
import { type ChartIdentity, identityIn } from './chart-identity.ts';

/** A chart of an OCI layout (image-spec 1.1, image-layout.md): the blob that it is packed in. */
export interface LayoutChart extends ChartIdentity {
  readonly path: string;
  /** What the index calls it: a tag, or an address with one. */
  readonly reference: string;
  /** The digest of its manifest. */
  readonly manifest: string;
}

const chartLayer = 'application/vnd.cncf.helm.chart.content.v1.tar+gzip';
const referenceKey = 'org.opencontainers.image.ref.name';
const maximumManifests = 5_000;

/** The charts of an OCI layout, as oras, crane and skopeo write it. */
export function chartsOfLayout(sources: Sources, layout: string): LayoutChart[] {
  const index = jsonAt(sources, `${layout}/index.json`);
  return itemsAt(index, ['manifests'])
    .slice(0, maximumManifests)
    .flatMap((entry) => chartOf(sources, layout, entry));
}

function chartOf(sources: Sources, layout: string, entry: Value): LayoutChart[] {
  const digest = textAt(entry, 'digest');
  const manifest = blobAt(sources, layout, digest);
  const layer = itemsAt(manifest, ['layers']).find((one) => textAt(one, 'mediaType') === chartLayer);
  const path = layer === undefined ? undefined : blobPath(layout, textAt(layer, 'digest'));
  const identity = identityIn(blobAt(sources, layout, textAt(manifest, 'config', 'digest')));
  if (path === undefined || identity === undefined) return [];
  const reference = textAt(entry, 'annotations', referenceKey);
  return [{ ...identity, path, reference, manifest: digest }];
}

function textAt(value: Value | undefined, ...path: readonly string[]): string {
  const text = valueAt(value, path);
  return typeof text === 'string' ? text : '';
}

function blobAt(sources: Sources, layout: string, digest: string): Value | undefined {
  const path = blobPath(layout, digest);
  return path === undefined ? undefined : jsonAt(sources, path);
}

function blobPath(layout: string, digest: string): string | undefined {
  const [, algorithm, hex] = /^(sha256|sha512):([0-9a-f]+)$/u.exec(digest) ?? [];
  return hex === undefined ? undefined : `${layout}/blobs/${algorithm}/${hex}`;
}

function jsonAt(sources: Sources, path: string): Value | undefined {
  const bytes = sources.bytes(path);
  if (typeof bytes === 'string') return undefined;
  return parseDocuments({ path, text: new TextDecoder().decode(bytes) }, 'json').documents[0]?.value;
}
