import { describe, expect, it } from 'vitest';
import { parsePing, parseWindowsPing } from '#agent/host/attempts/parse-ping.ts';

const REPLY = `PING 192.0.2.1 (192.0.2.1) 56(84) bytes of data.
64 bytes from 192.0.2.1: icmp_seq=1 ttl=64 time=0.416 ms

--- 192.0.2.1 ping statistics ---
1 packets transmitted, 1 received, 0% packet loss, time 0ms
rtt min/avg/max/mdev = 0.416/0.416/0.416/0.000 ms
`;
const SILENCE = `PING 2001:db8::1(2001:db8::1) 56 data bytes

--- 2001:db8::1 ping statistics ---
1 packets transmitted, 0 received, 100% packet loss, time 0ms
`;

describe('parsePing()', () => {
  it.each([
    ['a reply of iputils', { exitCode: 0, stdout: REPLY, stderr: '' }, { rttMs: 0.416 }],
    [
      'a reply of BusyBox',
      { exitCode: 0, stdout: '64 bytes from 192.0.2.1: seq=0 ttl=63 time=12.034 ms\n', stderr: '' },
      { rttMs: 12.034 },
    ],
    ['no reply', { exitCode: 1, stdout: SILENCE, stderr: '' }, { failure: 'NO_ECHO' }],
    [
      'a router that knows no way',
      { exitCode: 1, stdout: `From 192.0.2.254 icmp_seq=1 Destination Host Unreachable\n${SILENCE}`, stderr: '' },
      { failure: 'UNREACHABLE' },
    ],
    [
      'a machine without a route',
      { exitCode: 2, stdout: '', stderr: 'ping: connect: Network is unreachable\n' },
      { failure: 'UNREACHABLE' },
    ],
    [
      'an unknown name',
      { exitCode: 2, stdout: '', stderr: 'ping: no-such.example: Name or service not known\n' },
      { failure: 'NAME_NOT_FOUND' },
    ],
    [
      'a missing capability',
      { exitCode: 2, stdout: '', stderr: 'ping: socktype: SOCK_RAW\nping: socket: Operation not permitted\n' },
      { failure: 'NOT_PERMITTED' },
    ],
    ['an exit without a word', { exitCode: 2, stdout: '', stderr: '' }, { failure: 'NOT_PERMITTED' }],
    ['a success without a time', { exitCode: 0, stdout: 'pong\n', stderr: '' }, { failure: 'NOT_PERMITTED' }],
  ])('reads %s', (_when, run, result) => {
    expect(parsePing(run)).toEqual(result);
  });
});

describe('parseWindowsPing()', () => {
  it.each([
    ['English', 'Reply from 192.0.2.1: bytes=32 time=12ms TTL=57\r\n', 12],
    ['English below a millisecond', 'Reply from 192.0.2.1: bytes=32 time<1ms TTL=128\r\n', 1],
    ['Vietnamese', 'Trả lời từ 192.0.2.1: byte=32 thời gian=9ms TTL=57\r\n', 9],
    ['Russian', 'Ответ от 192.0.2.1: число байт=32 время=40мс TTL=50\r\n', 40],
    ['IPv6', 'Reply from 2001:db8::1: time=31ms \r\n', 31],
  ])('reads a reply in %s', (_language, stdout, rttMs) => {
    expect(parseWindowsPing({ exitCode: 0, stdout, stderr: '' })).toEqual({ rttMs });
  });

  it('does not take the word of a router for a reply, although the exit code is 0', () => {
    const stdout =
      'Pinging 192.0.2.9 with 32 bytes of data:\r\nReply from 192.0.2.254: Destination host unreachable.\r\n';
    expect(parseWindowsPing({ exitCode: 0, stdout, stderr: '' })).toEqual({ failure: 'UNREACHABLE' });
  });

  it('is NO_ECHO when nothing came back', () => {
    const stdout = 'Request timed out.\r\n\r\n    Packets: Sent = 1, Received = 0, Lost = 1 (100% loss),\r\n';
    expect(parseWindowsPing({ exitCode: 1, stdout, stderr: '' })).toEqual({ failure: 'NO_ECHO' });
  });
});
