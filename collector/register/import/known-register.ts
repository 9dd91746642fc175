import type { DeclaredMachine } from '../../machines/declared-machine.ts';
import type { Agency } from '../agency.ts';
import { type RegisteredAgency, type RegisterFacts, registerAt } from '../register-state.ts';

type ByAgency<Fact> = ReadonlyMap<string, readonly Fact[]>;

/** What is known before a table is read, by agency, so that no row needs a query. */
export class KnownRegister {
  readonly facts: RegisterFacts;
  readonly #agencies: ReadonlyMap<string, Agency>;
  readonly #versions: ByAgency<RegisterFacts['versions'][number]>;
  readonly #numbers: ByAgency<RegisterFacts['numbers'][number]>;
  readonly #items: ByAgency<RegisterFacts['items'][number]>;
  readonly #machines: ReadonlyMap<string, DeclaredMachine>;

  constructor(facts: RegisterFacts, machines: readonly DeclaredMachine[]) {
    this.facts = facts;
    this.#agencies = new Map(facts.agencies.map((agency) => [agency.code, agency]));
    this.#versions = Map.groupBy(facts.versions, ({ code }) => code);
    this.#numbers = Map.groupBy(facts.numbers, ({ agencyCode }) => agencyCode);
    this.#items = Map.groupBy(facts.items, ({ agencyCode }) => agencyCode);
    this.#machines = new Map(machines.map((machine) => [machineKey(machine), machine]));
  }

  /** The same with other facts, machines being as they are. */
  with(facts: RegisterFacts): KnownRegister {
    return new KnownRegister(facts, [...this.#machines.values()]);
  }

  /** An agency of the register; undefined when there is none of that code. */
  agency(code: string): Agency | undefined {
    return this.#agencies.get(code);
  }

  /** An agency as its facts say it was on a day, also when it did not exist then; undefined for an unknown code. */
  stateOf(code: string, day: string): RegisteredAgency | undefined {
    const agency = this.#agencies.get(code);
    if (agency === undefined) return undefined;
    const { validFrom: _from, validTo: _to, ...always } = agency;
    const facts = {
      agencies: [always],
      versions: this.#versions.get(code) ?? [],
      numbers: this.#numbers.get(code) ?? [],
      items: this.#items.get(code) ?? [],
    };
    return registerAt(facts, day).agencies[0];
  }

  /** The version that begins on a day. */
  versionFrom(code: string, day: string) {
    return this.#versions.get(code)?.find(({ from }) => from === day);
  }

  /** The number that was declared for exactly that day. */
  numberOf(code: string, subject: string, day: string) {
    return this.#numbers.get(code)?.find((number) => number.subject === subject && number.asOf === day);
  }

  /** The thing as it was declared for exactly that day. */
  itemOf(code: string, kind: string, itemId: string, day: string) {
    return this.#items.get(code)?.find((item) => item.kind === kind && item.itemId === itemId && item.asOf === day);
  }

  /** A machine of an asset list. */
  machineOf(key: Pick<DeclaredMachine, 'agencyCode' | 'assetId'>): DeclaredMachine | undefined {
    return this.#machines.get(machineKey(key));
  }
}

function machineKey({ agencyCode, assetId }: Pick<DeclaredMachine, 'agencyCode' | 'assetId'>): string {
  return `${agencyCode} ${assetId}`;
}
