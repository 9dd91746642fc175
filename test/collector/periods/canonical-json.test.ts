import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '#collector/periods/canonical-json.ts';

describe('canonicalJson()', () => {
  it('sorts keys by code unit at every depth, leaves undefined out and keeps lists in order', () => {
    const value = { b: [2, { z: null, a: 'Sở "Y tế"' }], A: true, c: undefined, ă: 1, 1: 0.5 };
    expect(canonicalJson(value)).toBe('{"1":0.5,"A":true,"b":[2,{"a":"Sở \\"Y tế\\"","z":null}],"ă":1}');
  });

  it('prints whatever JSON can hold so that it reads back the same, whatever the order of keys', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(canonicalJson(reversed(value))).toBe(text);
      }),
    );
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, [undefined], () => 1])('refuses what JSON does not have', (value) => {
    expect(() => canonicalJson(value)).toThrow(TypeError);
  });
});

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, inner]) => [key, reversed(inner)]),
  );
}
