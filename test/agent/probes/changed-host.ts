import type { CommandId } from '#agent/host/commands.ts';
import type { CommandResult, Host } from '#agent/host/host.ts';
import { type ErrorCode, TramdoError } from '#shared/errors.ts';

/** What a test changes on a recorded machine; one trait each. */
export interface HostChanges {
  /** Texts by path; undefined takes the file away. */
  readonly files?: Readonly<Record<string, string | undefined>>;
  /** Names in folders by path; undefined takes the folder away. */
  readonly folders?: Readonly<Record<string, readonly string[] | undefined>>;
  readonly links?: Readonly<Record<string, string>>;
  /** What commands leave behind; a code makes them fail. */
  readonly commands?: Readonly<Partial<Record<CommandId, Partial<CommandResult> | ErrorCode>>>;
  /** Answers by request; undefined when nobody listens; a code makes every question fail. */
  readonly answers?: Readonly<Record<string, string | undefined>> | ErrorCode;
}

/** A machine that differs from a recorded one in what a test is about. */
export function changeHost(
  host: Host,
  { files = {}, folders = {}, links = {}, commands = {}, answers }: HostChanges,
): Host {
  const missing = (path: string) => path in files && files[path] === undefined;
  return {
    ...host,
    async readText(path, options) {
      return path in files ? files[path]?.slice(0, options?.prefixBytes) : host.readText(path, options);
    },
    async listDir(path) {
      return path in folders ? folders[path] : host.listDir(path);
    },
    async stat(path) {
      const linkTarget = links[path];
      const text = files[path];
      if (linkTarget !== undefined) return { kind: 'link', sizeBytes: 0, modifiedAtMs: host.nowMs(), linkTarget };
      if (text !== undefined) return { kind: 'file', sizeBytes: text.length, modifiedAtMs: host.nowMs() };
      return missing(path) ? undefined : host.stat(path);
    },
    async run(command) {
      const result = commands[command];
      if (result === undefined) return host.run(command);
      if (typeof result === 'string') throw new TramdoError(result, `Cannot run "${command}"`);
      return { stdout: '', stderr: '', exitCode: 0, ...result };
    },
    async ask(path, request) {
      if (answers === undefined) return host.ask(path, request);
      if (typeof answers === 'string') throw new TramdoError(answers, `Cannot ask "${path}"`);
      return answers[request];
    },
  };
}
