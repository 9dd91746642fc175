import { describe, expect, it } from 'vitest';
import { parseWinhttpSettings, serverForHttps } from '#agent/uplink/parse-winhttp-settings.ts';

const word = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes.toString('hex');
};
const text = (value: string) => word(Buffer.byteLength(value, 'latin1')) + Buffer.from(value, 'latin1').toString('hex');

describe('parseWinhttpSettings()', () => {
  it('reads what "netsh winhttp set proxy" writes', () => {
    const hex = word(0x18) + word(0) + word(3) + text('proxy.example.org:3128') + text('<local>;*.example.org');
    expect(parseWinhttpSettings(hex)).toEqual({
      servers: 'proxy.example.org:3128',
      bypass: '<local>;*.example.org',
      isAutoDetected: false,
    });
  });

  it('finds no proxy where access is direct', () => {
    expect(parseWinhttpSettings('1800000000000000010000000000000000000000')).toEqual({
      bypass: '',
      isAutoDetected: false,
    });
  });

  it('leaves out what is written down and switched off', () => {
    const hex = word(0x46) + word(9) + word(1) + text('old.example.org:80') + text('') + text('http://192.0.2.1/p.pac');
    expect(parseWinhttpSettings(hex)).toEqual({ bypass: '', isAutoDetected: false });
  });

  it('tells that a script or its search is switched on', () => {
    const hex =
      word(0x46) + word(9) + word(13) + text('') + text('') + text('http://192.0.2.1/p.pac') + '00'.repeat(32);
    expect(parseWinhttpSettings(hex)).toEqual({
      bypass: '',
      scriptUrl: 'http://192.0.2.1/p.pac',
      isAutoDetected: true,
    });
  });

  it.each([
    { what: 'nothing', hex: '' },
    { what: 'half a word', hex: '18000000000000000300' },
    { what: 'no hexadecimal digits', hex: 'x'.repeat(40) },
    { what: 'a length beyond its end', hex: `${word(0x18) + word(0) + word(3) + word(900)}41` },
    { what: 'a length beyond all bounds', hex: `${word(0x18) + word(0) + word(3)}ffffffff` },
  ])('gives nothing for $what', ({ hex }) => {
    expect(parseWinhttpSettings(hex)).toBeUndefined();
  });
});

describe('serverForHttps()', () => {
  it.each([
    ['proxy.example.org:3128', 'proxy.example.org:3128'],
    ['http=a.example.org:80;https=b.example.org:81', 'b.example.org:81'],
    ['http=a.example.org:80 HTTPS=b.example.org:81', 'b.example.org:81'],
    ['http=a.example.org:80;c.example.org:82', 'c.example.org:82'],
    ['http=a.example.org:80;socks=d.example.org:1080', undefined],
  ])('of %s is %s', (servers, server) => {
    expect(serverForHttps(servers)).toBe(server);
  });
});
