import { TramdoError } from '#shared/errors.ts';
import { printDate } from '../catalogues/viet-nam-time.ts';
import { COMMAND_LINE } from '../people/principal.ts';
import { parseDeclared } from '../register/agency.ts';
import { parseAgencyCode } from '../register/agency-code.ts';
import {
  type DeclaredItem,
  type DeclaredItemKind,
  declaredItem,
  LINE_KINDS,
  SOLUTION_TYPES,
} from '../register/declared-item.ts';
import type { RegisterDesk } from '../register/register-desk.ts';
import { AGENCY_SENTENCES, ITEM_TEXTS } from './agency-texts.ts';
import { type CollectorCommand, countOption, type OptionValues, textOption } from './command.ts';
import { declaredTerms, SOURCE_OPTIONS } from './declared-options.ts';
import { LANGUAGE_OPTION, LANGUAGE_USAGE, languageOption } from './language-option.ts';
import { withDesks } from './with-desks.ts';

/** What the options say of a thing of each kind; what is missing is named by the check of the thing. */
const DETAILS: Readonly<Record<DeclaredItemKind, (options: OptionValues) => object>> = {
  line: (options) => ({
    lineKind: textOption(options, 'line-kind'),
    capacityKbps: countOption(options, 'capacity-kbps', 1),
    provider: textOption(options, 'provider'),
  }),
  solution: (options) => ({ solutionType: textOption(options, 'solution-type'), name: textOption(options, 'name') }),
  system: (options) => ({
    name: textOption(options, 'name'),
    level: countOption(options, 'level', 1),
    hasPlan: options['has-plan'] === true,
  }),
  'antivirus-deployment': (options) => ({
    productId: textOption(options, 'product'),
    documentNumber: textOption(options, 'document'),
  }),
  place: (options) => ({ range: textOption(options, 'range'), gateway: textOption(options, 'gateway') }),
};

/** `agency declare`: keeps a thing that an agency declares. */
export const agencyDeclare: CollectorCommand = {
  name: 'agency declare',
  usage: `CODE KIND ID [--as-of DATE] [--source TEXT] [--ended]; KIND is line --line-kind ${LINE_KINDS.join('|')} --capacity-kbps N [--provider NAME], solution --solution-type ${SOLUTION_TYPES.join('|')} [--name NAME], system --name NAME [--level 1-5] [--has-plan], antivirus-deployment --product ID --document NUMBER, or place --range CIDR [--gateway ADDRESS] ${LANGUAGE_USAGE}`,
  summary:
    'Keeps a line, solution, information system, antivirus deployment or place of machines that an agency declares.',
  options: {
    'line-kind': { type: 'string' },
    'capacity-kbps': { type: 'string' },
    provider: { type: 'string' },
    'solution-type': { type: 'string' },
    name: { type: 'string' },
    level: { type: 'string' },
    'has-plan': { type: 'boolean' },
    product: { type: 'string' },
    document: { type: 'string' },
    range: { type: 'string' },
    gateway: { type: 'string' },
    ended: { type: 'boolean' },
    ...SOURCE_OPTIONS,
    ...LANGUAGE_OPTION,
  },
  positionalCount: 3,
  run(input) {
    const { options, positionals, say, nowMs } = input;
    const language = languageOption(options);
    const [codeText = '', kindText = '', itemId = ''] = positionals;
    const code = parseAgencyCode(codeText);
    const kind = kindOf(kindText);
    const terms = declaredTerms(options, nowMs());
    return withDesks(input, async ({ register }) => {
      const item =
        options['ended'] === true
          ? { ...(await itemInForce(register, { code, kind, itemId, day: terms.asOf })), ...terms, hasEnded: true }
          : parseDeclared(declaredItem, { kind, agencyCode: code, itemId, ...terms, ...DETAILS[kind](options) });
      await register.declare(COMMAND_LINE, code, { items: [item] });
      const print = AGENCY_SENTENCES[item.hasEnded ? 'ended' : 'declared'][language];
      say(print(`${code}, ${ITEM_TEXTS[kind][language]} ${itemId}`, printDate(item.asOf), item.source));
    });
  },
};

function kindOf(text: string): DeclaredItemKind {
  switch (text) {
    case 'line':
    case 'solution':
    case 'system':
    case 'antivirus-deployment':
    case 'place':
      return text;
    default:
      throw new TramdoError(
        'USAGE',
        `Cannot declare: current value of KIND is "${text}", allowed are ${Object.keys(DETAILS).join(', ')}`,
      );
  }
}

async function itemInForce(
  register: RegisterDesk,
  {
    code,
    kind,
    itemId,
    day,
  }: { readonly code: string; readonly kind: string; readonly itemId: string; readonly day: string },
): Promise<DeclaredItem> {
  const { agencies } = await register.state(day);
  const items = agencies.find((agency) => agency.code === code)?.items ?? [];
  const found = items.find((item) => item.kind === kind && item.itemId === itemId);
  if (found !== undefined) return found;
  throw new TramdoError(
    'AGENCY_INVALID',
    `Cannot end the ${kind} "${itemId}" as ${code} has none of that name on ${day}`,
  );
}
