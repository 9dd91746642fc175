import { defineConfig } from 'vitest/config';

/** Unit, contract and convention tests; test/e2e has its own configuration. */
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/e2e/**', 'test/bench/**', 'node_modules/**'],
    // Node's own loader, so that syntax which stops `node` at start also fails here.
    experimental: { viteModuleRunner: false },
    expect: { requireAssertions: true },
    // Far more than any test takes: only what hangs should be ended, on a slow and busy machine, too.
    testTimeout: 90_000,
    hookTimeout: 90_000,
    // Loading the collector's modules anew for every file took most of the run; no module keeps state that a test sees.
    isolate: false,
  },
});
