/* signals.h: dying cleanly */
/* Rank: cli. */
#ifndef SLA_CLI_SIGNALS_H
#define SLA_CLI_SIGNALS_H

/*
 * From here on SIGINT, SIGTERM, SIGHUP and SIGPIPE remove the temporary files and
 * then end the program as that signal does; so does exit(3). A signal that was
 * ignored when the program began (nohup) stays ignored.
 */
void signals_start(void);

#endif
