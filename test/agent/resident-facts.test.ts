import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isAttemptsDamaged, keepRound, keepUnreported, knownGateways, lastRoundNumber } from '#agent/resident-facts.ts';
import { stateFolderAt } from '#agent/uplink/state-folder.ts';

const PATH = { interface: 'eth0', source: '192.0.2.9/24', gateway: '192.0.2.1' };
const line = (round: number) => `${JSON.stringify({ round, atMs: 0, entries: [] })}\n`;

function folderWith(attempts: string, attemptsThrough: number) {
  const folder = stateFolderAt(mkdtempSync(join(tmpdir(), 'tramdo-resident-')));
  writeFileSync(folder.identityFile, '{"machineId":"m"}');
  writeFileSync(folder.stateFile, JSON.stringify({ attemptsThrough }));
  writeFileSync(folder.attemptsFile, attempts);
  return folder;
}

describe('isAttemptsDamaged()', () => {
  it.each([
    ['', false],
    [line(1), false],
    [line(1) + line(2), false],
    [`${line(1)}garbage\n`, true],
    [`garbage\n${line(1)}`, true],
    [`${line(1)}{"round":2`, true],
  ])('answers to %j with %s', (text, is) => {
    expect(isAttemptsDamaged(text)).toBe(is);
  });
});

describe('keepUnreported()', () => {
  it('takes damaged lines out, and what was reported with them', () => {
    const folder = folderWith(`${line(1)}garbage\n${line(2)}${line(3)}{"rou`, 2);
    keepUnreported(folder);
    expect(readFileSync(folder.attemptsFile, 'utf8')).toBe(line(3));
  });

  it('leaves a small file in order alone', () => {
    const folder = folderWith(line(1) + line(2), 2);
    keepUnreported(folder);
    expect(readFileSync(folder.attemptsFile, 'utf8')).toBe(line(1) + line(2));
  });
});

describe('lastRoundNumber()', () => {
  it.each([
    { when: 'the file has newer rounds', attempts: line(7), through: 5, last: 7 },
    { when: 'the file was lost', attempts: '', through: 5, last: 5 },
  ])('is $last when $when', ({ attempts, through, last }) => {
    expect(lastRoundNumber(folderWith(attempts, through))).toBe(last);
  });
});

describe('keepRound()', () => {
  it('gives the next number, with the paths of the round', () => {
    const folder = folderWith(line(7), 2);
    const round = { entries: [{ network: 'wan', target: 'tcp://192.0.2.1:443', rttMs: 1, path: 0 }], paths: [PATH] };
    keepRound(folder, 5, round);
    expect(readFileSync(folder.attemptsFile, 'utf8')).toBe(
      `${line(7)}${JSON.stringify({ round: 8, atMs: 5, ...round })}\n`,
    );
  });
});

describe('knownGateways()', () => {
  it.each([
    { when: 'the network was seen', network: { value: { defaultGateways: ['192.0.2.1'] } }, want: ['192.0.2.1'] },
    { when: 'it could not be seen', network: { failure: { code: 'PROBE_TIMED_OUT', message: '' } }, want: [] },
    { when: 'nobody looked yet', network: undefined, want: [] },
  ])('gives $want when $when', ({ network, want }) => {
    const folder = folderWith('', 0);
    writeFileSync(folder.observationsFile, JSON.stringify({ network }));
    expect(knownGateways(folder)).toEqual(want);
  });

  it('gives none before the first look', () => {
    expect(knownGateways(folderWith('', 0))).toEqual([]);
  });
});
