import type { RegisteredAgency } from '../register/register-state.ts';
import type { CollectorCommand } from './command.ts';
import { dayOption } from './day-option.ts';
import { withDesks } from './with-desks.ts';

/** `agency tree`: prints the tree of a day. */
export const agencyTree: CollectorCommand = {
  name: 'agency tree',
  usage: '[--at DATE]',
  summary: 'Prints the tree of a day (today): code, name and level, two spaces a step.',
  options: { at: { type: 'string' } },
  positionalCount: 0,
  run(input) {
    const at = dayOption(input.options, 'at');
    return withDesks(input, async ({ register }) => {
      const { agencies } = await register.state(at);
      for (const line of treeLines(agencies)) input.say(line);
    });
  },
};

/** An agency whose parent does not exist on that day stands at the top, so that every one is printed. */
function treeLines(agencies: readonly RegisteredAgency[]): readonly string[] {
  const codes = new Set(agencies.map(({ code }) => code));
  const children = Map.groupBy(agencies, ({ parentCode = '' }) => (codes.has(parentCode) ? parentCode : ''));
  const below = (code: string, depth: number): readonly string[] =>
    (children.get(code) ?? []).flatMap((agency) => [
      `${'  '.repeat(depth)}${agency.code} ${agency.nameVi} (${agency.level})`,
      ...below(agency.code, depth + 1),
    ]);
  return below('', 0);
}
