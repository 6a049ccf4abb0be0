import { tracingChannel } from "node:diagnostics_channel";
import { expect, it, onTestFinished } from "vitest";
import { START_CHANNEL, traced } from "../src/trace.ts";
import type { TracedStep } from "../src/trace.ts";

function listen(): string[] {
  const heard: string[] = [];
  const channel = tracingChannel<string, TracedStep>(START_CHANNEL);
  const on = (what: string) => (it: TracedStep) => heard.push(`${what} ${it.step}`);
  const listeners = {
    start: on("begin"),
    end: () => undefined,
    asyncStart: () => undefined,
    asyncEnd: on("end"),
    error: () => undefined,
  };
  channel.subscribe(listeners);
  onTestFinished(() => {
    channel.unsubscribe(listeners);
  });
  return heard;
}

it("tells when a step begins and ends, and gives what it gave", async () => {
  const heard = listen();
  const inner = traced("one", async () => {
    await Promise.resolve();
    heard.push("work");
    return 1;
  });
  expect(await inner).toBe(1);
  expect(heard).toEqual(["begin one", "work", "end one"]);
});

it("tells of the end of a step that fails, and throws what it threw", async () => {
  const heard = listen();
  await expect(traced("two", () => Promise.reject(new RangeError("no")))).rejects.toThrow("no");
  expect(heard).toEqual(["begin two", "end two"]);
});

it("works where nobody listens", async () => {
  expect(await traced("three", () => Promise.resolve(3))).toBe(3);
});
