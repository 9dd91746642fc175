import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../ingest/reporting-machine.ts';
import { terminal } from './terminal.ts';

const WAN = 'networks: [{ id: wan, name: WAN, kind: wan, targets: ["tcp://192.0.2.9:443"] }]\n';

function fileOf(text: string): string {
  const path = join(temporaryFolder(), 'mang.yaml');
  writeFileSync(path, text);
  return path;
}

const LAN = '- { id: lan, name: Mạng nội bộ, kind: lan, targets: ["tcp://192.0.2.20:443"] }\n';
const NET = '- { id: net, name: Internet, kind: internet, targets: ["tcp://192.0.2.9:443", "icmp://192.0.2.9"] }\n';

describe('network set, list, show and remove', () => {
  it('tries a file, writes it, shows it and takes it back', async () => {
    const { run } = terminal(WAN);
    const file = fileOf(LAN + NET);
    const changes = [
      'lan: thêm mới, loại lan, đích tcp://192.0.2.20:443.',
      'net: thêm mới, loại internet, đích tcp://192.0.2.9:443 icmp://192.0.2.9.',
      'Lưu ý: đích tcp://192.0.2.9:443 có ở các mạng wan, net; một lần trả lời được tính cho từng mạng.',
    ];
    expect(await run('network', 'set', file, '--dry-run')).toEqual([
      ...changes,
      'Chạy thử không có lỗi, chưa ghi gì. Bỏ --dry-run để ghi.',
    ]);
    expect(await run('network', 'list')).toEqual(['wan\twan\tsettings\ttcp://192.0.2.9:443\tWAN']);
    expect(await run('network', 'set', file)).toEqual([...changes, 'Đã ghi 2 mạng; máy trạm áp dụng từ báo cáo tới.']);
    expect(await run('network', 'list')).toEqual([
      'wan\twan\tsettings\ttcp://192.0.2.9:443\tWAN',
      'lan\tlan\tpeople\ttcp://192.0.2.20:443\tMạng nội bộ',
      'net\tinternet\tpeople\ttcp://192.0.2.9:443 icmp://192.0.2.9\tInternet',
    ]);
    expect(await run('network', 'remove', 'net')).toEqual([
      'Đã bỏ mạng net; số liệu của những ngày còn mạng này được giữ.',
    ]);
    await expect(run('network', 'show', 'net')).rejects.toMatchObject({ code: 'NETWORK_UNKNOWN' });
    const actions = (await run('audit', 'list')).filter((line) => line.includes('network.'));
    expect(actions.map((line) => /network\.\w+/.exec(line)?.[0])).toEqual([
      'network.remove',
      'network.add',
      'network.add',
    ]);
  });

  it('shows a network as a file that can be set again, and says what changes', async () => {
    const { run } = terminal();
    await run('network', 'set', fileOf(LAN));
    const shown = await run('network', 'show', 'lan', '--lang', 'en');
    expect(shown[0]).toBe('# Origin: command or API; in force since 09:00 02/03/2026; written by command line.');
    const text = shown.join('\n');
    expect(await run('network', 'set', fileOf(text), '--lang', 'en')).toEqual([
      'lan: stays as it is.',
      'Nothing changes.',
    ]);
    expect(
      await run('network', 'set', fileOf(text.replace('isLimited: false', 'isLimited: true')), '--lang', 'en'),
    ).toEqual([
      'lan: changes isLimited: false -> true.',
      'Networks written: 1; agents follow from their next report on.',
    ]);
  });

  it('names network, key, value and what is allowed, and writes nothing at all', async () => {
    const { run } = terminal(WAN);
    const bad = fileOf(
      `${LAN}- { id: Bad, kind: tslcd, name: T, targets: ["tcp://192.0.2.9"], token: x }\n- { id: wan, name: W, kind: wan, targets: ["tcp://192.0.2.9:443"] }\n`,
    );
    await expect(run('network', 'set', bad, '--dry-run')).rejects.toMatchObject({
      code: 'NETWORK_INVALID',
      message: 'Không ghi "mang.yaml" vì có 4 lỗi, chưa ghi gì',
    });
    await expect(run('network', 'set', bad)).rejects.toMatchObject({ code: 'NETWORK_INVALID' });
    expect(await run('network', 'list')).toEqual(['wan\twan\tsettings\ttcp://192.0.2.9:443\tWAN']);
  });

  it('refuses to remove a network of the settings file', async () => {
    const { run } = terminal(WAN);
    await expect(run('network', 'remove', 'wan')).rejects.toMatchObject({
      code: 'NETWORK_IN_SETTINGS',
      message: expect.stringContaining('change "networks" there'),
    });
  });
});
