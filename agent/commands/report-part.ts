import { doctor } from './doctor.ts';
import { join } from './join.ts';
import { leave } from './leave.ts';
import { proxy } from './proxy.ts';
import { report } from './report.ts';
import { service } from './service.ts';
import { status } from './status.ts';

/**
 * The commands that live and die with a short process, in one module: the bundle keeps them in a file of their own,
 * apart from the resident process (agent/build.ts).
 */
export const REPORT_PART = { doctor, join, leave, proxy, report, service, status };
