import { hasVariable } from '../../source/enclosed.ts';
import { copyMapping, isMapping, isSequence, type Mapping, type Value, valueAt } from '../../source/value.ts';
import type { FieldError } from '../field-error.ts';

/** Tells errors that stand from those about a value that is not the one the cluster will see. */
export type KeepErrors = (errors: readonly FieldError[]) => readonly FieldError[];

/** Whether SOPS encrypted the document: it leaves its own record in it. */
export function isSopsEncrypted(object: Mapping): boolean {
  const { sops } = object;
  return isMapping(sops) && (typeof sops['mac'] === 'string' || typeof sops['lastmodified'] === 'string');
}

/** The object without the record of SOPS, which is gone once it is decrypted. */
export function withoutSopsRecord(object: Mapping): Mapping {
  const rest = copyMapping(object);
  delete rest['sops'];
  return rest;
}

/** Drops errors about values that SOPS encrypted or, with `hasPlaceholders`, that hold a `${VAR}` of Flux or a `<secret:…>` of a plugin. */
export function keepErrors(object: Mapping, isEncrypted: boolean, hasPlaceholders: boolean): KeepErrors {
  if (!isEncrypted && !hasPlaceholders) return (errors) => errors;
  const isOpen = (text: string): boolean =>
    (isEncrypted && text.startsWith('ENC[')) ||
    (hasPlaceholders && (hasVariable(text) || placeholder.test(text)));
  return (errors) => errors.filter((error) => !isAboutOpen(object, error, isOpen));
}

/** Whether all that stands in a value are variables that get theirs in the cluster; what is written nowhere is none. */
export function isOpenThroughout(value: Value | undefined, depth = 0): boolean {
  if (typeof value === 'string') return /^\$\{[^}]+\}$/u.test(value);
  if (depth > depthLimit || (!isSequence(value) && !isMapping(value))) return false;
  const parts = isSequence(value) ? value : Object.keys(value).map((key) => value[key]);
  return parts.length > 0 && parts.every((part) => isOpenThroughout(part, depth + 1));
}

const placeholder = /<[a-z]{2,20}:[^<>\s]+>/;
const depthLimit = 100;

function isAboutOpen(object: Mapping, error: FieldError, isOpen: (text: string) => boolean): boolean {
  const { field, type } = error;
  if (field.some((step) => typeof step === 'string' && isOpen(step))) return true;
  const value = valueAt(object, field);
  // A name stays what it is, and a mapping a mapping, whatever is put in.
  if (type === 'UnknownField') return false;
  if (type === 'TypeInvalid') return typeof value === 'string' && isOpen(value);
  return holdsOpen(value, isOpen, 0);
}

function holdsOpen(value: Value | undefined, isOpen: (text: string) => boolean, depth: number): boolean {
  if (typeof value === 'string') return isOpen(value);
  if (depth > depthLimit) return false;
  if (isSequence(value)) return value.some((item) => holdsOpen(item, isOpen, depth + 1));
  if (!isMapping(value)) return false;
  return Object.keys(value).some((key) => isOpen(key) || holdsOpen(value[key], isOpen, depth + 1));
}
