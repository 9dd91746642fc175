import type { Language } from '../catalogues/language.ts';
import { LEVEL_NAMES } from '../register/level-names.ts';
import type { RegisteredAgency } from '../register/register-state.ts';
import type { CollectorCommand } from './command.ts';
import { dayOption } from './day-option.ts';
import { LANGUAGE_OPTION, LANGUAGE_USAGE, languageOption } from './language-option.ts';
import { withDesks } from './with-desks.ts';

/** `agency tree`: prints the tree of a day. */
export const agencyTree: CollectorCommand = {
  name: 'agency tree',
  usage: `[--at DATE] ${LANGUAGE_USAGE}`,
  summary: 'Prints the tree of a day (today): code, name and level, two spaces a step.',
  options: { at: { type: 'string' }, ...LANGUAGE_OPTION },
  positionalCount: 0,
  run(input) {
    const language = languageOption(input.options);
    const at = dayOption(input.options, 'at');
    return withDesks(input, async ({ register }) => {
      const { agencies } = await register.state(at);
      for (const line of treeLines(agencies, language)) input.say(line);
    });
  },
};

/** An agency whose parent does not exist on that day stands at the top, so that every one is printed. */
function treeLines(agencies: readonly RegisteredAgency[], language: Language): readonly string[] {
  const codes = new Set(agencies.map(({ code }) => code));
  const children = Map.groupBy(agencies, ({ parentCode = '' }) => (codes.has(parentCode) ? parentCode : ''));
  const below = (code: string, depth: number): readonly string[] =>
    (children.get(code) ?? []).flatMap((agency) => [
      `${'  '.repeat(depth)}${agency.code} ${agency.nameVi} (${LEVEL_NAMES[agency.level][language]})`,
      ...below(agency.code, depth + 1),
    ]);
  return below('', 0);
}
