import type { ProblemParams } from './problem-texts.ts';
import type { RefusalCode } from './refusal-texts.ts';

/** A file that cannot be read at all; the import desk turns it into the file's only problem. */
export class FileRefusal extends Error {
  readonly code: RefusalCode;
  readonly params: ProblemParams;

  constructor(code: RefusalCode, params: ProblemParams = {}, options?: ErrorOptions) {
    super(code, options);
    this.name = 'FileRefusal';
    this.code = code;
    this.params = params;
  }
}
