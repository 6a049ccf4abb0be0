/** What is wrong with a Dockerfile: what a validator finds, and rules of hadolint's that it does not know. */
import { DockerfileParser } from "dockerfile-ast";
import type { Copy, From, Instruction } from "dockerfile-ast";
import { validate } from "dockerfile-utils";

/** Names of settings that hold a secret itself, not the place where it is. */
export const SECRET_NAME = /(?:TOKEN|PASSWORD|SECRET|KEY)$/u;

/** Instructions from one FROM to the next. */
interface Stage {
  readonly from: From;
  readonly instructions: readonly Instruction[];
  readonly copies: readonly Copy[];
  /** The names of the stages before it. */
  readonly earlier: readonly (string | null)[];
}

/** One sentence for each fault, with hadolint's number where it has one. */
export function faultsOfDockerfile(text: string): string[] {
  const stages = stagesOf(text);
  return [
    ...validate(text).map(({ message }) => (typeof message === "string" ? message : message.value)),
    ...stages.flatMap((stage) => [
      ...faultsOfStage(stage),
      ...stage.instructions.flatMap(faultsOfInstruction),
    ]),
    ...faultsOfImage(stages.at(-1)?.instructions ?? []),
  ];
}

/** The files and folders of the checkout that are copied, into whichever stage. */
export function copiedFromCheckout(text: string): string[] {
  const copies = DockerfileParser.parse(text).getCOPYs();
  return copies.filter((it) => it.getFromFlag() === null).flatMap((it) => wordsOf(it).slice(0, -1));
}

/** The variables that the image sets. */
export function setByImage(text: string): string[] {
  const envs = DockerfileParser.parse(text).getENVs();
  return envs.flatMap((it) => it.getProperties().map((property) => property.getName()));
}

function stagesOf(text: string): Stage[] {
  const dockerfile = DockerfileParser.parse(text);
  const instructions = dockerfile.getInstructions();
  const froms = dockerfile.getFROMs();
  return froms.map((from, i) => {
    const next = froms[i + 1];
    const own = instructions.slice(
      instructions.indexOf(from) + 1,
      next === undefined ? undefined : instructions.indexOf(next),
    );
    return {
      from,
      instructions: own,
      copies: dockerfile.getCOPYs().filter((it) => own.includes(it)),
      earlier: froms.slice(0, i).map((it) => it.getBuildStage()),
    };
  });
}

function faultsOfStage({ from, instructions, copies, earlier }: Stage): string[] {
  const image = from.getImage();
  const isVersioned = /^\d/u.test(from.getImageTag() ?? "") || earlier.includes(image);
  const unknown = copies
    .map((it) => it.getFromFlag()?.getValue())
    .filter((it) => typeof it === "string" && !earlier.includes(it));
  const keywords = instructions.map((it) => it.getKeyword());
  return [
    ...(isVersioned ? [] : [`DL3006, DL3007: ${image ?? "FROM"} must name a version`]),
    ...unknown.map((it) => `DL3022: there is no stage ${String(it)} before`),
    ...(keywords.join(" ").includes("RUN RUN") ? ["DL3059: two RUN in a row are one"] : []),
  ];
}

function faultsOfInstruction(instruction: Instruction): string[] {
  const content = instruction.getArgumentsContent() ?? "";
  const words = wordsOf(instruction);
  switch (instruction.getKeyword()) {
    case "ADD":
      return ["DL3020: COPY is what it should be"];
    case "RUN":
      return [
        ...(words.includes("cd") ? ["DL3003: WORKDIR instead of cd"] : []),
        ...(words.includes("sudo") ? ["DL3004: no sudo"] : []),
      ];
    case "CMD":
    case "ENTRYPOINT":
      return /^\[.*\]$/su.test(content) ? [] : ["DL3025: a list of words, without a shell"];
    case "ARG":
    case "ENV":
      return words
        .map((it) => it.replace(/=.*$/su, ""))
        .filter((it) => SECRET_NAME.test(it))
        .map((it) => `${it} would be in the image for all to read`);
    default:
      return [];
  }
}

/** Of the last stage, which is the image. */
function faultsOfImage(instructions: readonly Instruction[]): string[] {
  const last = (keyword: string): string | undefined =>
    instructions.findLast((it) => it.getKeyword() === keyword)?.getArgumentsContent() ?? undefined;
  const isRoot = /^(?:root|0)?(?::|$)/u.test(last("USER") ?? "");
  return [
    ...(isRoot ? ["DL3002: the last USER must not be root"] : []),
    ...(last("STOPSIGNAL") === "SIGTERM" ? [] : ["STOPSIGNAL must be SIGTERM"]),
    ...(last("CMD") === undefined ? ["CMD is missing"] : []),
  ];
}

function wordsOf(instruction: Instruction): string[] {
  return instruction.getArguments().map((it) => it.getValue());
}
