import type { CommandId } from '#agent/host/commands.ts';
import type { CommandResult, Host, PathStatus } from '#agent/host/host.ts';
import { TramdoError } from '#shared/errors.ts';

/** Every answer a machine gave while its probes looked, by what was asked; `undefined` answers are absence. */
export interface Recording {
  readonly texts: Map<string, string>;
  readonly folders: Map<string, readonly string[]>;
  readonly statuses: Map<string, PathStatus>;
  readonly commands: Map<CommandId, CommandResult>;
  /** Socket path to request to answer. */
  readonly sockets: Map<string, Map<string, string>>;
  readonly denied: Set<string>;
}

/** An empty recording. */
export function emptyRecording(): Recording {
  return {
    texts: new Map(),
    folders: new Map(),
    statuses: new Map(),
    commands: new Map(),
    sockets: new Map(),
    denied: new Set(),
  };
}

/** A host that answers as the given one does and keeps the answers in `recording`. */
export function recordHost(host: Host, recording: Recording): Host {
  const kept = async <Answer>(
    path: string,
    look: () => Promise<Answer | undefined>,
    keep: (answer: Answer) => void,
  ) => {
    try {
      const answer = await look();
      if (answer !== undefined) keep(answer);
      return answer;
    } catch (error) {
      if (error instanceof TramdoError && error.code === 'HOST_FILE_DENIED') recording.denied.add(path);
      throw error;
    }
  };
  return {
    platform: host.platform,
    readText: (path, options) =>
      kept(
        path,
        () => host.readText(path, options),
        (text) => recording.texts.set(path, text),
      ),
    listDir: (path) =>
      kept(
        path,
        () => host.listDir(path),
        (names) => recording.folders.set(path, names),
      ),
    stat: (path) =>
      kept(
        path,
        () => host.stat(path),
        (status) => recording.statuses.set(path, status),
      ),
    async run(command) {
      const result = await host.run(command);
      recording.commands.set(command, result);
      return result;
    },
    ask: (socketPath, request) =>
      kept(
        socketPath,
        () => host.ask(socketPath, request),
        (answer) => {
          const answers = recording.sockets.get(socketPath) ?? new Map<string, string>();
          recording.sockets.set(socketPath, answers.set(request, answer));
        },
      ),
    nowMs: () => host.nowMs(),
    monotonicMs: () => host.monotonicMs(),
  };
}
