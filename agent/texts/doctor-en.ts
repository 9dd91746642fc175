import type { DoctorTexts } from './doctor-texts.ts';

const ASK_NETWORK = 'check the cable, the line and the firewalls on the way, then ask whoever runs the network';

/** What `doctor` says in English. */
export const DOCTOR_EN: DoctorTexts = {
  headline: (version, runtime, platform) => `tramdo-agent ${version}, Node ${runtime}, ${platform}`,
  states: { good: 'OK', bad: 'WRONG', note: 'NOTE', skipped: 'NOT RUN' },
  titles: {
    joined: 'Joined',
    folder: 'State folder',
    files: 'State files',
    proxy: 'Proxy',
    name: 'Name',
    connection: 'Connection',
    tunnel: 'Through the proxy',
    tls: 'TLS',
    trust: 'Trust',
    answer: 'Collector',
    clock: 'Clock',
    permission: 'Permission',
    service: 'Service',
    outbox: 'Outbox',
    acknowledged: 'Last report',
    probes: 'Probes',
    update: 'Update',
  },
  remedyWord: 'To do',
  allGood: 'All is well.',
  somethingBad: (count) => (count === 1 ? 'One thing is wrong.' : `${count} things are wrong.`),
  skipped: (title) => `not tried because of "${title}"`,
  unreadable: (why) => [why, 'run doctor as root or administrator'],
  joined: {
    good: (agency, machine, origin, at) => `agency ${agency}, machine ${machine}, at ${origin} since ${at}`,
    absent: ['this machine has not joined', 'run "tramdo-agent join" with a join string of your agency'],
    waits: (why) => [
      `a join string is kept, and the collector could not be joined yet: ${why}`,
      'wait for the next try, or run "tramdo-agent join" with a new join string',
    ],
    damaged: (file) => [
      `the key file "${file}" is damaged, and nothing is sent`,
      'run "tramdo-agent join" with a new join string: the collector knows this machine again by its hardware, and its history stays',
    ],
    denied: (file) => [`this account may not read "${file}"`, 'run doctor as root or administrator'],
  },
  folder: {
    good: (path, free) => `"${path}" can be written, is closed to other accounts and has ${free} free`,
    goodWindows: (path, free) =>
      `"${path}" can be written and has ${free} free; "service install" closes it to other accounts, which is not looked at here`,
    absent: (path) => [`"${path}" is not there`, 'join, which makes it'],
    denied: (path) => [`this account may not look into "${path}"`, 'run doctor as root or administrator'],
    readOnly: (path, code) => [
      `"${path}" cannot be written (${code})`,
      'give the account of the agent the right to write',
    ],
    full: (path, free) => [`only ${free} are free on the disk of "${path}"`, 'free some space: reports wait there'],
    openToOthers: (path, mode, command) => [
      `"${path}" can be read by other accounts (mode ${mode}), and it holds the key of this machine`,
      `run: ${command}`,
    ],
  },
  files: {
    good: 'all can be read',
    damaged: (names) => [`damaged: ${names}`, 'nothing: what can be rebuilt begins anew with the next report'],
    planGone: ['plan.json is not there', 'nothing: it is fetched again with the next report'],
  },
  proxy: {
    invalid: (why) => [why, 'set another one with "tramdo-agent proxy http://HOST:PORT", or "tramdo-agent proxy none"'],
    script: [
      'the system wants a script to choose the proxy (PAC or WPAD), which is not supported: the agent goes straight',
      'when that fails, set the proxy with "tramdo-agent proxy http://HOST:PORT"',
    ],
  },
  name: {
    good: (name, addresses) => `${name} is ${addresses}`,
    literal: (address) => `${address} is an address, nothing to look up`,
    failed: (name, code) => [
      `looked up ${name}: ${code}`,
      'check the DNS server of this PC and the spelling of the name',
    ],
  },
  connection: {
    good: (where, length) => `connected to ${where} in ${length}`,
    failed: (where, why) => [`tried to connect to ${where}: ${why}`, ASK_NETWORK],
    failedProxy: (where, why) => [
      `tried to connect to the proxy ${where}: ${why}`,
      'check the address of the proxy, or set another one with "tramdo-agent proxy"',
    ],
  },
  tunnel: {
    good: (proxy, target) => `${proxy} opens the way to ${target}`,
    failed: (why) => [why, 'ask whoever runs the proxy'],
    wantsLogin: (proxy) => [
      `${proxy} answered 407: it wants a user name and password`,
      'run "tramdo-agent proxy http://USER:PASSWORD@HOST:PORT"',
    ],
    refusesLogin: (proxy) => [
      `${proxy} answered 407: it does not accept the user name and password`,
      'run "tramdo-agent proxy http://USER:PASSWORD@HOST:PORT" with the right ones',
    ],
    wantsOtherLogin: (proxy, schemes) => [
      `${proxy} answered 407: it wants a log-in by ${schemes}, and only basic is supported`,
      "ask whoever runs the proxy to let the collector's address through without a log-in",
    ],
    forbids: (proxy, target) => [
      `${proxy} answered 403: it forbids the way to ${target}`,
      `ask whoever runs the proxy to allow ${target}`,
    ],
    status: (proxy, status, target) => [
      `${proxy} answered ${status} for ${target}`,
      status >= 500 ? 'the proxy cannot reach the collector: ask whoever runs it' : 'ask whoever runs the proxy',
    ],
    closed: (proxy) => [`${proxy} ended the connection without an answer`, 'ask whoever runs the proxy'],
    silent: (proxy) => [`${proxy} did not answer in time`, 'ask whoever runs the proxy'],
  },
  tls: {
    plain: 'plain HTTP, as the collector is on this machine',
    good: (protocol, subject, from, to) => `${protocol}, certificate of "${subject}", valid from ${from} to ${to}`,
    outOfDate: (protocol, subject, from, to) => [
      `${protocol}, certificate of "${subject}", valid from ${from} to ${to}: not now; the pin decides, so it is accepted`,
      'check the clock of this PC, and renew the certificate of the collector',
    ],
    failed: (why) => [
      `did not begin: ${why}`,
      'ask whoever runs the network whether something on the way cuts TLS off',
    ],
  },
  trust: {
    plain: 'nothing to compare on this machine',
    pin: (pin) => `the pin is the trusted one: ${pin}`,
    nextPin: (pin) => `the pin is one of the two trusted ones: ${pin}`,
    authority: (issuer) => `an authority that this machine trusts vouches for it: "${issuer}"`,
    wrongPin: ({ found, trusted, issuer, where }) => [
      `the certificate was issued by "${issuer}" and has the pin ${found}, trusted is ${trusted}: nothing is sent`,
      `when "${issuer}" is a device that opens TLS on the way, ask whoever runs it to exempt ${where}; when the collector was set up anew, run "tramdo-agent join" with a new join string`,
    ],
    untrusted: ({ code, issuer, where }) => [
      `the certificate was issued by "${issuer}", and no authority that this machine trusts vouches for it (${code}): nothing is sent`,
      `when "${issuer}" is a device that opens TLS on the way, ask whoever runs it to exempt ${where}; when it is an authority of your own, join with --ca-file`,
    ],
  },
  answer: {
    good: (status, length) => `answered ${status} in ${length}`,
    busy: (status) => [`answered ${status}: it cannot take reports now`, 'wait; reports are kept and sent later'],
    wrong: (status) => [
      `answered ${status}, which is not what a collector answers`,
      'check that the join string names the collector and not another server',
    ],
    failed: (why) => [`did not answer: ${why}`, 'look at the collector'],
  },
  clock: {
    good: (offset) => `${offset} off that of the collector; up to 60 seconds are in order`,
    wrong: (offset, isAhead) => [
      `${offset} ${isAhead ? 'ahead of' : 'behind'} that of the collector; more than 60 seconds fail the rule on time`,
      'set the clock and switch time synchronisation on; reports arrive all the same',
    ],
    unsaid: 'the collector did not say its time',
  },
  permission: {
    good: 'doctor runs with full rights, as the service does',
    lacking: (probes) => [
      `doctor runs without root; a report by this account would lack: ${probes}`,
      'let the service report, or run with sudo',
    ],
    lackingWindows: (probes) => [
      `doctor runs without administrator rights; a report by this account would lack: ${probes}`,
      'let the service report, or open the console as administrator',
    ],
  },
  service: {
    good: (mode) => `installed and active: ${mode}`,
    resident: (pid) => `no service, and the agent runs as process ${pid}`,
    modes: { resident: 'the agent stays and reports', scheduled: 'started every 15 minutes' },
    absent: ['no service is installed, and no agent runs', 'run "tramdo-agent service install"'],
    stopped: (state) => [
      `the service is installed and does not run (${state})`,
      'run "tramdo-agent service install" again; the log of the system says why it stopped',
    ],
    disabled: ['the service is installed and switched off', 'run "tramdo-agent service install" again'],
    unknown: (why) => [`the system does not say: ${why}`, 'look for the service by hand'],
  },
  outbox: {
    empty: 'nothing waits',
    waits: (count, size, oldest) => `${count} reports wait, ${size}, the oldest since ${oldest}`,
    waitsLong: (count, size, oldest) => [
      `${count} reports wait, ${size}, the oldest since ${oldest}`,
      'mend what is wrong above; they are sent by themselves then',
    ],
  },
  acknowledged: {
    good: (seq, at) => `report ${seq} was acknowledged at ${at}`,
    old: (seq, at) => [
      `report ${seq} was acknowledged at ${at}, which is long ago`,
      'run "tramdo-agent report" and see what it says',
    ],
    nothingYet: ['no report was acknowledged yet', 'run "tramdo-agent report" and see what it says'],
    failed: (at, why, message) => [`the last sending at ${at} failed: ${why}: ${message}`, 'see the lines above'],
  },
  probes: {
    good: (count) => `all ${count} saw what they look at`,
    notYet: ['none has looked yet', 'run "tramdo-agent report"'],
    trouble: (list) => [list, 'their rules count as unknown; see what is said about each'],
    failure: (name, why, message) => `${name}: ${why} (${message})`,
    rest: (name, until, why) => `${name} hung or crashed three times and rests until ${until} (${why})`,
  },
  update: {
    none: 'the program of the package runs',
    active: (version) => `version ${version} came by update`,
    trial: (version, since) => [
      `version ${version} is on trial since ${since}`,
      'nothing: it stays after its first acknowledged report, else the old one comes back',
    ],
    failed: (version, at, why) => [
      `version ${version} failed at ${at}, and the old one came back: ${why}`,
      'tell whoever offers updates on the collector',
    ],
  },
};
