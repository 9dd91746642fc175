import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { redactionOptions, SECRET_KEYS } from '#collector/operations/redaction.ts';

const SECRET = 'dGhpcyBpcyBhIHNlY3JldA-_0123456789ABCDEF';

function logged(fields: object, sentence = 'Something happened'): string {
  let text = '';
  const stream = { write: (line: string) => (text += line) };
  pino(redactionOptions(), stream).info(fields, sentence);
  return text;
}

describe('redactionOptions()', () => {
  it.each([...SECRET_KEYS, 'newPassword', 'accessToken', 'x-csrf-token', 'proxy-authorization'])(
    'keep the value of "%s" out of a line, at any depth and in any writing',
    (key) => {
      const nested = { a: { b: { c: { d: { [key]: SECRET } } } } };
      const values = [{ [key]: SECRET }, { [key.toUpperCase()]: SECRET }, nested, { [key]: [SECRET, SECRET] }];
      const lines = [
        ...values.map((value) => logged(value)),
        logged({ body: JSON.stringify({ [key]: SECRET, other: 1 }) }),
        logged({ [key]: `quoted " ${SECRET}` }),
        logged({ err: Object.assign(new Error('failed'), { [key]: SECRET }) }),
      ];
      expect(lines.filter((line) => line.includes(SECRET))).toEqual([]);
      for (const line of lines) expect(JSON.parse(line)).toMatchObject({ msg: 'Something happened' });
    },
  );

  it.each([
    ['a join string', `tramdo://10.0.0.1:8640/#${SECRET}.${'p'.repeat(43)}`],
    ['an access token', `tramdo_${SECRET}`],
    ['name and password in an address', `https://admin:${SECRET}@proxy.example.org/`],
    ['a bearer', `Authorization: Bearer ${SECRET}`],
    ['a password of Basic', `Basic ${SECRET}=`],
    ['the secret of a second factor', `otpauth://totp/tramdo:admin-1?secret=${SECRET}`],
    ['a set-up link', `https://collector.example.org/set-up/${SECRET}`],
    ['a secret in an address', `GET "/somewhere?token=${SECRET}"`],
  ])('keep %s out of a message', (_what, text) => {
    const inMessage = logged({}, `Cannot use ${text} now`);
    const inError = logged({ err: new Error(`Cannot use ${text} now`) });
    expect([inMessage, inError].filter((line) => line.includes(SECRET))).toEqual([]);
    expect(inMessage).toContain('[redacted]');
  });

  it('keep a code of a second factor out, though it is a number', () => {
    expect(JSON.parse(logged({ totpCode: 123_456, count: 7 }))).toMatchObject({ totpCode: '[redacted]', count: 7 });
  });

  it('leave everything else as it is', () => {
    const fields = {
      machineId: '01a204c6-4713-72ee-82ec-5040056097ce',
      metric: 'tramdo_network_availability_ratio',
      tokenId: 'x',
    };
    expect(JSON.parse(logged(fields, 'Token of an agency was used'))).toMatchObject({
      ...fields,
      msg: 'Token of an agency was used',
    });
  });
});
