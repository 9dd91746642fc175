import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Identity, readIdentity, savedFingerprint, writeIdentity } from '#agent/uplink/identity.ts';

const freshPath = () => join(mkdtempSync(join(tmpdir(), 'tramdo-identity-')), 'identity.json');
const [X, Y, D, FINGERPRINT] = ['X', 'Y', 'D', 'F'].map((letter) => letter.repeat(43));
const KEY = { kty: 'EC', crv: 'P-256', x: X ?? '', y: Y ?? '' } as const;
const IDENTITY: Identity = {
  machineId: '019a0000-0000-7000-8000-000000000001',
  agencyCode: 'Y00.01',
  origin: 'https://collector.example.org:8640',
  pins: ['P'.repeat(43)],
  proxy: 'http://user1:secret@192.0.2.1:3128',
  privateKey: { ...KEY, d: D ?? '' },
  collectorKey: KEY,
  fingerprint: FINGERPRINT ?? '',
  joinedAt: '2026-11-05T03:00:00.000Z',
};

describe('readIdentity()', () => {
  it('gives back what was kept, with and without a proxy', () => {
    const path = freshPath();
    writeIdentity(path, IDENTITY);
    expect(readIdentity(path)).toEqual(IDENTITY);
    const { proxy: _, ...straight } = IDENTITY;
    writeIdentity(path, straight);
    expect(readIdentity(path)).toEqual(straight);
  });

  it('is undefined before joining', () => {
    expect(readIdentity(freshPath())).toBeUndefined();
  });

  it.each(['', '{', '\u0000\u0000', '{}', '[]', 'null'])('refuses %j and names the way out', (text) => {
    const path = freshPath();
    writeFileSync(path, text);
    expect(() => readIdentity(path)).toThrow(
      expect.objectContaining({
        code: 'IDENTITY_INVALID',
        message: expect.stringMatching(/Run "tramdo-agent join" with a new join string$/),
      }),
    );
  });

  it('prints no key where one field is wrong', () => {
    const path = freshPath();
    writeFileSync(path, JSON.stringify({ ...IDENTITY, machineId: 7 }));
    expect(() => readIdentity(path)).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining(D ?? '') }),
    );
  });
});

describe('savedFingerprint()', () => {
  it.each([
    { what: 'a whole file', text: JSON.stringify(IDENTITY), saved: FINGERPRINT },
    { what: 'a file that was cut off behind it', text: JSON.stringify(IDENTITY).slice(0, -30), saved: FINGERPRINT },
    { what: 'a file that was cut off before it', text: JSON.stringify(IDENTITY).slice(0, 90), saved: undefined },
  ])('reads it out of $what', ({ text, saved }) => {
    const path = freshPath();
    writeFileSync(path, text);
    expect(savedFingerprint(path)).toBe(saved);
  });
});
