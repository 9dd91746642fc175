/** Tells whether two facts say the same, whatever the order of their fields; a field that is undefined is absent. */
export function isSameFact(one: object, other: object): boolean {
  return sortedJson(one) === sortedJson(other);
}

function sortedJson(fact: object): string {
  const fields = Object.entries(fact).filter(([, value]) => value !== undefined);
  return JSON.stringify(fields.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
