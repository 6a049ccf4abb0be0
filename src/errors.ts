/** An error whose message may be shown to whoever asked: one plain sentence with the remedy. */
export class UserError extends Error {
  override readonly name: string = "UserError";
}

/** A setting cannot be used; the message names each bad variable and what was expected. */
export class ConfigError extends UserError {
  override readonly name = "ConfigError";
}

/** More texts wait for the model than it can take in good time. */
export class BusyError extends UserError {
  override readonly name = "BusyError";
}

/** What was asked was taken and came to no answer, in time or at all: the fault is not in what was asked. */
export class UnansweredError extends UserError {
  override readonly name = "UnansweredError";
}

/** What was asked or typed cannot be used as it is: exit code 2 on a terminal. */
export class UsageError extends UserError {
  override readonly name = "UsageError";
}

/** Whether the system refused something for the reason of that name, such as `ENOENT`. */
export function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
