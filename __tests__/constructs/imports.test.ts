import * as fs from "node:fs";
import * as path from "node:path";

const CONSTRUCTS = path.resolve(__dirname, "../../constructs");
const FILES = fs
  .readdirSync(CONSTRUCTS, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts") && !/^(hosting|inputs|publishing)[\\/]/.test(file));

/** The names that a file imports from inputs and hosting. */
function names(file: string): string[] {
  const source = fs.readFileSync(path.join(CONSTRUCTS, file), "utf8");
  const imports = [...source.matchAll(/import (?:type )?\{([^}]*)\} from "\.\.\/(?:inputs|hosting)[^"]*"/g)];
  return imports.flatMap(([, list]) => list!.split(",").map((name) => name.trim())).filter((name) => name !== "");
}

test("a construct's file needs at most twelve names of inputs and hosting", () => {
  const counts = Object.fromEntries(FILES.map((file) => [file, names(file).length]));
  expect(Object.values(counts).filter((count) => count > 0).length).toBeGreaterThan(30);
  expect(Object.entries(counts).filter(([, count]) => count > 12)).toEqual([]);
});
