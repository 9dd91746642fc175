import { describe, expect, it } from 'vitest';
import { html } from '#collector/console/html.ts';

describe('html', () => {
  it('escapes what is put into it, keeps its own pieces, joins lists and drops undefined', () => {
    const inner = html`<b>${'a & b'}</b>`;
    expect(html`<p title="${`"'<>`}">${inner}${[1, inner]}${undefined}</p>`.text).toBe(
      '<p title="&quot;&#39;&lt;&gt;"><b>a &amp; b</b>1<b>a &amp; b</b></p>',
    );
  });
});
