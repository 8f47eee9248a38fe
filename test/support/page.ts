export { type Page, type PageCase, type PageFile, readPage } from '../../src/admit/page/page.ts';
