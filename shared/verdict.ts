/** What a rule can say of a machine; `unknown` is never counted as pass and never called fail. */
export const VERDICTS = ['pass', 'fail', 'unknown', 'not_applicable'] as const;

/** One of {@link VERDICTS}. */
export type Verdict = (typeof VERDICTS)[number];
