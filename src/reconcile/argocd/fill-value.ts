import {
  isSequence,
  type Mapping,
  newMapping,
  type Path,
  type PathElement,
  type Value,
} from '../../source/value.ts';
import type { TemplateResult } from '../../template/evaluate.ts';
import { fillTemplate, type TemplateDialect } from './fast-template.ts';

/** What could not be filled in, and the way to it in the value. */
export interface Unfilled {
  readonly result: TemplateResult;
  readonly path: Path;
}

/** Fills the templates in all texts and keys of a value (applicationset/utils deeplyReplace of 3.6). */
export function fillValue(
  value: Value,
  parameters: Mapping,
  dialect: TemplateDialect,
): { readonly value: Value; readonly unfilled: readonly Unfilled[] } {
  const unfilled: Unfilled[] = [];
  const text = (template: string, path: Path): string => {
    const result = fillTemplate(template, parameters, dialect);
    if ('text' in result) return result.text;
    if ('missing' in result && result.left !== undefined && path.some(isFree)) return result.left;
    unfilled.push({ result, path });
    return template;
  };
  const fill = (part: Value, path: Path): Value => {
    if (typeof part === 'string') return text(part, path);
    if (path.length > 100 || typeof part !== 'object' || part === null) return part;
    if (isSequence(part)) return part.map((item, index) => fill(item, [...path, index]));
    const filled = newMapping();
    for (const key of Object.keys(part)) {
      const own = (part as Mapping)[key] ?? null;
      filled[text(key, path)] = fill(own, [...path, key]);
    }
    return filled;
  };
  return { value: fill(value, []), unfilled };
}

/** Fields whose texts may have braces of their own, which fasttemplate leaves alone: values for helm, patches, annotations. */
function isFree(step: PathElement): boolean {
  return typeof step === 'string' && ['helm', 'kustomize', 'plugin', 'annotations', 'info'].includes(step);
}
