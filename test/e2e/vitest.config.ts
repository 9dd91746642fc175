import { defineConfig } from 'vitest/config';

/** Tests that start real processes; those below `debian/` also need Debian packages or root, and say so. */
export default defineConfig({
  test: {
    include: ['test/e2e/**/*.test.ts'],
    experimental: { viteModuleRunner: false },
    expect: { requireAssertions: true },
    testTimeout: 120_000,
    hookTimeout: 60_000,
    // Two cores: one file after another, so that no test waits for another one's processes.
    fileParallelism: false,
  },
});
