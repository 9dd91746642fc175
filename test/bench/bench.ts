import { agentBench } from './agent-bench.ts';
import { attemptBench } from './attempt-bench.ts';
import { availabilityBench } from './availability-bench.ts';
import { beaconBench } from './beacon-bench.ts';
import { ingestBench } from './ingest-bench.ts';
import { recordBench } from './record-bench.ts';
import { printTable } from './row.ts';
import { scaleBench } from './scale-bench.ts';

const PARTS = {
  agent: agentBench,
  attempt: attemptBench,
  availability: availabilityBench,
  beacon: beaconBench,
  ingest: ingestBench,
  record: recordBench,
  scale: scaleBench,
};

/** Runs every benchmark, or the ones named on the command line, and prints one table. */
const wanted = process.argv.slice(2);
for (const [name, bench] of Object.entries(PARTS)) {
  if (wanted.length === 0 || wanted.includes(name)) printTable(await bench());
}
process.exit(0);
