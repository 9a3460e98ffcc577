// Says in one line what is missing or too old, before anything else runs. Plain JavaScript: an old Node must get this far.
import { execFileSync } from "node:child_process";

const REQUIREMENTS = [
  { name: "Node.js", least: "20.19", version: () => process.versions.node, get: "https://nodejs.org" },
  { name: "Python", least: "3.11", version: () => printed("python3", ["--version"]), get: "https://www.python.org" },
  {
    name: "Terraform",
    least: "1.9",
    version: () => printed("terraform", ["version"]),
    get: "https://developer.hashicorp.com/terraform/install",
  },
];

function printed(command, args) {
  try {
    return execFileSync(command, args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).match(
      /\d+\.\d+(\.\d+)?/,
    )?.[0];
  } catch {
    return undefined;
  }
}

const older = (version, least) => {
  const [a, b] = [version, least].map((text) => text.split(".").map(Number));
  return a[0] < b[0] || (a[0] === b[0] && a[1] < b[1]);
};

if (process.argv.includes("--help")) {
  console.log(
    "node scripts/preflight.mjs [node]   says what is missing or too old; with node it looks at Node.js alone, as npm ci does",
  );
  process.exit(0);
}
const asked = process.argv[2] === "node" ? REQUIREMENTS.slice(0, 1) : REQUIREMENTS;
let missing = false;
for (const { name, least, version, get } of asked) {
  const found = version();
  if (found !== undefined && !older(found, least)) continue;
  missing = true;
  console.error(
    `${name} ${least} or newer is needed, ${found ? `this is ${found}` : "none was found on the PATH"}: see ${get}`,
  );
}
process.exit(missing ? 1 : 0);
