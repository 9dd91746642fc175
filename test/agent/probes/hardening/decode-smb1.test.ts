import { describe, expect, it } from 'vitest';
import { decodeSmb1 } from '#agent/probes/hardening/decode-smb1.ts';

const cases = [
  ['off', 'neither driver is installed', { serverStart: 2 }],
  ['on', 'the driver of the server is there and nothing switches it off', { serverStart: 2, serverDriverStart: 3 }],
  ['off', 'SMB1 is 0', { smb1: 0, serverStart: 2, serverDriverStart: 3 }],
  ['on', 'SMB1 is 1', { smb1: 1, serverStart: 2, serverDriverStart: 3 }],
  ['off', 'SMB1 is 1 and the driver is not installed', { smb1: 1, serverStart: 2 }],
  ['off', 'the file server is switched off', { serverStart: 4, serverDriverStart: 3 }],
  ['off', 'the driver of the server is switched off', { serverStart: 2, serverDriverStart: 4 }],
  ['on', 'the server is off and the client is not', { smb1: 0, serverDriverStart: 3, clientDriverStart: 2 }],
  ['off', 'the driver of the client is switched off', { smb1: 0, serverDriverStart: 3, clientDriverStart: 4 }],
] as const;

describe('decodeSmb1()', () => {
  it.each(cases)('says %s when %s', (want, _when, facts) => {
    expect(decodeSmb1(facts)).toEqual(want);
  });
});
