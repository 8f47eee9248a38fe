import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import { findingAt } from '../../object/finding.ts';
import type { Resource } from '../../object/resource.ts';
import { cutLastBrace } from '../../source/enclosed.ts';
import type { Mapping, Path } from '../../source/value.ts';
import { visitTexts } from './visit-texts.ts';

interface EatenDollar {
  readonly offset: number;
  readonly severity: 'warning' | 'note';
  readonly effect: string;
}

/**
 * Texts whose `$$` means something of its own: where anything is substituted each pair outside of `${…}` becomes one dollar
 * (scanEscaped of fluxcd/pkg/envsubst 1.9). What names or digits follow, as in `$$HOME`, was mostly escaped for Flux, and is right afterwards.
 */
export function eatenDollars(resource: Resource, entryPoint: string): Diagnostic[] {
  const found: Diagnostic[] = [];
  visitTexts(resource.object, [], '$$', (text, path, part) => {
    const eaten = firstEaten(resource.object, path, text);
    if (eaten === undefined) return;
    const { offset, severity, effect } = eaten;
    found.push(
      findingAt(
        resource,
        {
          rule: 'dollar-eaten',
          severity,
          message: `Flux turns these two dollar signs into one${effect}`,
          help: 'write $$$$, or annotate the object with kustomize.toolkit.fluxcd.io/substitute: disabled',
          path,
          part,
          within: { start: offset, end: offset + 2, text },
        },
        entryPoint,
      ),
    );
  });
  return found;
}

function firstEaten(object: Mapping, path: Path, text: string): EatenDollar | undefined {
  const judge = isOfContainer(path) ? judgeArgument : isShell(path, text) ? judgeScript : judgeData;
  // Expressions are passed over; more than two dollars were doubled by somebody who knows.
  const [closed, open] = cutLastBrace(text);
  const places = [
    ...[...closed.matchAll(expressionOrDollars)].map(({ 0: found, index }) => ({ found, index })),
    ...[...open.matchAll(dollars)].map(({ 0: found, index }) => ({ found, index: closed.length + index })),
  ];
  for (const { found, index } of places) {
    if (found !== '$$') continue;
    const eaten = judge(object, text.slice(Math.max(0, index - 1), index), text.slice(index + 2));
    if (eaten !== undefined) return { offset: index, ...eaten };
  }
  return undefined;
}

const expressionOrDollars = /\$\{[^}]*\}|\$\$\{|\${3,}|\$\$/gu;
const dollars = /\$\$\{|\${3,}|\$\$/gu;

type Judge = (object: Mapping, before: string, after: string) => Omit<EatenDollar, 'offset'> | undefined;

/** The kubelet makes one dollar of two by itself, but for what it would take for a variable. */
const judgeArgument: Judge = (_, __, after) => {
  const name = /^\((\w+)\)/u.exec(after)?.[1];
  return name === undefined
    ? undefined
    : { severity: 'warning', effect: `, so the kubelet inserts the value of ${name} there` };
};

/** The number of a process, or what is put together with it. */
const judgeScript: Judge = (_, before, after) =>
  /^[\s"'=/._:-]?$/u.test(before) && /^(?:$|[\s"'/._;:&>)-])/u.test(after)
    ? { severity: 'warning', effect: ', which is no longer a process ID' }
    : undefined;

/** A dollar inside of a word, such as a password. */
const judgeData: Judge = ({ kind }, before, after) =>
  (kind === 'Secret' || kind === 'ConfigMap') && /\w/u.test(before) && /^[A-Za-z]/u.test(after)
    ? { severity: 'note', effect: ', and the value changes' }
    : undefined;

function isOfContainer(path: Path): boolean {
  if (!path.includes('containers') && !path.includes('initContainers')) return false;
  return (
    path.includes('command') || path.includes('args') || (path.includes('env') && path.at(-1) === 'value')
  );
}

function isShell(path: Path, text: string): boolean {
  return /^#!.*\b(?:ba|da|a|k|z)?sh\b/u.test(text) || /\.(?:ba|z)?sh$/u.test(String(path.at(-1)));
}
