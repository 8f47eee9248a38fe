import { computes, computesMany } from '../value/go-function.ts';
import type { Datum, Functions } from '../value/model.ts';
import { toFloat } from '../value/number.ts';
import { strval } from '../value/strval.ts';
import { sprigFunctions } from './sprig.ts';
import { fillText } from './tpl.ts';

const asksWorld = /^(?:genCA|genCAWithKey|genPrivateKey|genS\w+|getHostByName|lookup)$/u;

/** The functions of ApplicationSets and ResourceSets: sprig's without those that ask the world, and a few of their own. */
export const argocdFunctions: Functions = {
  ...Object.fromEntries(Object.entries(sprigFunctions).filter(([name]) => !asksWorld.test(name))),
  normalize: computes(['text'], normalizeName),
  slugify: computesMany([], 'any', (_, args) => slug(args)),
};

/** Those of ApplicationSets, which fill in texts that stand in parameters as well (applicationset/utils of 3.6). */
export const applicationSetFunctions: Functions = {
  ...argocdFunctions,
  tpl: { takes: ['text', 'any'], nests: true, call: fillText },
};

/** A name as Kubernetes takes it (applicationset/utils SanitizeName). */
export function normalizeName(name: string): string {
  const plain = name.toLowerCase().replaceAll(/[^-a-z0-9.]/gu, '-');
  return plain.slice(0, 253).replaceAll(/^[-.]+|[-.]+$/gu, '');
}

/** The name last; the length and whether to cut between words may stand before it (applicationset/utils SlugifyName). */
function slug(args: readonly Datum[]): string {
  const limit = args.length > 1 ? toFloat(args[0]) : 50;
  const isSmart = args.length > 2 ? args[1] === true : true;
  const name = normalizeName(strval(args.at(-1)))
    .replaceAll(/[^a-z0-9_]+/gu, '-')
    .replaceAll(/^-+|-+$/gu, '');
  if (name.length <= limit) return name;
  if (!isSmart) return name.slice(0, limit).replace(/-+$/u, '');
  const words = name.split('-');
  let short = words[0] ?? '';
  if (short.length > limit) return short.slice(0, limit);
  for (const word of words.slice(1)) {
    if (short.length + 1 + word.length > limit) break;
    short += `-${word}`;
  }
  return short;
}
