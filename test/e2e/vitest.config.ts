import { defineConfig } from 'vitest/config';

/** Tests that start real processes; those below `debian/` also need Debian packages or root, and say so. */
export default defineConfig({
  test: {
    include: ['test/e2e/**/*.test.ts'],
    experimental: { viteModuleRunner: false },
    expect: { requireAssertions: true },
    // Several times what they take on two quick cores: a slow or busy computer is no fault.
    testTimeout: 400_000,
    hookTimeout: 200_000,
    // Two cores: one file after another, so that no test waits for another one's processes.
    fileParallelism: false,
  },
});
