/** What is refused on purpose although a reader takes it, or taken as one of several readers takes it: what is said, and why. */
interface Row {
  readonly name: string;
  readonly said: RegExp;
  readonly why: string;
}

const rows: readonly Row[] = [
  {
    name: 'repeated key',
    said: /^duplicate-key/,
    why: 'Nobody means both. kustomize takes the first within a merge, and joins annotations that are set twice; go-yaml v2 takes the last, and by chance one of a number and a text that become the same key.',
  },
  {
    name: 'hidden text',
    said: /^hidden-text/,
    why: 'A reviewer does not see it as a reader does; Argo CD makes a space of U+0085, and rejects other control characters.',
  },
  {
    name: 'control character',
    said: /kustomize refuses a string with a control character|is not allowed here/,
    why: 'kustomize cannot read again what it writes of it; kubectl drops DEL between documents.',
  },
  {
    name: 'list by its items',
    said: /^taken-for-list/,
    why: 'kubectl, Flux and Argo CD send the items of an object that is not a List; what they are is checked when they are sent.',
  },
  {
    name: 'no object',
    said: /^(?:not-admitted|required-field-missing)|the object has no kind/,
    why: 'kubectl gives items without a kind one, Argo CD and Flux leave them out, and no API server takes what is left.',
  },
  {
    name: 'items of a list',
    said: /items of a \S+ must be a list/,
    why: 'kustomize takes a List whose items are a scalar for an empty one; kubectl rejects it.',
  },
  {
    name: 'metadata',
    said: /metadata\S* is a (?:list|scalar), which kustomize reads/,
    why: 'kustomize makes a map of it, or crashes, depending on its other fields.',
  },
  {
    name: 'comment in a string',
    said: /kustomize may write this comment into the string/,
    why: 'kustomize makes a line of the string of the comment.',
  },
  {
    name: 'map or list as a key',
    said: /a map or list as a key/,
    why: 'Nearly always a template that nobody filled in. kubectl and Argo CD reject it, kustomize looks at it only where it decodes.',
  },
  {
    name: 'null as a key',
    said: /the key (?:~|null|Null|NULL|) is not a string|null as a key/,
    why: 'kustomize drops the key at the root of an object where a merge brings it, kubectl and Argo CD in a merge, and all reject it elsewhere.',
  },
  {
    name: 'merge key with a tag or in quotes',
    said: /"<<" with a tag|the key "<<"/,
    why: 'kustomize merges it, keeps it or drops it, depending on how often the object is written.',
  },
  {
    name: 'field in a merge within a merge',
    said: /kustomize does not find \S+ in a `<<` within a merge/,
    why: 'kustomize looks for the fields of an object itself before it is decoded, and does not take their texts either.',
  },
  {
    name: 'merge within a merge in a patch',
    said: /within a merge in a patch/,
    why: 'What it sets depends on the object, which it is written into.',
  },
  {
    name: 'field in two spellings',
    said: /are both read as the field/,
    why: 'sigs.k8s.io/yaml takes the one that comes last in its own order.',
  },
  {
    name: 'template of another tool',
    said: /^left out: a template of another tool/,
    why: 'An object without a name that another tool fills in: a run names and counts it, and no API server takes it as it is.',
  },
  {
    name: 'behind the end',
    said: /nothing reads this|the directive \S+.* has no document/,
    why: 'It looks like a part of the file, and no reader takes it, or one takes it without what stands before.',
  },
  {
    name: 'number without a double',
    said: /the number is too large/,
    why: 'kubectl makes a text of it in JSON; the API server rejects such a number.',
  },
];

export const reasonNames: readonly string[] = rows.map(({ name }) => name);

/** The name of the row that says why a difference is there on purpose. */
export function deliberateReason(problems: readonly string[]): string | undefined {
  return rows.find(({ said }) => problems.some((problem) => said.test(problem)))?.name;
}
