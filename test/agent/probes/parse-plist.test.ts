import { describe, expect, it } from 'vitest';
import { parsePlist } from '#agent/probes/parse-plist.ts';

function plist(body: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">${body}</plist>
`;
}

describe('parsePlist()', () => {
  it('reads dictionaries, lists and every kind of value', () => {
    const body = `
<dict>
	<key>text</key>
	<string>Máy &lt;A&gt; &amp; B &#7841; &#x1EA1;</string>
	<key>whole</key>
	<integer>-42</integer>
	<key>real</key>
	<real>0.5</real>
	<key>yes</key>
	<true/>
	<key>no</key>
	<false/>
	<key>day</key>
	<date>2026-03-05T04:08:31Z</date>
	<key>bytes</key>
	<data>
	AAEC
	</data>
	<key>nested</key>
	<array>
		<dict>
			<key>a</key>
			<string></string>
		</dict>
		<dict/>
		<array/>
		<string/>
	</array>
</dict>`;
    expect(parsePlist(plist(body))).toEqual({
      text: 'Máy <A> & B ạ ạ',
      whole: -42,
      real: 0.5,
      yes: true,
      no: false,
      day: '2026-03-05T04:08:31Z',
      bytes: 'AAEC',
      nested: [{ a: '' }, {}, [], ''],
    });
  });

  it('takes a single value', () => {
    expect(parsePlist(plist('<string>one</string>'))).toEqual('one');
  });

  it('passes over comments, with tags in them too', () => {
    expect(parsePlist(plist('<array><!-- <string>no</string> --><string>yes</string></array>'))).toEqual(['yes']);
  });

  it('takes a key that is the name of a prototype for a key', () => {
    const seen = parsePlist(plist('<dict><key>__proto__</key><dict><key>a</key><true/></dict></dict>'));
    expect(JSON.stringify(seen)).toEqual('{"__proto__":{"a":true}}');
  });

  it('is not stopped by a list that is nested deeply', () => {
    const depth = 20_000;
    const text = plist('<array>'.repeat(depth) + '</array>'.repeat(depth));
    expect(Array.isArray(parsePlist(text))).toEqual(true);
  });

  it.each([
    ['is binary', 'bplist00\u0000'],
    ['is empty', ''],
    ['is cut short', plist('<dict><key>a</key><string>b').slice(0, -10)],
    ['has a list that never ends', plist('<array><string>a</string>')],
    ['is something else', '<html><body></body></html>'],
  ])('refuses a text that %s', (_, text) => {
    expect(parsePlist(text)).toEqual(undefined);
  });
});
