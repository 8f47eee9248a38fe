/** Markdown without what stands in code, where nothing is obeyed. */
export function withoutCode(markdown: string): string {
  return markdown
    .replaceAll(/^(`{3,})text\n[\s\S]*?\n\1$/gmu, '')
    .replaceAll(/<code>[^<]*<\/code>/gu, '')
    .replaceAll(/(?<!`)(`+)(?!`)(?:(?!\n\n)[\s\S])*?(?<!`)\1(?!`)/gu, '');
}
