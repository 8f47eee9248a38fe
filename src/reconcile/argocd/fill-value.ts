import { filledText } from '../../object/made-value.ts';
import { getPart, itemsOf, mappingOf, setItems, type Tracked } from '../../object/provenance.ts';
import { isMapping, isSequence, type Mapping, type Path, type PathElement } from '../../source/value.ts';
import type { TemplateFailure } from '../../template/fill.ts';
import { fillTemplate, type TemplateDialect } from './fast-template.ts';

/** What could not be filled in, and the way to it in the value. */
export interface Unfilled {
  readonly result: TemplateFailure;
  readonly path: Path;
}

export interface FilledValue {
  readonly filled: Tracked;
  readonly unfilled: readonly Unfilled[];
  /** Functions that only a cluster answers, of which stand-ins are in the value. */
  readonly unsupported: ReadonlySet<string>;
}

/**
 * Fills the templates in all texts and keys of a value (applicationset/utils deeplyReplace of 3.6); what was put in keeps its
 * origin. A text at a kept path stays a template while it uses what the parameters lack.
 */
export function fillValue(
  value: Tracked,
  parameters: Tracked<Mapping>,
  dialect: TemplateDialect,
  isKept: (path: Path) => boolean = () => false,
): FilledValue {
  const unfilled: Unfilled[] = [];
  const unsupported = new Set<string>();
  const text = (template: Tracked<string>, path: Path): Tracked<string> => {
    if (!template.value.includes('{{')) return template;
    const isLater = isKept(path);
    const result = fillTemplate(template, parameters, isLater ? { ...dialect, isStrict: true } : dialect);
    if ('unsupported' in result) unsupported.add(result.unsupported ?? '');
    if ('made' in result) return filledText(template, result.made);
    if ('missing' in result && result.left !== undefined && (isLater || isLeftOpen(path)))
      return filledText(template, result.left);
    if ('missing' in result && isLater) return template;
    unfilled.push({ result, path });
    return template;
  };
  const fill = (part: Tracked, path: Path): Tracked => {
    const { value: own, origin } = part;
    if (typeof own === 'string') return text(part as Tracked<string>, path);
    if (path.length > 100) return part;
    if (isSequence(own)) {
      const items = itemsOf(part).map((item, index) => fill(item, [...path, index]));
      return items.every((item, index) => item.value === own[index]) ? part : setItems(part, items);
    }
    if (!isMapping(own)) return part;
    const keys = Object.keys(own).map((key) => [key, text({ value: key, origin }, path).value] as const);
    const parts = keys.map(([key, name]): [string, Tracked] => [
      name,
      fill(getPart(part, key) ?? part, [...path, key]),
    ]);
    const isSame = keys.every(([key, name], index) => key === name && parts[index]?.[1].value === own[key]);
    return isSame ? part : mappingOf(parts, origin);
  };
  return { filled: fill(value, []), unfilled, unsupported };
}

function isLeftOpen(path: Path): boolean {
  return path.some(isFree) || isOverwritten(path);
}

/** Every Application gets the namespace of its ApplicationSet, whatever the template says. */
function isOverwritten([first, second, ...more]: Path): boolean {
  return first === 'metadata' && second === 'namespace' && more.length === 0;
}

/** Fields whose texts may have braces of their own, which fasttemplate leaves alone: values for helm, patches, annotations. */
function isFree(step: PathElement): boolean {
  return typeof step === 'string' && ['helm', 'kustomize', 'plugin', 'annotations', 'info'].includes(step);
}
