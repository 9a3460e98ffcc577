import { App } from "cdktf";
import { environment, ENVIRONMENTS } from "./environments";
import { EnvironmentStack } from "./environments/stack";

// One stack per environment. ENVIRONMENT limits the synthesis to one of them, so that a mistake in one cannot hold up
// another's deployment.
const app = new App();
const chosen = process.env.ENVIRONMENT ? [process.env.ENVIRONMENT] : ENVIRONMENTS;
try {
  for (const name of chosen) new EnvironmentStack(app, environment(name));
  app.synth();
} catch (error) {
  // The message says what is wrong and what to do; a stack trace would only bury it.
  console.error(`\n${(error as Error).message}\n`);
  process.exit(1);
}
