/** Exit status that asks the service manager to start the agent again: EX_TEMPFAIL of sysexits.h. */
export const EXIT_RESTART = 75;
