import { describe, expect, it } from 'vitest';
import { makeSampleRegister } from './make-sample-register.ts';

describe('docs/samples', () => {
  it('are what test/tools/make-sample-register.ts writes', () => {
    expect(makeSampleRegister(true)).toEqual([]);
  });
});
