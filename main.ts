import { App } from "cdktf";
import { environmentNames, putEnvironments } from "./environments/definition";

// One stack per environment. A mistake in one holds up no other: its stack is left out, and cdktf shows what is printed here.
// ENVIRONMENT limits the synthesis to one of them.
const app = new App();
const chosen = process.env.ENVIRONMENT ? [process.env.ENVIRONMENT] : environmentNames();
try {
  const problems = putEnvironments(app, chosen);
  const lines = [...problems.values()].flat();
  const left = [...problems.keys()].join(", ");
  if (problems.size === chosen.length) throw new Error(lines.join("\n"));
  if (problems.size > 0) console.log(`\n${lines.join("\n")}\n\nNot synthesized because of that: ${left}\n`);
  app.synth();
} catch (error) {
  // The message says what is wrong and what to do; a stack trace would only bury it.
  console.error(`\n${(error as Error).message}\n`);
  process.exit(1);
}
