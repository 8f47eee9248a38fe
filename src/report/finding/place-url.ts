import type { Span } from '../../diagnostic/span.ts';
import { lineColumn } from './line-column.ts';

/** Where a place can be read in a browser; undefined where nothing leads there. */
export type PlaceUrl = (span: Span) => string | undefined;

/**
 * Addresses of a forge from a template such as `https://github.com/OWNER/NAME/blob/COMMIT/{path}#L{line}`. Paths are data: what an address, a
 * page or Markdown would take for its own is encoded.
 */
export function placeUrls(template: string | undefined): PlaceUrl {
  if (template === undefined || !/^https?:\/\//u.test(template)) return () => undefined;
  return ({ file, start }) => {
    if (file.text === '') return undefined;
    const line = String(lineColumn(file, start).line);
    return template.replaceAll('{path}', () => encodedPath(file.path)).replaceAll('{line}', line);
  };
}

function encodedPath(path: string): string {
  return path.split('/').map(encodedPart).join('/');
}

function encodedPart(part: string): string {
  return encodeURIComponent(part.replaceAll(/\p{Cs}/gu, '\ufffd')).replaceAll(
    /[!'()*~]/gu,
    (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
