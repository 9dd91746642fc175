import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { chooseProgram } from '#agent/update/choose-program.ts';
import { idleSlot, installRelease } from '#agent/update/install-release.ts';
import { isIntact, readUpdateRecord, slotFolder, writeUpdateRecord } from '#agent/update/update-folder.ts';
import type { SlotProgram, UpdateRecord } from '#agent/update/update-record.ts';
import { releaseManifest } from '#shared/release.ts';
import { slotProgram, trialProgram } from './slot-programs.ts';

const CONTENT = new Map([
  ['agent-report.mjs', Buffer.from('n'.repeat(20))],
  ['agent.mjs', Buffer.from('n'.repeat(10))],
]);
const MANIFEST = releaseManifest.parse({
  format: 1,
  version: '0.4.0',
  minimumNode: '22.0.0',
  builtAt: '2026-11-22T00:00:00Z',
  files: slotProgram('a', '0.4.0').files.map((file) => ({ ...file, sha256: 'A'.repeat(43) })),
});
const BEFORE: UpdateRecord = { active: slotProgram('a', '0.3.0'), previous: slotProgram('b', '0.2.0') };

/** A state folder with two releases in their slots. */
function stateFolder(): string {
  const path = mkdtempSync(join(tmpdir(), 'tramdo-update-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  for (const slot of ['a', 'b'] as const) {
    mkdirSync(slotFolder(path, slot), { recursive: true });
    for (const { name, bytes } of slotProgram(slot, '0.1.0').files) {
      writeFileSync(join(slotFolder(path, slot), name), 'o'.repeat(bytes));
    }
  }
  writeUpdateRecord(path, BEFORE);
  return path;
}

/** What the launcher would run now, and the letter its files are full of. */
function running(path: string): string {
  const { program } = chooseProgram(readUpdateRecord(path), {
    purpose: 'work',
    builtInVersion: '0.1.0',
    isIntact: (slot: SlotProgram) => isIntact(path, slot),
    isCounted: false,
    nowMs: 5,
  });
  if (program === undefined) return 'package';
  const texts = program.files.map(({ name }) => readFileSync(join(slotFolder(path, program.slot), name), 'utf8'));
  return `${program.version} ${[...new Set(texts.join(''))].join('')}`;
}

/** Content that ends the installation when a file is asked for: as a power cut at that moment would. */
function cutAt(name: string): ReadonlyMap<string, Uint8Array> {
  const content = new Map<string, Uint8Array>(CONTENT);
  const get = content.get.bind(content);
  content.get = (asked) => {
    if (asked === name) throw new Error('power cut');
    return get(asked);
  };
  return content;
}

describe('installRelease()', () => {
  it('puts the release on trial in the idle slot', () => {
    const path = stateFolder();
    const record = installRelease(path, { record: BEFORE, manifest: MANIFEST, content: CONTENT, nowMs: 1_000 });
    expect(record).toEqual({
      active: BEFORE.active,
      trial: trialProgram('b', '0.4.0'),
      newestBuiltAt: '2026-11-22T00:00:00Z',
    });
    expect(readUpdateRecord(path)).toEqual(record);
    expect(running(path)).toBe('0.4.0 n');
  });

  it.each(['agent-report.mjs', 'agent.mjs'])(
    'leaves the old release running when it ends before %s is written',
    (name) => {
      const path = stateFolder();
      const install = { record: BEFORE, manifest: MANIFEST, content: cutAt(name), nowMs: 1_000 };
      expect(() => installRelease(path, install)).toThrow('power cut');
      expect(running(path)).toBe('0.3.0 o');
      // The release before lay in the slot that was being written: it must not be gone back to any more.
      expect(readUpdateRecord(path)).toEqual({ active: BEFORE.active });
    },
  );

  it('leaves everything as it was when it ends before the first write', () => {
    const path = stateFolder();
    mkdirSync(join(path, 'releases/update.json.draft'));
    const install = { record: BEFORE, manifest: MANIFEST, content: CONTENT, nowMs: 1_000 };
    expect(() => installRelease(path, install)).toThrow(/Cannot keep the record of updates/);
    expect(running(path)).toBe('0.3.0 o');
    expect(readUpdateRecord(path)).toEqual(BEFORE);
  });

  it('leaves the old release running when all files are there and the record does not name them yet', () => {
    const path = stateFolder();
    const content = new Map<string, Uint8Array>(CONTENT);
    const get = content.get.bind(content);
    content.get = (name) => {
      if (name === 'agent.mjs') mkdirSync(join(path, 'releases/update.json.draft'));
      return get(name);
    };
    const install = { record: BEFORE, manifest: MANIFEST, content, nowMs: 1_000 };
    expect(() => installRelease(path, install)).toThrow(/Cannot keep the record of updates/);
    expect(running(path)).toBe('0.3.0 o');
    rmSync(join(path, 'releases/update.json.draft'), { recursive: true });
    const again = installRelease(path, { ...install, content: CONTENT, record: readUpdateRecord(path) });
    expect([again.trial?.slot, running(path)]).toEqual(['b', '0.4.0 n']);
  });

  it('is not fooled by files of the old length in a slot that was written half', () => {
    const path = stateFolder();
    writeFileSync(join(slotFolder(path, 'b'), 'agent.mjs'), 'n'.repeat(10));
    expect(running(path)).toBe('0.3.0 o');
  });

  it.each([
    ['a file of the trial is cut short', 'b', '0.3.0 o'],
    ['a file of the active release is cut short', 'a', '0.4.0 n'],
  ] as const)('runs one of both when %s', (_what, slot, runs) => {
    const path = stateFolder();
    installRelease(path, { record: BEFORE, manifest: MANIFEST, content: CONTENT, nowMs: 1_000 });
    writeFileSync(join(slotFolder(path, slot), 'agent.mjs'), 'x');
    expect(running(path)).toBe(runs);
  });

  it('runs the package when the record is damaged', () => {
    const path = stateFolder();
    writeFileSync(join(path, 'releases/update.json'), '{"active":{"slot":"a"');
    expect(running(path)).toBe('package');
  });
});

describe('idleSlot()', () => {
  it.each<[UpdateRecord, string]>([
    [{}, 'a'],
    [{ active: slotProgram('a', '0.2.0') }, 'b'],
    [{ active: slotProgram('b', '0.2.0'), previous: slotProgram('a', '0.1.5') }, 'a'],
  ])('is the slot nothing depends on: %j', (record, slot) => {
    expect(idleSlot(record)).toBe(slot);
  });
});
