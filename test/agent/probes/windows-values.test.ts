import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  windowsFlag,
  windowsInstantMs,
  windowsList,
  windowsNumber,
  windowsText,
} from '#agent/probes/windows-values.ts';

describe('values of Windows PowerShell', () => {
  it('are texts, or undefined when blank or null', () => {
    expect([' a ', '', '  ', null, undefined, 7].map((value) => windowsText.parse(value))).toEqual([
      'a',
      undefined,
      undefined,
      undefined,
      undefined,
      '7',
    ]);
  });

  it('are texts without the rubbish behind a NUL', () => {
    expect(windowsText.parse('SE Asia Standard Time\0\0rd Time')).toBe('SE Asia Standard Time');
  });

  it('are absent where a command gave nothing at all, which is {} in JSON', () => {
    const kinds = [windowsText, windowsNumber, windowsFlag, windowsInstantMs];
    expect(kinds.map((kind) => kind.parse({}))).toEqual([undefined, undefined, undefined, undefined]);
    expect(windowsList(z.object({ name: windowsText }), 3).parse({})).toEqual([]);
  });

  it('are numbers, also as digits', () => {
    expect([7, '7', 'x', '', null, undefined].map((value) => windowsNumber.parse(value))).toEqual([
      7,
      7,
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('are flags, also as 1 and 0', () => {
    expect([true, 1, 0, null, undefined].map((value) => windowsFlag.parse(value))).toEqual([
      true,
      true,
      false,
      undefined,
      undefined,
    ]);
  });

  it('are instants in both spellings', () => {
    const values = ['2026-11-20T01:05:00Z', '/Date(1795136700000)/', { value: '/Date(0)/' }, 'soon', null];
    expect(values.map((value) => windowsInstantMs.parse(value))).toEqual([
      Date.UTC(2026, 10, 20, 1, 5),
      1_795_136_700_000,
      0,
      undefined,
      undefined,
    ]);
  });

  it('are lists, also when one member stands for itself or a function wrapped them', () => {
    const list = windowsList(z.number(), 3);
    expect(
      [[1, 2], 1, null, undefined, [], { value: [4], Count: 1 }, [1, 2, 3, 4]].map((value) => list.parse(value)),
    ).toEqual([[1, 2], [1], [], [], [], [4], [1, 2, 3]]);
  });
});
