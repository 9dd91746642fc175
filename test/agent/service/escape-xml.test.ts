import { describe, expect, it } from 'vitest';
import { escapeXml } from '#agent/service/escape-xml.ts';

describe('escapeXml()', () => {
  it.each([
    { text: `a<b>&"c"'`, want: 'a&lt;b&gt;&amp;&quot;c&quot;&apos;' },
    { text: 'Máy trạm\tđo', want: 'Máy trạm\tđo' },
    { text: 'bell\u0007 null\u0000', want: 'bell\ufffd null\ufffd' },
  ])('writes $text as $want', ({ text, want }) => {
    expect(escapeXml(text)).toBe(want);
  });
});
