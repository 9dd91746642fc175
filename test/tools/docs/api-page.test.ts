import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { exampleCollector, fillExampleRegister } from '../../collector/http/api/example-register.ts';
import { temporaryFolder } from '../../collector/ingest/reporting-machine.ts';

const PAGE = readFileSync(join(import.meta.dirname, '../../../docs/api.md'), 'utf8');

/** Blocks of the page that are run as they stand. */
const BLOCKS = [...PAGE.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, block = '']) => block);

describe('docs/api.md', () => {
  it('shows commands that work', async () => {
    const register = await fillExampleRegister(temporaryFolder());
    const collector = await exampleCollector(register, false);
    const TRAMDO = new URL(await collector.listen()).origin.replace('localhost', '127.0.0.1');
    const cwd = temporaryFolder();
    const env = { PATH: process.env['PATH'], TRAMDO, TOKEN: register.tokens.admin, http_proxy: '', no_proxy: '*' };
    const failed: string[] = [];
    for (const block of BLOCKS) {
      // `set -e`: a command that fails is not hidden by the next one.
      await promisify(execFile)('sh', ['-ec', block], { cwd, env }).catch((error: unknown) => {
        failed.push(`${block}\n${String(error).slice(0, 500)}`);
      });
    }
    expect([failed, BLOCKS.length >= 4]).toEqual([[], true]);
  });

  it('stays a page', () => {
    expect(PAGE.split('\n').length).toBeLessThanOrEqual(120);
  });
});
