import { App } from "cdktf";
import { environment, ENVIRONMENTS } from "./environments";
import { EnvironmentStack } from "./environments/stack";

// One stack per environment. ENVIRONMENT limits the synthesis to one of them, so that a mistake in one cannot hold up
// another's deployment.
const app = new App();
const chosen = process.env.ENVIRONMENT ? [process.env.ENVIRONMENT] : ENVIRONMENTS;
for (const name of chosen) new EnvironmentStack(app, environment(name));
app.synth();
