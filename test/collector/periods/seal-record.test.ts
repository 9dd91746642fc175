import { describe, expect, it } from 'vitest';
import { brokenLink, linkOf, sha256Of } from '#collector/periods/seal-record.ts';

const first = linkOf({
  seq: 1,
  periodId: '2026-07',
  setId: 'catalogue-2026',
  sealedAtMs: 1_000,
  sealedBy: { kind: 'command', id: '', name: 'command line' },
  contentHash: sha256Of('{}'),
  previousHash: '',
});
const second = linkOf({ ...bare(first), seq: 2, periodId: '2026-08', previousHash: first.hash });

function bare({ hash: _hash, ...statement }: typeof first) {
  return statement;
}

describe('linkOf()', () => {
  it('hashes the statement as canonical JSON, so that anybody can recompute it', () => {
    const text =
      '{"contentHash":"44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a","periodId":"2026-07","previousHash":"","sealedAtMs":1000,"sealedBy":{"id":"","kind":"command","name":"command line"},"seq":1,"setId":"catalogue-2026"}';
    expect(first.hash).toBe(sha256Of(text));
  });
});

describe('brokenLink()', () => {
  it('finds nothing wrong with a chain', () => {
    expect([brokenLink(first, undefined), brokenLink(second, first)]).toEqual([undefined, undefined]);
  });

  it.each([
    { link: second, before: undefined, want: 'seal 1 is missing' },
    { link: { ...second, seq: 3 }, before: first, want: 'seal 2 is missing' },
    {
      link: linkOf({ ...bare(second), previousHash: sha256Of('x') }),
      before: first,
      want: 'it does not name the hash of the seal before',
    },
    { link: { ...second, sealedAtMs: 2 }, before: first, want: 'its record does not have the hash that it names' },
  ])('says that $want', ({ link, before, want }) => {
    expect(brokenLink(link, before)).toBe(want);
  });
});
