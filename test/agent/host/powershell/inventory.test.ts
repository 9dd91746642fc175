import { describe, expect, it } from 'vitest';
import type { CommandResult } from '#agent/host/host.ts';
import { createInventory } from '#agent/host/powershell/inventory.ts';
import type { InventorySectionId } from '#agent/host/powershell/inventory-section.ts';
import { parseInventory } from '#agent/host/powershell/parse-inventory.ts';
import { TramdoError } from '#shared/errors.ts';

const HEAD = '{"inventory":1,"languageMode":"FullLanguage","psVersion":"5.1","isElevated":true,"isOnBattery":false}';

/** A PowerShell in which some sections hang; notes with which sections it was started. */
function machine(hanging: readonly string[], started: string[]) {
  return async (variables: Readonly<Record<string, string>>): Promise<CommandResult> => {
    const sections = (variables['TRAMDO_SECTIONS'] ?? '').split(',');
    started.push(sections.join(','));
    const lines = [HEAD];
    for (const id of sections) {
      lines.push(`{"begin":"${id}"}`);
      if (hanging.includes(id)) return { stdout: lines.join('\n'), stderr: '', exitCode: -1, isCutShort: true };
      lines.push(`{"section":"${id}","value":{}}`);
    }
    return { stdout: [...lines, '{"end":true}'].join('\n'), stderr: '', exitCode: 0 };
  };
}

const SECTIONS: readonly InventorySectionId[] = ['antivirus', 'os', 'time', 'network', 'updates'];

describe('createInventory()', () => {
  it('starts one process for everybody, with the sections in the order of the script', async () => {
    const started: string[] = [];
    const inventory = createInventory({ sections: SECTIONS, mayWait: false, runScript: machine([], started) });
    const [one, other] = await Promise.all([inventory.run(), inventory.run()]);
    expect(one).toBe(other);
    expect(started).toEqual(['os,time,network,updates,antivirus']);
  });

  it('reads the sections behind one that hangs with another process', async () => {
    const started: string[] = [];
    const inventory = createInventory({ sections: SECTIONS, mayWait: false, runScript: machine(['time'], started) });
    const { stdout, isCutShort } = await inventory.run();
    const { sections, unfinished } = parseInventory(stdout);
    expect(started).toEqual(['os,time,network,updates,antivirus', 'network,updates,antivirus']);
    expect({ read: [...sections.keys()], unfinished, isCutShort }).toEqual({
      read: ['os', 'network', 'updates', 'antivirus'],
      unfinished: ['time'],
      isCutShort: true,
    });
  });

  it('starts three processes at most', async () => {
    const started: string[] = [];
    const runScript = machine(['os', 'time', 'network'], started);
    const result = await createInventory({ sections: SECTIONS, mayWait: false, runScript }).run();
    expect(started).toEqual([
      'os,time,network,updates,antivirus',
      'time,network,updates,antivirus',
      'network,updates,antivirus',
    ]);
    expect(parseInventory(result.stdout).unfinished).toEqual(['os', 'time', 'network']);
  });

  it('starts no other process when PowerShell prints nothing', async () => {
    const started: string[] = [];
    const runScript = async (variables: Readonly<Record<string, string>>) => {
      started.push(variables['TRAMDO_SECTIONS'] ?? '');
      return { stdout: '', stderr: '', exitCode: 1 };
    };
    await createInventory({ sections: ['os', 'time'], mayWait: true, runScript }).run();
    expect(started).toEqual(['os,time']);
  });

  it('keeps what was read when the next process cannot be started', async () => {
    const started: string[] = [];
    const first = machine(['time'], started);
    const runScript = (variables: Readonly<Record<string, string>>) =>
      started.length === 0 ? first(variables) : Promise.reject(new TramdoError('COMMAND_MISSING', 'gone'));
    const { stdout } = await createInventory({ sections: ['os', 'time', 'network'], mayWait: false, runScript }).run();
    expect([...parseInventory(stdout).sections.keys()]).toEqual(['os']);
  });
});
