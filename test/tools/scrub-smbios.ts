import { parseRegQuery } from '#agent/host/parse-reg-query.ts';
import { isJunkSerial } from '#agent/probes/hardware/junk-text.ts';
import { parseSmbios } from '#agent/probes/hardware/parse-smbios.ts';
import { buildSmbiosTable, printSmbiosQuery } from './smbios-table.ts';

/**
 * Puts a table of our own in the place of the one `reg.exe` printed: a real one holds serial numbers of boards, memory
 * and batteries in places that makers choose. Junk stays what it was; the rest becomes a stand-in.
 */
export function scrubSmbios(stdout: string): string {
  const [values = {}] = Object.values(parseRegQuery(stdout));
  const { systemUuid, systemSerial, boardSerial, chassisSerial } = parseSmbios(
    Buffer.from(values['SMBiosData'] ?? '', 'hex'),
  );
  const standIn = (text: string | undefined, other: string) =>
    text === undefined ? '' : isJunkSerial(text) ? text : other;
  const table = buildSmbiosTable({
    maker: 'Maker',
    product: 'Product',
    systemSerial: standIn(systemSerial, 'SERIAL0001'),
    systemUuid: standIn(systemUuid, '00000000-0000-4000-8000-000000000001') || '00000000-0000-0000-0000-000000000000',
    boardSerial: standIn(boardSerial, 'SERIAL0002'),
    chassisSerial: standIn(chassisSerial, 'SERIAL0003'),
  });
  return printSmbiosQuery(table);
}
