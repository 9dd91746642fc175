import type { AttemptFailure } from './attempt-result.ts';

/**
 * What the failures of attempts mean, for agent/PROBES.md. The agent itself never loads this: a report carries the
 * code alone.
 */
export const ATTEMPT_FAILURE_MEANINGS: Readonly<Record<AttemptFailure, string>> = {
  ADDRESS_UNEXPECTED:
    'An answer came from an address outside of the ranges of the network (`cidrs` of the plan): a name that was led astray',
  ANSWER_UNEXPECTED: 'A name has no address in the ranges that its target expects (`?expect=`)',
  ANSWER_UNREADABLE: 'The answer is not HTTP',
  CAPTIVE_PORTAL:
    'Something that does not speak TLS answers on the TLS port, or the status is 511 (RFC 6585): log in first',
  CERTIFICATE_EXPIRED:
    'The certificate is the right one, and has ended or does not hold yet by the clock of the machine: says nothing of the line',
  DNS_FAILED: 'The name server could not say',
  FAILED: 'Anything else',
  INTERCEPTED:
    'Answered, but another target of the network met MIDDLE_BOX or CAPTIVE_PORTAL in the same round and this one proves ' +
    'nothing of whom it reached (tcp, dns, icmp)',
  MIDDLE_BOX: 'The certificate is not the one of the target: untrusted issuer, another name, or the pin does not fit',
  NAME_NOT_FOUND: 'The name has no address',
  NOT_PERMITTED:
    'The machine could not try it (not allowed, no `ping`, a kind it does not know): says nothing of the target',
  NO_ECHO: 'No answer to a ping, which is often filtered: says nothing of the target',
  RECEIPT_INVALID: 'What answered as a beacon gave no receipt for this machine, network and slot',
  REFUSED: 'The connection was refused',
  RESET: 'The connection was ended before an answer',
  STATUS_5XX: 'The server answered with an error of its own (status 500 to 599)',
  TIMED_OUT: 'No answer in time',
  TLS_FAILED: 'TLS did not come about, or its certificate has another fault',
  UNREACHABLE: 'No way there: said by a router or by the machine itself',
};
