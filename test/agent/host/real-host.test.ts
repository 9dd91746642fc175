import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createRealHost } from '#agent/host/real-host.ts';

const host = createRealHost();
const folder = mkdtempSync(join(tmpdir(), 'tramdo-host-'));

describe('createRealHost().readText()', () => {
  it('reads files of /proc, which say that they are empty', async () => {
    expect(await host.readText('/proc/sys/kernel/ostype')).toBe('Linux\n');
  });

  it('says undefined for what is not there', async () => {
    expect(await host.readText(join(folder, 'nothing'))).toBeUndefined();
    expect(await host.readText('/etc/passwd/below')).toBeUndefined();
  });

  it('refuses a file above the bound and reads its beginning when asked', async () => {
    const path = join(folder, 'large');
    writeFileSync(path, 'x'.repeat(100_000));
    await expect(host.readText(path, { maxBytes: 99_999 })).rejects.toMatchObject({ code: 'OUTPUT_TOO_LARGE' });
    expect(await host.readText(path, { prefixBytes: 5 })).toBe('xxxxx');
    expect(await host.readText(path, { maxBytes: 100_000 })).toHaveLength(100_000);
  });

  it('names a folder in the place of a file', async () => {
    await expect(host.readText(folder)).rejects.toMatchObject({ code: 'HOST_READ_FAILED' });
  });

  it('does not wait for a writer when the file is a FIFO', async () => {
    execFileSync('mkfifo', [join(folder, 'fifo')]);
    expect(await host.readText(join(folder, 'fifo'))).toBe('');
  });
});

describe('createRealHost().stat() and listDir()', () => {
  it('shows a link as a link', async () => {
    symlinkSync('/etc/hostname', join(folder, 'link'));
    expect(await host.stat(join(folder, 'link'))).toMatchObject({ kind: 'link', linkTarget: '/etc/hostname' });
  });

  it('lists names by code point', async () => {
    const list = join(folder, 'list');
    mkdirSync(list);
    for (const name of ['b', 'B', 'a']) writeFileSync(join(list, name), '');
    expect(await host.listDir(list)).toEqual(['B', 'a', 'b']);
    expect(await host.listDir(join(list, 'none'))).toBeUndefined();
  });
});

describe('createRealHost().ask()', () => {
  const listen = (path: string, answer: (text: string) => string | undefined) =>
    new Promise<() => void>((resolve) => {
      const server = createServer((socket) => {
        socket.on('error', () => {});
        socket.on('data', (data) => {
          const text = answer(data.toString());
          if (text !== undefined) socket.end(text);
        });
      });
      server.listen(path, () => resolve(() => server.close()));
    });

  it('sends a question and reads until the other side ends', async () => {
    const path = join(folder, 'echo.sock');
    const close = await listen(path, (text) => `you said ${text}`);
    expect(await host.ask(path, 'PING')).toBe('you said PING');
    close();
  });

  it('says undefined when nobody listens', async () => {
    expect(await host.ask(join(folder, 'none.sock'), 'PING')).toBeUndefined();
  });

  it('gives up when the probe is out of time', async () => {
    const path = join(folder, 'silent.sock');
    const close = await listen(path, () => undefined);
    const impatient = createRealHost({ signal: AbortSignal.timeout(50) });
    await expect(impatient.ask(path, 'PING')).rejects.toMatchObject({ code: 'HOST_READ_FAILED' });
    close();
  });

  it('refuses an answer without end', async () => {
    const path = join(folder, 'loud.sock');
    const close = await listen(path, () => 'x'.repeat(70_000));
    await expect(host.ask(path, 'PING')).rejects.toMatchObject({ code: 'OUTPUT_TOO_LARGE' });
    close();
  });
});
