import type { AgentConfig, OptionValues } from '../config.ts';

/** What a command is handed. */
export interface CommandInput {
  readonly config: AgentConfig;
  readonly options: OptionValues;
  /** Arguments that are not options. */
  readonly positionals: readonly string[];
  /** Writes one line for the person at the terminal. */
  readonly say: (line: string) => void;
}

/** One command of the agent; `run` is loaded only when it is called, so that the resident part stays small. */
export interface AgentCommand {
  /** Arguments and options as `--help` shows them. */
  readonly usage: string;
  readonly summary: string;
  /** Options beside those of config.ts, and whether they take a value. */
  readonly options: Readonly<Record<string, { readonly type: 'string' | 'boolean' }>>;
  /** How many arguments it takes, at most. */
  readonly positionalCount: number;
  /** How many it needs, where that is fewer. */
  readonly leastPositionalCount?: number;
  /** @returns the exit status */
  run(input: CommandInput): Promise<number>;
}
