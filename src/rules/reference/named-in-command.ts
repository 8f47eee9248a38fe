import type { ShellCommand, ShellWord } from '../../source/shell-command.ts';

/** An object that a command takes for granted, and where its name stands. */
export interface NamedObject {
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
  readonly start: number;
}

/**
 * The objects that a call of kubectl, oc, flux or argocd names as `TYPE/NAME` or `TYPE NAME`. Pods are left out, whose names nobody
 * writes, and so is what is created or deleted: it need not be there before, or after.
 */
export function objectsNamedIn(command: ShellCommand): NamedObject[] {
  const at = command.findIndex(({ text }) => tools.has(text));
  const namesIn = tools.get(command[at]?.text ?? '');
  if (namesIn === undefined) return [];
  const { positional, namespace } = argumentsOf(command.slice(at + 1));
  const named = namesIn(positional);
  return namespace !== undefined && literalName.test(namespace)
    ? named.map((one) => ({ ...one, namespace }))
    : named;
}

type NamesIn = (positional: readonly ShellWord[]) => NamedObject[];

const tools: ReadonlyMap<string, NamesIn> = new Map<string, NamesIn>([
  ['kubectl', namedByKubectl],
  ['oc', namedByKubectl],
  ['flux', namedByFlux],
  ['argocd', namedByArgo],
]);

/** Options that a value follows as a word of its own. */
const withValue =
  /^(?:-[cfklop]|--(?:as|cluster|container|context|field-selector|filename|for|kubeconfig|limits|output|patch|patch-file|replicas|requests|request-timeout|revision|selector|since|sort-by|tail|timeout|to-revision|type|user))$/u;

/** Options that stand for themselves, or hold their value. */
const alone =
  /^(?:-[Aitw]|-[a-z]=?\S+|--[^=]+=.*|--(?:all-containers|all-namespaces|follow|force|ignore-not-found|list|local|overwrite|previous|show-labels|stdin|tty|wait|watch|with-source))$/u;

/** The positional arguments up to `--` or to an option of which nobody knows whether the next word belongs to it. */
function argumentsOf(words: readonly ShellWord[]): {
  readonly positional: readonly ShellWord[];
  readonly namespace?: string;
} {
  const positional: ShellWord[] = [];
  let namespace: string | undefined;
  for (let index = 0; index < words.length; index++) {
    const word = words[index];
    if (word === undefined) break;
    const attached = /^(?:--namespace=|-n=?)(.+)$/u.exec(word.text)?.[1];
    if (attached !== undefined) namespace = attached;
    else if (word.text === '-n' || word.text === '--namespace') namespace = words[++index]?.text;
    else if (!word.text.startsWith('-')) positional.push(word);
    else if (takesValue(word.text, positional[0]?.text)) index += 1;
    else if (!/^-[fp]$/u.test(word.text) && !alone.test(word.text)) break;
  }
  return namespace === undefined ? { positional } : { positional, namespace };
}

// `logs -f` and `logs -p` are followed by no value.
function takesValue(option: string, verb: string | undefined): boolean {
  return withValue.test(option) && !(verb === 'logs' && /^-[fp]$/u.test(option));
}

/** What follows a verb: a type and names, a type and one name, or no bare name but that of a pod. */
const verbs: ReadonlyMap<string, 'names' | 'name' | 'pod'> = new Map([
  ...(['get', 'describe', 'edit', 'wait', 'scale'] as const).map((verb) => [verb, 'names'] as const),
  ...(['patch', 'label', 'annotate', 'autoscale', 'expose'] as const).map((verb) => [verb, 'name'] as const),
  ...(['logs', 'exec', 'port-forward', 'attach'] as const).map((verb) => [verb, 'pod'] as const),
]);

function namedByKubectl([verb, ...words]: readonly ShellWord[]): NamedObject[] {
  if (verb?.text === 'rollout' || verb?.text === 'set') return namedAfterType(words.slice(1), 'name');
  const takes = verbs.get(verb?.text ?? '');
  return takes === undefined ? [] : namedAfterType(words, takes);
}

function namedAfterType(words: readonly ShellWord[], takes: 'names' | 'name' | 'pod'): NamedObject[] {
  const [first, ...names] = words;
  if (first === undefined) return [];
  if (first.text.includes('/')) return (takes === 'names' ? words : [first]).flatMap(typedName);
  if (takes === 'pod') return [];
  return (takes === 'names' ? names : names.slice(0, 1)).flatMap((word) => namedAs(first.text, word));
}

function typedName({ text, start, end }: ShellWord): NamedObject[] {
  const [type = '', name = '', ...more] = text.split('/');
  return more.length > 0 ? [] : namedAs(type, { text: name, start: start + type.length + 1, end });
}

function namedByFlux([verb, ...words]: readonly ShellWord[]): NamedObject[] {
  if (!/^(?:events|export|get|reconcile|resume|suspend|trace)$/u.test(verb?.text ?? '')) return [];
  // `source git NAME` names a GitRepository.
  const isSource = /^(?:source|sources)$/u.test(words[0]?.text ?? '');
  const [type, name] = isSource ? words.slice(1) : words;
  if (type === undefined || name === undefined) return [];
  return namedAs(isSource ? `${type.text}repository` : type.text, name);
}

function namedByArgo([app, verb, name]: readonly ShellWord[]): NamedObject[] {
  if (app?.text !== 'app' || name === undefined) return [];
  return /^(?:diff|get|history|manifests|resources|rollback|sync|wait)$/u.test(verb?.text ?? '')
    ? namedAs('application', name)
    : [];
}

function namedAs(type: string, { text, start }: ShellWord): NamedObject[] {
  const kind = kinds.get(
    type.replace(/(?<=^[a-z]+)\.(?:apps|batch|argoproj\.io|[a-z]+\.toolkit\.fluxcd\.io)$/u, ''),
  );
  return kind === undefined || !literalName.test(text) ? [] : [{ kind, name: text, start }];
}

// RFC 1123, which no placeholder in capitals, brackets or with a dollar sign is.
const literalName = /^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/u;

/** Kinds by the names that kubectl and flux know them by. */
const kinds: ReadonlyMap<string, string> = new Map(
  [
    ['Deployment', 'deploy'],
    ['StatefulSet', 'sts'],
    ['DaemonSet', 'ds'],
    ['Service', 'svc'],
    ['ConfigMap', 'cm'],
    ['Secret'],
    ['ServiceAccount', 'sa'],
    ['Job'],
    ['CronJob', 'cj'],
    ['Ingress', 'ing', 'ingresses'],
    ['NetworkPolicy', 'netpol', 'networkpolicies'],
    ['HorizontalPodAutoscaler', 'hpa'],
    ['PodDisruptionBudget', 'pdb'],
    ['Namespace', 'ns'],
    ['Application', 'app', 'apps'],
    ['Kustomization', 'ks'],
    ['HelmRelease', 'hr'],
    ['GitRepository', 'gitrepo', 'gitrepositories'],
    ['OCIRepository', 'ocirepo', 'ocirepositories'],
    ['HelmRepository', 'helmrepo', 'helmrepositories'],
  ].flatMap(([kind = '', ...others]) => {
    const name = kind.toLowerCase();
    return [name, `${name}s`, ...others].map((one) => [one, kind] as const);
  }),
);
