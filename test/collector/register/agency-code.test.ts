import { describe, expect, it } from 'vitest';
import { parseAgencyCode } from '#collector/register/agency-code.ts';

describe('parseAgencyCode()', () => {
  it.each([
    { text: 'H47', want: 'H47' },
    { text: ' h47.12 ', want: 'H47.12' },
    { text: 'H01.151.02', want: 'H01.151.02' },
    { text: '001.00.10.H47', want: 'H47.10.001' },
    { text: '000.00.10.H47', want: 'H47.10' },
    { text: '000.00.00.G22', want: 'G22' },
  ])('reads $text as $want', ({ text, want }) => {
    expect(parseAgencyCode(text)).toBe(want);
  });

  it.each(['', 'Z01', 'H4', 'H47.', 'H47..1', '47.H', 'H47.a b', `H47.${'1'.repeat(40)}`, '<script>'])(
    'refuses "%s"',
    (text) => {
      expect(() => parseAgencyCode(text)).toThrow(expect.objectContaining({ code: 'AGENCY_INVALID' }));
    },
  );
});
