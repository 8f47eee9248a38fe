import fc from 'fast-check';

// A gate that fails by chance teaches nobody anything: every run draws the same cases. PROPERTY_SEED draws others, for hunting.
fc.configureGlobal({ seed: Number(process.env['PROPERTY_SEED'] ?? 20_261_123) });
