/** One fence of a page: a file, with the findings that its marks announce. */
export interface PageFile {
  readonly path: string;
  /** The text without the marks, so that no parser sees them. */
  readonly text: string;
  readonly marks: readonly Mark[];
  /** The line of the page that the file's first line stands on. */
  readonly firstLine: number;
}

/** `# error: [rule] "words"` at the end of a line: this rule has to find something here, and to say these words. */
export interface Mark {
  readonly line: number;
  readonly severity: string;
  readonly rule: string;
  readonly message: string;
}

export interface PageCase {
  readonly title: string;
  readonly isBad: boolean;
  readonly line: number;
  readonly files: readonly PageFile[];
}

export interface Page {
  readonly id: string;
  readonly summary: string;
  readonly sections: readonly string[];
  readonly cases: readonly PageCase[];
}

const markPattern = /\s*# (error|warning|note): \[([a-z0-9.-]+)\] "([^"]*)"$/;

/** Reads a rule's page: `# id`, a summary, `## Why`, `## Bad` and `## Good` with `### cases` of named fences. */
export function readPage(text: string): Page {
  const lines = text.split(/\r?\n/u);
  const [heading = '', , summary = ''] = lines;
  const sections: string[] = [];
  const cases: (PageCase & { readonly files: PageFile[] })[] = [];
  let path: string | undefined;
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] ?? '';
    const isCases = sections.at(-1) === 'Bad' || sections.at(-1) === 'Good';
    if (line.startsWith('## ')) sections.push(line.slice(3));
    else if (line.startsWith('### ') && isCases)
      cases.push({ title: line.slice(4), isBad: sections.at(-1) === 'Bad', line: index + 1, files: [] });
    else if (line.startsWith('```')) {
      const end = endOfFence(lines, index);
      if (path !== undefined && /^```(?:yaml|sh)$/u.test(line) && isCases)
        cases.at(-1)?.files.push(readFile(path, lines.slice(index + 1, end), index + 2));
      index = end;
      path = undefined;
    } else path = /^`([^`]+)`:$/u.exec(line)?.[1] ?? (line === '' ? path : undefined);
  }
  return { id: heading.replace(/^# /, ''), summary, sections, cases };
}

function endOfFence(lines: readonly string[], start: number): number {
  const end = lines.indexOf('```', start + 1);
  return end < 0 ? lines.length : end;
}

/** A file with marks: the text that a parser may see, and where something has to be found. */
export function readFile(path: string, lines: readonly string[], firstLine: number): PageFile {
  const marks = lines.flatMap((line, index) => {
    const match = markPattern.exec(line);
    return match === null
      ? []
      : [{ line: index + 1, severity: match[1] ?? '', rule: match[2] ?? '', message: match[3] ?? '' }];
  });
  return { path, text: lines.map((line) => `${line.replace(markPattern, '')}\n`).join(''), marks, firstLine };
}
