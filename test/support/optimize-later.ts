import { optimizeLater } from '../../src/optimize-later.ts';

// As the tool itself does.
optimizeLater(process.versions.v8);
