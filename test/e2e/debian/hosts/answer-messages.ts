/**
 * Answers the questions that the test sends to this program, one after the other.
 *
 * @param handlers what to do, by the field `do` of a question; what it returns is the answer
 */
export function answerMessages(
  handlers: Readonly<Record<string, (question: Readonly<Record<string, unknown>>) => unknown>>,
): void {
  // What it serves must not outlive the test.
  process.once('disconnect', () => process.exit());
  process.on('message', (question: Readonly<Record<string, unknown>>) => {
    const handler = handlers[String(question['do'])];
    Promise.resolve()
      .then(() => {
        if (handler === undefined) throw new Error(`No handler for ${JSON.stringify(question)}`);
        return handler(question);
      })
      .then(
        (answer) => process.send?.({ answer: answer ?? null }),
        (error: unknown) => process.send?.({ error: error instanceof Error ? String(error.stack) : String(error) }),
      );
  });
}
