import { describe, expect, it } from 'vitest';
import { distrustIntercepted } from '#agent/distrust-intercepted.ts';

const wan = (target: string, result: { rttMs?: number; failure?: string }) => ({ network: 'wan', target, ...result });
const TCP = 'tcp://192.0.2.1:443';
const DNS = 'dns://portal.example';
const ICMP = 'icmp://192.0.2.1';
const HTTPS = 'https://portal.example/';
const BEACON = 'beacon+https://192.0.2.1:8641/';

describe('distrustIntercepted()', () => {
  it.each(['MIDDLE_BOX', 'CAPTIVE_PORTAL'])('believes no success that proves nothing beside a %s', (failure) => {
    const entries = [
      wan(TCP, { rttMs: 1 }),
      wan(DNS, { rttMs: 2 }),
      wan(ICMP, { rttMs: 3 }),
      wan('https://other.example/', { failure }),
      wan('tcp://192.0.2.2:443', { failure: 'REFUSED' }),
      wan('icmp://192.0.2.2', { failure: 'NO_ECHO' }),
    ];
    expect(distrustIntercepted(entries)).toEqual([
      wan(TCP, { failure: 'INTERCEPTED' }),
      wan(DNS, { failure: 'INTERCEPTED' }),
      wan(ICMP, { failure: 'INTERCEPTED' }),
      ...entries.slice(3),
    ]);
  });

  it('believes a target that showed its certificate', () => {
    const entries = [
      wan(HTTPS, { rttMs: 1 }),
      wan(BEACON, { rttMs: 2 }),
      wan('https://other.example/', { failure: 'MIDDLE_BOX' }),
    ];
    expect(distrustIntercepted(entries)).toEqual(entries);
  });

  it('keeps the path of what it takes back', () => {
    const entries = [{ ...wan(TCP, { rttMs: 1 }), path: 2 }, wan(HTTPS, { failure: 'CAPTIVE_PORTAL' })];
    expect(distrustIntercepted(entries)[0]).toEqual({ ...wan(TCP, { failure: 'INTERCEPTED' }), path: 2 });
  });

  it('leaves other networks and other failures alone', () => {
    const entries = [
      wan(TCP, { rttMs: 1 }),
      wan(HTTPS, { failure: 'CERTIFICATE_EXPIRED' }),
      { network: 'internet', target: HTTPS, failure: 'MIDDLE_BOX' },
    ];
    expect(distrustIntercepted(entries)).toEqual(entries);
  });
});
