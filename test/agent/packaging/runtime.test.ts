import { describe, expect, it } from 'vitest';
import { RUNTIME_NAMES, runtimeNamed } from '#agent/packaging/runtime.ts';
import runtimes from '#agent/packaging/runtimes.json' with { type: 'json' };

describe('runtimes.json', () => {
  it('pins every runtime by an exact version and two hashes', () => {
    const loose = RUNTIME_NAMES.map(runtimeNamed).filter(
      ({ version, archiveSha256, programSha256 }) =>
        !/^\d+\.\d+\.\d+$/.test(version) ||
        ![archiveSha256, programSha256].every((hash) => /^[0-9a-f]{64}$/.test(hash)),
    );
    expect(loose).toEqual([]);
  });

  it('is listed whole', () => {
    expect(Object.keys(runtimes)).toEqual(RUNTIME_NAMES);
  });

  it('has nothing older than what the bundle is made for', () => {
    const majors = RUNTIME_NAMES.map((name) => Number(runtimeNamed(name).version.split('.')[0]));
    expect(Math.min(...majors)).toBe(22);
  });

  it('names the same line of Node where the licence comes from another archive', () => {
    const lines = RUNTIME_NAMES.map(runtimeNamed).flatMap(({ version, licenseOf }) =>
      licenseOf === undefined ? [] : [[version.split('.')[0], runtimeNamed(licenseOf).version.split('.')[0]]],
    );
    expect(lines).toEqual([
      ['26', '26'],
      ['22', '22'],
      ['22', '22'],
    ]);
  });
});
