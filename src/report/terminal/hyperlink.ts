import type { Span } from '../../diagnostic/span.ts';

/** Makes a text that names a place lead to its file, or leaves it as it is. */
export type Link = (span: Span, text: string) => string;

/** OSC 8 links below the `file:` URL of the repository's root; without one no links. */
export function linkWith(rootUrl: string | undefined): Link {
  if (rootUrl === undefined) return (_span, text) => text;
  const base = rootUrl.replace(/\/$/u, '');
  // The end of a link is a link to nowhere. Percent-encoding leaves nothing in the URL that a terminal would obey.
  return ({ file }, text) =>
    file.text === '' ? text : `\u001b]8;;${base}/${encodedPath(file.path)}\u001b\\${text}\u001b]8;;\u001b\\`;
}

function encodedPath(path: string): string {
  return path
    .split('/')
    .map((part) => encodeURIComponent(part.replaceAll(/\p{Cs}/gu, '\ufffd')))
    .join('/');
}
