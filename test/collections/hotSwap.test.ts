import { describe, expect, it } from "vitest";
import { createHotSwap } from "../../src/collections/hotSwap.ts";

/** A promise, and what resolves it. */
function newGate() {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return {
    open: () => {
      open();
    },
    opened,
  };
}

describe("a holder", () => {
  it("closes what was replaced when its last user is done, and each thing once", async () => {
    const closed: string[] = [];
    const holder = createHotSwap("first", (it) => closed.push(it));
    const gates = [newGate(), newGate()];
    const users = gates.map((gate) =>
      holder.use(async (current) => {
        await gate.opened;
        return current;
      }),
    );
    holder.replace("second");
    expect(holder.current).toBe("second");
    gates[0]?.open();
    expect(await users[0]).toBe("first");
    expect(closed).toEqual([]);
    gates[1]?.open();
    await users[1];
    expect(closed).toEqual(["first"]);
    holder.close();
    expect(closed).toEqual(["first", "second"]);
  });

  it("lets go of a user that fails", async () => {
    const closed: string[] = [];
    const holder = createHotSwap("only", (it) => closed.push(it));
    await expect(holder.use(() => Promise.reject(new Error("no")))).rejects.toThrow("no");
    holder.close();
    expect(closed).toEqual(["only"]);
  });
});
