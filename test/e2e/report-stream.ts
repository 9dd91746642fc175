import { reportAnswer } from '#shared/report.ts';
import type { SimulatedMachine } from './simulated-machine.ts';

/** Probe whose value differs in every report, so that each leaves a row in the history. */
export const STREAM_PROBE = 'x-stream';

/** A machine that sends one report after another. */
export interface ReportStream {
  readonly machineId: string;
  /** Numbers that were acknowledged, in order. */
  readonly acknowledged: readonly number[];
  /** Sends until told to stop; a report without an answer is sent again under its number. */
  sendUntil(signal: AbortSignal): Promise<void>;
  /** Sends the next report, or the one without an answer again. */
  sendOne(): Promise<void>;
}

/** Makes the stream of a machine. */
export function streamOf(machine: SimulatedMachine): ReportStream {
  const acknowledged: number[] = [];
  let seq = 1;
  const sendOnce = async () => {
    const answer = await machine.send(machine.report(seq, { [STREAM_PROBE]: { seq } }));
    if (answer.status !== 200) throw new Error(`report ${seq} was answered ${answer.status}`);
    const { acceptedSeq, resend } = reportAnswer.parse(answer.body);
    if (acceptedSeq !== seq || resend.length > 0) throw new Error(`report ${seq} was answered for ${acceptedSeq}`);
    acknowledged.push(seq);
    seq += 1;
  };
  return {
    machineId: machine.machineId,
    acknowledged,
    sendOne: sendOnce,
    async sendUntil(signal) {
      while (!signal.aborted) {
        try {
          await sendOnce();
        } catch (error) {
          // `fetch` says that the line broke with a TypeError; an answer that is wrong is a fault.
          if (!(error instanceof TypeError)) throw error;
        }
      }
    },
  };
}
