import { describe, expect, it } from 'vitest';
import {
  hasLostItsPrograms,
  programNamesOf,
  securityCenterList,
  securityCenterProduct,
} from '#agent/probes/security-center-product.ts';

function product(...programs: readonly (readonly [path: string, isThere: boolean | undefined])[]) {
  const listed = programs.map(([path, isThere]) => ({ path, isThere }));
  return { name: 'Lá chắn', guid: undefined, state: 0, programs: listed };
}

describe('hasLostItsPrograms()', () => {
  it.each([
    [true, 'every file is gone', product(['C:\\a.exe', false], ['C:\\b.exe', false])],
    [true, 'the only one looked for is gone', product(['shield://', undefined], ['C:\\b.exe', false])],
    [false, 'one file is there', product(['C:\\a.exe', false], ['C:\\b.exe', true])],
    [false, 'nothing was looked for', product(['shield://', undefined])],
    [false, 'it names nothing', product()],
  ])('says %s when %s', (want, _when, entry) => {
    expect(hasLostItsPrograms(entry)).toEqual(want);
  });
});

describe('programNamesOf()', () => {
  it('gives file names once, without folders, quotes and arguments', () => {
    const entry = product(
      ['"C:\\Users\\user1\\shield.exe" /silent', true],
      ['%ProgramFiles%\\Shield\\shield.exe', true],
      ['windowsdefender://', undefined],
      ['C:\\Shield\\Tường lửa.EXE', true],
    );
    expect(programNamesOf(entry)).toEqual(['shield.exe', 'Tường lửa.EXE']);
  });
});

describe('securityCenterProduct', () => {
  it('reads an entry as PowerShell writes it: one program alone, nulls, a state as text', () => {
    const programs = { path: 'C:\\a.exe', isThere: true };
    expect(securityCenterProduct.parse({ name: ' ESET ', guid: null, state: '266240', programs })).toEqual({
      name: 'ESET',
      guid: undefined,
      state: 266_240,
      programs: [programs],
    });
  });

  it('reads a list that is not there as empty', () => {
    expect(securityCenterList.parse(null)).toEqual([]);
  });
});
