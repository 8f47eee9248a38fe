import { knownOnce } from '../../object/known-once.ts';
import { isSequence, type Mapping, type Value } from '../../source/value.ts';
import { describe } from '../../workload/pod/pod-template.ts';
import { applicationsOf, hasSyncOption } from '../argocd/argo-application.ts';
import type { ClusterRule } from '../rule.ts';

/** What the annotations of an object may hold together (apimachinery, TotalAnnotationSizeLimitB). */
const limit = 262_144;

/** A client-side apply keeps the whole object in an annotation, which must not be larger than the limit. */
export const objectTooLargeToApply: ClusterRule = {
  id: 'object-too-large-to-apply',
  severity: 'error',
  scope: 'cluster',
  tags: ['ownership', 'capacity'],
  *judge(cluster) {
    for (const application of applicationsOf(cluster)) {
      for (const resource of application.build.resources) {
        const size = sizeOfObject(resource.object);
        if (size <= limit) continue;
        if (['ServerSideApply', 'Replace'].some((name) => hasSyncOption(application, resource, name)))
          continue;
        yield {
          at: [resource, 'metadata', 'name'],
          message: `${describe(resource)} has ${size.toLocaleString('en-GB')} bytes as JSON, but kubectl apply can store only ${limit.toLocaleString('en-GB')} in an annotation: the sync fails`,
          help: `add ServerSideApply=true to the syncOptions of ${application.name}, or to the object's annotation argocd.argoproj.io/sync-options`,
        };
      }
    }
  },
};

const sizeOfObject = knownOnce((object: Mapping) => sizeOf(object));

/** Bytes of the value as JSON, counted without writing it; what is sure to be small is not looked at closely. */
function sizeOf(value: Value): number {
  if (typeof value === 'string') return byteLength(value) + 2;
  if (typeof value !== 'object' || value === null) return String(value).length;
  if (isSequence(value)) return value.reduce<number>((sum, item) => sum + sizeOf(item) + 1, 1);
  let size = 1;
  for (const key of Object.keys(value)) size += key.length + 4 + sizeOf(value[key] ?? null);
  return size;
}

function byteLength(text: string): number {
  let length = text.length;
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    // Go's encoder spells out < > & as six characters; quotes, backslashes and line ends take two.
    if (code === 0x3c || code === 0x3e || code === 0x26) length += 5;
    else if (code === 0x22 || code === 0x5c || code === 0x0a || code === 0x0d || code === 0x09) length += 1;
    else if (code < 0x20) length += 5;
    else if (code > 0x7f) length += code > 0x7ff ? 2 : 1;
  }
  return length;
}
