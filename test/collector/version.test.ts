import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { COLLECTOR_VERSION } from '#collector/version.ts';

const packageFile = z.object({ version: z.string() });

describe('COLLECTOR_VERSION', () => {
  it('is the one of package.json', () => {
    const text = readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8');
    expect(COLLECTOR_VERSION).toBe(packageFile.parse(JSON.parse(text)).version);
  });
});
