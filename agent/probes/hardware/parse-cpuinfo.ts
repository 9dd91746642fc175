import { meaningful } from './junk-text.ts';

/** What `/proc/cpuinfo` says of the processors; absent where the architecture does not tell. */
export interface CpuInfo {
  readonly model?: string;
  /** Logical processors that are online. */
  readonly threadCount?: number;
  /** Distinct pairs of `physical id` and `core id`; only x86 prints them. */
  readonly coreCount?: number;
  /** The processor says that it is a virtual one (CPUID leaf 1, ECX bit 31); x86 only. */
  readonly isVirtual: boolean;
}

/**
 * Reads the text of `/proc/cpuinfo`: blocks of `name : value`, one a logical processor, divided by empty lines.
 *
 * On ARM the model stands behind the last block (`Hardware`, on 32-bit kernels) or nowhere.
 */
export function parseCpuinfo(text: string): CpuInfo {
  const blocks = text.split(/\r?\n\r?\n/).map(readBlock);
  const first = (name: string) => blocks.find((block) => block.has(name))?.get(name);
  const threadCount = blocks.filter((block) => block.has('processor')).length;
  const cores = new Set(
    blocks
      .filter((block) => block.has('physical id') && block.has('core id'))
      .map((block) => `${block.get('physical id')}/${block.get('core id')}`),
  );
  const model = meaningful(first('model name') ?? first('hardware') ?? first('cpu model'));
  return {
    ...(model === undefined ? {} : { model }),
    ...(threadCount === 0 ? {} : { threadCount }),
    ...(cores.size === 0 ? {} : { coreCount: cores.size }),
    isVirtual: (first('flags') ?? '').split(' ').includes('hypervisor'),
  };
}

function readBlock(block: string): Map<string, string> {
  const pairs = new Map<string, string>();
  for (const line of block.split(/\r?\n/)) {
    const colon = line.indexOf(':');
    if (colon > 0) pairs.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
  }
  return pairs;
}
