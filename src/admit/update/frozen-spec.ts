import { immutable, type Update } from './update.ts';

/** Kinds whose `spec` never changes: volume attachments, resource claims and their templates, requests for certificates, storage migrations. */
export function validateFrozenSpec(update: Update): void {
  immutable(update, ['spec'], 'give the new one another name');
}
