import { readFileSync } from "node:fs";
import * as path from "node:path";
import { FOLDER, PICTURES } from "./pictures";

test.each(Object.entries(PICTURES))("%s shows what the product says now", (name, draw) => {
  expect(readFileSync(path.join(FOLDER, name), "utf8")).toBe(draw());
});
