import { speaksOfObjects } from '../../src/object/plain-manifests.ts';
import { type Value, valueAt } from '../../src/source/value.ts';
import { deliberateReason } from './deliberate.ts';
import type { Tree } from './generate-tree.ts';
import { type Reading, readForCluster, readForKustomize, readTree, sentByFlux } from './readings.ts';

/** What the oracle says of a text: objects, or why there are none. */
export interface Answer {
  readonly kustomize: Objects;
  readonly kubectl: Objects;
  readonly argocd: Objects;
  readonly flux: Objects;
}

type Objects = readonly Value[] | string;

/**
 * agree: the same objects, or both refuse. told: something is reported, and the objects are the same or not all were read.
 * unseen: the reader refuses what is reported as right. refused: what the reader takes is not read. differs: other objects.
 */
export type Verdict = 'agree' | 'told' | 'unseen' | 'refused' | 'differs';

export interface Comparison {
  readonly name: keyof Answer | 'build';
  readonly verdict: Verdict;
  readonly detail: string;
  /** Why it is told although the reader takes it; see deliberate.ts. */
  readonly because?: string;
}

/** How the readings of one text differ, by reader. */
export function compareReadings(text: string, answer: Answer): Comparison[] {
  const kustomize = readForKustomize(text);
  const cluster = readForCluster(text);
  return [
    { name: 'kustomize', ...compare(answer.kustomize, kustomize) },
    { name: 'flux', ...compareFlux(answer, kustomize) },
    { name: 'kubectl', ...compareCluster(answer.kubectl, cluster, text) },
    { name: 'argocd', ...compareCluster(answer.argocd, cluster, text) },
  ];
}

/** How the builds of one tree differ; the order of what is built is none of this. */
export function compareTrees(tree: Tree, { build }: { readonly build: Objects }): Comparison[] {
  const ours = readTree(tree);
  const inOrder = (objects: readonly Value[]) =>
    [...objects].sort((a, b) => (canonical(a) < canonical(b) ? -1 : 1));
  const theirs = typeof build === 'string' ? build : inOrder(build);
  return [{ name: 'build', ...compare(theirs, { ...ours, objects: inOrder(ours.objects) }) }];
}

// A document without a name or an apiVersion is refused only when it is sent; what is no object for anybody is none of ours.
function compareCluster(theirs: Objects, ours: Reading, text: string) {
  if (typeof theirs === 'string')
    return isNoManifest(theirs, text) ? ({ verdict: 'agree', detail: '' } as const) : compare(theirs, ours);
  const manifests = theirs.filter((object) => textIn(object, 'apiVersion') && textIn(object, 'kind'));
  return compare(manifests, ours);
}

function textIn(object: Value, field: string): boolean {
  return typeof (object as { [field: string]: Value })[field] === 'string';
}

function isNoManifest(error: string, text: string): boolean {
  return (
    /Object 'Kind' is missing|cannot unmarshal \w+ into Go value of type map|decodeList\.items|detector/.test(
      error,
    ) || !speaksOfObjects(text)
  );
}

function compare(theirs: Objects, ours: Reading): Omit<Comparison, 'name'> {
  if (typeof theirs === 'string') return { verdict: isTold(ours) ? 'agree' : 'unseen', detail: theirs };
  const isEqual = canonical(theirs) === canonical(ours.objects);
  const detail = `${canonical(theirs)} | ${canonical(ours.objects)} | ${ours.problems.join()}`;
  if (ours.problems.length === 0) return { verdict: isEqual ? 'agree' : 'differs', detail };
  if (isEqual && ours.isWhole) return { verdict: 'told', detail };
  const because = deliberateReason(ours.problems);
  if (because !== undefined) return { verdict: 'told', detail, because };
  return { verdict: ours.isWhole ? 'differs' : 'refused', detail };
}

/** Something is wrong, or could not be checked, which ends with 2 whatever severity it has. */
function isTold({ problems, isWhole }: Reading): boolean {
  return problems.length > 0 || !isWhole;
}

// Flux reads what kustomize prints, and drops what has no name.
function compareFlux({ flux, kustomize }: Answer, ours: Reading) {
  const isUnread = typeof kustomize === 'string' || typeof flux === 'string';
  if (isUnread || ours.problems.length > 0) return { verdict: 'agree', detail: '' } as const;
  const sent = sentByFlux(ours.objects);
  const named = sent.objects.filter(
    (object) => isNamed(object) && valueAt(object, ['apiVersion']) !== '' && textIn(object, 'apiVersion'),
  );
  return compare(flux, { ...sent, objects: named });
}

function isNamed(object: Value): boolean {
  const name = valueAt(object, ['metadata', 'name']);
  return typeof name === 'string' && name !== '';
}

/** JSON with sorted keys and numbers as doubles, which is what readers written in Go and in JavaScript have in common. */
function canonical(value: Value): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value === 'bigint') return JSON.stringify(Number(value));
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const mapping = value as { readonly [key: string]: Value };
  return `{${Object.keys(mapping)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonical(mapping[key] as Value)}`)
    .join()}}`;
}
