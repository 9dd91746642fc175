import { describe, expect, it } from 'vitest';
import { relayOption } from '#collector/commands/relay-option.ts';
import { parseJoinString } from '#shared/join-string.ts';
import { AGENCY } from '../ingest/reporting-machine.ts';
import { terminal } from './terminal.ts';

const PIN = 'p'.repeat(43);

describe('relayOption()', () => {
  it.each([
    { text: `relay.example.org:8642.${PIN}`, host: 'relay.example.org' },
    { text: `192.0.2.1:8642.${PIN}`, host: '192.0.2.1' },
    { text: `[2001:db8::1]:8642.${PIN}`, host: '2001:db8::1' },
  ])('reads $text', ({ text, host }) => {
    expect(relayOption({ relay: text })).toEqual({ host, port: 8642, pin: PIN });
  });

  it.each(['', 'relay:8642', `relay.${PIN}`, `relay:0.${PIN}`, `relay:8642.${PIN}x`])('refuses %j', (text) => {
    expect(() => relayOption({ relay: text })).toThrow(expect.objectContaining({ code: 'USAGE' }));
  });

  it('makes a join string that leads to the relay', async () => {
    const { run } = terminal();
    await run('agency', 'add', AGENCY, '--name', 'Sở Tài chính', '--level', 'department');
    const lines = await run('token', 'create', AGENCY, '--relay', `192.0.2.1:8642.${PIN}`);
    expect(lines).toHaveLength(2);
    expect(parseJoinString(lines[1] ?? '')).toMatchObject({ host: '192.0.2.1', port: 8642, pin: PIN });
  });
});
