import { describe, expect, it } from 'vitest';
import { loadSettings } from '#collector/config.ts';
import { joinStringOf } from '#collector/downloads/join-string-of.ts';

const settingsOf = (address: string) => loadSettings(undefined, { TRAMDO_ADDRESS: address });

describe('joinStringOf()', () => {
  it('tells the address of the settings, and the pin when there is one', () => {
    const settings = settingsOf('collector.example.org:8640');
    const told = { host: 'collector.example.org', port: 8640, token: 'secret' };
    expect(joinStringOf(settings, 'secret', undefined)).toEqual(told);
    expect(joinStringOf(settings, 'secret', 'A'.repeat(43))).toEqual({ ...told, pin: 'A'.repeat(43) });
  });

  it('tells an address of this computer where it listens on all of them', () => {
    const { host, port } = joinStringOf(settingsOf('0.0.0.0:8640'), 'secret', undefined);
    expect([host === '0.0.0.0', port]).toEqual([false, 8640]);
  });

  it('refuses to tell a port that is not known', () => {
    const wants = expect.objectContaining({ code: 'CONFIG_INVALID', message: expect.stringContaining('"address"') });
    expect(() => joinStringOf(settingsOf('127.0.0.1:0'), 'secret', undefined)).toThrow(wants);
  });
});
