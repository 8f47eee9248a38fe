import { speaksOfObjects } from '../../src/object/plain-manifests.ts';
import { type Value, valueAt } from '../../src/source/value.ts';
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
}

/** How the readings of one text differ, by reader. */
export function compareReadings(text: string, answer: Answer): Comparison[] {
  const kustomize = readForKustomize(text);
  const cluster = readForCluster(text);
  return [
    { name: 'kustomize', ...compare(answer.kustomize, kustomize, isLoneList(text)) },
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
  return [{ name: 'build', ...compare(theirs, { ...ours, objects: inOrder(ours.objects) }, false) }];
}

// Of a lone list kustomize takes the items and looks at nothing else.
function isLoneList(text: string): boolean {
  return /kind\W+(?:Resource)?List\b/.test(text);
}

// A document without a name or an apiVersion is refused only when it is sent; what is no object for anybody is none of ours.
function compareCluster(theirs: Objects, ours: Reading, text: string) {
  if (typeof theirs === 'string')
    return isNoManifest(theirs, text)
      ? ({ verdict: 'agree', detail: '' } as const)
      : compare(theirs, ours, false);
  const manifests = theirs.filter((object) => textIn(object, 'apiVersion') && textIn(object, 'kind'));
  return compare(manifests, ours, false);
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

function compare(
  theirs: Objects,
  ours: Reading,
  isLeftOut: boolean,
): { readonly verdict: Verdict; readonly detail: string } {
  if (typeof theirs === 'string') return { verdict: isTold(ours) ? 'agree' : 'unseen', detail: theirs };
  const isEqual = canonical(theirs) === canonical(ours.objects);
  const detail = `${canonical(theirs)} | ${canonical(ours.objects)} | ${ours.problems.join()}`;
  if (ours.problems.length === 0) return { verdict: isEqual ? 'agree' : 'differs', detail };
  const isDeliberate = isLeftOut || ours.problems.some((problem) => deliberate.test(problem));
  if (isDeliberate || (isEqual && ours.isWhole)) return { verdict: 'told', detail };
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
  return compare(flux, { ...sent, objects: named }, false);
}

function isNamed(object: Value): boolean {
  const name = valueAt(object, ['metadata', 'name']);
  return typeof name === 'string' && name !== '';
}

// What is refused on purpose although a reader takes it.
const deliberate =
  /^(?:duplicate-key|left out|alias-bomb|too-deep|hidden-text|taken-for-list|not-admitted|required-field-missing)|nothing reads this|is not allowed here|the directive|set twice|as a key|is not a string|items of a \S+ must|write this comment|control character|"<<" (?:is not|with a tag)|the key "<<"|are both read as the field|number is too large|which kustomize reads as|the object has no kind|is not a !!|metadata\S* is a (?:list|scalar)/;

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
