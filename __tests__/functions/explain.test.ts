import * as mini from "zod/mini";
import { z } from "zod";
import { explain } from "../../functions/explain";

test("what is wrong is said with what is allowed, and never with what was given", () => {
  const schema = z.strictObject({
    name: z.string().min(1),
    kind: z.enum(["SSO", "IAM"]),
    list: z.array(z.string()).min(1).max(2),
    more: z.array(z.string()),
    at: z.strictObject({}),
    age: z.number().gt(0),
    either: z.union([z.string(), z.number()]),
    key: z.string().regex(/^a/, "must begin with a"),
  });
  const given = { name: "", kind: "secret", list: [], more: "secret", age: 0, either: true, key: "secret", other: 1 };
  expect(explain(schema.safeParse(given).error!, "DATASET").split("; ")).toEqual([
    "name: must not be empty",
    "kind: must be SSO or IAM",
    "list: must have at least 1",
    "more: must be an array",
    "at: must be an object",
    "age: must be more than 0",
    "either: is not accepted",
    "key: must begin with a",
    "DATASET: unknown: other",
  ]);
});

test("the same of a schema of Zod's small build", () => {
  const schema = mini.object({ id: mini.string(), at: mini.literal("aws.datazone") });
  expect(explain(schema.safeParse({ id: 5 }).error!)).toBe("id: must be a string; at: must be aws.datazone");
});
