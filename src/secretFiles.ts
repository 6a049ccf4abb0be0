/** Secrets that are handed over as files, as container platforms do: NAME_FILE holds the path of what NAME would hold. */
import { ConfigError } from "./errors.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** The settings that may come from a file. */
const SECRETS = ["DISCORD_TOKEN", "DATABASE_URL", "DATABASE_PASSWORD"] as const;

/**
 * Puts what the files of NAME_FILE hold, without the line end behind it, where NAME is looked for; all else stays.
 *
 * @param readFile Gives the text of the file at a path, or throws.
 * @throws {ConfigError} where a secret is given twice, or its file cannot be read or is empty.
 */
export function readSecretFiles(
  env: Environment,
  readFile: (path: string) => string,
): Record<string, string | undefined> {
  const resolved = { ...env };
  for (const name of SECRETS) {
    const variable = `${name}_FILE`;
    const path = env[variable];
    if (!path) continue;
    if (env[name]) throw new ConfigError(`${name} and ${variable} are both set: keep one of them.`);
    resolved[name] = readSecret(variable, path, readFile);
  }
  return resolved;
}

/** What a process that needs no secret is started with. */
export function withoutSecrets(env: Environment): Environment {
  const secrets = new Set(SECRETS.flatMap((name) => [name, `${name}_FILE`]));
  return Object.fromEntries(Object.entries(env).filter(([name]) => !secrets.has(name)));
}

function readSecret(variable: string, path: string, readFile: (path: string) => string): string {
  let text: string;
  try {
    text = readFile(path);
  } catch (cause) {
    const remedy = "check the path and who may read it";
    throw new ConfigError(`${variable} names ${path}, which cannot be read: ${remedy}.`, { cause });
  }
  const secret = text.replace(/(?<![\r\n])[\r\n]+$/u, "");
  if (secret === "") {
    throw new ConfigError(`${variable} names ${path}, which is empty: put the secret into it.`);
  }
  return secret;
}
