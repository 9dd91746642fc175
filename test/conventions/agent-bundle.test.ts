import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { expectNone } from './expect-none.ts';
import { listFiles, ROOT, readTreeFile } from './source-files.ts';

const metaFile = z.object({ inputs: z.record(z.string(), z.object({ bytes: z.number() })) });

function isCurrent(): boolean {
  const changedAtMs = (path: string) => statSync(join(ROOT, path), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const sources = ['agent', 'shared'].flatMap(listFiles).filter((path) => path.endsWith('.ts'));
  return Math.max(...[...sources, 'package-lock.json'].map(changedAtMs)) < changedAtMs('agent/dist/meta.json');
}

function bundledFiles(): string[] {
  return Object.keys(metaFile.parse(JSON.parse(readTreeFile('agent/dist/meta.json'))).inputs);
}

describe('bundle of the agent', () => {
  // The bundle of an earlier source would answer for this one; a current one may be in use and is left alone.
  beforeAll(() => {
    if (!isCurrent()) execFileSync(process.execPath, [join(ROOT, 'agent/build.ts')], { cwd: ROOT, stdio: 'pipe' });
  });

  it('holds the packages of test/golden/agent-bundle.txt and no others', async () => {
    const packages = bundledFiles().flatMap((path) => /(?<=node_modules\/)(?:@[^/]+\/)?[^/]+/.exec(path) ?? []);
    const list = `${[...new Set(packages)].toSorted().join('\n')}\n`;
    await expect(
      list,
      'Every package is run on 30,000 PCs and paid for in their memory.\n' +
        'Fix: do without the new one, or run "npm run golden" and say in the commit why it is worth it',
    ).toMatchFileSnapshot('../golden/agent-bundle.txt');
  });

  it('holds files of agent and shared alone beside them', () => {
    const strangers = bundledFiles().filter((path) => !/^(?:agent\/|shared\/|node-module:)|node_modules\//.test(path));
    expectNone(strangers, {
      reason: 'what judges must be changeable without touching a PC',
      fix: 'move it to the collector, or to shared/ when both sides need it',
    });
  });
});
